"""What an office sends by WeChat: every story as a long picture (长图), and its title as two cards (头图、方图).

    an edition, its made-up pages → of each story JPEGs: the long picture's parts, the card of 900 × 383 pixels, the one of 900 × 900

The layout is `reprint-phone`, set and drawn as a reprint's is. Both cards stand over the story on its first page, so that
one page is drawn for all of them; what is white between the story and the foot, which stands under ``<main>``, is left out.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from unicodedata import east_asian_width

import pypdfium2
from PIL import Image

from printkit.diagnostics import Diagnostic
from printkit.epaper import names
from printkit.epaper.issue.code import qr_code
from printkit.model.context import PageContext
from printkit.model.edition import Edition, Story
from printkit.model.geometry import Rect
from printkit.model.lines import ComposedLine
from printkit.model.page import MadeUpPage, PictureBox
from printkit.model.style import TextStyle
from printkit.pictures.makers import SCREEN_PPI
from printkit.pictures.page_picture import in_rgb
from printkit.pipeline.reprint import ReprintMaker, not_told, wanted_of
from printkit.pipeline.run import Run
from printkit.render.reprint import PHONE_LAYOUT, Card, ReprintPage, Spot

_WIDTH, _CARDS, _LONG = 540_000, 780_000, 4_980_000
"""mpt: a page's width, what the cards take of it and what is left to the story: 9,960 pixels, as WeChat shows at their full width."""
_WIDE, _SQUARE = 229_800, 540_000
"""Heights of the cards."""
_SCALE, _CARD_SCALE = 2, 900 / 540
"""Pixels a point: 1,080 and 900 across."""
_CARD_PICTURE = _CARD_SCALE * 72 / SCREEN_PPI
"""How large a card's picture is made, beside its box: with as many pixels as are drawn of it."""
_QUALITY = 56
_MODULE = 12
"""Pixels of a QR code's module, more than are drawn of it."""
_GOES_ON = 68_000
"""mpt: depth of the foot of a part that goes on."""
_GAP = 24
"""Pixels of white between a story and its foot."""
_MEASURE, _BOX = 456_000, 480_000
"""mpt: what a card's headline is composed to, and the width of its box, in which marks stand as wide as they are."""
_WIDE_SIZES = ((46_000, 2), (40_000, 2), (34_000, 3), (28_000, 3), (24_000, 4))
_SQUARE_SIZES = ((64_000, 3), (56_000, 4), (48_000, 5), (40_000, 6), (32_000, 8))
"""Sizes of a card's headline, mpt, each with the most lines that it may take."""
_LONGEST = 70
"""Characters of a headline on a card; of a longer one the rest is left out."""


@dataclass(frozen=True, slots=True)
class StoryForPhones:
    """A story's pictures as JPEG: the parts of the long one, the wide card, the square one."""

    parts: tuple[bytes, ...]
    card: bytes
    square: bytes
    findings: tuple[Diagnostic, ...] = ()

    def files(self, story: str) -> dict[str, bytes]:
        """Return them under their names in the issue's folder."""
        parts = {names.long_picture(story, number): part for number, part in enumerate(self.parts, 1)}
        return {**parts, names.card(story): self.card, names.card(story, square=True): self.square}


def for_phones(
    run: Run,
    edition: Edition,
    made: Sequence[MadeUpPage],
    told: Sequence[Diagnostic] = (),
    *,
    stories: Sequence[str] | None = None,
) -> tuple[Mapping[str, StoryForPhones], tuple[Diagnostic, ...]]:
    """Set stories anew for phones; return their pictures by their ids, and what there is to tell that was not told.

    Args:
        run: the run.
        edition: the edition.
        made: its pages as made up.
        told: findings of the newspaper's pages.
        stories: the ids of the stories wanted; None for all.

    Raises:
        InputError: the layout or a style cannot be used.
    """
    wanted = wanted_of(edition, stories)
    if not wanted:
        return {}, ()
    maker = _PhoneMaker(run, edition, made, {}, PHONE_LAYOUT, (_WIDTH, _CARDS + _LONG))
    done = {story.id: pictures for story, pictures in maker.each("phone", wanted, maker.pictures)}
    return done, not_told([found for one in done.values() for found in one.findings], told)


class _PhoneMaker(ReprintMaker):
    """Sets and draws stories for phones."""

    def pictures(self, story: Story) -> StoryForPhones:
        """Return a story's pictures."""
        whole, anew = self.anew(story)
        _, pdf, findings = self.draw(story, whole, anew)
        foot = self._base.grid.main.bottom
        document = pypdfium2.PdfDocument(pdf)
        try:
            parts = []
            for page, made in zip(document, anew.pages, strict=True):
                end = made.rect.y + max((box.rect.bottom for box in made.boxes), default=0)
                drawn = _drawn(page, _SCALE, _CARDS, max(0, _CARDS + _LONG - end))
                under = 0 if made is anew.pages[-1] else _CARDS + _LONG - foot - _GOES_ON
                parts.append(_jpeg(_over(drawn, _drawn(page, _SCALE, foot, under))))
            both = _drawn(document[0], _CARD_SCALE, 0, _LONG)
        finally:
            document.close()
        card, square = both.crop((0, 0, 900, 383)), both.crop((0, 383, 900, 1283))
        return StoryForPhones(tuple(parts), _jpeg(card), _jpeg(square), tuple(findings))

    @cached_property
    def _headline(self) -> TextStyle:
        """The type of headlines, which a story without one has on its cards all the same."""
        return next(style.roles["headline"] for style in self._base.styles.values() if "headline" in style.roles)

    def _code(self, target: str) -> str:
        """Return an address as a QR code of pixels: what ends as pixels needs no path of a thousand squares."""
        return str(qr_code(target).png_data_uri(border=0, scale=_MODULE))

    def _spots(self, story: Story) -> tuple[Spot, ...]:
        """Return no page: on a phone its picture would say nothing."""
        return ()

    def _shown(self, story: Story, home: PageContext, pages: int, anew: Story) -> ReprintPage:
        """Return what the first page shows, the cards among it."""
        style = self._headline
        headline = story.article.headline
        lines = headline.lines if headline else (story.short_title,)
        picture = next(iter(story.article.all_pictures), None)
        cards = []
        for sizes, height in ((_WIDE_SIZES, _WIDE), (_SQUARE_SIZES, _SQUARE)):
            rect = Rect(0, 0, round(_WIDTH * _CARD_PICTURE), round(height * _CARD_PICTURE))
            box = picture and PictureBox(
                rect, picture.file, "", picture.focus, where=picture.where, pixels=picture.pixels
            )
            address = self._look.pictures.uri(box) if box and not box.is_drawing else ""
            size, most = sizes[-1]
            found = None
            for size, most in sizes:
                set_at = replace(style, size=size, leading=size * 5 // 4, steps=((size, size * 5 // 4),))
                found = self._setter.heading(lines, True, set_at, _MEASURE, most) if len(lines) > 1 else None
                found = found or self._setter.heading((" ".join(lines),), False, set_at, _MEASURE, most)
                if found and max(_uncomposed(line, size) for line in found) <= _BOX:
                    break
            else:
                found = None
            words = tuple(line.text for line in found) if found else _cut(" ".join(lines), _MEASURE // size)
            cards.append(Card(words, size, address))
        return replace(super()._shown(story, home, pages, anew), cards=tuple(cards))


def _uncomposed(line: ComposedLine, size: int) -> int:
    """Return how wide a line is whose marks keep all their white: on a card it is text as any other."""
    return sum(
        max(advance, size * len(cluster)) if east_asian_width(cluster[0]) in "AFW" else advance
        for cluster, advance in zip(line.clusters, line.advances, strict=True)
    )


def _cut(text: str, a_line: int) -> tuple[str, ...]:
    """Return a headline that no size takes in lines of so many characters, the rest left out."""
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return tuple(shown[at : at + a_line] for at in range(0, len(shown), a_line))


def _drawn(page: pypdfium2.PdfPage, scale: float, over: int, under: int) -> Image.Image:
    """Draw a page without what stands in its first `over` and its last `under` mpt."""
    crop = (0, under / 1000, 0, over / 1000)
    return in_rgb(page, scale, crop)


def _over(story: Image.Image, foot: Image.Image) -> Image.Image:
    """Put a page's foot close under its story: what is white between them is not drawn at all."""
    both = Image.new("RGB", (story.width, story.height + _GAP + foot.height), (255, 255, 255))
    both.paste(story, (0, 0))
    both.paste(foot, (0, story.height + _GAP))
    return both


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
