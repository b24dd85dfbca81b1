"""`pool` (待编) in edition.yaml: both languages, and wishes that nothing can meet, each told at its line."""

from pathlib import Path

import jsonschema
import pytest

from printkit.diagnostics import InputError
from printkit.model.edition import Edition
from printkit.source import json_schema, read_edition
from tests.support.editions import ARTICLE, write_edition

ENTRY = """\
paper: paper.yaml
date: 2024-01-10
pages:
  - {number: 1, name: 要闻, layout: auto, stories: [{article: articles/lead.yaml}]}
  - {number: "02", name: 副刊, layout: auto}
  - {number: 3, layout: auto}
pool:
  - {article: articles/a.yaml, level: 2, page: 副刊, at: {column: 1, row: 1, columns: 2, rows: 20}}
  - {article: articles/b.yaml, not_before: 2, with: a}
"""
IN_CHINESE = """\
paper: paper.yaml
日期: 2024-01-10
版面:
  - {版次: 1, 版名: 要闻, 版式: auto, 稿件: [{稿: articles/lead.yaml}]}
  - {版次: "02", 版名: 副刊, 版式: auto}
  - {版次: 3, 版式: auto}
待编:
  - {稿: articles/a.yaml, 级别: 2, 版次: 副刊, 位置: {起栏: 1, 起行: 1, 占栏: 2, 占行: 20}}
  - {稿: articles/b.yaml, 不早于: 2, 配: a}
"""


def read(folder: Path, edition: str) -> Edition:
    written = write_edition(folder, edition=edition, lead=ARTICLE, a=ARTICLE, b=ARTICLE, c=ARTICLE)
    return read_edition(written)[0]


@pytest.mark.parametrize("text", [ENTRY, IN_CHINESE])
def test_stories_without_a_page_and_their_wishes(text: str, tmp_path: Path) -> None:
    first, second = read(tmp_path, text).pool
    assert (first.story.id, first.story.level, first.page, first.beside) == ("a", 2, "副刊", "")
    assert first.story.placement.at
    assert (second.story.id, second.not_before, second.beside) == ("b", "2", "a")


def test_pages_that_the_pool_fills(tmp_path: Path) -> None:
    edition = read(tmp_path, "paper: paper.yaml\ndate: 2024-01-10\npages: 自动\npool: [{article: articles/a.yaml}]\n")
    assert not edition.pages
    assert [wish.story.id for wish in edition.pool] == ["a"]


HEAD, _, POOL = ENTRY.partition("pool:\n")
AUTO = "paper: paper.yaml\ndate: 2024-01-10\npages: auto\n"
WRONG: dict[str, tuple[str, str, int, str]] = {
    "a page that is not there": (
        HEAD + "pool: [{article: articles/a.yaml, page: 体育}]", "source.no-such-page", 7, "its pages are 1 要闻, 02 副刊, 3"
    ),
    "not before a name": (
        HEAD + "pool: [{article: articles/a.yaml, not_before: 9}]", "source.no-such-page", 7, "its pages are"
    ),
    "a page before the first that may be": (
        HEAD + "pool: [{article: articles/a.yaml, page: 1, not_before: 2}]", "source.wishes-contradict", 7, "take one"
    ),
    "the same, of pages that are made": (
        AUTO + "pool: [{article: articles/a.yaml, page: 1, not_before: 2}]", "source.wishes-contradict", 4, "take one"
    ),
    "beside nobody": (
        HEAD + "pool: [{article: articles/a.yaml, with: laed}]", "source.with-nobody", 7, "did you mean `lead`?"
    ),
    "in a ring": (
        HEAD + "pool:\n- {article: articles/a.yaml, with: b}\n- {article: articles/b.yaml, with: c}\n"
        "- {article: articles/c.yaml, with: a}", "source.with-ring", 8, "take one of these out"
    ),
    "beside itself": (HEAD + "pool: [{article: articles/a.yaml, with: a}]", "source.with-ring", 7, "take one"),
    "together, on two pages": (
        HEAD + "pool:\n- {article: articles/a.yaml, page: 3}\n- {article: articles/b.yaml, with: a}\n"
        "- {article: articles/c.yaml, with: b, page: 副刊}", "source.wishes-contradict", 10, "change the `page`"
    ),
    "with one that stands on another page": (
        HEAD + "pool: [{article: articles/a.yaml, page: 3, with: lead}]", "source.wishes-contradict", 7, "change the"
    ),
    "a place without a page": (
        HEAD + "pool: [{article: articles/a.yaml, at: {column: 1, row: 1, columns: 1, rows: 9}}]",
        "source.wrong-place", 7, "write the page's number too",
    ),
    "pages for nothing": (AUTO, "source.missing-key", 3, "list the stories under `pool`"),
    "another word for pages": (AUTO.replace("auto", "all"), "source.wrong-value", 3, "one of: auto, 自动"),
    "an advertisement": (HEAD + "pool: [{ad: reserved}]", "source.unknown-key", 7, ""),
    "an id twice": (HEAD + "pool: [{article: articles/lead.yaml}]", "source.used-twice", 7, "another `id`"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "hint"), WRONG.values(), ids=WRONG.keys())
def test_wishes_that_nothing_can_meet(text: str, code: str, line: int, hint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    told = next(one for one in caught.value.diagnostics if one.code == code)
    assert told.where
    assert told.where.line == line
    assert told.hint
    assert hint in told.hint.en


def test_the_schema_knows_a_pool() -> None:
    at = {"column": 1, "row": 1, "columns": 1, "rows": 9}
    wish = {"article": "a.yaml", "page": "副刊", "not_before": 2, "with": "b", "at": at}
    edition = {"paper": "paper.yaml", "date": "2024-01-10", "pages": "auto", "pool": [wish]}
    jsonschema.validate(edition, json_schema()["edition"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**edition, "pages": "all"}, json_schema()["edition"])
