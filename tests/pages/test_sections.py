"""Sections (版块): an emblem in the folio, a colour of their own; a front page in red (套红)."""

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from tests.support.papers import Built, build_edition, run, write_paper, write_yaml
from tests.support.structure import Structure

COPY = "\n\n".join(f"第{n}段写的是沿河两岸的人家，春天种下的树苗已经高过了屋檐。" for n in range(1, 80))
BLUE = {"screen": "#0b4f8a", "press": "1 0.6 0 0.2"}
EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<path d="M4 36 L36 4 H116 L84 36 Z" fill="#0b4f8a"/></svg>'
)


def write_sections(folder: Path, sections: dict[str, Any], **edition: Any) -> Path:
    """Write an issue of two pages, a front page and one of the section 副刊."""
    (folder / "fukan.svg").write_text(EMBLEM, encoding="utf-8")
    articles: dict[str, dict[str, Any]] = {
        "front": {"headline": "首版的头条消息", "body": COPY[:1200]},
        "essay": {"headline": "老街的灯火", "body": COPY[:1500], "pull_quote": "灯火可亲"},
        "tint": {"headline": "窗下小记", "body": COPY[:400]},
    }
    path = write_paper(folder, articles, paper={"sections": sections})
    pages = [
        {"number": "1", "name": "要闻", "layout": "front", "stories": [{"article": "articles/front.yaml", "slot": "lead", "level": 1}]},
        {
            "number": "2",
            "name": "副刊",
            "layout": "inside",
            "stories": [
                {"article": "articles/essay.yaml", "slot": "lead", "level": 2},
                {"article": "articles/tint.yaml", "slot": "boxed", "level": 4},
            ],
        },
    ]  # fmt: skip
    return write_yaml(path, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages, **edition})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("sections")
    edition = write_sections(folder, {"副刊": {"emblem": "fukan.svg", "accent": BLUE}}, colour="red")
    return build_edition(edition, folder / "out", "--for", "web,print")


def operators(path: Path) -> str:
    """Return what a page of a file and its forms draw, as text."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        forms = [form for form in page.Resources.get("/XObject", {}).values() if form.Subtype == "/Form"]
        streams = [pikepdf.parse_content_stream(page), *map(pikepdf.parse_content_stream, forms)]
    return "\n".join(pikepdf.unparse_content_stream(one).decode("latin-1") for one in streams)


def colours(path: Path) -> set[tuple[float, ...]]:
    """Return the fill colours of a page."""
    found = set()
    for line in operators(path).splitlines():
        *numbers, name = line.split() or [""]
        if name in ("rg", "k", "scn"):
            values = [number for number in numbers if number[0] in "0123456789."]
            found.add(tuple(round(float(value), 2) for value in values))
    return found


def test_the_colour_stands_in_rules_and_tints_in_each_looks_own_inks(built: Built) -> None:
    screen, press = colours(built.pdf("02")), colours(built.folder / "print/02.pdf")
    assert (0.04, 0.31, 0.54) in screen, "the accent"
    assert (0.91, 0.93, 0.95) in screen, "its tint"
    assert (1, 0.6, 0, 0.2) in press
    assert (0.1, 0.06, 0, 0) in press, "an ink too thin to print is left out of the tint"
    assert (0.71, 0.07, 0.11) not in screen, "the house's own accent"
    assert (1, 0.6, 0, 0.2) not in colours(built.folder / "print/01.pdf")


def test_the_emblem_stands_in_the_folio_and_is_not_read(tmp_path: Path) -> None:
    made = build_edition(write_sections(tmp_path, {"副刊": {"emblem": "fukan.svg"}}), tmp_path / "out")
    document = pypdfium2.PdfDocument(made.pdf("02"))
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    folio = picture.crop((0, 0, picture.width // 2, round(picture.height * 0.06)))
    blue = [count for count, pixel in folio.getcolors(1 << 20) if pixel == (11, 79, 138)]
    assert sum(blue) > 100, "on a left-hand page at the left"
    assert Structure(made.pdf("02")).root.all("Figure") == []


def test_press_files_of_sections_pass_preflight(built: Built) -> None:
    assert [
        d for d in built.report["diagnostics"] if d["code"].startswith("preflight.") and d["severity"] != "info"
    ] == []
    assert built.errors() == []


def test_a_red_front_page_has_its_name_and_its_lead_in_red(built: Built) -> None:
    assert (0, 1, 1, 0) in colours(built.folder / "print/01.pdf")
    assert (0.9, 0, 0.07) in colours(built.pdf("01")), "the lead headline"
    assert (0.9, 0, 0.07) not in colours(built.pdf("02"))


def test_a_section_that_no_page_has_is_told_with_the_name_that_is_near(tmp_path: Path) -> None:
    edition = write_sections(tmp_path, {"付刊": {"accent": BLUE}, "体育新闻": {"accent": BLUE}})
    found = [d for d in run("check", edition, "--json").report["diagnostics"] if d["code"] == "paper.section-unknown"]
    assert [(d["severity"], "副刊" in d["message_zh"]) for d in found] == [("warning", True), ("info", False)]
    assert {d["file"] for d in found} == {"paper.yaml"}
    assert found[0]["line"] > 3


@pytest.mark.parametrize(
    ("section", "code", "words"),
    [
        ({"emblem": "none.svg"}, "source.missing-file", "none.svg"),
        ({"emblem": "broken.png"}, "source.bad-picture", "no picture"),
        ({"emblem": "script.svg"}, "source.bad-picture", "a script"),
        ({"emblam": "fukan.svg"}, "source.unknown-key", "emblam"),
        ({"accent": {"screen": "blue", "press": "1 0 0 0"}}, "source.wrong-value", "`blue` is no colour"),
        ({"accent": {"screen": "#0b4f8a", "press": "100 60 0 20"}}, "source.wrong-value", "four inks"),
        ({"accent": {"screen": "#0b4f8a", "press": "1 0.6 0"}}, "source.wrong-value", "four inks"),
        ({"accent": {"screen": "#0b4f8a", "press": "1 1 1 0.2"}}, "source.too-much-ink", "320%"),
        ({"accent": {"screen": "#0b4f8a"}}, "source.missing-key", "`press` is missing"),
        ({"accent": "#0b4f8a"}, "source.wrong-type", "keys and values"),
        ("fukan.svg", "source.wrong-type", "keys and values"),
    ],
)
def test_a_section_that_is_wrong(section: Any, code: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG no picture")
    (tmp_path / "script.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>', encoding="utf-8"
    )
    found = run("check", write_sections(tmp_path, {"副刊": section}), "--json").report["diagnostics"]
    [fault] = [d for d in found if d["severity"] == "error"]
    assert (fault["code"], words in fault["message"]) == (code, True), fault
    assert (fault["file"], fault["line"] > 3) == ("paper.yaml", True)
    assert fault["field"].startswith("sections.副刊")


def test_a_list_is_no_sections(tmp_path: Path) -> None:
    found = run("check", write_sections(tmp_path, ["副刊"]), "--json").report["diagnostics"]  # type: ignore[arg-type]
    assert [d["code"] for d in found if d["severity"] == "error"] == ["source.wrong-type"]


def test_another_colour_of_an_issue_is_refused(tmp_path: Path) -> None:
    found = run("check", write_sections(tmp_path, {}, colour="blue"), "--json").report["diagnostics"]
    assert [(d["code"], d["field"]) for d in found if d["severity"] == "error"] == [("source.wrong-value", "colour")]


def test_chinese_keys(tmp_path: Path) -> None:
    edition = write_sections(tmp_path, {"副刊": {"刊头": "fukan.svg", "强调色": {"屏幕": "#06c", "印刷": "1 .6 0 0"}}})
    paper = edition.parent / "paper.yaml"
    paper.write_text(paper.read_text("utf-8").replace("sections:", "版块:"), encoding="utf-8")
    edition.write_text(edition.read_text("utf-8") + "套色: 红\n", encoding="utf-8")
    made = build_edition(edition, tmp_path / "out")
    assert (0, 0.4, 0.8) in colours(made.pdf("02"))
    assert (0.9, 0, 0.07) in colours(made.pdf("01"))


def test_an_emblem_may_be_a_picture_of_pixels(tmp_path: Path) -> None:
    edition = write_sections(tmp_path, {"副刊": {"emblem": "fukan.png"}})
    Image.new("RGB", (1200, 400), (11, 79, 138)).save(tmp_path / "fukan.png")
    made = build_edition(edition, tmp_path / "out", "--for", "web,print")
    assert made.errors() == []
    with pikepdf.open(made.folder / "print/02.pdf") as pdf:
        images = [one for one in pdf.pages[0].Resources.XObject.values() if one.Subtype == "/Image"]
        assert [image.ColorSpace for image in images] == ["/DeviceCMYK"]


def test_a_masthead_that_is_a_picture_is_told_on_a_red_front_page(tmp_path: Path) -> None:
    edition = write_sections(tmp_path, {}, colour="red")
    paper = edition.parent / "paper.yaml"
    paper.write_text(paper.read_text("utf-8") + "masthead: fukan.svg\n", encoding="utf-8")
    [told] = [d for d in run("check", edition, "--json").report["diagnostics"] if d["code"] == "paper.masthead-not-red"]
    assert told["severity"] == "warning"
