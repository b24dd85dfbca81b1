"""Envelopes by kind of story: the heights that automatic pages reckon with are those at which the stories close."""

from typing import Any

import pytest

from benchmarks.auto_pages import search_of
from benchmarks.generator import photograph, text
from printkit.makeup.tiling.board import Area
from tests.support.papers import write_paper

PICTURE = {"file": "../images/p.jpg", "caption": "车间一景"}
TABLE = "| 单位 | 人数 |\n|---|---|\n" + "\n".join(f"| 第{n}车间 | {10 + n} |" for n in range(6))


def copy(seed: str, han: int) -> str:
    return "\n\n".join(text(seed, han))


PLAIN: dict[str, Any] = {
    "headline": "车间里的课堂开到了",
    "deck": "大家的事大家商量着办",
    "body": copy("promised", 620),
}
SIGNED = {**PLAIN, "byline": [{"role": "本报记者", "name": "甲某"}], "optional": ["deck"]}

KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a headline and text": (SIGNED, {}),
    "a picture without columns": ({**PLAIN, "pictures": [PICTURE]}, {}),
    "a picture inside": ({**PLAIN, "pictures": [{**PICTURE, "place": "inside"}]}, {}),
    "two pictures": ({**PLAIN, "pictures": [PICTURE, PICTURE]}, {}),
    "a picture alone": ({"headline": "工地一景", "pictures": [PICTURE]}, {}),
    "a pull quote": ({**PLAIN, "pull_quote": "车间里的灯亮到很晚，热水也烧着"}, {}),
    "subheads": ({**PLAIN, "body": f"{copy('a', 300)}\n\n# 先说一说\n\n{copy('b', 300)}"}, {}),
    "a table": ({**PLAIN, "body": f"{copy('c', 450)}\n\n{TABLE}\n"}, {}),
    "sections": (
        {
            "headline": "听他们说",
            "sections": [{"title": "代表", "name": f"甲{n}", "body": copy(f"s{n}", 170)} for n in range(3)],
        },
        {},
    ),
    "a note": ({**PLAIN, "editor_note": "大家的事大家商量着办，慢慢来，比较快。"}, {}),
    "a vertical headline": (PLAIN, {"look": {"head": {"direction": "vertical"}}}),
    "a tint": (PLAIN, {"frame": "tint"}),
    "a story that goes on": ({**PLAIN, "body": copy("long", 1500)}, {"jump_to": 2}),
}


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bool]]:
    """Whether a story of each kind closes in every shape that it offers."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "images").mkdir()
    photograph(folder / "images" / "p.jpg", "kinds")
    articles = {f"a{n}": article for n, (article, _) in enumerate(KINDS.values())}
    entries = [
        {"article": f"articles/{name}.yaml", "level": 3, **entry}
        for name, (_, entry) in zip(articles, KINDS.values(), strict=True)
    ]
    source = write_paper(folder, articles, layout="auto", stories=entries)
    more = "- {number: 2, layout: auto, stories: []}\n"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    search = search_of(source)
    offers = {offer.story.id: offer for offer in search.offers}
    return {
        kind: [
            offers[name].closes(Area(0, 0 if shape.bare else 1, shape.columns, shape.rows))
            for shape in offers[name].piece().shapes[:: 7 if kind == "a story that goes on" else 1]
        ]
        for kind, name in zip(KINDS, articles, strict=True)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_promised_height_closes(kind: str, promised: dict[str, list[bool]]) -> None:
    assert len(promised[kind]) >= 5, "there is something to choose from"
    assert all(promised[kind])
