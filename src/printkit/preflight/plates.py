"""The plates that a press would image, made by Ghostscript, and where they hold too much ink.

Ghostscript's `tiffsep` passes device CMYK unchanged and honours overprint, so its plates are what the file asks for.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageMath

from printkit.diagnostics import InputError
from printkit.limits import Limits, of_signal
from printkit.preflight.geometry import Box

RESOLUTION = 72
"""Pixels an inch: one a point, 120 of them the 15 mm² that matter."""
_SECONDS_A_PAGE = 120
_FULL = 255


class NoGhostscriptError(Exception):
    """The plates could not be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A connected area of ink: its box in user space, its pixels, those above the higher limit, the most ink in percent."""

    box: Box
    pixels: int
    heavy: int
    most: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's plates, summed. `total` is a picture of the ink in all, in steps of 1/255 of one ink, trim only."""

    total: Image.Image
    sheet: Box

    def spots(self, limit: float, high: float) -> Iterator[Spot]:
        """Yield the connected areas with more than `limit` percent; `high` percent is what counts as heavy."""
        over, heavy = (_mask(self.total, percent) for percent in (limit, high))
        width, height = self.total.size
        above, above_high = over.tobytes(), heavy.tobytes()
        for rows in _areas(above, width, height):
            left, right = min(r[1] for r in rows), max(r[2] for r in rows)
            top, bottom = min(r[0] for r in rows), max(r[0] for r in rows) + 1
            crop = self.total.crop((left, top, right, bottom))
            yield Spot(
                self._place(left, top, right, bottom),
                sum(end - start for _, start, end in rows),
                sum(above_high.count(_FULL, y * width + start, y * width + end) for y, start, end in rows),
                crop.getextrema()[1] * 100 / _FULL,  # type: ignore[operator]  # one band gives one pair
            )

    def _place(self, left: int, top: int, right: int, bottom: int) -> Box:
        points = 72 / RESOLUTION
        x, y = self.sheet.left, self.sheet.top
        return Box(x + left * points, y - bottom * points, x + right * points, y - top * points)


def _mask(total: Image.Image, percent: float) -> Image.Image:
    """Return white where there is more ink than this, and up to four roundings of eight bits."""
    limit = percent * _FULL / 100 + 4
    mask: Image.Image = ImageMath.lambda_eval(lambda a: a["convert"]((a["total"] > limit) * _FULL, "L"), total=total)
    return mask


def _areas(mask: bytes, width: int, height: int) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the connected areas of a mask as runs: row, first pixel, pixel after the last."""
    parent: list[int] = []
    runs: list[tuple[int, int, int]] = []

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    before: list[int] = []
    for y in range(height):
        row: list[int] = []
        for found in re.finditer(b"\xff+", mask[y * width : (y + 1) * width]):
            number = len(runs)
            runs.append((y, *found.span()))
            parent.append(number)
            row.append(number)
            for other in before:
                if runs[other][1] < found.end() and found.start() < runs[other][2]:
                    parent[root(other)] = root(number)
        before = row
    areas: dict[int, list[tuple[int, int, int]]] = {}
    for number, run in enumerate(runs):
        areas.setdefault(root(number), []).append(run)
    yield from areas.values()


def separate(data: bytes, pages: Sequence[tuple[Box, Box]]) -> tuple[Sheet, ...]:
    """Make the plates of a file.

    Args:
        data: the PDF.
        pages: MediaBox and the part to look at of every page.

    Raises:
        NoGhostscriptError: `gs` is not there or fails.
        InputError: it takes more than the user allows.
    """
    program = shutil.which("gs")
    if program is None:
        raise NoGhostscriptError("gs")
    with tempfile.TemporaryDirectory(prefix="printkit-plates-") as name:
        folder = Path(name)
        (folder / "file.pdf").write_bytes(data)
        _ghostscript(program, folder, len(pages))
        return tuple(_sheet(folder, n, media, sheet) for n, (media, sheet) in enumerate(pages, 1))


def _ghostscript(program: str, folder: Path, pages: int) -> None:
    command = [program, "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{RESOLUTION}"]
    command += ["-sOutputFile=p%d.tif", "file.pdf"]
    try:
        done = subprocess.run(  # fixed arguments in a folder of our own
            command, cwd=folder, capture_output=True, check=False, timeout=_SECONDS_A_PAGE * max(1, pages)
        )
    except subprocess.TimeoutExpired as late:
        raise NoGhostscriptError(f"gs: {late.timeout:.0f} s") from late
    if over := of_signal(Limits.of_user(), -done.returncode):
        raise InputError([over])
    if done.returncode:
        told = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise NoGhostscriptError(f"gs: {told[-1] if told else done.returncode}")


def _sheet(folder: Path, number: int, media: Box, sheet: Box) -> Sheet:
    """Sum a page's plates; on a plate 255 is bare (tiffsep writes them as they look)."""
    files = sorted(folder.glob(f"p{number}(*).tif"))
    if not files:
        raise NoGhostscriptError(f"gs: no plates of page {number}")
    total: Image.Image | None = None
    for file in files:
        try:
            plate = Image.open(file)
        except Image.DecompressionBombError as error:
            raise NoGhostscriptError(f"a plate of page {number} is too large") from error
        with plate:
            ink = ImageMath.lambda_eval(lambda a: _FULL - a["plate"], plate=plate.convert("I"))
        total = ink if total is None else ImageMath.lambda_eval(lambda a: a["x"] + a["y"], x=total, y=ink)
    assert total is not None
    pixel = RESOLUTION / 72
    frame = (sheet.left - media.left, media.top - sheet.top, sheet.right - media.left, media.top - sheet.bottom)
    left, top, right, bottom = (round(v * pixel) for v in frame)
    return Sheet(total.crop((max(0, left), max(0, top), min(total.width, right), min(total.height, bottom))), sheet)
