"""Advertisements in their places: fitted whole into the slot, or a place kept free for one.

The place reaches from the Han of its first line to the Han of its last, over the slot's whole width.
"""

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame, story_frame
from printkit.model.edition import Ad, Story
from printkit.model.geometry import PageGeometry, Rect, Slot
from printkit.model.page import Box, Fit, MadeUpStory, Ornament, PictureBox, Step
from printkit.units import MM

RATIO = 30
"""Thousandths by which an advertisement's ratio may differ from its place's: up to here the white at its sides goes
unseen."""

FILLS_UP = 500
"""Cost of a picture that fills a page up, in hundredths."""

RESERVED_TEXT = "广告位"


def fill_ad(story: Story, slot: Slot, geometry: PageGeometry) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Place an advertisement in its slot."""
    assert story.ad is not None
    styles = geometry.style(story)
    frame = story_frame(slot, geometry, styles)
    place = place_in(frame)
    if story.ad.file is None:
        box: Box = Ornament(place, "ad reserved", RESERVED_TEXT)
    else:
        box = PictureBox(_whole(story.ad, place), story.ad.file, story.ad.alt, role="ad", where=story.ad.where)
    fit = Fit(steps=(Step("fills the page up", FILLS_UP // 10),)) if story.ad.fills_up else Fit()
    made = MadeUpStory(story, frame.rect, styles.frame, frame.columns, (box,), fit, (frame.rect,))
    return made, _tell_ratio(story.ad, place)


def place_in(frame: Frame) -> Rect:
    """Return the place that an advertisement has in a frame, from the frame's top left corner."""
    top, height = frame.picture(0, frame.lines)
    return Rect(0, top, frame.rect.width, max(0, height))


def _whole(ad: Ad, place: Rect) -> Rect:
    """Return the largest rectangle of an advertisement's ratio, in the middle of its place."""
    wide, high = ad.size
    if not wide or not high:
        return place
    width = min(place.width, place.height * wide // high)
    height = min(place.height, width * high // wide)
    return Rect(place.x + (place.width - width) // 2, place.y + (place.height - height) // 2, width, height)


def _tell_ratio(ad: Ad, place: Rect) -> list[Diagnostic]:
    wide, high = ad.size
    if not wide or not high or not place.height:
        return []
    if abs(wide * place.height - high * place.width) * 1000 <= RATIO * high * place.width:
        return []
    width, height = (round(side / MM) for side in (place.width, place.height))
    return [
        Diagnostic(
            "makeup.ad-ratio",
            Say(
                f"the advertisement is {wide / high:.2f} : 1, its place {place.width / place.height:.2f} : 1",
                f"广告宽高比 {wide / high:.2f}:1，版位 {place.width / place.height:.2f}:1",
            ),
            Severity.WARNING,
            Say(
                f"ask for one of {width} × {height} mm, or give it another place",
                f"请客户按 {width}×{height} 毫米做，或换一个版位",
            ),
            ad.where,
        )
    ]
