"""Pages of one kind are measured once; what a page's own words push is seen when it is drawn, and measured by itself."""

from pathlib import Path

import pytest

from printkit.commands.build import Options, build
from printkit.commands.check import check
from printkit.pipeline.run import Run
from printkit.render import alike
from printkit.render.alike import kind_of
from tests.support.papers import write_yaml

PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main><header class="over">{{ page.name }}</header><section data-slot="top" class="top"></section></main>
{% endblock %}
"""
CSS = ".over{width:4em;line-height:2em;overflow-wrap:anywhere} .top{position:static;width:60%;height:20em}"
HTML = '<body data-title="第{n}版"><style>p{{width:1pt}}</style><p>{name} {n}</p><i data-slot="{slot}" style="top:{n}pt"></i>'


def kind(n: int = 1, name: str = "要闻", slot: str = "a", fixed: int | None = None) -> str | None:
    html = HTML.format(n=n, name=name, slot=slot).replace(f"top:{n}pt", f"top:{fixed or n}pt")
    return kind_of(html, [slot], [])


def test_words_count_by_their_shape_and_tiles_by_their_order() -> None:
    one = kind(fixed=5)
    assert one == kind(n=2, name="副刊", slot="二", fixed=5)
    for other in (kind(n=12, fixed=5), kind(name="要闻版", fixed=5), kind(name="New", fixed=5), kind(fixed=6)):
        assert other != one


@pytest.mark.parametrize(
    "sheet", ["[data-slot=a]{color:red}", 'body[ data-title ^= "第" ]{margin:0}', "@import 'more.css';"]
)
def test_a_page_whose_styles_know_names_is_of_no_kind(sheet: str, tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text(sheet, encoding="utf-8")
    assert kind_of("<main></main>", [], [tmp_path / "own.css"]) is None
    assert kind_of(f"<style>{sheet}</style>", [], []) is None


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages of one layout; the name of the third pushes what is under it a line down."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "layouts/own").mkdir(parents=True)
    (folder / "layouts/own/page.html.j2").write_text(PAGE, encoding="utf-8")
    (folder / "layouts/own/page.css").write_text(CSS, encoding="utf-8")
    write_yaml(folder / "paper.yaml", {"name": "试报", "page_size": "tabloid"})
    pages = []
    for number, name in enumerate(("要闻", "副刊", "长长的名字", "末版"), 1):
        write_yaml(folder / f"a{number}.yaml", {"headline": "标题", "body": "车间里的灯亮到很晚。" * 30})
        pages.append(
            {
                "number": f"B{number}",
                "name": name,
                "layout": "own",
                "stories": [{"article": f"a{number}.yaml"}],
            }
        )
    return write_yaml(folder / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.mark.parametrize("is_blind", [False, True], ids=["by shape", "blind"])
def test_a_page_that_its_own_words_push_is_measured_by_itself(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_blind: bool
) -> None:
    """Where lengths of words counted for nothing, drawing would see it."""
    again: list[Run] = []
    really = Run.measure_each

    def noted(run: Run) -> None:
        again.append(run)
        really(run)

    monkeypatch.setattr(Run, "measure_each", noted)
    if is_blind:
        monkeypatch.setattr(alike, "_shape", lambda text: "")
    made = build(edition, Options(out=tmp_path, cache=False))
    assert len(again) == is_blind
    planned = check(edition)
    assert [page.geometry for page in made.pages] == [page.geometry for page in planned.pages]
    tops = [page.geometry.slots["top"].rect.y for page in made.pages]
    assert tops[0] == tops[1] < tops[2]
    assert made.findings == planned.findings
