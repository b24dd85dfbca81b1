"""The service worker (``offline.js``), by which the last issues can be read without a network, over https alone.

In: the newest issues, what the site knows of itself. Out: the worker's bytes, other with each issue, by which browsers notice it.
"""

from collections.abc import Sequence

from printkit.epaper import names
from printkit.epaper.folder.register import Entry
from printkit.epaper.issue.handover import SiteAbout
from printkit.epaper.scripts import script_value

ISSUES = 3
"""How many are kept: some 300 KB a page of each."""


def worker(newest: Sequence[Entry], about: SiteAbout) -> bytes:
    """Return the worker that keeps some issues; with none it lets go what an earlier one kept."""
    issues = [[f"{names.issue_folder(one.date)}/", one.manifest.sha256[:16]] for one in newest]
    shell = (
        [names.FRONT, names.LATEST, *(name for name in about.assets if name.startswith("assets/"))] if newest else []
    )
    for one in newest:
        shell += [names.previous_issue(one.date), names.next_issue(one.date), names.neighbours_script(one.date)]
    told = script_value({"issues": issues, "shell": shell})
    return f"const printkitOffline = {told};\n".encode() + about.worker
