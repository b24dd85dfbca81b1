"""Two hundred slots of the house's own type: nine of ten close by the ladder, the others by what the desk is told."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from benchmarks.generator import Seed, photograph, text
from printkit.commands.check import check
from printkit.diagnostics import SourceRef
from printkit.makeup.frames import frame_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article, Byline, Lines, Picture
from printkit.model.edition import Placement, Story
from printkit.model.geometry import PageGeometry, Rect, Slot
from printkit.model.page import Fit
from printkit.model.text import Paragraph
from printkit.model.text import Run as Stretch
from printkit.pipeline.run import Run
from tests.support.papers import write_paper

SLOTS = 40
WHERE = SourceRef("a.yaml", 1)
HEADLINES = (
    "车间办起夜课堂",
    "热水一直烧着 灯也亮着",
    "十二个班组晒出自己的“问题清单”",
    "骑手有了歇脚的地方",
    "谁来修 谁来管 七条意见谈成了",
    "老师傅带出三十名新徒弟",
    "从图纸到现场 他们只用了九天",
    "企业食堂请职工代表当“考官”",
)


@dataclass(frozen=True)
class House:
    """The house style as measured: a page's geometry with a slot for each level, and the composer."""

    geometry: PageGeometry
    setter: Setter
    photograph: Path

    def slot(self, columns: int, lines: int, level: int) -> Slot:
        grid = self.geometry.grid
        width = columns * (grid.column + grid.gutter) - grid.gutter
        return Slot(f"a{level}", Rect(grid.main.x, grid.main.y, width, lines * grid.leading), columns)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    (folder / "articles").mkdir()
    photograph(folder / "articles/x.jpg", "x")
    copy = {
        "headline": "试",
        "deck": "试",
        "byline": [{"role": "本报记者", "name": "甲"}],
        "body": "试。",
        "pictures": [{"file": "x.jpg", "caption": "试", "credit": "试"}],
    }
    stories = [
        {"article": f"articles/a{n}.yaml", "level": n, "at": {"column": n, "row": 1, "columns": 1, "rows": 40}}
        for n in range(1, 6)
    ]
    edition = write_paper(folder, {f"a{n}": copy for n in range(1, 6)}, layout="auto", stories=stories)
    geometry = check(edition).pages[0].geometry
    return House(geometry, Run(cache=False).composer(), folder / "articles/x.jpg")


def piece(house: House, seed: int, texts: list[str], *, pictured: bool) -> Article:
    """A story: headline, perhaps a deck, perhaps a picture, and some paragraphs."""
    chance = Seed(f"story {seed}")
    shown = Picture(house.photograph, (900, 600), WHERE, "夜课堂上，老师傅给青年职工讲解图纸", "某乙 摄")
    deck = Lines(("区总工会送课进车间",), WHERE) if chance.below(2) else None
    return Article(
        Path("a.yaml"),
        WHERE,
        headline=Lines((chance.pick(HEADLINES),), WHERE),
        deck=deck,
        byline=(Byline("本报记者", "甲"),),
        body=tuple(Paragraph((Stretch(t),), where=WHERE) for t in texts),
        pictures=(shown,) if pictured else (),
        optional=("deck",),
    )


def cut(texts: list[str], characters: int) -> list[str]:
    """Copy ended after so many characters."""
    kept: list[str] = []
    for paragraph in texts:
        if characters > 0:
            kept.append(paragraph[:characters])
            characters -= len(paragraph)
    return kept


def exact(house: House, seed: int, slot: Slot, level: int, texts: list[str], *, pictured: bool) -> int:
    """The characters of a copy that the slot takes as it stands, with nothing changed to fit."""
    styles = house.geometry.styles[slot.name, level, "none", ""]
    frame = frame_of(slot, house.geometry, styles.frame)
    low, high = 0, sum(map(len, texts))
    while low + 1 < high:
        middle = (low + high) // 2
        told = piece(house, seed, cut(texts, middle), pictured=pictured)
        set_plainly = Fitting(told, styles, frame, house.setter).plain()
        if set_plainly.flowed.over_lines + set_plainly.outside:
            high = middle
        else:
            low = middle
    return low


def fitted(house: House, slot: Slot, level: int, told: Article) -> Fit:
    return fill(Story("s", told, WHERE, Placement(slot.name), level), slot, house.geometry, house.setter)[0].fit


def closed(fit: Fit) -> bool:
    return not fit.over_lines and not fit.under_lines


def test_slots_of_every_kind_close(house: House) -> None:
    left = []
    for seed in range(SLOTS):
        chance = Seed(f"slot {seed}")
        columns = 2 + chance.below(4)
        level = {2: 3, 5: 1}.get(columns, 2)
        lines, pictured, share = 24 + chance.below(28), bool(chance.below(2)), 970 + chance.below(61)
        slot = house.slot(columns, lines, level)
        full = list(text(f"copy {seed}", columns * lines * 16))
        texts = cut(full, exact(house, seed, slot, level, full, pictured=pictured) * share // 1000)
        told = piece(house, seed, texts, pictured=pictured)
        fit = fitted(house, slot, level, told)
        if closed(fit):
            continue
        left.append((seed, columns, lines, share, fit))
        if fit.over_lines:
            texts = cut(texts, sum(map(len, texts)) - fit.over_characters)
        else:
            texts = [*texts[:-1], texts[-1] + "再添一句话给版面补白"[: fit.under_characters]]
        mended = fitted(house, slot, level, replace(told, body=piece(house, seed, texts, pictured=pictured).body))
        assert closed(mended), (seed, fit, mended)
    assert len(left) <= SLOTS // 10, left
