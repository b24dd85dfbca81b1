"""Calendar, search and 404.html in Chromium: from a folder (file://) and from a server, below a path, with the page's own policy."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from benchmarks.issues import story
from printkit.epaper.serve import server
from tests.support.sites import DAY, HOSTILE, LEAD, SECOND, made_of, put
from tests.support.visits import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ADDRESS = "https://epaper.example.org/lanting/"
YEARS = 3
"""Of monthly issues: more than search reads without being asked."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("网 站")
    for back in range(12 * YEARS):
        day = datetime.date(2023 - back // 12, 12 - back % 12, 6)
        rare = [story("rare", "1", "那一年的青石桥泵站。", "旧事")] if back == 20 else []
        put(
            out,
            made_of(day, str(1000 - back), story("a", "1", "说到职工书屋的事。", f"书屋{back}"), *rare),
            address=ADDRESS,
        )
    put(out, made_of(DAY, "1001", LEAD, HOSTILE, SECOND), address=ADDRESS)
    return out


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with server(site, 0, ADDRESS) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{found.server_address[1]}{urlsplit(ADDRESS).path.rstrip('/')}"
        found.shutdown()
        thread.join()


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, site: Path, address: str) -> str:
    return site.as_uri() if request.param == "file" else address


@pytest.fixture
def page(chromium: "Browser") -> Iterator[Any]:
    """A page in which any error, refused script and dialog fails the test."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("dialog", lambda dialog: faults.append(dialog.message))
    opened.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    yield opened
    context.close()
    # The issues are facts alone: pictures of their front pages are not there.
    assert [fault for fault in faults if "404" not in fault and "ERR_FILE_NOT_FOUND" not in fault] == []


def search(page: Any, root: str, words: str) -> None:
    page.goto(f"{root}/search/index.html")
    page.get_by_label("检索词").fill(words)
    page.keyboard.press("Enter")
    told(page, "找到")


def told(page: Any, text: str) -> None:
    """Wait until the page says so; Playwright's own waiting on an expression is an eval, which the policy forbids."""
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_contain_text(text)


def test_a_story_is_found_by_a_word_of_its_text_and_opened(page: Any, root: str) -> None:
    search(page, root, "高温津贴")
    assert page.locator("#results li").count() == 1
    assert page.locator("#results mark").all_text_contents() == ["高温津贴"]
    assert "2024年1月10日 第1001期 01版" in page.locator("#results .where").text_content()
    assert page.get_by_role("status").text_content().startswith("找到1条")
    page.locator("#results a").click()
    page.wait_for_url("**/2024/01/10/story/lead.html#q=*")


def test_a_headline_is_found_over_the_blank_it_breaks_at(page: Any, root: str) -> None:
    search(page, root, "码头开了职代会")
    assert page.locator("#results h2 mark").all_text_contents() == ["临水码头开了 职代会"[2:]]


@pytest.mark.parametrize("words", ["职代会 高温", "职代会\u3000高温", "高温  讨论"])
def test_words_parted_by_a_blank_are_all_in_the_story(page: Any, root: str, words: str) -> None:
    search(page, root, words)
    assert page.get_by_role("status").text_content().startswith("找到1条")
    assert page.locator("#results a").get_attribute("href").partition("#")[0].endswith("/story/lead.html")


def test_hostile_text_is_shown_and_never_run(page: Any, root: str) -> None:
    search(page, root, "alert ABC123")
    assert "<script>alert(1)</script>" in page.locator("#results h2").text_content()
    assert page.locator("#results img, #results script").count() == 0
    page.locator("#results a").click()
    page.wait_for_url("**/story/*")
    assert "alert" in page.locator("h1").text_content()


def test_the_newest_come_first_and_older_ones_when_asked_for(page: Any, root: str) -> None:
    search(page, root, "职工书屋")
    first = page.locator("#results .where").all_text_contents()
    assert len(first) == 11  # twelve months, one of which has no such story
    assert first[0].startswith("2023年12月6日")
    assert "已检索到2023年2月" in page.get_by_role("status").text_content()
    button = page.get_by_role("button", name="继续检索更早的报纸")
    button.focus()
    page.keyboard.press("Enter")
    told(page, "找到23条")
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#results li')[11]")


def test_a_rare_word_does_not_load_the_whole_archive_at_once(page: Any, root: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    search(page, root, "青石桥泵站")
    assert page.get_by_role("status").text_content().startswith("没有找到，已检索到")
    assert len([url for url in loaded if "/search/20" in url]) <= 16 * 3
    page.get_by_role("button", name="继续检索更早的报纸").click()
    page.wait_for_selector("#results li")
    assert "2022年4月6日" in page.locator("#results .where").text_content()


def test_what_is_nowhere_is_said_to_be_nowhere(page: Any, root: str) -> None:
    page.goto(f"{root}/search/index.html?q=%EF%BC%8C")
    assert page.get_by_role("status").text_content() == "请输入汉字、字母或数字。"
    search(page, root, "冰激凌")
    for _ in range(YEARS + 1):
        if "全部报纸已检索" in page.get_by_role("status").text_content():
            break
        page.locator("#older").click()
        told(page, "没有找到")
    assert page.get_by_role("status").text_content() == "没有找到，全部报纸已检索。"
    assert page.locator("#older").is_hidden()


def test_a_day_is_chosen_in_the_calendar(page: Any, root: str) -> None:
    page.goto(f"{root}/archive/index.html")
    page.get_by_role("link", name="2023年").first.click()
    page.get_by_role("link", name="上一年（2022年）").click()
    table = page.locator("table").filter(has=page.locator("caption", has_text="4月 1期"))
    assert table.locator("th").first.text_content() == "一"
    table.get_by_role("link").click()
    page.wait_for_url("**/2022/04/06/01.html")


def test_without_scripts_search_says_where_to_look(chromium: "Browser", root: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}/search/index.html")
    page.locator("noscript a, p a").get_by_text("往期回顾").click()
    page.wait_for_url("**/archive/index.html")
    context.close()


def test_the_page_for_a_day_without_issue_names_the_nearest(page: Any, address: str) -> None:
    page.goto(f"{address}/2023/06/07/01.html")
    page.wait_for_selector("#near li:nth-child(5)")
    assert page.locator("h1").text_content() == "2023年6月7日：本站没有这一期"
    assert page.locator("#near a").all_text_contents()[:2] == [
        "前一期：2023年6月6日 第994期",
        "后一期：2023年7月6日 第995期",
    ]
    assert page.locator("#why").text_content() == "这一天本报是否出版，本站不知道；前后两期是："
    page.locator("#near a").first.click()
    page.wait_for_url("**/2023/06/06/01.html")
    page.goto(f"{address}/2023/06/06/story/none.html")
    page.wait_for_selector("#near li:nth-child(6)")
    assert page.locator("h1").text_content() == "没有这一页"
    assert page.locator("#near a").first.text_content() == "这一期：2023年6月6日 第994期"


@pytest.mark.parametrize(
    ("day", "what", "why", "near"),
    [
        (
            "1998/05/01",
            "1998年5月1日：本站没有这一期",
            "本站存有的最早一期是2021年1月6日 第965期。",
            "后一期：2021年1月6日 第965期",
        ),
        (
            "2099/05/01",
            "2099年5月1日：尚未出版",
            "这一天的报纸还没有出版，最新一期是2024年1月10日 第1001期。",
            "前一期：2024年1月10日 第1001期",
        ),
    ],
)
def test_of_a_day_outside_the_archive_only_what_is_known_is_told(
    page: Any, address: str, day: str, what: str, why: str, near: str
) -> None:
    page.goto(f"{address}/{day}/01.html")
    page.wait_for_selector("#near li:nth-child(4)")
    assert page.locator("h1").text_content() == what == page.title()
    assert page.locator("#why").text_content() == why
    assert page.locator("#near a").first.text_content() == near


SCRIPTS_WAITED_FOR = """for (const end of ["load", "error"]) {
  let ended = 0;
  document.addEventListener(end, event => {
    const root = document.documentElement, scripts = document.querySelectorAll("script[src]").length;
    if (event.target.localName === "script") root.dataset[end] = ended += 1;
    root.dataset.waits = scripts - (root.dataset.load || 0) - (root.dataset.error || 0);
  }, true);
}"""
"""Writes on the page how many of its scripts have neither come nor failed."""


def test_the_page_for_what_is_not_there_tells_nothing_of_a_list_it_cannot_read(page: Any, address: str) -> None:
    page.route("**/archive/2023.js", lambda route: route.fulfill(status=404))
    page.add_init_script(SCRIPTS_WAITED_FOR)
    with page.expect_response("**/archive/2023.js"):  # it is asked for with all others, so that all are counted
        page.goto(f"{address}/2022/12/30/01.html")
    page.wait_for_selector('html[data-waits="0"]')
    assert page.locator("h1").text_content() == "没有这一页"


def test_the_year_and_search_do_not_scroll_sideways_on_a_phone(page: Any, root: str) -> None:
    for name in ("archive/2023.html", "archive/index.html", "search/index.html?q=www"):
        page.goto(f"{root}/{name}")
        if "?" in name:
            told(page, "找到")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
