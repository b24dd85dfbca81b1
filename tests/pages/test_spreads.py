"""Two facing pages as one sheet (跨版), through every output."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image

from printkit.commands.check import check
from printkit.preflight.places import places_of
from printkit.source import json_schema
from tests.support.papers import Built, build_edition, run, write_paper, write_yaml

MM = 72 / 25.4
COPY = "\n\n".join(f"第{n}段写的是沿河两岸的人家，春天种下的树苗已经高过了屋檐。" for n in range(1, 140))


def entry(name: str, slot: str, level: int = 3, **more: Any) -> dict[str, Any]:
    return {"article": f"articles/{name}.yaml", "slot": slot, "level": level, **more}


def write_spread(folder: Path, headline: str = "江河万里出昆仑东流", size: str = "tabloid") -> Path:
    """Write four pages, of which 2 and 3 are one sheet; a story of the first goes on there."""
    Image.radial_gradient("L").resize((2200, 1467)).convert("RGB").save(folder / "river.jpg")
    articles: dict[str, dict[str, Any]] = {
        "front": {"headline": "首版的头条消息", "body": COPY[:2100]},
        "head": {"headline": headline, "body": COPY[:60]},
        "left": {"headline": "源头的守望者", "body": COPY[:900]},
        "right": {"pictures": [{"file": "../river.jpg", "caption": "大河全景"}]},
        "last": {"headline": "末版的稿件", "body": COPY[:400]},
    }
    edition = write_paper(folder, articles, paper={"page_size": size, "site": {"wechat": False}})
    spread = [entry("head", "head", 1), entry("left", "lead", 2, index=True), entry("right", "photo")]
    pages = [
        {"number": "1", "layout": "front", "stories": [entry("front", "lead", 1, jump_to={"page": "3", "slot": "fourth"})]},
        {"number": ["2", "3"], "name": "特刊", "layout": "spread", "stories": spread},
        {"number": "4", "layout": "inside", "stories": [entry("last", "lead", 1)]},
    ]  # fmt: skip
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("spread")
    return build_edition(write_spread(folder), folder / "out", "--for", "web,print,archive")


def size_of(path: Path, box: str = "/MediaBox", page: int = 0) -> tuple[int, int]:
    """Return width and height of a page in millimetres."""
    with pikepdf.open(path) as pdf:
        left, foot, right, top = (float(edge) for edge in pdf.pages[page].obj[box])
    return round((right - left) / MM), round((top - foot) / MM)


def text_of(path: Path) -> str:
    """Return what the first page shows inside its trim, without blanks."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    text = page.get_textpage().get_text_bounded(*page.get_trimbox())
    document.close()
    return "".join(text.split())


def test_the_sheet_is_one_wide_page_and_the_press_has_its_halves_too(built: Built) -> None:
    names = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*.pdf")}
    single = {"01", "02-03", "04"}
    assert names == {
        *(f"web/{stem}.pdf" for stem in (*single, "edition")),
        *(f"print/{stem}.pdf" for stem in (*single, "02", "03")),
        "archive/edition.pdf",
    }
    assert size_of(built.pdf("02-03")) == (540, 390)
    assert size_of(built.pdf(), page=1) == (540, 390)
    assert size_of(built.folder / "print/02-03.pdf", "/TrimBox") == (540, 390)
    assert (
        size_of(built.folder / "print/02.pdf", "/TrimBox")
        == size_of(built.folder / "print/03.pdf", "/TrimBox")
        == (270, 390)
    )
    listed = {file["path"] for file in json.loads((built.folder / "manifest.json").read_text("utf-8"))["files"]}
    assert {"print/02-03.pdf", "print/02.pdf", "print/03.pdf"} <= listed
    page = built.page("2-3")
    assert page["width"] == pytest.approx(540 * MM, abs=0.01)


def test_each_half_shows_its_side_of_the_fold(built: Built) -> None:
    left, right = (text_of(built.folder / f"print/{stem}.pdf") for stem in ("02", "03"))
    assert "源头的守望者" in left
    assert "源头的守望者" not in right
    assert "大河全景" in right
    assert "大河全景" not in left


@pytest.mark.parametrize("stem", ["02-03", "02", "03"])
def test_every_press_file_of_a_spread_passes_preflight(stem: str, built: Built) -> None:
    checked = run("preflight", built.folder / f"print/{stem}.pdf", "--json").report
    assert [d for d in checked["diagnostics"] if d["severity"] == "error"] == []
    assert [
        d for d in built.report["diagnostics"] if d["code"].startswith("preflight.") and d["severity"] == "error"
    ] == []


def test_a_finding_on_the_right_half_is_its_storys(built: Built) -> None:
    report = json.loads((built.folder / "report.json").read_text("utf-8"))
    [x, y, width, height] = built.story("right")["rectangles"][0]
    middle = (x + width / 2, y + height / 2)
    for stem, shift in (("02-03", 0.0), ("03", 270 * MM)):
        spot = (middle[0] - shift, middle[1], middle[0] - shift, middle[1])
        found = places_of(report, stem).story(1, spot)
        assert found
        assert found.story == "right"


def test_the_columns_leave_the_fold_in_a_gutter(built: Built) -> None:
    fold = 270 * MM
    for story in ("left", "right"):
        for x, _, width, _ in built.story(story)["rectangles"]:
            assert not x < fold < x + width
    assert built.story("left")["columns"] == 5


def test_a_headlines_character_on_the_fold_is_told(built: Built, tmp_path: Path) -> None:
    [told] = [d for d in built.report["diagnostics"] if d["code"] == "makeup.headline-on-fold"]
    assert "“出”" in told["message"]
    assert told["story"] == "head"
    assert told["bbox"][0] < 270 * MM < told["bbox"][2]
    even = run("check", write_spread(tmp_path, "江河万里出昆仑东流去"), "--json").report
    assert not [d for d in even["diagnostics"] if d["code"] == "makeup.headline-on-fold"]


def test_a_story_goes_on_to_a_spread_under_either_number(built: Built) -> None:
    parts = [s for s in built.report["stories"] if s["id"] == "front"]
    assert [(s["page"], s["slot"]) for s in parts] == [("1", "lead"), ("2-3", "fourth")]
    assert "（下转第2、3版）" in text_of(built.pdf("01"))
    assert "详见第2、3版" in text_of(built.pdf("01"))
    assert "今日4版" in text_of(built.pdf("01"))


def test_the_page_after_a_spread_stands_on_its_own_side(built: Built) -> None:
    with pikepdf.open(built.pdf()) as pdf:
        assert len(pdf.pages) == 3
        assert [str(label.P) for label in pdf.Root.PageLabels.Nums if isinstance(label, pikepdf.Dictionary)] == [
            "01版",
            "02、03版：特刊",
            "04版",
        ]


def test_broadsheet_pages_double_too(tmp_path: Path) -> None:
    made = build_edition(write_spread(tmp_path, size="broadsheet"), tmp_path / "out", "--for", "print", "--page", "03")
    assert size_of(made.folder / "print/02-03.pdf", "/TrimBox") == (780, 540)
    assert size_of(made.folder / "print/03.pdf", "/TrimBox") == (390, 540)
    assert made.story("left")["columns"] == 7
    for x, _, width, _ in made.story("left")["rectangles"]:
        assert x + width < 390 * MM


def test_the_site_shows_one_wide_picture_under_both_numbers(tmp_path: Path) -> None:
    edition = write_spread(tmp_path)
    assert run("site", edition, "-o", tmp_path / "site").code == 0
    issue = tmp_path / "site/2024/01/10"
    view = (issue / "02-03.html").read_text("utf-8")
    assert '<h1 class="page-label">02、03版：特刊</h1>' in view
    assert 'rel="prev" href="01.html"' in view
    assert 'rel="next" href="04.html"' in view
    assert 'viewBox="0 0 1530.7' in view
    assert 'data-story="right"' in view
    assert "今日4版" in view
    for number in ("02", "03"):
        assert "url=02-03.html" in (issue / f"{number}.html").read_text("utf-8")
    with Image.open(issue / "picture/02-03-1920.jpg") as picture:
        assert picture.width / picture.height == pytest.approx(540 / 390, abs=0.01)
    assert "第02、03版 特刊".replace(" ", "") in text_of(issue / "clip/left.pdf")


# --- bad input ------------------------------------------------------------------------------------------


def edition_with(folder: Path, *numbers: Any, layouts: dict[int, str] | None = None) -> Path:
    edition = write_paper(folder, {"a": {"headline": "标题", "body": COPY[:300]}}, paper={"site": {"wechat": False}})
    pages = [
        {
            "number": number,
            "layout": (layouts or {}).get(index, "spread" if isinstance(number, list) else "inside"),
            "stories": [{"article": "articles/a.yaml", "id": f"s{index}"}],
        }
        for index, number in enumerate(numbers)
    ]
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.mark.parametrize(
    ("numbers", "hint"),
    [
        (("1", ["2", "4"], "3"), "two pages that follow one another"),
        (("1", ["3", "2"], "4"), "two pages that follow one another"),
        ((["1", "2"], "3", "4"), "of 4 pages, 2 and 3 face on one sheet"),
        (("1", ["2", "3"], "4", "5", "6", "7", "8"), "of 8 pages, 4 and 5 face on one sheet"),
        (("1", "2", "5", ["3", "4"], "6", "7", "8"), "of 8 pages, 4 and 5 face on one sheet"),
        (("1", ["2", "3"], "4", "5", "6"), "the section has 6 pages"),
        (("A01", ["A02", "A03"], "A04", "B01", ["B02", "B03"]), "the section has 3 pages"),
    ],
)
def test_pages_that_do_not_face_are_no_spread(numbers: tuple[Any, ...], hint: str, tmp_path: Path) -> None:
    report = run("check", edition_with(tmp_path, *numbers), "--json").report
    [fault] = [d for d in report["diagnostics"] if d["code"] == "edition.spread-not-facing"]
    assert hint in fault["hint"]
    assert fault["file"] == "edition.yaml"
    assert fault["line"] > 1


def test_each_section_has_a_middle_sheet(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "A01", ["A02", "A03"], "A04", "B01", ["B02", "B03"], "B04")
    assert not [d for d in run("check", edition, "--json").report["diagnostics"] if d["code"].startswith("edition.")]


@pytest.mark.parametrize(
    ("numbers", "code", "words"),
    [
        (("1", ["2"], "4"), "source.wrong-value", "two pages, not 1"),
        (("1", ["2", "3", "4"]), "source.wrong-value", "two pages, not 3"),
        (("1", ["2", "第三"], "4"), "source.wrong-value", "`第三` is no page number"),
        (("1", ["2", "3"], "3"), "source.used-twice", "page number `3` is used twice"),
    ],
)
def test_numbers_that_are_no_spread(numbers: tuple[Any, ...], code: str, words: str, tmp_path: Path) -> None:
    report = run("check", edition_with(tmp_path, *numbers), "--json").report
    assert [d for d in report["diagnostics"] if d["code"] == code and words in d["message"]]


def test_a_layout_serves_one_sheet_or_the_other(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "1", ["2", "3"], "4", layouts={0: "spread", 1: "inside"})
    found = [d for d in run("check", edition, "--json").report["diagnostics"] if d["code"] == "layout.other-sheet"]
    assert [d["page"] for d in found] == ["1", "2-3"]
    assert "number: [4, 5]" in found[0]["hint"]
    assert "`spread`" in found[1]["hint"]


def test_the_schema_takes_a_spread(tmp_path: Path) -> None:
    edition = yaml.safe_load(write_spread(tmp_path).read_text("utf-8"))  # noqa: TID251 the file is the test's own
    jsonschema.validate(edition, json_schema()["edition"])
    edition["pages"][1]["number"] = ["2", "3", "4"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(edition, json_schema()["edition"])


def test_a_spread_takes_stories_by_their_places(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "1", ["2", "3"], "4", layouts={1: "auto"})
    at = {"column": 1, "row": 1, "columns": 12, "rows": 12}
    text = edition.read_text("utf-8").replace("id: s1", f"id: s1\n    at: {json.dumps(at)}")
    edition.write_text(text, encoding="utf-8")
    [page] = [one for one in check(edition).pages if one.page.is_spread]
    assert page.geometry.grid.columns == 12
    assert page.stories[0].columns == 12


def test_a_page_size_of_its_own_doubles_with_the_fold_in_a_gutter(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "1", ["2", "3"], "4", layouts={0: "feature", 2: "feature"})
    write_yaml(tmp_path / "paper.yaml", {"name": "试排日报", "page_size": {"width": "297mm", "height": "420mm"}})
    [page] = [one for one in check(edition).pages if one.page.is_spread]
    assert round(page.geometry.width / 1000 / MM) == 594
    fold = page.geometry.width // 2
    assert all(not slot.rect.x < fold < slot.rect.right for name, slot in page.geometry.slots.items() if name != "head")


def test_a_column_of_text_on_the_fold_is_told(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "1", ["2", "3"], "4", layouts={1: "auto"})
    at = {"column": 1, "row": 1, "columns": 5, "rows": 12}
    text = edition.read_text("utf-8").replace("id: s1", f"id: s1\n    at: {json.dumps(at)}")
    edition.write_text(text, encoding="utf-8")
    (tmp_path / "house.css").write_text(":root.spread { --columns: 5 }", encoding="utf-8")
    write_yaml(tmp_path / "paper.yaml", {"name": "试排日报", "stylesheets": ["house.css"]})
    told = [found for found in check(edition).findings if found.code == "makeup.text-on-fold"]
    assert {found.page for found in told} == {"2-3"}


def test_a_picture_over_the_fold_is_whole_in_the_sheet_and_bleeds_in_its_halves(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, "1", ["2", "3"], "4", layouts={1: "auto"})
    Image.new("RGB", (3200, 1000), (40, 90, 160)).save(tmp_path / "wide.jpg")
    write_yaml(tmp_path / "articles/wide.yaml", {"pictures": [{"file": "../wide.jpg", "caption": "大河"}]})
    at = {"column": 1, "row": 1, "columns": 12, "rows": 38}
    text = edition.read_text("utf-8")
    start = text.index("article: articles/a.yaml", text.index("layout: auto"))
    text = (
        text[:start]
        + f"at: {json.dumps(at)}\n    article: articles/wide.yaml"
        + text[start + len("article: articles/a.yaml") :]
    )
    edition.write_text(text, encoding="utf-8")
    made = build_edition(edition, tmp_path / "out", "--for", "print", "--page", "2")
    for stem in ("02-03", "02", "03"):
        checked = run("preflight", made.folder / f"print/{stem}.pdf", "--json").report
        assert [d["message"] for d in checked["diagnostics"] if d["severity"] == "error"] == []
    for stem, x in (("02", -1), ("02", 4), ("03", 1), ("03", -4)):  # inside the trim and in the bleed over the fold
        document = pypdfium2.PdfDocument(made.folder / f"print/{stem}.pdf")
        left, _, right, _ = document[0].get_trimbox()
        picture = document[0].render(scale=1).to_pil().convert("RGB")
        document.close()
        red, _, blue = picture.getpixel((round((right if stem == "02" else left) + x), picture.height // 3))
        assert blue > red + 40, (stem, x)


def test_a_correction_makes_a_spread_of_two_pages_and_takes_it_back(tmp_path: Path) -> None:
    single = edition_with(tmp_path, "1", "2", "3", "4")
    assert run("site", single, "-o", tmp_path / "site").code in (0, 1)
    issue = tmp_path / "site/2024/01/10"
    edition = edition_with(tmp_path, "1", ["2", "3"], "4")
    assert run("site", edition, "-o", tmp_path / "site", "--correct").code in (0, 1)
    assert "url=02-03.html" in (issue / "02.html").read_text("utf-8")
    assert not (issue / "2024-01-10-02.pdf").exists()
    single = edition_with(tmp_path, "1", "2", "3", "4")
    assert run("site", single, "-o", tmp_path / "site", "--correct").code in (0, 1)
    assert "page-view" in (issue / "02.html").read_text("utf-8")
    assert "page-view" not in (issue / "02-03.html").read_text("utf-8"), "its address says that it is gone"
