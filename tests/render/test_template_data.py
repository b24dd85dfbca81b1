"""A paper's layouts come from strangers: they are given plain data, and reach nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest

from printkit.diagnostics import ExitCode
from printkit.render.templates import LAYOUTS, Defaults, environment
from tests.support.papers import portrait, run, write_paper, write_yaml
from tests.support.templates import spied, strange

STORY: dict[str, Any] = {
    "kicker": "引题",
    "headline": "一篇稿件",
    "deck": "副题",
    "byline": [{"role": "本报记者", "name": "某甲"}],
    "editor_note": "按语。",
    "body": "第一段有[一处链接](https://example.org/)。\n\n## 小标题\n\n第二段。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
    "pictures": [{"file": "../images/a.png", "caption": "图注", "credit": "某乙"}],
    "sections": [{"name": "某丙", "body": "分述。", "portrait": "../images/a.png"}],
    "pull_quote": "摘句",
    "boxes": [{"kind": "data", "headline": "附文", "body": "一段。"}],
    "source": "来源",
}
ALL_OF_PAPER: dict[str, Any] = {
    "masthead": "images/a.png",
    "subtitle": "副刊",
    "issn_cn": "CN 11-0000",
    "postal_code": "1-1",
    "publisher": "某社",
    "address": "某路 1 号",
    "postcode": "100000",
    "phone": "010-00000000",
    "price": "1 元",
    "printer": "某厂",
    "ad_licence": "某字 1 号",
    "site": {"base_url": "https://paper.example.org/"},
}


PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
ATTACK
<main><section data-slot="top" style="height:300pt"></section></main>
{% endblock %}
"""


def edition_of_every_layout(folder: Path) -> Path:
    """Write a paper with a page of every layout that an edition can name."""
    portrait(folder / "images/a.png")
    path = write_paper(folder, {"a": STORY}, paper=ALL_OF_PAPER)
    at = {"column": 1, "row": 1, "columns": 3, "rows": 60}
    rest = {"page": 4, "slot": "second"}
    pages: dict[str, list[dict[str, Any]]] = {
        "front": [{"slot": "lead"}, {"slot": "briefs"}],
        "feature": [{"index": True}],
        "inside": [{"slot": "lead", "jump_to": rest, "index": True}],
        "inside-ad": [{"slot": "lead"}, {"ad": "reserved"}],
        "auto": [{"at": at}],
    }
    made = []
    for number, (layout, entries) in enumerate(pages.items(), 1):
        stories = [
            entry if "ad" in entry else {"article": "articles/a.yaml", "id": f"{layout}-{n}", "level": 2, **entry}
            for n, entry in enumerate(entries)
        ]
        page = {"number": str(number), "name": "版", "layout": layout, "duty": {"编辑": "某甲"}, "stories": stories}
        made.append(page)
    for number, layout in enumerate(("front-b", "inside-b", "supplement", "pictures", "service"), 1 + len(made)):
        made.append({"number": str(number), "layout": layout, "stories": []})
    spread = [
        {"article": "articles/a.yaml", "id": "spread", "slot": "lead"}
    ]  # in a section of its own, which has four pages
    for printed, layout in (("S1", "feature"), (["S2", "S3"], "spread"), ("S4", "feature")):
        made.append({"number": printed, "layout": layout, "stories": spread if layout == "spread" else []})
    return write_yaml(path, {"paper": "paper.yaml", "date": "2024-01-10", "issue": "12", "pages": made})


def test_every_layout_is_given_plain_data_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = spied(monkeypatch)
    path = edition_of_every_layout(tmp_path)
    one = ["--story", "front-0"]
    for command in (["build"], ["reprint", *one], ["reprint", "--large", *one], ["reprint", "--wechat", *one]):
        ended = run(*command, path, "-o", tmp_path / "out")
        assert ended.code in (ExitCode.DONE, ExitCode.FINDINGS), ended.err
    layouts = {file.relative_to(LAYOUTS).as_posix() for file in LAYOUTS.glob("*/page.html.j2")}
    of_wechat = {"site/wechat.html", "site/wechat-page.html"}
    assert given.keys() == {*layouts, "shared/story.html.j2", *of_wechat} - {"shared/page.html.j2"}
    reached = [
        found
        for name, all_of in given.items()
        for values in all_of
        for found in strange(values, name, (dict, Defaults))
    ]
    assert reached == []
    [names] = {frozenset(values) for name in layouts & given.keys() for values in given[name]}
    assert names == {
        "paper", "masthead_image", "inks", "sheet", "edition", "page", "page_title", "first", "last", "right_hand",
        "slots", "reprint", "stylesheets", "spread", "emblem", "accent", "red",
    }  # fmt: skip


def test_the_globals_of_a_template() -> None:
    assert environment((LAYOUTS,)).globals.keys() == {"range", "namespace"}


# --- attacks -------------------------------------------------------------------------------------------------


def attacked(folder: Path, attack: str) -> Path:
    """Write a paper whose layout has an attack in its third line; return its edition."""
    path = write_paper(folder, {"a": STORY}, layout="own")
    portrait(folder / "images/a.png")
    (folder / "layouts/own").mkdir(parents=True)
    (folder / "layouts/own/page.html.j2").write_text(PAGE.replace("ATTACK", attack), encoding="utf-8")
    return path


def files(folder: Path) -> dict[Path, bytes]:
    """Everything in a folder, links as where they lead."""
    return {
        path: str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def test_what_an_attack_is_tried_on_is_a_layout_that_works(tmp_path: Path) -> None:
    assert run("check", attacked(tmp_path / "paper", "{{ paper.name }}")).code in (ExitCode.DONE, ExitCode.FINDINGS)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ paper.folder.joinpath('/etc/passwd').read_text() }}",
        "{{ paper.folder.joinpath('victim').read_text() }}",
        "{{ paper.folder.joinpath('victim').write_text('x') }}",
        "{{ paper.folder.joinpath('victim').unlink() }}",
        "{{ paper.folder.joinpath('link').symlink_to('/etc/passwd') }}",
        "{{ page.where.file.joinpath('victim').unlink() }}",
        "{{ edition.date.today() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(paper) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ joiner() }}",
        "{{ stylesheets|random }}",
        "{{ range(1000000000)|length }}",
        "{% set _ = paper.update({'name': 'x'}) %}",
        "{% set _ = slots.update({'top': 'x'}) %}",
        "{% set _ = slots.default.clear() %}",
        "{% include '/etc/passwd' %}",
        "{% include '../paper.yaml' %}",
        "{% import 'victim' as victim %}",
    ],
)
def test_an_attack_ends_the_run_with_nothing_done(attack: str, tmp_path: Path) -> None:
    path = attacked(tmp_path / "paper", attack)
    (tmp_path / "paper/victim").write_text("a secret", encoding="utf-8")
    before = files(tmp_path)
    ended = run("build", path, "-o", tmp_path / "out", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    [found] = ended.report["diagnostics"]
    assert (found["code"], found["file"], found["line"]) == ("layout.template", "layouts/own/page.html.j2", 3)
    assert "secret" not in ended.out
    assert "root:" not in ended.out
    assert files(tmp_path) == before


def named(value: Any, path: str) -> Iterator[str]:
    """Yield every name that a template can write, with those below it."""
    yield path
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from named(item, f"{path}['{key}']")
        if isinstance(value, Defaults):
            yield from named(value.default, f"{path}.anything")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from named(item, f"{path}[{index}]")


REACHES = (
    "joinpath('/etc/passwd').read_text()", "read_text()", "read_bytes()", "open()", "write_text('x')", "unlink()",
    "symlink_to('/etc/passwd')", "parent", "today()", "__class__", "__init__", "__dict__", "update({'a': 1})", "clear()",
    "pop('name')", "append(1)",
)  # fmt: skip
"""What is asked of every name: methods of paths and dates, ways into Python, changes."""


def test_no_name_that_is_given_leads_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = spied(monkeypatch)
    assert run("check", attacked(tmp_path / "paper", "")).code in (ExitCode.DONE, ExitCode.FINDINGS)
    monkeypatch.undo()
    before = files(tmp_path)
    sandbox = environment((LAYOUTS,))
    reached: list[str] = []
    for values in given["own/page.html.j2"]:
        for name in (path for key, value in values.items() for path in named(value, key)):
            for reach in REACHES:
                ask = sandbox.compile_expression(f"{name}.{reach}", undefined_to_none=False)
                try:
                    answer = ask(values)
                except (jinja2.TemplateError, TypeError):
                    continue
                if not isinstance(answer, jinja2.Undefined):
                    reached.extend(strange(answer, f"{name}.{reach}", (dict, Defaults)))
        assert list(strange(values, "values", (dict, Defaults))) == []
    assert reached == []
    assert files(tmp_path) == before
