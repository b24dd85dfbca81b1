"""`printkit capacity`: what it promises of a slot is what make-up then closes."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.generator import photograph, text
from printkit.commands.capacity import SlotRooms, capacity
from printkit.commands.check import check
from tests.support.papers import run, write_paper


def planned(folder: Path, *entries: dict[str, object], layout: str = "inside") -> Path:
    """An edition of one page whose stories have only their places."""
    return write_paper(folder, {}, layout=layout, stories=list(entries))


def by_slot(found: tuple[SlotRooms, ...]) -> dict[str, SlotRooms]:
    return {one.slot: one for one in found}


def test_a_slot_needs_only_its_name_and_level(tmp_path: Path) -> None:
    edition = planned(tmp_path, {"slot": "lead", "level": 1}, {"slot": "second", "level": 2})
    rooms = by_slot(capacity(edition).slots)
    assert set(rooms) == {"lead", "second"}
    lead = rooms["lead"]
    assert (lead.columns, lead.level, [room.level for room in lead.rooms]) == (4, 1, [1, 2, 3, 4, 5])
    sizes = [room.plain.characters for room in lead.rooms]
    assert sizes == sorted(sizes), "a lower level has a smaller headline, and so takes more text"
    assert sizes[0] > by_slot(capacity(edition).slots)["second"].rooms[0].plain.characters
    for room in lead.rooms:
        assert room.plain.least <= room.plain.characters <= room.plain.most
        assert room.pictured
        assert room.pictured.characters < room.plain.characters


def test_build_refuses_a_story_that_is_not_written(tmp_path: Path) -> None:
    edition = planned(tmp_path, {"slot": "lead", "level": 1})
    found = run("build", edition, "-o", tmp_path / "out")
    assert found.code == 3
    assert "source.missing-key" in found.err
    assert not (tmp_path / "out").exists()


def test_an_article_not_yet_there_does_not_hinder(tmp_path: Path) -> None:
    edition = planned(tmp_path, {"article": "articles/to-come.yaml", "slot": "lead", "level": 2})
    assert by_slot(capacity(edition).slots)["lead"].level == 2


def test_an_advertisement_needs_no_file_yet_and_takes_no_copy(tmp_path: Path) -> None:
    edition = planned(tmp_path, {"slot": "lead", "level": 1}, {"ad": "to-come.pdf"}, layout="inside-ad")
    found = capacity(edition)
    assert set(by_slot(found.slots)) == {"lead"}
    [place] = found.ads
    assert (place.page, place.slot) == ("1", "ad")


def test_the_place_of_an_advertisement_is_told_in_millimetres(tmp_path: Path) -> None:
    """What is asked for is what `makeup.ad-ratio` asks for, too."""
    edition = planned(tmp_path, {"slot": "lead", "level": 1}, {"ad": "reserved"}, layout="inside-ad")
    found = run("capacity", edition, "--json")
    [ad] = json.loads(found.out)["ads"]
    Image.new("RGB", (900, 900)).save(tmp_path / "square.png")
    placed = planned(tmp_path, {"slot": "ad", "ad": "square.png"}, layout="inside-ad")
    [ratio] = [d for d in check(placed).diagnostics if d.code == "makeup.ad-ratio"]
    assert ratio.hint is not None
    assert f"{round(ad['width'])} × {round(ad['height'])} mm" in ratio.hint.en
    assert re.search(rf"{ad['width']:g} × {ad['height']:g} mm +ad", run("capacity", edition).out)


def test_a_wrong_slot_is_told(tmp_path: Path) -> None:
    found = run("capacity", planned(tmp_path, {"slot": "laed", "level": 1}))
    assert found.code == 3
    assert "did you mean “lead”" in found.err


def test_json_and_the_list(tmp_path: Path) -> None:
    edition = planned(tmp_path, {"slot": "lead", "level": 1})
    found = run("capacity", edition, "--json")
    assert found.code == 0
    slot = json.loads(found.out)["slots"][0]
    assert (slot["page"], slot["slot"], slot["columns"]) == ("1", "lead", 4)
    assert slot["rooms"][0]["with_picture"]["characters"] < slot["rooms"][0]["characters"]
    listed = run("capacity", edition)
    assert str(slot["rooms"][0]["characters"]) in listed.out


def test_places_of_an_automatic_page(tmp_path: Path) -> None:
    entry = {"level": 3, "at": {"column": 1, "row": 1, "columns": 2, "rows": 30}}
    found = capacity(planned(tmp_path, entry, layout="auto")).slots
    assert [(one.columns, one.lines) for one in found] == [(2, 29)]


@pytest.mark.parametrize("pictured", [False, True])
def test_copy_ordered_by_the_list_closes(pictured: bool, tmp_path: Path) -> None:
    lead = by_slot(capacity(planned(tmp_path / "plan", {"slot": "lead", "level": 2})).slots)["lead"]
    span = lead.rooms[1].pictured if pictured else lead.rooms[1].plain
    assert span
    missed = []
    for index, characters in enumerate((span.least + span.characters) // 2 + d for d in (-20, 0, 20)):
        folder = tmp_path / str(index)
        body = "\n\n".join(text(f"ordered {index}", characters))
        copy = {
            "headline": "职工夜校开进车间里",
            "deck": "六门课程由班组自己点单",
            "byline": [{"role": "本报记者", "name": "某某"}],
            "body": body[: characters + body.count("\n")].rstrip("，。；：、“《（—") + "。",
        }
        if pictured:
            copy["pictures"] = [{"file": "x.jpg", "caption": "夜课堂上老师傅讲解图纸", "credit": "某乙 摄"}]
        edition = write_paper(
            folder, {"a": copy}, layout="inside", stories=[{"article": "articles/a.yaml", "slot": "lead", "level": 2}]
        )
        photograph(folder / "articles/x.jpg", "x")
        fit = check(edition).pages[0].stories[0].fit
        missed.append(fit.over_lines + fit.under_lines)
    assert sorted(missed)[:2] == [0, 0], missed
