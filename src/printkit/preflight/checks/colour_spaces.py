"""Only colours that the press prints as they are: CMYK, grey, and registration for marks."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Stream

from printkit.diagnostics import Say
from printkit.preflight.check import Finding, each_page, error, rule
from printkit.preflight.colour import PATTERN, Space
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import Box
from printkit.preflight.marks import GroupMark, Mark, PictureMark, ShadeMark, TextMark
from printkit.preflight.settings import Profile, Settings

_PRESS = ("DeviceCMYK", "DeviceGray")
_DEVICE = {"DeviceRGB": 3, "DeviceCMYK": 4}


@rule(
    "colour-spaces",
    number=3,
    title=Say("colours the press prints", "印刷可用的颜色"),
    rationale=Say(
        "RGB, Lab and spot colours are converted by the RIP, in its own way: black text comes out in four inks.",
        "RGB、Lab、专色由 RIP 自行转换，黑字会变成四色黑。",
    ),
    source="GWG 2015, newspaper ads; ISO 19005-2, 6.2.4.3",
    profiles=frozenset({Profile.NEWSPAPER, Profile.ARCHIVE}),
)
def check(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look at the colour of everything painted."""
    if settings.profile is Profile.ARCHIVE:
        return _against_intent(document)
    return _for_press(document, settings)


def _used(page: Page) -> Iterator[tuple[Space, Box, Mark]]:
    for mark in page.content.marks:
        if isinstance(mark, GroupMark) or (isinstance(mark, TextMark) and not mark.is_visible):
            continue
        own = isinstance(mark, ShadeMark) or (isinstance(mark, PictureMark) and not mark.is_stencil)
        space = mark.space if isinstance(mark, (ShadeMark, PictureMark)) and own else mark.look.colour.space
        yield space.ground, mark.where, mark


@each_page
def _for_press(page: Page, _: Settings) -> Iterator[Finding]:
    for space, where, mark in _used(page):
        if isinstance(mark, ShadeMark) and space.kind not in _PRESS:
            yield error(f"a gradient in {space.kind}", f"有渐变色（{space.kind}）", where)
        elif space.is_registration:
            if page.sheet.grown(-1).cut(where):
                yield error(
                    "registration colour inside the page; it is for marks only",
                    "版面内用了套版色（All），它只用于裁切、套准标记",
                    where,
                )
        elif space.kind not in _PRESS and space != PATTERN:
            what, zh = ("a picture", "图片") if isinstance(mark, PictureMark) else ("a colour", "颜色")
            yield error(f"{what} in {_name(space)}", f"{zh}为 {_name(space)}", where)


def _name(space: Space) -> str:
    return f"{space.kind} {' '.join(space.colorants)}".strip()


def _against_intent(document: Document) -> Iterator[Finding]:
    """A device colour that the output intent does not define has no colour at all."""
    components = _intent_components(document)
    for page in document.pages:
        for space, where, _ in _used(page):
            if space.kind in _DEVICE and _DEVICE[space.kind] != components:
                yield error(
                    f"{space.kind}, which the OutputIntent does not define",
                    f"{space.kind} 与输出意图不符",
                    where,
                    page=page.number,
                )


def _intent_components(document: Document) -> int:
    for intent in document.pdf.Root.get("/OutputIntents", ()):
        profile: Any = intent.get("/DestOutputProfile")
        if isinstance(profile, Stream):
            return int(profile.get("/N", 0))
    return 0
