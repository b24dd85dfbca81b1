"""The samples made far from here: what comes out must be the same bytes as here.

As a program it makes all of it at one go, by three processes: the tabloid for web, press and archive, its reprints, its
issue of the site; what one of these has made there the next finds in that user's own cache, which is new. `make_elsewhere` starts that in a folder, for a user, in a language, zone, year and
order of files of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from printkit import cli
from printkit.epaper.issue.facts import write_facts
from tests.support.issues import make_issue

ROOT = Path(__file__).parents[2]
YEAR = ("faketime", "2031-05-05 10:00:00")


def make_elsewhere(place: Path) -> None:
    """Make the samples in a new folder; in another year where faketime is installed (`make press` does it)."""
    top = place / "with blanks 与汉字"
    for file in sorted((p for p in (ROOT / "samples").glob("*/**/*") if p.is_file()), reverse=True):
        copy = top / file.relative_to(ROOT / "samples")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        os.utime(copy, (1_000_000_000, 1_000_000_000))
    (place / "home").mkdir()
    given = os.environ | {
        "HOME": str(place / "home"),
        "TZ": "America/Lima",
        "LC_ALL": "zh_CN.UTF-8",
        "LANG": "zh_CN.UTF-8",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "86400",
        "PRINTKIT_JOBS": "3",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    given.pop("XDG_CACHE_HOME", None)  # all is made anew, and kept in that user's own
    command = [*(YEAR if in_another_year() else ()), sys.executable, "-m", "tests.support.elsewhere", str(top)]
    ended = subprocess.run(command, cwd=place, env=given, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def in_another_year() -> bool:
    """Say whether the samples elsewhere are made under another clock."""
    return shutil.which(YEAR[0]) is not None


def main(top: Path) -> None:
    """Make everything below a folder that holds the samples."""
    edition = str(top / "tabloid/edition.yaml")
    assert cli.main(["build", edition, "-o", str(top / "out/tabloid"), "--for", "web,print,archive"]) == 0
    assert cli.main(["reprint", edition, "-o", str(top / "out/reprints")]) == 0
    made = make_issue(Path(edition)).made
    (top / "out/issue.json").write_bytes(write_facts(made.issue))
    for name, data in made.files.items():
        file = top / "out/issue" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
