"""The six .docx that others made, with what must come out of each; they are skipped where they are not at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from printkit.manuscript.block import Note
from printkit.manuscript.docx import read_docx
from printkit.manuscript.drafting import Draft, drafts
from printkit.model.text import Kind

FOLDER = Path(__file__).parents[2].parent / "shared" / "docx"

NAMES = ("02-centred", "03-tracked", "05-numbering", "06-pictures", "08-odd", "12-web")
EXPECTED = dict[str, Any]


@pytest.fixture(scope="module", params=NAMES)
def made(request: pytest.FixtureRequest) -> tuple[Draft, EXPECTED]:
    file = FOLDER / f"{request.param}.docx"
    if not file.is_file():
        pytest.skip(f"{file} is not at hand")
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    [draft] = drafts(read_docx(file.name, file.read_bytes()), file.stem, split=False)
    return draft, expected


def test_the_headings_are_as_expected(made: tuple[Draft, EXPECTED]) -> None:
    article, expected = made[0].article, made[1]
    for name in ("kicker", "headline", "deck"):
        found = getattr(article, name)
        assert list(found.lines if found else ()) == expected.get(name, []), name
    if "byline" in expected:
        assert [[one.role, one.name] for one in article.byline] == expected["byline"]
    if "deck_or_byline" in expected:
        assert [one.name for one in article.byline] == [expected["deck_or_byline"]]
    assert article.source == expected.get("source", "")


def test_the_text_is_as_expected(made: tuple[Draft, EXPECTED]) -> None:
    article, expected = made[0].article, made[1]
    text = "\n".join("".join(shown(run.text, run.link) for run in one.runs) for one in article.body)
    plain = [one.text for one in article.body]
    assert [one.text for one in article.body if one.kind is Kind.SUBHEAD] == expected["subheads"]
    assert len([one for one in article.body if one.kind is not Kind.SUBHEAD]) == expected.get("paragraphs", len(plain))
    assert plain[0].startswith(expected["first"])
    assert plain[-1].endswith(expected["last"]) if "last" in expected else expected["last_has"] in plain[-1]
    marked = "\n".join(f"- {one.text}" for one in article.body if one.kind is Kind.LIST_ITEM)
    for part in expected["contains"]:
        assert part in f"{text}\n{marked}", part
    for part in expected["lacks"]:
        assert part not in text, part


def shown(text: str, link: str | None) -> str:
    return f"[{text}]({link})" if link else text


def test_the_pictures_are_as_expected(made: tuple[Draft, EXPECTED]) -> None:
    draft, expected = made
    stem = draft.article.path.stem
    assert len(draft.article.pictures) == len(expected["pictures"])
    for picture, wanted in zip(draft.article.pictures, expected["pictures"], strict=True):
        assert (picture.caption, picture.credit) == (wanted["caption"], wanted["credit"])
        assert picture.alt == wanted.get("alt", picture.caption)
        files = wanted["file"] if isinstance(wanted["file"], list) else [wanted["file"]]
        assert [shot.file.name for shot in picture.shots] == [file.replace("image", f"{stem}-") for file in files]
    assert sum(one.table is not None for one in draft.article.body) == expected["tables"]


def test_what_was_done_is_told_as_expected(made: tuple[Draft, EXPECTED]) -> None:
    """A number counts notes; a text stands among the words of one."""
    draft, expected = made
    by_code: dict[str, list[Note]] = {}
    for note in draft.notes:
        by_code.setdefault(note.code, []).append(note)
    for code, wanted in expected["told"].items():
        found = by_code.get(code, [])
        if isinstance(wanted, int):
            assert len(found) == wanted, code
        else:
            assert [note.was for note in found] == wanted, code
