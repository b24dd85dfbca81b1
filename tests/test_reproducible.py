"""The same input gives the same bytes: in another folder, for another user, at another time."""

import json
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.support.papers import Built, build_edition, write_paper
from tests.support.plates import paints


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_two_builds_far_apart_are_one(tabloid: Built, elsewhere: Path) -> None:
    files = [files_of(tabloid.folder.parent), files_of(elsewhere / "tabloid")]
    assert list(files[0]) == list(files[1])
    assert sum(name.endswith(".pdf") for name in files[0]) == 10
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []
    for folder in (tabloid.folder.parent, elsewhere):
        assert os.fsencode(folder) not in b"".join(files[0].values())


def test_a_chinese_locale_finds_the_same_fonts(tabloid: Built, elsewhere: Path) -> None:
    """Fontconfig calls LXGW WenKai 霞鹜文楷 there, and Kai was set in Song."""
    for file in (tabloid.pdf(), elsewhere / "tabloid" / tabloid.folder.name / "web/edition.pdf"):
        with pikepdf.open(file) as pdf:
            names = {str(o.FontName) for o in pdf.objects if "/FontName" in (o if is_dictionary(o) else {})}
        assert {"LXGW-WenKai", "Noto-Serif-CJK-SC"} <= {name.partition("+")[2] for name in names}


def is_dictionary(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary)


def test_every_press_page_of_another_sample_has_inks_alone(broadsheet: Built) -> None:
    for page in sorted((broadsheet.folder / "print").iterdir()):
        with pikepdf.open(page) as pdf:
            assert {paint.space for paint in paints(pdf)} <= {"/DeviceCMYK", "/DeviceGray", "/Pattern", "/All"}


def test_every_press_page_of_the_sample_has_inks_alone(tabloid: Built) -> None:
    for page in sorted((tabloid.folder / "print").iterdir()):
        with pikepdf.open(page) as pdf:
            found = paints(pdf)
            assert {paint.space for paint in found} == {"/DeviceCMYK", "/All"}
            assert all(paint.overprints == (paint.parts == (0, 0, 0, 1)) for paint in found)


# --- what made the files ----------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Built:
    """A build of one short page."""
    edition = write_paper(tmp_path / "paper", {"lead": {"headline": "灯", "body": "谁来，都有一杯。"}})
    return build_edition(edition, tmp_path / "out")


def differing(built: Built) -> list[str]:
    return [d["message"] for d in built.report["diagnostics"] if d["code"] == "build.fonts-differ"]


def test_versions_are_told(small: Built) -> None:
    versions = small.report["versions"]
    named = {"printkit", "weasyprint", "pango", "harfbuzz", "zlib", "pillow", "littlecms", "uharfbuzz", "pikepdf"}
    assert named <= set(versions)
    assert all(version[0].isdigit() for version in versions.values())


def test_a_second_build_has_nothing_to_tell(small: Built, tmp_path: Path) -> None:
    again = build_edition(small.source, tmp_path / "out")
    assert differing(again) == []
    assert again.report == small.report


def change(report: dict[str, Any], key: str) -> None:
    if key == "font":
        report["fonts"][0]["sha256"] = "0" * 64
    elif key == "version":
        report["versions"]["pango"] = "1.0"
    elif key == "python":
        report["versions"]["python"] = "3.0"
    elif key == "old":
        report["fonts"] = [font["file"] for font in report["fonts"]]


@pytest.mark.parametrize("key", ["font", "version", "python", "old"])
def test_other_fonts_or_libraries_than_before_are_told(key: str, small: Built, tmp_path: Path) -> None:
    report = small.folder / "report.json"
    told = json.loads(report.read_bytes())
    change(told, key)
    report.write_text(json.dumps(told), encoding="utf-8")
    again = build_edition(small.source, tmp_path / "out")
    assert again.code == 0
    wanted = {"font": told["fonts"][0]["file"] if key == "font" else "", "version": "pango 1.0 → "}
    messages = differing(again)
    assert len(messages) == (key in wanted)
    assert all(wanted[key] in message for message in messages)
    if messages:
        assert differing(build_edition(small.source, tmp_path / "out")) == [], "told once"


@pytest.mark.parametrize("text", ["{", "[]", '{"versions": 1, "fonts": []}', ""])
def test_a_report_that_cannot_be_read_is_no_fault(text: str, small: Built, tmp_path: Path) -> None:
    (small.folder / "report.json").write_text(text)
    assert differing(build_edition(small.source, tmp_path / "out")) == []
