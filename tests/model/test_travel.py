"""What passes between stages is a value: sent through another process it comes back equal to what went."""

import copy
import multiprocessing
import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from printkit.diagnostics import (
    Diagnostic,
    InputError,
    MissingPartError,
    PrintkitError,
    Say,
    Severity,
    SourceRef,
    UsageError,
)
from printkit.model.lines import ComposedLine
from printkit.model.page import TextBox
from printkit.model.tags import Element, PageKid, Piece
from printkit.pictures.cache import PictureCache
from printkit.pipeline.draw import drawn_page, with_boxes_of
from printkit.pipeline.make_up import made_up
from printkit.pipeline.run import Run
from printkit.render.look import SCREEN
from printkit.variants import VARIANTS, WEB
from tests.conftest import SAMPLES

FOUND = Diagnostic(
    "makeup.overset",
    Say("3 lines are over", "溢 3 行"),
    Severity.WARNING,
    Say("cut 39 characters", "删 39 字"),
    SourceRef("articles/头条.yaml", 3, 5, "body"),
    page="1",
    story="头条",
    bbox=(1.5, 2.0, 30.25, 40.0),
    slot="lead",
)
LOOKS = [f"look {name}{drawn}" for name in VARIANTS for drawn in ("", ", with its pictures")]
VALUES = ["edition", "contexts", "geometries", "pages", "drawn page", "screen", "diagnostic", *LOOKS]
ERRORS = (UsageError, InputError, MissingPartError)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Every value by its name."""
    run = Run(cache=False)
    made = made_up(run, run.read(SAMPLES / "tabloid/edition.yaml"), [WEB])
    paper, pages = made.edition.paper, made.pages
    cache = PictureCache(tmp_path_factory.mktemp("pictures"))
    values: dict[str, Any] = {
        "edition": made.edition,
        "contexts": tuple(one.page for one in pages),
        "geometries": tuple(one.geometry for one in pages),
        "pages": pages,
        "drawn page": drawn_page(run, pages[0], run.look(WEB, paper)),
        "screen": SCREEN,
        "diagnostic": FOUND,
    }
    for name, variant in VARIANTS.items():
        values[f"look {name}"] = variant.look(paper)
        values[f"look {name}, with its pictures"] = variant.drawn_look(paper, cache)
    for kind in ERRORS:
        values[kind.__name__] = kind([FOUND], Path("/某报"))
    return values


@pytest.fixture(scope="module")
def come_back(sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """What comes back of each value from a process that shares nothing with this one; a fault where it cannot go."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        waiting = {name: other.submit(copy.copy, value) for name, value in sent.items()}
        return {name: one.exception() or one.result() for name, one in waiting.items()}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_equal(name: str, sent: Mapping[str, Any], come_back: Mapping[str, Any]) -> None:
    assert come_back[name] is not sent[name]
    assert come_back[name] == sent[name]


def test_the_places_of_faults_come_back(sent: Mapping[str, Any], come_back: Mapping[str, Any]) -> None:
    """They are no part of what a value is, so that equality does not see them."""
    for one, other in zip(sent["contexts"], come_back["contexts"], strict=True):
        assert one.where == other.where
    for one, other in zip(sent["edition"].pages, come_back["edition"].pages, strict=True):
        assert [s.article.where for s in one.stories] == [s.article.where for s in other.stories]


@pytest.mark.parametrize("name", LOOKS)
def test_looks_that_come_back_are_the_same_key(
    name: str, sent: Mapping[str, Any], come_back: Mapping[str, Any]
) -> None:
    """Drawn pages are kept by their look."""
    assert {sent[name]: "drawn"}[come_back[name]] == "drawn"


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_comes_back_whole(
    kind: type[PrintkitError], sent: Mapping[str, Any], come_back: Mapping[str, Any]
) -> None:
    went, came = sent[kind.__name__], come_back[kind.__name__]
    assert type(came) is kind
    assert came is not went
    assert (came.diagnostics, came.base, came.exit_code) == ((FOUND,), Path("/某报"), kind.exit_code)
    assert str(came) == str(went)


def test_a_page_that_was_drawn_elsewhere_says_what_it_says_in_the_boxes_of_the_page(sent: Mapping[str, Any]) -> None:
    part, made = sent["drawn page"], sent["pages"][0]
    brought = with_boxes_of(made, copy.deepcopy(part))
    assert brought == part
    own = {id(box) for story in made.stories for box in story.boxes}
    boxes = list(boxes_of(brought.tags))
    assert boxes
    assert {id(box) for box in boxes} <= own


def boxes_of(kids: Sequence[PageKid]) -> Iterator[TextBox]:
    for kid in kids:
        if isinstance(kid, Piece):
            yield kid.box
        if isinstance(kid, Element):
            yield from boxes_of(kid.kids)


def test_lines_that_travelled_have_equal_parts_once() -> None:
    line = ComposedLine(("汉", "字"), (12345, 12345), (0, -500), (0, 0), 0, 2, 24690)
    one, other = (pickle.loads(pickle.dumps(line)) for _ in range(2))
    assert one == other == line
    assert one.clusters[1] is other.clusters[1]
    assert one.advances[0] is other.advances[1]
    assert one.shifts is other.shifts
    assert one.runs is other.runs
