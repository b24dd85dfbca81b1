"""The PDFs of a corrected issue as it was printed: of the pages concerned, once, through later corrections."""

import datetime
from dataclasses import replace

from benchmarks.issues import issue_of, story
from printkit.epaper.folder.as_printed import as_printed
from printkit.epaper.issue.facts import Revision
from printkit.output.manifest import recorded

DAY = datetime.date(2024, 1, 10)
ISSUE = issue_of(DAY, "1", (story("one", "1", "甲"), story("two", "2", "乙")))
FILES = {name: recorded(name, b"") for name in ("2024-01-10.pdf", "2024-01-10-01.pdf", "2024-01-10-02.pdf")}
FIRST = Revision("2024-01-12", changed=("two",))


def test_an_issue_that_is_not_corrected_keeps_nothing() -> None:
    assert as_printed(ISSUE, FILES, ()) == {}


def test_the_edition_and_the_pages_of_the_stories_are_kept() -> None:
    kept = {"2024-01-10-printed.pdf": "2024-01-10.pdf", "2024-01-10-02-printed.pdf": "2024-01-10-02.pdf"}
    assert as_printed(ISSUE, FILES, (FIRST,)) == kept


def test_what_was_kept_stays_through_later_corrections() -> None:
    name = "2024-01-10-printed.pdf"
    standing = replace(ISSUE, revisions=(FIRST,))
    kept = as_printed(standing, FILES | {name: recorded(name, b"")}, (FIRST, Revision("2024-02-01", changed=("one",))))
    assert kept == {name: name, "2024-01-10-01-printed.pdf": "2024-01-10-01.pdf"}


def test_the_pdf_of_a_page_that_was_taken_away_stays() -> None:
    name = "2024-01-10-03-printed.pdf"
    files = FILES | {other: recorded(other, b"") for other in (name, "clip/a-printed.pdf")}
    assert as_printed(ISSUE, files, ()) == {name: name}


def test_an_issue_of_an_older_printkit_without_pdfs_is_corrected_all_the_same() -> None:
    assert as_printed(ISSUE, {}, (FIRST,)) == {}
