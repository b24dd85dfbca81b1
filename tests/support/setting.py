"""Stories, slots and styles for tests of make-up: fixed metrics, no font, no file."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from printkit.compose.metrics import FixedMetrics
from printkit.diagnostics import SourceRef
from printkit.makeup.setting import Setter
from printkit.model.article import BOX_ROLES, NOTICE_ROLES, Article, Lines, Picture
from printkit.model.context import PageContext
from printkit.model.edition import Page, Placement, Story
from printkit.model.geometry import Grid, PageGeometry, Rect, Slot, StoryStyle
from printkit.model.page import MadeUpStory, Ornament, PictureBox, TextBox
from printkit.model.paper import Paper
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run

EM = 9000
LEADING = 12000
WHERE = SourceRef("lead.yaml")
ROLES = ("kicker", "headline", "deck", "byline", "body", "subhead", "quotation", "editor-note", "caption", "credit",
         "section-title", "section-name", "pull-quote", "table", "table-head", "jump", "jump-from",
         "verse", "flush", "sign", "centre", *BOX_ROLES, *NOTICE_ROLES)  # fmt: skip
SENTENCES = (
    "工会干事把表格一张张摊开，请大家先看第三栏。",
    "夜班的灯亮着，热水也烧着。",
    "她说，手册上的字太小，老师傅看不清，应当再印一版大字的，贴在机床边上。",
    "“能修的先修，能换的就换。”班长答应得很痛快，",
    "第二天一早，电工就带着梯子来了；中午时分，整条走廊都亮堂起来。",
    "协商会定在周四下午，企业方来了三个人，职工代表来了九个人，",
    "会开到傍晚，一共谈成了七条。",
)


def setter() -> Setter:
    """A composer with fixed widths."""
    return Setter(lambda style: FixedMetrics(style.size))


def styles(**changes: object) -> StoryStyle:
    """The type of a story: body 9 on 12, headlines at 30, 24 or 18, everything else like the body."""
    roles = {}
    for role in ROLES:
        style = TextStyle(role, EM, LEADING, align="start", steps=((EM, LEADING),))
        if role in ("body", "editor-note", "quotation"):
            style = replace(style, align="justify", indent=2000)
        if role == "headline":
            steps = ((30000, 36000), (24000, 30000), (18000, 24000))
            style = replace(style, size=30000, leading=36000, align="center", steps=steps)
        roles[role] = style
    return replace(StoryStyle(roles), **changes)  # type: ignore[arg-type]  # keywords of the dataclass


@dataclass(frozen=True, slots=True)
class TypedSlot(Slot):
    """A slot with the type of its stories, the same at every level and in every frame."""

    type: StoryStyle = field(default_factory=lambda: StoryStyle({}))


def slot(
    width: int = 40, lines: int = 40, columns: int = 3, *, many: bool = False, name: str = "lead", **changes: object
) -> TypedSlot:
    """A slot of `width` em and `lines` lines at the top left of the type area."""
    return TypedSlot(name, Rect(30000, 50000, width * EM, lines * LEADING), columns, many, type=styles(**changes))


def geometry(*slots: TypedSlot) -> PageGeometry:
    """A page whose grid starts where its slots do."""
    grid = Grid(Rect(30000, 50000, 80 * EM, 80 * LEADING), 5, 2 * EM, EM, LEADING)
    types = {
        (s.name, level, frame, ""): s.type for s in slots for level in range(1, 6) for frame in ("none", "box", "tint")
    }
    return PageGeometry(800_000, 1_100_000, grid, types, {s.name: s for s in slots})


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """Paragraphs of plain text, each with its line in the file."""
    return tuple(Paragraph((Run(text),), where=SourceRef("lead.yaml", 10 + n)) for n, text in enumerate(texts))


def copy(characters: int, seed: int) -> tuple[str, ...]:
    """Invented copy of about so many characters, in paragraphs of newspaper length."""
    texts: list[str] = []
    length, turn = 0, seed
    while length < characters:
        turn = turn * 75 % 65_537 + seed
        text = "".join(SENTENCES[(turn // (n + 1)) % len(SENTENCES)] for n in range(2 + turn % 5))
        text = text.rstrip("，；") + ("" if text[-1] in "。”" else "。")
        texts.append(text[: characters - length] if length + len(text) > characters else text)
        length += len(texts[-1])
    return tuple(texts)


def article(*texts: str, headline: str = "", **changes: object) -> Article:
    """An article with a body."""
    head = Lines((headline,), SourceRef("lead.yaml", 2)) if headline else None
    made = Article(Path("lead.yaml"), WHERE, headline=head, body=paragraphs(*texts))
    return replace(made, **changes)  # type: ignore[arg-type]  # keywords of the dataclass


def story(article: Article, name: str = "lead", slot: str = "lead", **changes: object) -> Story:
    """A story of an article; in slot ``lead`` unless another is named."""
    made = Story(name, article, SourceRef("edition.yaml", 7), Placement(slot))
    return replace(made, **changes)  # type: ignore[arg-type]  # as above


def page(*stories: Story) -> Page:
    """A page of the edition with stories."""
    return Page("1", "own", SourceRef("edition.yaml", 4), stories)


def context() -> PageContext:
    """The same page as rendering knows it."""
    where = SourceRef("paper.yaml")
    paper = Paper(Path("/paper"), where, "试排日报", 800_000, 1_100_000, "custom")
    return PageContext(paper, "1", "", "own", datetime.date(2024, 1, 10), SourceRef("edition.yaml", 4))


def picture(width: int = 300, height: int = 200, **changes: object) -> Picture:
    """A picture of some pixels."""
    return replace(Picture(Path("a.jpg"), (width, height), WHERE), **changes)  # type: ignore[arg-type]  # as above


def texts(made: MadeUpStory, *roles: str) -> list[TextBox]:
    """The text boxes of a made-up story, of some roles only."""
    return [b for b in made.boxes if isinstance(b, TextBox) and (not roles or b.role in roles)]


def pictures(made: MadeUpStory) -> list[PictureBox]:
    """The pictures of a made-up story."""
    return [b for b in made.boxes if isinstance(b, PictureBox)]


def ornaments(made: MadeUpStory, role: str) -> list[Ornament]:
    """The ornaments of one role."""
    return [b for b in made.boxes if isinstance(b, Ornament) and b.role == role]


def visible(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def shown(boxes: list[TextBox]) -> Iterator[str]:
    """What each line of boxes shows, without blanks and without hyphens that are not in the copy."""
    for box in boxes:
        for line in box.lines:
            yield visible(line.text[:-1] if line.hyphen else line.text)
