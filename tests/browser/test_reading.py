"""What makes the e-paper one to read and to pass on: the full view, stories aloud, copied and shared, day and night."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from printkit.epaper import names
from printkit.epaper.issue.facts import read_facts
from tests.support.visits import HAN_STORY, KINDS, NEWEST, OLDER, TABLE_STORY, Reader, Visit, Way

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NEW = names.issue_folder(NEWEST)
OLD = names.issue_folder(OLDER)

STUBS = """
  window.spoken = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, "speechSynthesis", {value: {
    cancel() {}, getVoices: () => [], speak(said) {
      spoken.push([said.text, [...CSS.highlights.get("spoken")].join("")]);
      queueMicrotask(() => said.onend());
    },
  }});
  navigator.share = async told => { window.shared = told; };
"""


def touch(page: "Page", *ways: list[tuple[float, float]]) -> None:
    """Put as many fingers down as there are ways, and draw each along its own."""
    glass = page.context.new_cdp_session(page)

    def send(kind: str, places: list[tuple[float, float]]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    steps = list(zip(*ways, strict=True))
    for count in range(1, len(ways) + 1):
        send("touchStart", list(steps[0][:count]))
    for step in steps[1:]:
        send("touchMove", list(step))
    send("touchEnd", [])


def double_tap(page: "Page", x: float, y: float) -> None:
    """Tap twice, a tenth of a second apart by the events' own clock: how long they are on their way does not matter."""
    glass = page.context.new_cdp_session(page)
    now = float(page.evaluate("performance.timeOrigin + performance.now()")) / 1000
    for after in (0.0, 0.1):
        point = {"x": x, "y": y}
        glass.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point], "timestamp": now + after})
        glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [], "timestamp": now + after + 0.02})


def line(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    return [(start[0] + (end[0] - start[0]) * n / 8, start[1] + (end[1] - start[1]) * n / 8) for n in range(9)]


def scale(reader: Reader) -> int:
    return int(reader.page.locator("dialog .scale").inner_text().rstrip("%"))


@pytest.mark.parametrize("way", [Way(phone=True, from_folder=True), Way(phone=True)], ids=str)
def test_a_finger_reads_a_page_down_to_its_body_type_and_opens_a_story(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        page = reader.page
        reader.open(KINDS["page"])
        page.get_by_role("button", name="放大阅读").tap()
        title, tile = page.locator("dialog h2"), page.locator("dialog .tile").first
        expect(title).to_have_text("01版：要闻")
        page.locator("dialog .sheet").first.wait_for()
        assert page.locator("dialog .tile").count() == 0  # a page that is seen whole needs none
        double_tap(page, 127, 193)
        tile.wait_for()
        # A Han of 9 pt has fifteen of the page's pixels, and the pieces at least two of the glass's dots for each of three.
        expect(page.locator("dialog .scale")).to_have_text("341%")
        sharp = "e => e.decode().then(() => e.naturalWidth / (e.getBoundingClientRect().width * devicePixelRatio))"
        assert tile.evaluate(sharp) > 0.65
        page.touchscreen.tap(200, 400)
        reader.arrive(f"{NEW}/story/contest.html")
        page.go_back()
        expect(page.locator("dialog .scale")).to_have_text("341%")  # where one was
        page.get_by_role("button", name="整版").click()
        expect(page.locator("dialog .scale")).to_have_text("100%")
        touch(page, line((150, 400), (80, 400)), line((240, 400), (310, 400)))
        page.wait_for_function("parseInt(document.querySelector('dialog .scale').textContent) > 200")
        page.get_by_role("button", name="整版").click()
        expect(page.locator("dialog .scale")).to_have_text("100%")
        touch(page, line((300, 400), (140, 405)))
        expect(title).to_have_text("02版：服务")
        page.get_by_role("button", name="关闭").click()  # Chromium takes a tap behind a swipe for the end of its swing
        reader.arrive(f"{NEW}/02.html")
        top = float(page.locator(".page-picture").evaluate("e => e.getBoundingClientRect().y"))
        touch(page, line((300, top + 150), (140, top + 155)))
        reader.arrive(f"{NEW}/03.html")


@pytest.mark.parametrize("way", [Way()], ids=str)
def test_keys_and_a_wheel_read_facing_pages_and_go_on_to_the_next_issue(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        page, keys = reader.page, reader.page.keyboard
        reader.open(f"{OLD}/01.html#read")
        title, shown = page.locator("dialog h2"), page.locator("dialog .scale")
        expect(title).to_have_text("01版：服务")
        for key in ("End", "ArrowRight"):  # behind the last page stands the next issue
            keys.press(key)
        reader.arrive(f"{NEW}/01.html")
        expect(title).to_have_text("01版：要闻")
        keys.press("ArrowRight")
        expect(title).to_have_text("02版：服务　03版：权益")
        page.get_by_role("button", name="两版并排").click()
        expect(title).to_have_text("02版：服务")
        page.get_by_role("button", name="两版并排").click()
        expect(page.locator("dialog .leaf")).to_have_count(2)
        keys.press("+")
        keys.press("+")  # while the first is on its way
        expect(shown).to_have_text("169%")
        keys.press("-")
        keys.press("-")
        expect(shown).to_have_text("100%")
        page.mouse.move(400, 400)
        page.mouse.wheel(0, -900)
        page.wait_for_function("parseInt(document.querySelector('dialog .scale').textContent) > 300")
        left = "document.querySelector('dialog .board').getBoundingClientRect().x"
        before = page.evaluate(left)
        page.mouse.down()
        page.mouse.move(320, 360, steps=4)
        page.mouse.up()
        page.wait_for_function(f"x => {left} < x - 60", arg=before)
        keys.press("0")
        expect(shown).to_have_text("100%")
        # Every hot area is met where it stands, and by keys.
        facts = read_facts(reader.archive.folder / NEW / names.ISSUE_FACTS)
        areas = page.locator("dialog .areas a")
        expect(areas).to_have_count(len(facts.pages[1].stories) + len(facts.pages[2].stories))
        areas.first.focus()
        keys.press("Enter")
        page.wait_for_url("**/story/*.html")
        page.go_back()
        expect(title).to_have_text("02版：服务　03版：权益")
        keys.press("Escape")
        reader.arrive(f"{NEW}/02.html")
        # Where no WebP comes, JPEG does.
        page.route("**/*.webp", lambda asked: asked.abort())
        page.get_by_role("button", name="放大阅读").click()
        page.locator('dialog .sheet[src$=".jpg"]').first.wait_for()
        reader.faults.clear()  # the browser notes what was kept from it


@pytest.mark.parametrize("way", [Way(from_folder=True)], ids=str)
def test_a_story_is_read_aloud_copied_and_shared(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        page = reader.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.add_init_script(STUBS)
        reader.open(KINDS["story-with-table"])
        facts = read_facts(reader.archive.folder / OLD / names.ISSUE_FACTS)
        story = next(one for one in facts.stories if one.id == TABLE_STORY)
        page.get_by_role("button", name="朗读").click()
        expect(page.locator(".aloud")).to_be_hidden()  # at the end
        spoken: list[list[str]] = page.evaluate("spoken")
        told = "".join(text for text, _ in spoken)
        assert told.startswith(story.kicker + story.headline)
        assert "".join(story.text.split()) in "".join(told.split())
        assert all("".join(text.split()) == "".join(lit.split()) for text, lit in spoken)
        page.get_by_role("button", name="复制全文").click()
        expect(page.locator(".toast")).to_have_text("全文已复制")
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert copied.startswith(f"{story.kicker}\n\n{story.headline}\n\n")
        assert "石鹭\t940\t22:30" in copied
        address = str(page.locator("link[rel=canonical]").get_attribute("href"))
        assert copied.endswith(f"\n\n{address}\n")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")  # as without TLS
        page.get_by_role("button", name="复制链接").click()
        expect(page.locator(".toast")).to_have_text("链接已复制")
        page.get_by_role("button", name="分享").click()
        assert page.evaluate("shared.url") == address


@pytest.mark.parametrize("way", [Way(phone=True, from_folder=True), Way()], ids=str)
def test_type_size_and_night_are_chosen_for_the_whole_site_and_kept(visit: Visit, way: Way) -> None:
    def looks() -> dict[str, Any]:
        return dict(
            reader.page.evaluate("""() => ({
              night: getComputedStyle(document.body).backgroundColor,
              head: parseFloat(getComputedStyle(document.querySelector("h1")).fontSize),
            })""")
        )

    def press(name: str) -> None:
        reader.choose(reader.page.get_by_role("button", name=name, exact=True))

    with visit(way) as reader:
        reader.open(KINDS["page"])
        before = looks()
        reader.choose(reader.page.locator(".settings summary"))
        sizes = []
        for size in ("小", "中", "大", "特大"):
            press(size)
            sizes.append(looks()["head"])
        assert sizes == sorted(set(sizes))
        press("夜间")
        assert looks()["night"] != before["night"]
        for kind in ("story", "years", "search", "topic"):
            reader.open(KINDS[kind])
            assert looks()["night"] == "rgb(25, 23, 20)"
            assert reader.page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ), kind
        reader.choose(reader.page.locator(".settings summary"))
        assert reader.page.get_by_role("button", name="特大").get_attribute("aria-pressed") == "true"
        press("白天")
        assert looks()["night"] == before["night"]


@pytest.mark.parametrize("way", [Way(tablet=True, dark=True), Way(script=False, from_folder=True)], ids=str)
def test_a_reader_goes_on_from_a_story_to_its_page_its_author_and_other_issues(visit: Visit, way: Way) -> None:
    from playwright.sync_api import expect

    with visit(way) as reader:
        page = reader.page
        reader.open(f"{OLD}/story/{HAN_STORY}.html")
        reader.choose(page.locator(".topics a", has_text="作者").first)
        page.wait_for_url("**/topic/author/*")
        reader.choose(page.locator(".issue-stories").first.get_by_role("link").nth(1))
        page.wait_for_url(f"**/{NEW}/story/*.html")
        reader.choose(page.get_by_role("navigation", name="本版其他稿件").get_by_role("link").first)
        page.wait_for_url(f"**/{NEW}/story/*.html")
        reader.choose(page.get_by_role("link", name="往期回顾"))
        covers = page.get_by_role("list", name="8月各期头版").get_by_role("link")
        expect(covers).to_have_text([re.compile(r"8月9日\s*第1187期"), re.compile(r"8月2日\s*第1186期")])
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1]
        reader.choose(covers.last)
        reader.arrive(f"{OLD}/01.html")
