"""The built-in layouts at both sizes, with advertisements, vertical headlines and bylines after the text."""

from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from printkit.commands.check import check
from printkit.model.geometry import PageGeometry, Rect
from printkit.model.page import TextBox
from printkit.pipeline.assign import contexts_of
from printkit.render.pages import Pages
from printkit.source import read_edition
from tests.support.papers import build_edition, write_paper, write_yaml

SIZES = {"tabloid": 5, "broadsheet": 7}
LAYOUTS = ("front", "inside", "inside-ad")
COPY = "\n\n".join(f"第{n}段说的是车间里的事，老师傅带着徒弟把设备拆开又装好。" for n in range(1, 90))


def edition_of(folder: Path, size: str, layout: str, *, house: str = "", pages: int = 1) -> Path:
    """Write a paper whose pages fill every slot of a layout."""
    paper: dict[str, object] = {"page_size": size} | ({"stylesheets": ["house.css"]} if house else {})
    article = {"headline": "车间里的课堂", "body": COPY, "byline": [{"role": "本报记者", "name": "甲某"}]}
    edition = write_paper(folder, {"lead": article}, layout=layout, paper=paper, stories=[])
    (folder / "house.css").write_text(house, encoding="utf-8")
    read, _ = read_edition(edition)
    slots = Pages().layout(contexts_of(read)[0]).slots
    entries = [
        {"ad": "reserved", "slot": name, "id": f"{name}-{page}"}
        if name == "ad"
        else {
            "article": "articles/lead.yaml",
            "slot": name,
            "id": f"{name}-{page}",
            "level": 1 if name == "lead" else 3,
        }
        for page in range(pages)
        for name in slots
    ]
    each = len(slots)
    made = [
        {"number": str(n + 1), "name": "试版", "layout": layout, "stories": entries[n * each : (n + 1) * each]}
        for n in range(pages)
    ]
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": made})


def geometries(edition: Path) -> list[PageGeometry]:
    return [page.geometry for page in check(edition).pages]


def meet(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", SIZES)
def test_slots_stand_on_the_grid_and_do_not_overlap(size: str, layout: str, tmp_path: Path) -> None:
    for geometry in geometries(edition_of(tmp_path, size, layout, pages=2)):
        grid = geometry.grid
        assert grid.columns == SIZES[size]
        step = grid.column + grid.gutter
        for slot in geometry.slots.values():
            rect = slot.rect
            assert (rect.y - grid.main.y + 100) % grid.leading <= 200, f"{slot.name} starts on a line"
            assert rect.x >= grid.main.x - 100
            assert rect.right <= grid.main.right + 100
            assert rect.bottom <= grid.main.bottom + 100
            if slot.name not in ("ear", "boxed"):  # these have a frame or a tint of their own round their text
                assert abs((rect.x - grid.main.x + 100) % step - 100) <= 100, f"{slot.name} starts on a column"
        for a, b in combinations(geometry.slots.values(), 2):
            assert not meet(a.rect, b.rect), f"{a.name} and {b.name}"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_used_to_its_foot(size: str, layout: str, tmp_path: Path) -> None:
    [geometry] = geometries(edition_of(tmp_path, size, layout))
    grid = geometry.grid
    for column in range(grid.columns):
        middle = grid.main.x + column * (grid.column + grid.gutter) + grid.column // 2
        foot = max(s.rect.bottom for s in geometry.slots.values() if s.rect.x < middle < s.rect.right)
        assert grid.main.bottom - foot < 2 * grid.leading


def test_a_pdf_ad_is_drawn_whole_and_reported(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, "tabloid", "inside-ad")
    page = pikepdf.new()
    page.add_blank_page(page_size=(640, 200))
    page.pages[0].contents_add(b"1 0 0 rg 0 0 640 200 re f")
    page.save(tmp_path / "bank.pdf")
    edition.write_text(edition.read_text(encoding="utf-8").replace("ad: reserved", "ad: bank.pdf"), encoding="utf-8")
    built = build_edition(edition, tmp_path / "out")
    story = built.story("ad-0")
    assert (story["slot"], story["characters"], story["pictures"]) == ("ad", 0, 1)
    [(x, y, width, height)] = story["rectangles"]
    document = pypdfium2.PdfDocument(built.pdf("01"))
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert picture.getpixel((round(x + width / 2), round(y + height / 2))) == (255, 0, 0)
    assert picture.getpixel((round(x + width / 2), round(y + height + 6))) != (255, 0, 0)
    with pikepdf.open(built.pdf("01")) as drawn:
        assert not drawn.pages[0].get_images()  # its vectors stay vectors


def test_a_place_kept_free_says_so(tmp_path: Path) -> None:
    built = build_edition(edition_of(tmp_path, "broadsheet", "inside-ad"), tmp_path / "out")
    document = pypdfium2.PdfDocument(built.pdf("01"))
    assert "广告位" in document[0].get_textpage().get_text_range()
    document.close()


HOUSE = ".second .story { --headline-direction: vertical; --headline-lines: 2; --byline: tail }"


def test_a_vertical_headline_comes_back_as_one_text(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, "broadsheet", "inside", house=HOUSE)
    made = next(s for s in check(edition).pages[0].stories if s.story.slot == "second")
    assert [box.role for box in made.boxes if isinstance(box, TextBox) and box.turns] == ["headline"]
    built = build_edition(edition, tmp_path / "out")
    document = pypdfium2.PdfDocument(built.pdf("01"))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert text.count("车间里的课堂") == len(built.report["stories"])


@pytest.mark.parametrize(("columns", "leading"), [(4, "13pt"), (6, "11.5pt")])
def test_layouts_hold_on_other_grids(columns: int, leading: str, tmp_path: Path) -> None:
    layouts = ("front", "front-b", "inside", "inside-ad", "inside-b", "supplement", "pictures", "service")
    edition = write_paper(tmp_path, {"a": {"headline": "题", "body": "正文。"}}, paper={"stylesheets": ["house.css"]})
    css = f":root {{ --columns: {columns}; --body-leading: {leading} }}"
    (tmp_path / "house.css").write_text(css, encoding="utf-8")
    pages: list[dict[str, object]] = [
        {"number": str(n), "name": "试版", "layout": name, "stories": []} for n, name in enumerate(layouts, 1)
    ]
    found = write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    for page, context in zip(pages, contexts_of(read_edition(found)[0]), strict=True):
        slots = [name for name in Pages().layout(context).slots if name not in ("ad", "group")]
        page["stories"] = [
            {"article": "articles/a.yaml", "slot": name, "id": f"p{page['number']}{name}"} for name in slots
        ]
    made = check(write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages}))
    assert {page.geometry.grid.columns for page in made.pages} == {columns}
    assert {d.code for d in made.diagnostics} & {"layout.off-grid", "layout.overlap"} == set()
