"""The desk in Chromium: what an editor does there with the mouse and with the keyboard, and what stands in the YAML afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.desks import ARTICLES, EDITION, write_desk_paper
from tests.support.visits import PATIENCE, installed

if TYPE_CHECKING:  # `make browser` installs it
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


@dataclass
class Editor:
    """Somebody at the desk."""

    page: "Page"
    edition: Path
    faults: list[str] = field(default_factory=list)

    def story(self, name: str) -> "Locator":
        return self.page.locator(f'[data-story="{name}"]')

    def revision(self, number: str) -> int:
        return int(self.page.locator(f'img[data-page="{number}"]').get_attribute("data-revision") or 0)

    def redrawn(self, number: str, after: int) -> None:
        """Wait until a page shows a later revision whole."""
        shown = f'img[data-page="{number}"][data-state="ready"]:not([data-revision="{after}"])'
        self.page.locator(shown).wait_for(state="attached")

    def drawn(self) -> None:
        """Wait until what the browser was told is on the glass, the list of stories not placed with its slots, too."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def drag(self, what: "Locator", to: "Locator") -> None:
        what.hover(force=True)  # which looks for it again where a redraw has put another in its place
        mouse = self.page.mouse
        mouse.down()
        b = to.bounding_box()
        assert b
        mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2, steps=4)
        mouse.up()

    def text(self, file: str = "edition.yaml") -> str:
        return (self.edition.parent / file).read_bytes().decode()

    def comes(self, wanted: str, file: str = "edition.yaml") -> None:
        """Wait until a file says something: the page tells when it was written."""
        for _ in range(PATIENCE // 20):
            if self.text(file) == wanted:
                return
            self.page.wait_for_timeout(20)
        assert self.text(file) == wanted


Visit = Callable[[], contextlib.AbstractContextManager[Editor]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The command at work on the small paper: its address, and the edition."""
    edition = write_desk_paper(tmp_path_factory.mktemp("desk") / "paper")
    script = "from printkit.cli import main; main()"
    command = [sys.executable, "-c", script, "--lang", "zh", "preview", str(edition), "--no-open", "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip(), edition
        running.send_signal(signal.SIGINT)


@pytest.fixture
def visit(chromium: "Browser", desk: tuple[str, Path]) -> Visit:
    @contextlib.contextmanager
    def visiting() -> Iterator[Editor]:
        address, edition = desk
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1400, "height": 900})
        context.set_default_timeout(PATIENCE)
        try:
            editor = Editor(context.new_page(), edition)
            editor.page.on("console", lambda told: editor.faults.append(told.text) if told.type == "error" else None)
            editor.page.on("pageerror", lambda error: editor.faults.append(str(error)))
            editor.page.goto(address)
            for number in "12":
                editor.redrawn(number, 0)
            yield editor
            assert editor.faults == []
        finally:
            context.close()

    return visiting


def test_stories_are_moved_with_the_mouse_and_with_the_keyboard(visit: Visit) -> None:
    swapped = EDITION.replace("slot: lead,", "slot: third,").replace("        slot: third\n", "        slot: lead\n")
    with visit() as editor, visit() as other:
        before = editor.revision("1")
        editor.drag(editor.story("lead"), editor.story("third"))
        editor.comes(swapped)
        editor.redrawn("1", before)
        other.redrawn("1", before)
        assert other.revision("1") == editor.revision("1")
        editor.page.locator("#undo:not([disabled])").click()
        editor.comes(EDITION)
        # The same with the keyboard.
        editor.page.locator("#redo:not([disabled])").wait_for()
        editor.page.locator('#status[data-state="ready"]').wait_for()
        editor.story("third").press("Enter")
        swap = editor.page.get_by_label("对调", exact=True)
        swap.select_option("lead")
        editor.page.get_by_role("button", name="对调").focus()
        editor.page.keyboard.press("Enter")
        editor.comes(swapped)
        editor.page.locator("#pages").focus()
        editor.page.keyboard.press("Control+z")
        editor.comes(EDITION)


def test_a_story_is_taken_out_placed_again_and_resized_on_the_grid(visit: Visit) -> None:
    third = "      - article: articles/third.yaml\n        slot: third\n        level: 4\n"
    with visit() as editor:
        editor.page.locator("#tab-spare").click()
        editor.drag(editor.story("third"), editor.page.locator("#panel-spare"))
        editor.comes(EDITION.replace(third, ""))
        spare = editor.page.locator('[data-spare="articles/third.yaml"]')
        spare.wait_for()
        editor.page.locator('.slot[data-slot="third"].free').wait_for()
        editor.drawn()
        editor.drag(spare.locator("strong"), editor.page.locator('.slot[data-slot="third"]'))
        editor.comes(EDITION.replace(third, "      - {article: articles/third.yaml, slot: third}\n"))
        spare.wait_for(state="detached")  # though the list has the focus
        for text in (EDITION.replace(third, ""), EDITION):
            editor.page.locator("#undo:not([disabled])").click()
            editor.comes(text)
        editor.page.locator("#redo:not([disabled])").wait_for()
        editor.story("low").click()
        editor.page.get_by_label("对调", exact=True).select_option("wide")
        place = editor.page.locator('input[name="at-3"]')
        place.fill("36")
        # A redraw leaves a figure that is being typed alone.
        low, before = editor.edition.parent / "articles/low.yaml", editor.revision("2")
        low.write_bytes(ARTICLES["low"].replace("老街的风", "老街的雨").encode())
        editor.redrawn("2", before)
        assert place.input_value() == "36"
        editor.page.locator("#pages").focus()  # now the panel is made anew, as the edition's list has it
        editor.page.locator("#panel-copy h2").filter(has_text="老街的雨").wait_for()
        assert editor.page.get_by_label("对调", exact=True).input_value() == "wide"
        before = editor.revision("2")
        low.write_bytes(ARTICLES["low"].encode())
        editor.redrawn("2", before)
        place.fill("36")
        editor.page.locator(".grid-place button").first.click()
        editor.comes(EDITION.replace("占行: 40", "占行: 36"))
        editor.page.locator("#undo:not([disabled])").click()
        editor.comes(EDITION)


def test_copy_is_typed_with_its_fit_and_a_foreign_change_is_kept(visit: Visit) -> None:
    file = "articles/second.yaml"
    with visit() as editor:
        page = editor.page
        editor.story("second").click()
        body = page.locator('textarea[name="body"]')
        fit = page.locator(".saving .fit").inner_text()
        body.press("Control+Home")
        page.keyboard.type("值班的人换了一拨又一拨，灯一直亮着。" * 6)
        page.locator(".saving .fit").filter(has_not_text=fit).wait_for()
        before = editor.revision("1")
        page.keyboard.press("Control+s")
        editor.redrawn("1", before)
        written = ARTICLES["second"].replace("  职工之家", f"  {'值班的人换了一拨又一拨，灯一直亮着。' * 6}职工之家", 1)
        assert editor.text(file) == written
        page.wait_for_function(
            "document.activeElement.name === 'body' && document.activeElement.selectionStart === 108"
        )
        # What is not saved outlives a look at another story.
        page.locator(".saving button:disabled").first.wait_for()
        page.locator('textarea[name="headline"]').fill("改过的标题")
        editor.story("third").click()
        page.locator("#panel-copy h2").filter(has_text="热水管够").wait_for()
        editor.story("second").click()
        page.locator("#panel-copy h2").filter(has_text="一把伞的旅行").wait_for()
        assert page.locator('textarea[name="headline"]').input_value() == "改过的标题"
        (editor.edition.parent / file).write_bytes(ARTICLES["second"].encode())
        page.keyboard.press("Control+s")
        page.locator("#conflict[open]").wait_for()
        assert "改过的标题" in page.locator("#ours mark").first.inner_text()
        assert "改过的标题" not in page.locator("#theirs").inner_text()
        assert editor.text(file) == ARTICLES["second"]
        page.keyboard.press("Escape")
        editor.faults.clear()  # the browser notes the answer 409
        # Whoever leaves the page is asked first.
        with page.expect_event("dialog") as asked:
            page.evaluate("void setTimeout(() => location.reload())")
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        assert page.locator('textarea[name="headline"]').input_value() == "改过的标题"


def test_faults_dim_the_page_and_saves_in_a_row_end_with_the_last(visit: Visit) -> None:
    with visit() as editor:
        page, path = editor.page, editor.edition
        revision = editor.revision("1")
        path.write_bytes(b"paper: paper.yaml\npages: [\n")
        page.locator('[data-finding][data-code="source.syntax"]').wait_for()
        assert page.locator("body.faulty").count() == 1
        page.locator('img[data-page="1"][data-state="fault"]').wait_for(state="attached")
        assert editor.revision("1") == revision
        path.write_bytes(EDITION.encode())
        page.locator("body:not(.faulty)").wait_for()
        page.locator('img[data-page="1"][data-state="ready"]').wait_for(state="attached")
        lead = path.parent / "articles/lead.yaml"
        for number in range(20):
            lead.write_bytes(ARTICLES["lead"].replace("灯一直亮着", f"灯亮了{number}夜").encode())
        page.locator('[data-story="lead"]').filter(has_text="灯亮了19夜").wait_for(state="attached")
        lead.write_bytes(ARTICLES["lead"].encode())
        page.locator('[data-story="lead"]').filter(has_text="灯一直亮着").wait_for(state="attached")


def test_axe_finds_nothing_against_the_desk(visit: Visit) -> None:
    axe = (installed("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    with visit() as editor:
        page = editor.page
        page.evaluate(axe)

        def violations() -> list[Any]:
            found = page.evaluate("axe.run(document, {preload: false})")
            assert len(found["passes"]) > 15, "axe has looked"
            return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]

        assert violations() == []
        editor.story("lead").click()
        page.locator("form.copy").wait_for()
        assert violations() == []
        for view in page.locator("#views button").all():
            view.click()
        for tab in ("fits", "spare"):
            page.locator(f"#tab-{tab}").click()
            assert violations() == []
