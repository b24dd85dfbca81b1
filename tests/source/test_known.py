"""Articles known from an earlier reading: the same values while their files are as they were, read anew otherwise."""

import os
from pathlib import Path

import pytest

from printkit.diagnostics import InputError
from printkit.model.article import Article
from printkit.source import read_edition
from printkit.source.known import Known
from tests.support.desks import write_desk_paper


def articles(path: Path, known: Known) -> dict[str, Article]:
    return {s.id: s.article for page in read_edition(path, known=known)[0].pages for s in page.stories}


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = write_desk_paper(tmp_path / "paper")
    for file in path.parent.rglob("*.yaml"):
        os.utime(file, (1, 1))
    return path


def test_what_is_as_it_was_is_not_read_again(edition: Path) -> None:
    known: Known = {}
    first = articles(edition, known)
    lead = edition.parent / "articles/lead.yaml"
    lead.write_text(lead.read_text(encoding="utf-8").replace("灯", "炉"), encoding="utf-8")
    files: set[Path] = set()
    second, _ = read_edition(edition, known=known, note=files.update)
    anew = {s.id: s.article for page in second.pages for s in page.stories}
    assert second == read_edition(edition)[0]
    assert [name for name in first if anew[name] is not first[name]] == ["lead"]
    assert lead.with_name("third.yaml") in files


def test_what_was_written_while_it_was_read_is_not_believed(edition: Path) -> None:
    known: Known = {}
    lead = edition.parent / "articles/lead.yaml"
    os.utime(lead)
    articles(edition, known)
    assert {path.stem for path, _, _ in known} == {"second", "third", "wide", "low"}


def test_of_an_edition_with_a_fault_nothing_is_known(edition: Path) -> None:
    known: Known = {}
    (edition.parent / "articles/low.yaml").write_text("headline: [\n", encoding="utf-8")
    with pytest.raises(InputError):
        articles(edition, known)
    assert not known
