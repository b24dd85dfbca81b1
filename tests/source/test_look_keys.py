"""A story's own look in edition.yaml: both languages, and what is refused at its line."""

from pathlib import Path

import pytest

from printkit.diagnostics import InputError
from printkit.model.story_look import NO_LOOK, StoryLook
from printkit.source import read_edition
from tests.support.editions import EDITION, write_edition

AD = "      - {ad: reserved, look: {byline: tail}}\n"


def look(folder: Path, text: str) -> StoryLook:
    edition, _ = read_edition(write_edition(folder, edition=f"{EDITION}        {text}\n"))
    return edition.pages[0].stories[0].look


def test_every_key_in_both_languages(tmp_path: Path) -> None:
    english = look(
        tmp_path, "look: {head: {align: justify, columns: 2, stretch: 110%}, byline: tail, columns: 3, crop: none}"
    )
    chinese = look(tmp_path, "样貌: {标题: {对齐: justify, 占栏: 2, 变形: 110％}, 署名: tail, 分栏: 3, 裁图: none}")
    assert english == chinese
    assert (english.align, english.stretch, english.byline, english.uncropped) == ("justify", 110, "tail", True)
    assert english.columns
    assert english.head_columns
    assert (english.columns.number, english.head_columns.number) == (3, 2)
    assert english.columns.where.line == 9
    assert english.columns.where.field == "pages[0].stories[0].look.columns"
    upright = look(tmp_path, "look: {标题: {方向: vertical, 位置: right, align: start}}")
    assert (upright.direction, upright.side, upright.align) == ("vertical", "right", "start")


@pytest.mark.parametrize("text", ["", "look: {head: {}}", "look:", "look: {head: {columns: }, crop: }"])
def test_what_is_left_out_asks_for_nothing(text: str, tmp_path: Path) -> None:
    assert look(tmp_path, text).css == NO_LOOK.css == ""


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        ("{head: {stretch: 79%}}", "head.stretch", "stretched by `79%`"),
        ("{head: {stretch: 121%}}", "head.stretch", "stretched by `121%`"),
        ("{head: {stretch: 1.1}}", "head.stretch", "stretched by `1.1`"),
        ("{head: {direction: vertical, stretch: 110%}}", "head.stretch", "never stretched"),
        ("{head: {direction: vertical, align: justify}}", "head.align", "full measure"),
        ("{head: {side: right}}", "head.side", "direction: vertical"),
        ("{head: {direction: horizontal, side: left}}", "head.side", "only a vertical headline"),
        ("{head: {direction: upright}}", "head.direction", "`upright` is not known"),
        ("{head: {align: end}}", "head.align", "`end` is not known"),
        ("{head: {columns: 0}}", "head.columns", "no whole number from 1"),
        ("{columns: 0}", "columns", "no whole number from 1"),
        ("{columns: half}", "columns", "no whole number from 1"),
        ("{byline: foot}", "byline", "`foot` is not known"),
        ("{crop: all}", "crop", "`all` is not known"),
        ("{colums: 2}", "colums", "unknown key"),
        ("vertical", "", "keys and values"),
    ],
)
def test_a_look_that_cannot_be_is_refused_at_its_line(text: str, field: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        look(tmp_path, f"look: {text}")
    [fault] = caught.value.diagnostics
    assert told in fault.message.en
    assert fault.where
    assert fault.where.line == 9
    assert fault.where.field == f"pages[0].stories[0].look.{field}".removesuffix(".")
    assert fault.hint


def test_an_advertisement_has_no_look(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_edition(write_edition(tmp_path, edition=EDITION + AD))
    [fault] = caught.value.diagnostics
    assert fault.code == "source.wrong-kind"
    assert fault.where
    assert fault.where.field == "pages[0].stories[1].look"
