"""Tones between those that vanish and those that fill in."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Stream
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, rule, warning
from printkit.preflight.colour import TRACE
from printkit.preflight.document import Page
from printkit.preflight.marks import AreaMark, LineMark, PictureMark, TextMark
from printkit.preflight.settings import Settings

_SHARE = 0.01
"""From this share of a picture on its black counts: single pixels are eyes and type in the picture."""
_LIKENESS = 0.0005


@rule(
    "tones",
    number=6,
    title=Say("tones that print", "网点阶调"),
    rationale=Say(
        "On newsprint dots gain 26 %: what is over 95 % fills in, what is under 3 % is lost.",
        "新闻纸网点增大约 26%：95% 以上糊成实地，3% 以下丢失。",
    ),
    source="WAN-IFRA; IFRA26S (K 95 %); press guides (3–5 to 85–95 %)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at flat tints and into pictures."""
    yield from _tints(page, settings)
    yield from _pictures(page, settings)


def _tints(page: Page, settings: Settings) -> Iterator[Finding]:
    for mark in page.marks:
        if not isinstance(mark, (AreaMark, LineMark, TextMark)) or mark.look.colour.inks is None:
            continue
        for ink in mark.look.colour.inks:
            if TRACE < ink < settings.tone_least / 100 - _LIKENESS:
                yield warning(
                    f"a tint of {ink * 100:.1f} %; under {settings.tone_least:g} % nothing prints",
                    f"网点 {ink * 100:.1f}%，低于 {settings.tone_least:g}% 印不出来",
                    mark.where,
                )
            elif settings.tone_most / 100 + _LIKENESS < ink < 1 - TRACE:
                yield warning(
                    f"a tint of {ink * 100:.1f} %; over {settings.tone_most:g} % it fills in",
                    f"网点 {ink * 100:.1f}%，高于 {settings.tone_most:g}% 会糊成实地",
                    mark.where,
                )


def _pictures(page: Page, settings: Settings) -> Iterator[Finding]:
    seen: dict[Any, float] = {}
    for mark in page.marks:
        if not isinstance(mark, PictureMark) or mark.bits != 8 or mark.obj is None:
            continue
        key = mark.obj.objgen
        if key not in seen:
            seen[key] = _black_share(mark, settings.tone_most)
        if seen[key] > _SHARE:
            yield warning(
                f"a picture with black over {settings.tone_most:g} % in {seen[key] * 100:.0f} % of it",
                f"图片有 {seen[key] * 100:.0f}% 的面积黑版超过 {settings.tone_most:g}%",
                mark.where,
            )


def _black_share(mark: PictureMark, percent: float) -> float:
    """Return the share of a picture whose black is over a limit; 0 where it has no black plate of its own."""
    black = _black(mark.obj, mark.space.ground.components if mark.space.kind != "Indexed" else 0, mark.pixels)
    if black is None:
        return 0.0
    histogram = black.histogram()
    limit = round(percent * 255 / 100)
    return sum(histogram[limit + 1 :]) / max(1, sum(histogram))


def _black(obj: Stream, components: int, pixels: tuple[int, int]) -> Image.Image | None:
    """Return a picture's black plate, 255 where full."""
    if components not in (1, 4):
        return None
    mode = "CMYK" if components == 4 else "L"
    inverted = _is_inverted(obj.get("/Decode"), components)
    samples = _samples(obj, mode, pixels)
    if samples is None:
        return None
    plate = samples.getchannel(components - 1)
    is_light = (components == 1) != inverted
    return ImageOps.invert(plate) if is_light else plate


def _is_inverted(decode: Any, components: int) -> bool:
    return isinstance(decode, Array) and len(decode) == 2 * components and float(decode[0]) > float(decode[1])


def _samples(obj: Any, mode: str, pixels: tuple[int, int]) -> Image.Image | None:
    """Decode a picture to the samples that PDF's Decode is applied to; None where the filter is another."""
    filters = obj.get("/Filter", ())
    last = str(filters[-1]) if isinstance(filters, Array) and len(filters) else str(filters)
    if last == "/DCTDecode":
        try:
            with Image.open(io.BytesIO(obj.read_raw_bytes())) as image:
                if image.mode != mode:
                    return None
                image.load()
                # Pillow turns Adobe's inverted CMYK round itself, PDF leaves that to Decode.
                return ImageChops.invert(image) if mode == "CMYK" and "adobe" in image.info else image.copy()
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            return None
    if last in ("/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"):
        return None
    data = obj.read_bytes()
    if len(data) < pixels[0] * pixels[1] * len(mode):
        return None
    return Image.frombytes(mode, pixels, data)
