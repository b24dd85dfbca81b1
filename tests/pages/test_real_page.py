"""A real page of copy: an introduction and nine statements with portraits, on one page of each size.

The copy lies beside the checkout and never in it; where it is absent these tests are skipped, and the same
assertions run on the samples' own feature pages (test_samples.py).
"""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.manuscript.drafting import drafts
from printkit.manuscript.plain import read_plain
from tests.support.checks import Piece, assert_feature_page, squeeze
from tests.support.full import MOST, empty_cells
from tests.support.papers import Built, build_edition, portrait, write_paper

SHARED = Path(__file__).parents[3] / "shared"
COPY = sorted((SHARED / "copy").glob("*.txt"))

pytestmark = pytest.mark.skipif(not COPY, reason="the copy of the real page is not beside the checkout")

HEADING = re.compile(r"(?P<title>.*工会主席)\s+(?P<name>\S+)")
"""A statement's own line: the person's office and name."""

ENDS = ("。", "！", "？", "”")
"""What ends a paragraph; one that ends otherwise was broken by a column."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One headed statement of the page."""

    title: str
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealPage:
    """The page as its file has it."""

    introduction: str
    headline: str
    deck: str
    reporter: str
    correspondent: str
    statements: tuple[Statement, ...]

    def article(self) -> dict[str, Any]:
        """Write the page as an article."""
        return {
            "headline": self.headline,
            "deck": self.deck,
            "byline": [
                {"role": "本报记者", "name": self.reporter},
                {"role": "通讯员", "name": self.correspondent},
            ],
            "editor_note": self.introduction,
            "sections": [
                {"name": s.name, "title": s.title, "portrait": f"../images/{n}.png", "body": "\n\n".join(s.paragraphs)}
                for n, s in enumerate(self.statements)
            ],
        }

    def pieces(self) -> list[Piece]:
        """Return its copy in the order in which the page is read."""
        byline = f"□本报记者{self.reporter}通讯员{self.correspondent}"
        pieces = [Piece(squeeze(text)) for text in (self.headline, self.deck, byline, self.introduction)]
        for s in self.statements:
            pieces += [Piece(squeeze(s.title)), Piece(squeeze(s.name))]
            pieces += [Piece(squeeze(p), body=True) for p in s.paragraphs]
        return pieces


def read_page(text: str) -> RealPage:
    """Read the page: introduction, headline, deck and byline, then the statements."""
    blocks = re.split(r"\n\s*\n", text.strip())
    introduction, headline, deck, byline, *rest = blocks
    found = re.fullmatch(r"□本报记者 (\S+) 通讯员 (\S+)", byline.strip())
    assert found
    statements: list[Statement] = []
    headings = [bool(HEADING.fullmatch(block.strip())) for block in rest]
    assert headings[0]
    for is_heading, group in groupby(zip(headings, rest, strict=True), key=lambda pair: pair[0]):
        blocks = [block.strip() for _, block in group]
        if is_heading:
            assert len(blocks) == 1
            heading = HEADING.fullmatch(blocks[0])
        else:
            assert heading
            statements.append(Statement(heading["title"], heading["name"], tuple(join_broken(blocks))))
    return RealPage(
        introduction.strip(),
        headline.removeprefix("# "),
        deck.removeprefix("## "),
        found[1],
        found[2],
        tuple(statements),
    )


def join_broken(blocks: Sequence[str]) -> list[str]:
    """Part paragraphs at hard breaks, and join those that columns broke."""
    paragraphs: list[str] = []
    for block in blocks:
        for part in re.split(r"  \n", block):
            text = part.strip()
            if paragraphs and not paragraphs[-1].endswith(ENDS):
                paragraphs[-1] += text
            else:
                paragraphs.append(text)
    return paragraphs


def test_the_import_makes_the_article_that_these_pages_are_built_from(copy: RealPage) -> None:
    """Its three breaks, its `and` and the statement that runs into another's are told."""
    text = COPY[0].read_text(encoding="utf-8")
    [draft] = drafts(read_plain("a.txt", text, "UTF-8"), "a", split=False)
    article = draft.article
    assert {role: heading.text for role, heading in article.headings.items()} == {
        "headline": copy.headline,
        "deck": copy.deck.removeprefix("——"),
    }
    assert [(one.role, one.name) for one in article.byline] == [
        ("本报记者", copy.reporter),
        ("通讯员", copy.correspondent),
    ]
    assert [one.text for one in article.editor_note] == [copy.introduction]
    made = [(one.title, one.name, tuple(part.text for part in one.body)) for one in article.sections]
    assert made == [(one.title, one.name, one.paragraphs) for one in copy.statements]
    codes = [note.code for note in draft.notes]
    told = {code: codes.count(code) for code in codes}
    assert told == {"scan-break": 3, "deck-dash": 1, "latin-in-han": 1, "repeated-paragraph": 1}


@pytest.fixture(scope="module")
def copy() -> RealPage:
    return read_page(COPY[0].read_text(encoding="utf-8"))


def build_page(copy: RealPage, size: str, folder: Path) -> Built:
    """Build the page at a size."""
    for number in range(len(copy.statements)):
        portrait(folder / f"images/{number}.png", number)
    edition = write_paper(folder, {"visions": copy.article()}, paper={"page_size": size})
    return build_edition(edition, folder / "out")


@pytest.fixture(scope="module", params=["tabloid", "broadsheet"])
def page(copy: RealPage, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_page(copy, request.param, tmp_path_factory.mktemp(request.param))


def audit_module() -> ModuleType:
    """Load the audit that lies beside the checkout."""
    path = SHARED / "tools/typo_audit.py"
    if not path.is_file():
        pytest.skip("the audit is not beside the checkout")
    spec = importlib.util.spec_from_file_location("typo_audit", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reading_loses_nothing(copy: RealPage) -> None:
    assert len(copy.statements) == 9
    text = squeeze(COPY[0].read_text(encoding="utf-8"))
    told = squeeze(
        f"{copy.introduction}#{copy.headline}##{copy.deck}□本报记者{copy.reporter}通讯员{copy.correspondent}"
        + "".join(s.title + s.name + "".join(s.paragraphs) for s in copy.statements)
    )
    assert told == text


def test_builds_without_an_error(page: Built) -> None:
    assert page.errors() == []
    assert page.code == 0
    assert page.page("1")["over_lines"] == 0


def test_every_character_stands_in_its_place(copy: RealPage, page: Built) -> None:
    assert_feature_page(page.pdf("01"), 0, {"visions": copy.pieces()}, page.report)
    assert_feature_page(page.pdf("edition"), 0, {"visions": copy.pieces()}, page.report)


def test_the_page_is_full(page: Built) -> None:
    made = check(page.source).pages[0]
    empty, cells = empty_cells(page.pdf(), 0, made)
    assert not made.under_lines
    assert len(empty) <= MOST * cells, empty


def test_every_portrait_stands(page: Built) -> None:
    assert page.story("visions")["pictures"] == 9


def test_audit(page: Built) -> None:
    found, shown = audit_module().audit(page.pdf("edition"), show=99)
    # Beside a portrait a line of four characters may not be filled: that is told.
    loose = sum(d["code"] == "compose.loose-line" for d in page.report["diagnostics"])
    assert found["flush"] + loose / found["full"] >= 0.99, (found, shown, loose)
    assert (found["bad_start"], found["bad_end"], found["double"]) == (0, 0, 0), (found, shown)
    assert found["grid"] == 1.0, found
    assert found["full"] >= 0.6 * found["lines"], found
