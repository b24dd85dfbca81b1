"""A folder from a stranger: whatever its layouts and styles hold, a run ends with a message and never with a fault of ours.

Each row is a payload, made here, with the code of what answers it.
"""

from pathlib import Path
from typing import Any

import pytest

from printkit.diagnostics import ExitCode
from tests.support.papers import run, write_paper

STORY: dict[str, Any] = {
    "headline": "一篇稿件",
    "byline": [{"role": "本报记者", "name": "某甲"}],
    "body": "第一段。\n\n## 小标题\n\n第二段。\n",
}

PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
ATTACK
<main><section data-slot="top" style="height:300pt"></section></main>
{% endblock %}
"""

BAD_TEMPLATE, UNMEASURED, NOT_LAID_OUT, VALUE = (
    "layout.template",
    "layout.not-measured",
    "layout.not-laid-out",
    "style.value",
)

TEMPLATES: dict[str, tuple[str | bytes, str, int]] = {
    # What stands in the layout, what answers it, at which line of which: 0 where no line of a template is known.
    "not UTF-8": (b"{% set a = 1 %}\n\xff", BAD_TEMPLATE, 2),
    "brackets nested too deep": ("{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}", BAD_TEMPLATE, 1),
    "lists nested too deep": ("{{ " + "[" * 1500 + "]" * 1500 + " }}", BAD_TEMPLATE, 1),
    "loops nested too deep": ("{% for a in [1] %}" * 60 + "{% endfor %}" * 60, BAD_TEMPLATE, 1),
    "a number of too many digits": (f"{{{{ {'9' * 5000} }}}}", BAD_TEMPLATE, 1),
    "overflow": ("{{ 2.0 ** 100000 }}", BAD_TEMPLATE, 3),
    "a huge power": ("{{ 10 ** 100000 }}", BAD_TEMPLATE, 3),
    "a long range": ("{{ range(10**9) }}", BAD_TEMPLATE, 3),
    "a text many times": ("{{ 'a' * 10**10 }}", BAD_TEMPLATE, 3),
    "a list many times": ("{{ ([1] * 10**10)|length }}", BAD_TEMPLATE, 3),
    "center": ("{{ 'a'|center(10**10) }}", BAD_TEMPLATE, 3),
    "%": ("{{ '%10000000000d' % 1 }}", BAD_TEMPLATE, 3),
    "format": ("{{ '{:>10000000000}'.format(1) }}", BAD_TEMPLATE, 3),
    "ljust": ("{{ 'a'.ljust(10**10) }}", BAD_TEMPLATE, 3),
    "indent": ("{{ 'a'|indent(width=10**10) }}", BAD_TEMPLATE, 3),
    "slices": ("{{ [1]|slice(10**10, 'x')|list }}", BAD_TEMPLATE, 3),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", BAD_TEMPLATE, 3),
    "an index": ("{{ [1][7] }}", BAD_TEMPLATE, 3),
    "types": ("{{ 1 + 'a' }}", BAD_TEMPLATE, 3),
    "a template of too long a name": (f"{{% include '{'a' * 5000}' %}}", BAD_TEMPLATE, 3),
    "a slot twice by attribute": ("<p data-slot='top' data-slot='top'></p>", "layout.slot-twice", 0),
    "a slot's name with a bar": ("<p data-slot='a|b|c'></p>", "layout.slot-name", 0),
    "a slot in what is not shown": ("<template><p data-slot='a'></p></template>", UNMEASURED, 0),
    "a slot that is a picture": ("<img data-slot='a'>", UNMEASURED, 0),
    "a probe of its own": ("<p data-probe='top|2|none||body'></p>", UNMEASURED, 0),
    "columns in other digits": ("<p data-slot='a' data-columns='²'></p>", "layout.columns", 0),
    "elements nested too deep": ("<div>" * 1500, NOT_LAID_OUT, 0),
    "an address of half an IP": ("<link rel=stylesheet href='http://['>", NOT_LAID_OUT, 0),
    "a cell over all columns": ("<table><tr><td colspan=99999999999>", "limits.memory", 0),
}

STYLES = {
    "article { display: none }": UNMEASURED,
    "article { margin: -1e30px !important }": UNMEASURED,
    "[data-slot] { position: running(x) }": UNMEASURED,
    ".headline { display: none !important }": UNMEASURED,
    ".body { position: running(x) }": UNMEASURED,
    ".byline { border: 1e30px solid }": UNMEASURED,
    ".subhead { font-size: 0 !important }": VALUE,
    "main { font-size: 0 !important }": VALUE,
    "html { position: running(x) }": NOT_LAID_OUT,
    ".story { --picture-crop: 1 !important }": VALUE,
    ".story { --picture-crop: nan !important }": VALUE,
    "main { --columns: 0 !important }": VALUE,
    "main { --columns: 99999999999999999999 !important }": VALUE,
    ".story { --headline-space: 9999999999 !important }": VALUE,
    ".story { --headline-space: ² !important }": VALUE,
    ".story { --headline-lines: nan !important }": VALUE,
    ".story { --text-columns: inf !important }": VALUE,
    ".story { --caption-lines: 1e999 !important }": VALUE,
    ".story { --head-gaps: 1e300 1 1 1 !important }": VALUE,
    ".body { --interpunct: inf/1em !important }": VALUE,
    ".body { --least-blank: nan !important }": VALUE,
    f".story {{ --note-padding: {'9' * 400}pt !important }}": VALUE,
    f".headline {{ --headline-steps: {'9' * 400}pt !important }}": VALUE,
    ".story { --headline-stretch: ²% !important }": VALUE,
}


def layout(folder: Path, page: bytes, style: str = "") -> Path:
    """Write a paper with a layout of its own; return the edition file."""
    source = write_paper(folder, {"a": STORY}, layout="x")
    (folder / "layouts/x").mkdir(parents=True)
    (folder / "layouts/x/page.html.j2").write_bytes(page)
    (folder / "layouts/x/page.css").write_text(style, encoding="utf-8")
    return source


def told(source: Path) -> list[dict[str, Any]]:
    """Check an edition that nothing can be made of; return what is wrong, said in both languages."""
    ended = run("check", source, "--json")
    assert ended.code == ExitCode.BAD_INPUT, ended.out + ended.err
    errors: list[dict[str, Any]] = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    for one in errors:
        assert one["message"] != one["message_zh"], one
        assert one["file"], one
    return errors


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_layout_ends_with_a_message(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_MEMORY", "1024")
    text, code, line = TEMPLATES[name]
    page = text if isinstance(text, bytes) else PAGE.replace("ATTACK", text).encode()
    if line == 1:  # what cannot be read at all is told at its beginning
        page = page.replace(b"\n", b" ")
    wrong = [one for one in told(layout(tmp_path, page)) if one["code"] == code]
    assert wrong
    if line:
        assert (wrong[0]["file"], wrong[0]["line"]) == ("layouts/x/page.html.j2", line)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_ends_with_a_message(style: str, tmp_path: Path) -> None:
    wrong = told(layout(tmp_path, PAGE.replace("ATTACK", "").encode(), style))
    assert STYLES[style] in {one["code"] for one in wrong}


def test_a_variable_of_nothing_is_as_if_not_written(tmp_path: Path) -> None:
    source = layout(tmp_path, PAGE.replace("ATTACK", "").encode(), ".story { --columns: var(--x) } .body { --least-blank: var(--x) }")  # fmt: skip
    assert run("check", source).code in (ExitCode.DONE, ExitCode.FINDINGS)


# --- limits -----------------------------------------------------------------------------------------------

LOOP = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
DOUBLED = "{% set n = namespace(t='aa') %}{% for i in range(40) %}{% set n.t = n.t ~ n.t %}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "code", "number"), [(LOOP, "limits.time", "1 s"), (DOUBLED, "limits.memory", "300 MB")]
)
def test_what_wants_too_much_is_told_at_its_page(
    text: str, code: str, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINTKIT_SECONDS", "1")
    monkeypatch.setenv("PRINTKIT_MEMORY", "300")
    source = layout(tmp_path, PAGE.replace("ATTACK", text).encode())
    ended = run("build", source, "-o", tmp_path / "out", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    (wrong,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert (wrong["code"], wrong["file"], wrong["line"]) == (code, "layouts/x/page.html.j2", 3)
    assert number in wrong["message"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["0", "-1", "zwei", "²", "1e9"])
def test_a_limit_is_a_whole_number(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_SECONDS", text)
    ended = run("check", write_paper(tmp_path, {"a": STORY}))
    assert ended.code == ExitCode.USAGE
    assert "PRINTKIT_SECONDS" in ended.err
