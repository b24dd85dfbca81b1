"""What readers do with the e-paper, done in Chromium: with a mouse, by touch, by keys, without scripts, from a folder."""

import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pypdfium2 as pdfium
import pytest

from printkit.epaper import names
from printkit.epaper.issue.facts import read_facts
from tests.support.visits import (
    ADDRESS,
    CORRECTED,
    HAN_STORY,
    HOSTILE_STORY,
    KINDS,
    MENDED,
    NEWEST,
    OLDER,
    ONLY_OLDER,
    TABLE_STORY,
    WAYS,
    WITHOUT_ISSUE,
    WITHOUT_SCRIPT,
    WORD,
    Reader,
    Visit,
    Way,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

NEW = names.issue_folder(NEWEST)
OLD = names.issue_folder(OLDER)

every_way = pytest.mark.parametrize("way", [*WAYS, *WITHOUT_SCRIPT], ids=str)
with_script = pytest.mark.parametrize("way", WAYS, ids=str)
without_script = pytest.mark.parametrize("way", WITHOUT_SCRIPT, ids=str)
with_keys = pytest.mark.parametrize("way", [way for way in WAYS if not way.phone], ids=str)

INSIDE = """area => {
  // A point of the area's own, in the middle of the widest run of such points; the window is scrolled to it.
  const polygon = area.querySelector("polygon"), box = polygon.getBBox(), svg = polygon.ownerSVGElement;
  let best = null;
  for (let row = 1; row < 20; row += 1) {
    const y = box.y + (box.height * row) / 20;
    let run = 0;
    for (let column = 1; column < 20; column += 1) {
      const x = box.x + (box.width * column) / 20;
      const inside = polygon.isPointInFill(Object.assign(svg.createSVGPoint(), {x, y}));
      run = inside ? run + 1 : 0;
      if (run && (!best || run > best.run)) best = {run, x: x - (box.width * (run - 1)) / 40, y};
    }
  }
  const place = () => Object.assign(svg.createSVGPoint(), best).matrixTransform(polygon.getScreenCTM());
  window.scrollBy({top: place().y - innerHeight / 2, behavior: "instant"});
  const {x, y} = place(), met = document.elementFromPoint(x, y);
  return {x, y, met: met && met.closest("a") ? met.closest("a").id : String(met && met.outerHTML)};
}"""


def point_at(reader: Reader, area: "Locator") -> None:
    """Put the pointer on a hot area, or the finger."""
    place = area.evaluate(INSIDE)
    assert place["met"] == area.get_attribute("id")
    (reader.page.touchscreen.tap if reader.way.phone else reader.page.mouse.move)(place["x"], place["y"])


def kept(reader: Reader, folder: str, name: str) -> str:
    """Return the SHA-256 that the issue's manifest gives for a file."""
    told = json.loads((reader.archive.folder / folder / names.MANIFEST).read_bytes())
    return str(next(file["sha256"] for file in told["files"] if file["path"] == name))


# --- the way in, and over the pages --------------------------------------------------------------------


@every_way
def test_the_entry_leads_to_the_newest_issue(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        for entry in (names.FRONT, names.LATEST, f"{NEW}/index.html"):
            reader.open(entry)
            reader.arrive(f"{NEW}/01.html")
            assert reader.page.locator("h1").inner_text() == "01版：要闻"


@every_way
def test_a_hot_area_lights_its_title_and_leads_to_its_story(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        reader.open(KINDS["page"])
        area = reader.page.locator("#area-cool-truck")
        shape, title = area.locator("polygon"), reader.page.locator('.titles [data-story="cool-truck"]')
        before = shape.evaluate("e => getComputedStyle(e).stroke")
        point_at(reader, area)
        if not way.phone:
            expect(shape).not_to_have_css("stroke", before)
            if way.script:
                expect(title).to_contain_class("lit")
                expect(reader.page.locator(".titles .lit")).to_have_count(1)
            reader.page.mouse.down()
            reader.page.mouse.up()
        reader.arrive(f"{NEW}/story/cool-truck.html")
        assert "清凉专车" in reader.page.locator("h1").inner_text()


@with_script
def test_every_hot_area_is_where_a_pointer_meets_it(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        for folder in (NEW, OLD):
            for page in read_facts(reader.archive.folder / folder / names.ISSUE_FACTS).pages:
                reader.open(f"{folder}/{names.page_view(page.number)}")
                areas = reader.page.locator(".areas a").all()
                assert len(areas) >= 1
                for area in areas:
                    href = area.get_attribute("href") or ""
                    assert href == quote(f"story/{area.get_attribute('data-story')}.html")
                    assert area.evaluate(INSIDE)["met"] == area.get_attribute("id")


@every_way
def test_a_title_of_the_list_leads_to_its_story(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page-corrected"])
        reader.choose(reader.page.locator(f'.titles [data-story="{HAN_STORY}"] a'))
        reader.arrive(quote(f"{OLD}/story/{HAN_STORY}.html"))
        assert WORD in reader.page.locator("article .text").inner_text()
        reader.choose(reader.page.get_by_role("link", name="返回版面"))
        reader.arrive(f"{OLD}/01.html")


@with_keys
def test_keys_reach_every_title_and_no_key_stops_at_the_picture(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page"])
        reader.page.keyboard.press("Tab")
        assert reader.page.locator(":focus").inner_text() == "跳到正文"
        reader.page.keyboard.press("Enter")
        reached: list[str] = []
        while not reader.page.evaluate("document.activeElement.closest('.files') !== null"):
            reader.page.keyboard.press("Tab")
            assert len(reached) < 40
            assert not reader.page.evaluate("document.activeElement.closest('.areas') !== null")
            if reader.page.evaluate("document.activeElement.closest('.titles') !== null"):
                story = str(reader.page.evaluate("document.activeElement.closest('[data-story]').dataset.story"))
                assert reader.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                assert "lit" in (reader.page.locator(f"#area-{story}").get_attribute("class") or "").split()
                reached.append(story)
        facts = read_facts(reader.archive.folder / NEW / names.ISSUE_FACTS)
        assert reached == list(facts.pages[0].stories)


@with_keys
def test_arrow_keys_turn_pages_and_stories(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page"])
        reader.page.keyboard.press("ArrowRight")
        reader.arrive(f"{NEW}/02.html")
        reader.page.keyboard.press("ArrowLeft")
        reader.arrive(f"{NEW}/01.html")
        reader.page.keyboard.press("ArrowLeft")  # before the first page is the issue before
        reader.arrive(f"{OLD}/01.html")
        reader.page.keyboard.press("ArrowLeft")  # and before the first issue nothing
        stories = read_facts(reader.archive.folder / NEW / names.ISSUE_FACTS).pages[0].stories
        reader.open(f"{NEW}/{names.story_view(stories[0])}")
        reader.page.keyboard.press("ArrowRight")
        reader.arrive(f"{NEW}/{names.story_view(stories[1])}")


@every_way
def test_links_turn_pages(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page"])
        for number in ("02", "03", "04"):
            reader.choose(reader.page.get_by_role("navigation", name="翻版").get_by_role("link", name="下一版"))
            reader.arrive(f"{NEW}/{number}.html")
        assert reader.page.get_by_role("link", name="下一版").count() == 0
        after = reader.page.get_by_role("link", name="下一期")
        if way.script:
            assert after.count() == 0
            assert "已是最新一期" in reader.page.get_by_role("navigation", name="翻版").inner_text()
        else:
            reader.choose(after)
            reader.page.get_by_role("heading", name="2024年8月9日 第1187期是最新的一期").wait_for()
            reader.page.go_back()
        reader.choose(reader.page.get_by_role("link", name="上一期"))
        reader.arrive(f"{OLD}/01.html")
        reader.choose(reader.page.get_by_role("link", name="下一期"))
        reader.arrive(f"{NEW}/01.html")
        reader.choose(reader.page.get_by_role("navigation", name="版面导航").get_by_role("link", name="02版：服务"))
        reader.arrive(f"{NEW}/02.html")
        reader.choose(reader.page.get_by_role("link", name="上一版"))
        reader.arrive(f"{NEW}/01.html")


# --- the story ------------------------------------------------------------------------------------------


@without_script
def test_a_story_is_whole_without_scripts(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        facts = read_facts(reader.archive.folder / NEW / names.ISSUE_FACTS)
        story = next(story for story in facts.stories if story.id == "contest")
        reader.open(KINDS["story"])
        shown = "".join(reader.page.locator("article").inner_text().split())
        for paragraph in story.text.split("\n"):
            assert "".join(paragraph.split()) in shown
        for aid in (".settings", ".tools button"):
            assert not reader.page.locator(aid).first.is_visible()
        reader.choose(reader.page.get_by_role("link", name="下一篇"))
        reader.arrive(f"{NEW}/story/cool-truck.html")


@every_way
def test_hostile_copy_is_text(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["story-hostile"])
        assert reader.at == f"{OLD}/story/{HOSTILE_STORY}.html"
        assert "<script>alert(1)</script>" in reader.page.locator("h1").inner_text()
        assert "<img src=x onerror=alert(1)>" in reader.page.locator(".text").inner_text()


@every_way
def test_paper_gets_the_story_and_not_the_buttons(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["story"])
        reader.page.emulate_media(media="print")
        assert reader.page.locator("h1").is_visible()
        assert reader.page.locator(".text p").first.is_visible()
        for gone in ("nav.site", ".settings", ".tools", ".turn", ".files", ".topics", ".beside"):
            assert not reader.page.locator(gone).first.is_visible(), gone


@pytest.mark.parametrize("way", [WAYS[0]], ids=str)
def test_a_page_and_a_story_come_out_of_the_printer_without_blank_sheets(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        for kind in ("page", "page-with-feature"):
            reader.open(KINDS[kind])
            assert len(_sheets(reader)) == 1
        reader.open(KINDS["story"])
        *_, last = _sheets(reader)
        assert ADDRESS in last


def _sheets(reader: Reader) -> list[str]:
    """Return the text of each sheet that the browser prints on A4."""
    printed = pdfium.PdfDocument(reader.page.pdf(format="A4", margin={"top": "10mm", "bottom": "10mm"}))
    return [page.get_textpage().get_text_range().strip() for page in printed]


@pytest.mark.parametrize("way", [WAYS[0], WITHOUT_SCRIPT[0]], ids=str)
def test_nothing_is_wider_than_the_glass(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        for kind, name in KINDS.items():
            if kind == "missing" and way.from_folder:
                continue
            reader.open(name)
            if kind == "search-results" and way.script:
                reader.page.locator(".results li").first.wait_for()
            wide = reader.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide[0] <= wide[1], kind


# --- search, files, other days ---------------------------------------------------------------------------


@with_script
def test_search_finds_a_story_by_a_word_of_its_text(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page"])
        reader.choose(reader.page.get_by_role("link", name="检索"))
        reader.arrive(names.SEARCH)
        box = reader.page.get_by_role("searchbox", name="检索词")
        box.fill(WORD)
        box.press("Enter")
        results = reader.page.locator(".results li")
        results.nth(1).wait_for()
        assert [mark.inner_text() for mark in reader.page.locator(".results mark").all()] == [WORD, WORD]
        box.fill(ONLY_OLDER)
        reader.choose(reader.page.get_by_role("button", name="检索", exact=True))
        reader.page.locator(".results mark", has_text=ONLY_OLDER).wait_for()
        assert results.count() == 1
        reader.choose(results.get_by_role("link"))
        reader.arrive(quote(f"{OLD}/story/{HAN_STORY}.html"))
        assert ONLY_OLDER in reader.page.locator(".text").inner_text()
        assert reader.page.locator("article mark").all_inner_texts() == [ONLY_OLDER]
        for filters, is_found in (("year=2024&page=1", True), ("year=2023", False), ("page=99", False)):
            reader.open(f"{names.SEARCH}?q={quote(ONLY_OLDER)}&{filters}")
            told = reader.page.get_by_role("status")
            told.filter(has_text="找到1条" if is_found else "没有找到").wait_for()


@with_script
def test_search_says_that_it_found_nothing(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(f"{names.SEARCH}?q=<b>天外飞仙</b>")
        reader.page.get_by_role("status").filter(has_text="没有找到").wait_for()
        assert reader.page.locator(".results li").count() == 0


@without_script
def test_search_tells_those_without_scripts_where_to_look(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(names.SEARCH)
        reader.choose(reader.page.locator("noscript").get_by_role("link", name="往期回顾"))
        reader.arrive(names.YEARS)


@pytest.mark.parametrize("way", [WAYS[0]], ids=str)
def test_a_story_is_copied_as_the_editor_of_a_public_account_takes_it(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        reader.page.context.grant_permissions(["clipboard-read"])
        reader.open(f"{OLD}/story/night-station.html")
        reader.choose(reader.page.get_by_role("button", name="复制到公众号"))
        expect(reader.page.get_by_text("已复制")).to_be_visible()
        html, text = reader.page.evaluate(
            """async () => { const [item] = await navigator.clipboard.read();
              return Promise.all(["text/html", "text/plain"].map(async (kind) => (await item.getType(kind)).text())); }"""
        )
    assert html.count("<img") == 1
    assert "color" in html
    assert "class=" not in html
    for words in ("深夜十一点 灯还亮着", "值守人员全部先培训急救再上岗"):
        assert words in html
        assert words.split()[0] in text


@every_way
def test_a_pdf_comes_down_as_the_manifest_says(visit_to_save: Visit, way: Way) -> None:
    with visit_to_save(way) as reader:
        reader.open(KINDS["page"])
        for label, name in (
            ("本版PDF", names.page_pdf(NEWEST, "1")),
            ("整期PDF", names.edition_pdf(NEWEST)),
            ("整期剪报", names.reprints_pdf(NEWEST)),
        ):
            with reader.page.expect_download() as coming:
                reader.choose(reader.page.get_by_role("link", name=label))
            data = coming.value.path().read_bytes()
            assert hashlib.sha256(data).hexdigest() == kept(reader, NEW, name)


@every_way
def test_a_day_is_chosen_in_the_calendar(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["page"])
        reader.choose(reader.page.get_by_role("link", name="往期回顾"))
        reader.arrive(names.YEARS)
        month = reader.page.get_by_role("table", name="8月")
        assert month.get_by_role("link").count() == 2
        assert month.get_by_role("cell", name=str(WITHOUT_ISSUE.day), exact=True).get_by_role("link").count() == 0
        reader.choose(month.get_by_role("link", name=re.compile(r"^2\s*日")))
        reader.arrive(f"{OLD}/01.html")


@pytest.mark.parametrize("way", [way for way in (*WAYS, *WITHOUT_SCRIPT) if not way.from_folder], ids=str)
def test_a_day_without_an_issue_says_so(visit: Visit, way: Way) -> None:
    """From a folder nobody answers for what is not there; the calendar has no link to such a day."""
    with visit(way) as reader:
        for name in (f"{names.issue_folder(WITHOUT_ISSUE)}/", f"{names.issue_folder(WITHOUT_ISSUE)}/01.html"):
            reader.missing.add(reader.root + name)
            reader.open(name)
            if way.script:
                reader.page.get_by_role("heading", name="2024年8月6日：本站没有这一期").wait_for()
                reader.choose(reader.page.get_by_role("link", name="前一期"))
                reader.arrive(f"{OLD}/01.html")
            else:
                assert "本站没有那一天的报纸" in reader.page.locator("main").inner_text()
                reader.choose(reader.page.locator("main").get_by_role("link", name="最新一期"))
                reader.arrive(f"{NEW}/01.html")


@every_way
def test_a_corrected_issue_shows_what_changed_and_when(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        for name in (f"{OLD}/story/{TABLE_STORY}.html", f"{OLD}/01.html"):
            reader.open(name)
            told = reader.page.get_by_role("region", name="更正")
            assert f"{CORRECTED:%Y年%m月%d日}" in told.inner_text()
            assert "把服务送到“下班以后”" in told.inner_text()
        reader.choose(told.get_by_role("link"))
        reader.arrive(f"{OLD}/story/{TABLE_STORY}.html")
        assert MENDED in reader.page.locator(".text").inner_text()
        reader.open(names.year_view(2024))
        assert "更正" in reader.page.locator("#issues").inner_text()


@every_way
def test_a_table_is_one(visit: Visit, way: Way) -> None:
    with visit(way) as reader:
        reader.open(KINDS["story-with-table"])
        table = reader.page.get_by_role("table")
        assert table.get_by_role("columnheader").all_inner_texts() == ["驿站", "夜间人次", "开门到"]
        assert table.get_by_role("row").nth(2).inner_text().split() == ["石鹭", "940", "22:30"]
