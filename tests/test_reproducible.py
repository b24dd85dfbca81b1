"""The same input gives the same bytes: in another folder, for another user, at another time."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.colour.profiles import default_profile
from tests.support.papers import Built, build_edition, write_paper
from tests.support.plates import paints

SAMPLE = Path(__file__).parents[1] / "samples/tabloid"
PRINTKIT = [sys.executable, "-c", "from printkit.cli import main; main()"]


def copy_paper(target: Path, *, backwards: bool) -> Path:
    """Copy the sample file by file in one order or the other, with a press profile; return the edition file."""
    for file in sorted((p for p in SAMPLE.rglob("*") if p.is_file()), reverse=backwards):
        place = target / file.relative_to(SAMPLE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
        os.utime(place, (1_000_000_000 + backwards, 1_000_000_000))
    shutil.copyfile(default_profile(), target / "press.icc")
    with (target / "paper.yaml").open("a", encoding="utf-8") as paper:
        paper.write("\nprint: {profile: press.icc}\n")
    return target / "edition.yaml"


def start(edition: str, out: Path, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Start a build with an environment of its own."""
    home = out.parent / "home"
    home.mkdir(parents=True)
    given = {**os.environ, "HOME": str(home), **environment}
    given.pop("XDG_CACHE_HOME", None)
    command = [*PRINTKIT, "build", edition, "-o", str(out), "--for", "web,print,archive"]
    return subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample built for web and press twice, each with folder, user, language, zone and file order of its own."""
    top = tmp_path_factory.mktemp("far apart")
    one, two = top / "one", top / "elsewhere/with blanks 与汉字/two"
    copy_paper(one / "paper", backwards=False)
    second = copy_paper(two / "paper", backwards=True)
    english = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}
    chinese = {"TZ": "America/Lima", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "4242"}
    builds = [
        start("paper/edition.yaml", one / "out", one, **english),
        start(str(second), two / "out", top, SOURCE_DATE_EPOCH="86400", **chinese),
    ]
    for build in builds:
        told, _ = build.communicate()
        assert build.returncode in (0, 1), told
    return one, two


def test_two_builds_far_apart_are_one(roots: tuple[Path, Path]) -> None:
    files = [
        {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted((root / "out").rglob("*")) if p.is_file()}
        for root in roots
    ]
    assert list(files[0]) == list(files[1])
    assert sum(name.endswith(".pdf") for name in files[0]) == 10
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []
    assert b"far apart" not in b"".join(files[0].values())


def test_a_chinese_locale_finds_the_same_fonts(roots: tuple[Path, Path]) -> None:
    """Fontconfig calls LXGW WenKai 霞鹜文楷 there, and Kai was set in Song."""
    for root in roots:
        with pikepdf.open(root / "out/2024-08-09/web/edition.pdf") as pdf:
            names = {str(o.FontName) for o in pdf.objects if "/FontName" in (o if is_dictionary(o) else {})}
        assert {"LXGW-WenKai", "Noto-Serif-CJK-SC"} <= {name.partition("+")[2] for name in names}


def is_dictionary(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary)


def test_every_press_page_of_the_sample_has_inks_alone(roots: tuple[Path, Path]) -> None:
    for page in sorted((roots[0] / "out/2024-08-09/print").iterdir()):
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
