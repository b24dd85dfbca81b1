"""A paper's own templates of the site come from strangers: they are given plain data, and reach nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.diagnostics import ExitCode, InputError
from printkit.epaper.issue.files import IssueMaker
from printkit.pictures.cache import PictureCache
from printkit.render.templates import LAYOUTS
from tests.support.issues import MadeIssue, make_issue
from tests.support.papers import SMALL_PAGE, portrait, run, write_paper
from tests.support.templates import spied, strange

FRAMES = {"site/page.html", "site/parts.html", "site/alone.html", "site/calendar.html", "site/epub/frame.html"}
"""What other templates extend or import: rendered with them."""
STORY: dict[str, Any] = {
    "kicker": "引题",
    "headline": "一篇稿件",
    "deck": "副题",
    "byline": [{"role": "本报记者", "name": "某甲"}],
    "editor_note": "按语。",
    "body": "第一段。\n\n## 小标题\n\n第二段。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
    "pictures": [{"file": "../images/a.png", "caption": "图注", "credit": "某乙"}],
    "sections": [{"name": "某丙", "body": "分述。", "portrait": "../images/b.png"}],
    "pull_quote": "摘句",
    "boxes": [{"kind": "data", "headline": "附文", "body": "一段。"}],
    "source": "来源",
    "keywords": ["词"],
}


def test_every_template_is_given_plain_data_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, corrected and with a story withdrawn, so that every template of the site is rendered."""
    given = spied(monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1705017600")  # 2024-01-12
    portrait(tmp_path / "images/a.png")
    portrait(tmp_path / "images/b.png", 1)
    paper = SMALL_PAGE | {"site": {"base_url": "https://paper.example.org/"}}
    stories = [{"article": f"articles/{name}.yaml", "slot": slot} for name, slot in (("a", "lead"), ("b", "second"))]
    articles = {"a": STORY, "b": {"notices": [{"title": "遗失", "body": "一段。"}]}}
    path = write_paper(tmp_path, articles, paper=paper, layout="inside", stories=stories)
    assert run("site", path, "-o", tmp_path / "site").code in (ExitCode.DONE, ExitCode.FINDINGS)
    write_paper(tmp_path, articles, paper=paper, layout="inside", stories=stories[:1])
    assert run("site", path, "-o", tmp_path / "site", "--correct").code in (ExitCode.DONE, ExitCode.FINDINGS)
    of_site = {name: values for name, values in given.items() if name.startswith("site/")}
    there = {path.relative_to(LAYOUTS).as_posix() for path in (LAYOUTS / "site").rglob("*.*")}
    assert of_site.keys() == there - FRAMES
    assert [found for name, all_of in of_site.items() for values in all_of for found in strange(values, name)] == []


# --- attacks -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> MadeIssue:
    """A paper of one page and one story."""
    articles = {"one": {"headline": "一篇", "body": "一段。"}}
    return make_issue(write_paper(tmp_path_factory.mktemp("paper"), articles, paper=SMALL_PAGE))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> PictureCache:
    """The page's pictures, made once: they are made before a template is reached."""
    return PictureCache(tmp_path_factory.mktemp("pictures"))


def attacked(folder: Path, attack: str, template: str = "story-view.html") -> Path:
    """Write a template of the paper's own that has an attack in its second line; return its file."""
    own = folder / "layouts/site" / template
    own.parent.mkdir(parents=True)
    own.write_text(f"<p>\n{attack}\n</p>\n", encoding="utf-8")
    return own


@pytest.mark.parametrize(
    "attack",
    [
        "{{ paper.folder.joinpath('/etc/passwd').read_text() }}",
        "{{ issue.date.today() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(paper) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ view.__class__ }}",
        "{{ lipsum() }}",
        "{{ files|random }}",
        "{{ range(1000000000)|length }}",
        "{{ assets.update({'css': 'x'}) }}",
        "{{ assets.pop('css') }}",
        "{{ files.append('x') }}",
        "{% include '../../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_that_reaches_for_more_is_told_at_its_line(
    tmp_path: Path, issue: MadeIssue, pictures: PictureCache, attack: str
) -> None:
    own = attacked(tmp_path, attack)
    edition = replace(issue.edition, paper=replace(issue.edition.paper, folder=tmp_path))
    with pytest.raises(InputError) as caught:
        IssueMaker(edition, issue.pages, pictures).files(issue.pdfs)
    [found] = caught.value.diagnostics
    assert found.code == "site.template"
    assert found.where is not None
    assert (found.where.file, found.where.line) == (own.relative_to(tmp_path).as_posix(), 2)
    assert found.hint is not None
    assert "layouts/site" in found.hint.to("en")


@pytest.mark.parametrize("template", ["page-view.html", "story-view.html", "year.html", "lead.html"])
def test_an_attack_ends_the_run_with_nothing_written(tmp_path: Path, template: str) -> None:
    path = write_paper(tmp_path / "paper", {"one": {"headline": "一篇", "body": "一段。"}}, paper=SMALL_PAGE)
    attacked(tmp_path / "paper", "{{ paper.folder.joinpath('/etc/passwd').read_text() }}", template)
    ended = run("site", path, "-o", tmp_path / "site", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    [found] = ended.report["diagnostics"]
    assert (found["code"], found["file"], found["line"]) == ("site.template", f"layouts/site/{template}", 2)
    assert [p for p in (tmp_path / "site").rglob("*") if p.suffix == ".html"] == []
