"""The PDFs of an issue as it was printed, which stay beside the corrected ones under names of their own.

In: the issue as the site has it, its files, its corrections with the one that is being made. Out: which PDFs are kept so.
"""

from collections.abc import Mapping, Sequence

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, Revision
from printkit.output.manifest import Recorded


def as_printed(standing: Issue, files: Mapping[str, Recorded], revisions: Sequence[Revision]) -> dict[str, str]:
    """Return the PDFs that a corrected issue has as they were printed, each with the file that it is now.

    What an earlier correction kept stays. One that is being made keeps the edition, and the pages of the stories that it names.
    """
    # Also of a page that an earlier correction took away.
    kept = {name: name for name in files if names.is_printed_pdf(name)}
    if new := revisions[len(standing.revisions) :]:
        touched = {story for one in new for story in (*one.changed, *one.added, *one.removed)}
        pages = [page for page in standing.pages if touched & set(page.stories)]
        now = [names.edition_pdf(standing.date), *(names.page_pdf(standing.date, page.number) for page in pages)]
        for name in now:
            if name in files:
                kept.setdefault(names.printed_pdf(name), name)
    return kept
