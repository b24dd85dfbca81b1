"""A pull quote (引语): a sentence of the story in larger type between two rules, near the middle of its text."""

from collections.abc import Sequence

from printkit.makeup.flow import Block, SolidBlock, TextBlock, depth_of
from printkit.makeup.frames import HAN_TOP, Frame
from printkit.makeup.setting import Setter
from printkit.model.geometry import Rect
from printkit.model.page import Box, Ornament, TextBox
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph

MOST_LINES = 4
"""Lines that a pull quote should have at most; a longer one runs on like text and is never cut."""

_AIR = 500
"""White over and under the words, inside the rules, in thousandths of an em of the body; outside them it is no less."""


def pull_quote(paragraph: Paragraph, style: TextStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set a pull quote as one block of whole lines that is never divided."""
    lines = setter.short(paragraph, style, frame.measure, MOST_LINES)
    air = frame.size * _AIR // 1000
    # From Han to Han: the white of the first and last line's own leading does not count.
    words = len(lines) * style.leading - (style.leading - style.size)
    inner = words + 2 * air
    height = -(-(inner + 2 * air) // frame.leading)
    top = (height * frame.leading - inner) // 2
    white = (style.leading - style.size) // 2
    rect = Rect(0, top + air - white, frame.measure, len(lines) * style.leading)
    baseline = white + style.size * HAN_TOP // 1000
    boxes: list[Box] = [
        Ornament(Rect(0, top, frame.measure, 0), "pull-quote-rule"),
        TextBox(rect, "pull-quote", "q", paragraph, style, lines, style.leading, baseline),
        Ornament(Rect(0, top + inner, frame.measure, 0), "pull-quote-rule"),
    ]
    return [SolidBlock(height, tuple(boxes))]


def middle(blocks: Sequence[Block]) -> int:
    """Return the place between two paragraphs that is nearest to the middle of the text, else the text's end."""
    heights = [depth_of(block) for block in blocks]
    half = sum(heights) / 2
    places = [
        (abs(sum(heights[:index]) - half), index)
        for index in range(1, len(blocks))
        if _ends(blocks[index - 1]) and _begins(blocks[index], blocks[index - 1])
    ]
    return min(places)[1] if places else len(blocks)


def _ends(block: Block) -> bool:
    """Say whether a paragraph ends here that does not keep to what follows."""
    return isinstance(block, TextBlock) and not block.keep and block.role in ("body", "quotation")


def _begins(block: Block, before: Block) -> bool:
    """Say whether a paragraph of running text begins here, and not the rest of the one before."""
    if not isinstance(block, TextBlock) or not isinstance(before, TextBlock):
        return False
    return block.role == "body" and not block.keep and block.key != before.key
