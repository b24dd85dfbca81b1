"""The printing condition: an OutputIntent with a profile that can be read."""

from collections.abc import Iterable
from typing import Any

from pikepdf import Stream

from printkit.diagnostics import Say
from printkit.preflight.check import Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Profile, Settings

_COMPONENTS = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}
_HEADER = 128
"""Bytes of an ICC profile's header (ICC.1:2010, 7.2)."""


@rule(
    "output-intent",
    number=2,
    title=Say("output intent", "输出意图"),
    rationale=Say(
        "CMYK without a printing condition are numbers without a colour: the press cannot prove what was meant.",
        "没有印刷条件的 CMYK 只是数字，印厂无从知道要印成什么颜色。",
    ),
    source="ISO 15930-7; ISO 19005-2, 6.2.3",
    profiles=frozenset({Profile.NEWSPAPER, Profile.ARCHIVE}),
)
def check(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look for the intent of the file's kind and at its profile."""
    press = settings.profile is Profile.NEWSPAPER
    kind = "GTS_PDFX" if press else "GTS_PDFA1"
    intents = [i for i in document.pdf.Root.get("/OutputIntents", ()) if str(i.get("/S")) == f"/{kind}"]
    if not intents:
        yield error(f"there is no OutputIntent {kind}", f"没有输出意图 OutputIntent {kind}")
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield error("the OutputIntent names no printing condition", "输出意图没有写明印刷条件")
    yield from _profile(intents[0].get("/DestOutputProfile"), press=press)


def _profile(stream: Any, *, press: bool) -> Iterable[Finding]:
    if not isinstance(stream, Stream):
        yield error("the OutputIntent holds no ICC profile", "输出意图没有 ICC 特性文件")
        return
    header = stream.read_bytes()[:_HEADER]
    if len(header) < _HEADER or header[36:40] != b"acsp":
        yield error("the OutputIntent's profile is no ICC file", "输出意图里的特性文件不是 ICC 文件")
        return
    space = header[16:20]
    name = space.decode("ascii", "replace").strip()
    if press and (space != b"CMYK" or header[12:16] != b"prtr"):
        yield error(
            f"the OutputIntent's profile is {name}, not a CMYK printer's",
            f"输出意图的特性文件是 {name}，不是 CMYK 印刷机的",
        )
    if int(stream.get("/N", 0)) != _COMPONENTS.get(space, 0):
        yield error(f"/N of the OutputIntent's profile does not fit {name}", f"输出意图特性文件的 /N 与 {name} 不符")
