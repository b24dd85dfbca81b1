"""SVG pictures: what a page can draw, the fonts that it names, and what is refused with its line."""

from pathlib import Path

import pytest

from printkit.pictures.sizes import BadPictureError
from printkit.pictures.svg import DEEPEST, MOST_ELEMENTS, MOST_POINTS, drawable_svg, svg_facts

ROOT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 600 360">'
PNG = "data:image/png;base64,iVBORw0KGgo="


def write(folder: Path, inside: str, root: str = ROOT) -> Path:
    path = folder / "a.svg"
    path.write_text(f"{root}\n{inside}\n</svg>", encoding="utf-8")
    return path


def test_the_size_is_that_of_the_view_box(tmp_path: Path) -> None:
    assert svg_facts(write(tmp_path, "<rect/>")).size == (600_000, 360_000)
    assert svg_facts(write(tmp_path, "", '<svg viewBox="-5,-5,1e2,50.5" width="9">')).size == (100_000, 50_500)


def test_what_a_chart_has_is_taken(tmp_path: Path) -> None:
    inside = f"""<!-- url(http://wanghe.example/a) --><title>图</title>
        <style>.a{{fill:url(#g)}} .b{{filter:none;font-family:"Noto Sans CJK SC",sans-serif}}</style>
        <defs><linearGradient id="g"/><g id="b"><path d="M0 0L9 9"/></g></defs>
        <use href="#b"/><use xlink:href="#b"/><image href="{PNG}"/><text class="b">字</text>
        <text style="font:italic bold 12px/1.4 'LXGW WenKai'">字</text><text font-family="Noto Serif CJK SC">字</text>"""
    facts = svg_facts(write(tmp_path, inside))
    assert facts.has_text
    assert set(facts.fonts) == {("Noto Sans CJK SC", "sans-serif"), ("LXGW WenKai",), ("Noto Serif CJK SC",)}


def test_font_is_written_out_and_nothing_else_is_touched() -> None:
    given = "<text style=\"fill:red;font: italic 700 12.5px/1.4 'A B', serif;x:1\">font: 12 Uhr</text>"
    made = drawable_svg(given.encode()).decode()
    assert "font-style:italic;font-weight:700;font-size:12.5px;font-family:'A B', serif;x:1" in made
    assert made.endswith(">font: 12 Uhr</text>")
    for kept in ("<style>text{font-size:9px;font-family:A}</style>", "\udcff", "<svg/>"):
        data = kept.encode("utf-8", "surrogateescape")
        assert drawable_svg(data) == data


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<script>alert(1)</script>", "line 2 of the SVG has a script"),
        ("<g>\n<rect onclick='x()'/></g>", "line 3 of the SVG has a script (`onclick`)"),
        ("<image href='http://wanghe.example/a.png'/>", "reference outside (`http://wanghe.example"),
        ("<image xlink:href='file:///etc/passwd'/>", "reference outside (`file:///etc/passwd`)"),
        ("<image href='../b.png'/>", "reference outside (`../b.png`)"),
        ("<image href='data:image/svg+xml;base64,AA'/>", "reference outside"),
        ("<use href='b.svg#a'/>", "reference outside"),
        ("<a href='javascript:x()'/>", "reference outside"),
        ("<rect fill='url(http://wanghe.example/a#b)'/>", "reference outside"),
        ("<rect style='fill:url(\"b.svg#c\")'/>", "reference outside"),
        ("<style>@import 'a.css';</style>", "reference outside (`@import`)"),
        ("<style>@font-face{font-family:A;src:local(A)}</style>", "reference outside (`@font-face`)"),
        ("<?xml-stylesheet href='a.css'?>", "style sheet from outside"),
        ("<filter id='f'/>", "<filter>, which no page can draw"),
        ("<rect filter='url(#f)'/>", "a filter"),
        ("<rect style='fill:red;filter:blur(2px)'/>", "a filter"),
        ("<style>rect{filter:drop-shadow(1px 1px 1px red)}</style>", "a filter"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<rect><animate/></rect>", "an animation"),
        ("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", "uses itself"),
        ("<g>" * DEEPEST + "</g>" * DEEPEST, "deep in one another"),
        ("<rect/>" * MOST_ELEMENTS, "too large to be drawn: more than 20,000 elements"),
        (f"<path d='M{'0 0 ' * (MOST_POINTS // 2 + 1)}'/>", "numbers in its paths"),
    ],
)
def test_what_no_page_can_draw_is_refused(inside: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadPictureError) as told:
        svg_facts(write(tmp_path, inside))
    assert says in told.value.message.en


def test_elements_are_counted_as_often_as_they_are_used(tmp_path: Path) -> None:
    layers = ["<g id='l0'><rect/></g>"]
    layers += [f"<g id='l{n}'>" + f"<use href='#l{n - 1}'/>" * 10 + "</g>" for n in range(1, 6)]
    with pytest.raises(BadPictureError) as told:
        svg_facts(write(tmp_path, "".join(layers)))
    assert "too large" in told.value.message.en


def test_a_chain_of_uses_ends(tmp_path: Path) -> None:
    chain = "".join(f"<g id='c{n}'><use href='#c{n + 1}'/></g>" for n in range(3000))
    with pytest.raises(BadPictureError):
        svg_facts(write(tmp_path, chain))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "broken or cut short"),
        ("<svg viewBox='0 0 1 1'>", "broken or cut short"),
        ("<html/>", "no SVG picture"),
        ("<svg width='30' height='20'/>", "does not say how large"),
        ("<svg viewBox='0 0 0 20'/>", "does not say how large"),
        ("<svg viewBox='0 0 nan 20'/>", "does not say how large"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'>&a;</svg>", "entities of its own"),
    ],
)
def test_what_is_no_picture(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(text)
    with pytest.raises(BadPictureError) as told:
        svg_facts(path)
    assert says in told.value.message.en
