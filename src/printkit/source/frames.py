"""The frame of a story, read from its entry; one that its article has nothing for is told at its line."""

from printkit.diagnostics import Say
from printkit.model.article import Article
from printkit.source.document import Document, Steps
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys

_CHINESE = {"花边": "lace", "角题": "corner", "反白": "reverse"}

MOST_CORNER = 8
"""Characters of a corner title: with its blanks it stands over one column of a tabloid page."""


def read_frame(
    word: str | None, article: Article | None, document: Document[EditionKeys], steps: Steps, faults: Faults
) -> str:
    """Return a frame by its English name, ``none`` where none is given.

    Args:
        word: the value.
        article: what stands in the frame; None where nothing is written for it yet.
        document: the edition.
        steps: the way to the entry.
        faults: takes what is wrong.
    """
    frame = _CHINESE.get(word or "", word or "none")
    where = document.at(*steps, "frame")
    if article is None:
        return frame
    kicker = "".join(article.kicker.lines) if article.kicker else ""
    if frame == "corner" and not kicker:
        faults.error(
            "wrong-frame",
            where,
            Say("`corner` sets the kicker in the frame's rule, and there is none", "角题取自引题，而稿件没有引题"),
            Say("write a `kicker` of a few characters, or `frame: box`", "请写几个字的“引题”（kicker），或改用 box"),
        )
    elif frame == "corner" and len(kicker) > MOST_CORNER:
        faults.error(
            "wrong-frame",
            where,
            Say(f"“{kicker}” is too long to stand in the frame's rule", f"“{kicker}”太长，框线上嵌不下"),
            Say(f"a corner title has up to {MOST_CORNER} characters", f"角题最多 {MOST_CORNER} 个字"),
        )
    elif frame == "reverse" and not (article.headline or kicker):
        faults.error(
            "wrong-frame",
            where,
            Say("`reverse` sets the headline in white, and there is none", "反白的是标题，而稿件没有标题"),
            Say("write a `headline`, or `frame: tint`", "请写“主标题”（headline），或改用 tint"),
        )
    return frame
