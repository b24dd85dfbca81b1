"""Programs of others read every file of the samples: qpdf, MuPDF, Poppler and Ghostscript find no fault, and draw alike.

`make press` runs these; it installs the programs. Where one is missing these tests fail, they do not skip.
"""

import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from printkit.preflight.geometry import Box
from printkit.preflight.plates import separate
from tests.support.elsewhere import in_another_year
from tests.support.papers import Built, digest
from tests.support.plates import INKS, PPI, plates

pytestmark = pytest.mark.press


@pytest.fixture(params=["tabloid", "broadsheet"])
def sample(request: pytest.FixtureRequest) -> Built:
    """Each sample in turn, in every variant."""
    built = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built


def files(sample: Built) -> list[Path]:
    found = sorted(sample.folder.glob("*/*.pdf"))
    assert {path.parent.name for path in found} == {"web", "print", "archive"}
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def test_qpdf_finds_nothing(sample: Built) -> None:
    for path in files(sample):
        ended = run("qpdf", "--check", path)
        assert (ended.returncode, ended.stderr) == (0, ""), (path.name, ended.stderr)
        assert "No syntax or stream encoding errors found" in ended.stdout


def test_mupdf_draws_and_reads_without_a_word(sample: Built, tmp_path: Path) -> None:
    for path in files(sample):
        for ending in ("png", "txt"):
            target = tmp_path / f"{path.parent.name}-{path.stem}.{ending}"
            ended = run("mutool", "draw", "-q", "-r", "20", "-F", ending, "-o", target, path)
            told = ended.stderr.replace("warning: ICC support is not available\n", "")  # Debian's is built without
            assert (ended.returncode, told) == (0, ""), path
            assert target.stat().st_size > 1000


def test_four_engines_draw_one_page(sample: Built, tmp_path: Path) -> None:
    """A glyph that one of them reads by another number would show: the presses' are not those of the proof."""
    path = min((sample.folder / "web").glob("[0-9A]*.pdf"))
    ppi = "60"
    run("mutool", "draw", "-q", "-r", ppi, "-c", "gray", "-o", tmp_path / "mupdf.png", path)
    run("pdftoppm", "-r", ppi, "-gray", "-png", "-singlefile", path, tmp_path / "poppler")
    device = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pnggray", f"-r{ppi}", "-dTextAlphaBits=4")
    run(*device, "-dGraphicsAlphaBits=4", f"-sOutputFile={tmp_path / 'ghostscript.png'}", path)
    drawn = {name: Image.open(tmp_path / f"{name}.png").convert("L") for name in ("mupdf", "poppler", "ghostscript")}
    size = drawn["poppler"].size
    for name, picture in drawn.items():
        assert max(abs(a - b) for a, b in zip(picture.size, size, strict=True)) <= 1, name
        blurred = picture.resize(size).filter(ImageFilter.GaussianBlur(2))
        apart = ImageChops.difference(blurred, drawn["poppler"].filter(ImageFilter.GaussianBlur(2)))
        assert ImageStat.Stat(apart).mean[0] < 6, name
        worst = apart.filter(ImageFilter.BoxBlur(6)).getextrema()[1]
        assert isinstance(worst, (int, float))
        assert worst < 90, name  # 25; with every glyph's number off by one 150


def test_no_file_holds_the_clock(tabloid: Built, elsewhere: Path) -> None:
    """Built in another year, in a folder of its own, by a process of its own: the same bytes."""
    assert in_another_year()
    for path in files(tabloid):
        again = elsewhere / "tabloid" / tabloid.folder.name / path.relative_to(tabloid.folder)
        assert digest(again) == digest(path), path.name


def test_the_plates_of_every_press_page(sample: Built, tmp_path: Path) -> None:
    """Marks on all four plates, no hole under black text, no ink too heavy."""
    for path in sorted((sample.folder / "print").glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            trim = [float(edge) for edge in pdf.pages[0].TrimBox]
            media = [float(edge) for edge in pdf.pages[0].MediaBox]
        made = plates(path, tmp_path / path.stem)
        assert set(INKS) <= set(made)
        scale = PPI / 72
        band = (0, 0, round(trim[0] * scale) - 12, made["Black"].height)
        marks = {ink: made[ink].crop(band).tobytes() for ink in INKS}
        assert made["Black"].crop(band).getextrema()[0] == 0
        assert set(marks.values()) == {marks["Black"]}
        [sheet] = separate(path.read_bytes(), [(Box(*media), Box(*trim))])
        assert [spot.most for spot in sheet.spots(220, 240) if spot.pixels > 120] == []
