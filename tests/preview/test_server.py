"""The desk as browsers see it: who is let in, what is told, what is written, and that nothing else of a file changes."""

import asyncio
import dataclasses
import datetime
import gc
import io
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from printkit.commands.check import check
from printkit.preview.desk import Desk
from printkit.preview.facts import Links
from printkit.preview.finishing import Finish
from printkit.preview.server import Server
from printkit.preview.work import Urgency
from tests.support.desks import EDITION, settle, working, write_desk_paper

PORT = 8100
TOKEN = "a-token-of-the-test"


@dataclasses.dataclass
class Visit:
    """A browser at a desk."""

    desk: Desk
    server: Server
    client: TestClient

    @property
    def path(self) -> Path:
        return self.desk.path

    def state(self) -> Any:
        return self.client.get("/api/state").json()

    def edit(self, **given: Any) -> Any:
        """Command a change and wait until its files are read; the pages follow."""
        answer = self.client.post("/api/edit", json={"hash": self.state()["edition"]["hash"], **given})
        self.desk.work.ask(lambda: None, Urgency.CHANGED).result()
        return answer

    def text(self) -> str:
        return self.path.read_bytes().decode()


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    path = write_desk_paper(tmp_path_factory.mktemp("desk") / "paper")
    with working(path) as desk:
        server = Server(desk, Links(), Finish(path.parent / "out", datetime.date(2026, 12, 12), "zh"))
        client = TestClient(
            server.app(TOKEN, PORT), base_url=f"http://127.0.0.1:{PORT}", headers={"x-printkit-token": TOKEN}
        )
        yield Visit(desk, server, client)


@pytest.fixture
def untouched(visit: Visit) -> Iterator[None]:
    """See that a test leaves every file as it was, by the desk's own undo."""
    before = {file: file.read_bytes() for file in visit.path.parent.rglob("*.yaml")}
    yield
    while visit.state()["edition"]["undo"]:
        assert visit.edit(do="undo").status_code == 200
    assert {file: file.read_bytes() for file in visit.path.parent.rglob("*.yaml")} == before
    settle(visit.desk)


# --- who is let in ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"x-printkit-token": "another"}, "/api/report"),
        ({"x-printkit-token": ""}, "/api/report"),
        ({"x-printkit-token": ""}, "/?token=another"),
        ({"x-printkit-token": "", "cookie": "a,b=c; [=1"}, "/api/report"),
        ({"host": "evil.example.org"}, "/api/report"),
        ({"host": f"evil.example.org:{PORT}"}, "/api/report"),
        ({"host": "127.0.0.1"}, "/api/report"),
        ({"origin": "https://evil.example.org"}, "/api/report"),
        ({"origin": "null"}, "/api/report"),
        ({"origin": f"http://127.0.0.1:{PORT + 1}"}, "/api/report"),
        ({"sec-fetch-site": "cross-site"}, "/api/report"),
        ({"sec-fetch-site": "same-site"}, "/page/1.png"),
    ],
)
def test_nobody_else_is_let_in(visit: Visit, headers: dict[str, str], address: str) -> None:
    assert visit.client.get(address, headers=headers).status_code == 403
    assert visit.client.post("/api/edit", headers=headers, content="{}").status_code == 403
    assert visit.text() == EDITION


def test_the_first_page_sets_a_cookie_that_lets_its_parts_in(visit: Visit) -> None:
    browser = TestClient(visit.server.app(TOKEN, PORT), base_url=f"http://127.0.0.1:{PORT}")
    assert browser.get("/").status_code == 403
    page = browser.get(f"/?token={TOKEN}")
    assert "HttpOnly; SameSite=Strict" in page.headers["set-cookie"]
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert 'lang="zh-CN"' in page.text
    assert TOKEN not in page.text
    assert browser.get("/api/report", headers={"origin": f"http://127.0.0.1:{PORT}"}).status_code == 200
    for name in ("main.js", "desk.css", "icon.svg"):
        assert browser.get(f"/desk/{name}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/desk/index.html", "/desk/..%2fserver.py", "/desk/%2e%2e/%2e%2e/edition.yaml", "/page/9.png", "/page/..%2f1.png",
     "/page/1.png?width=-1", "/page/1.png?width=x", "/edition.yaml", "/desk/"],
)  # fmt: skip
def test_nothing_else_is_served(visit: Visit, address: str) -> None:
    assert visit.client.get(address).status_code in (404, 405)


HOSTILE: dict[str, tuple[str, bytes]] = {
    # Where a request goes that has the token and that no page of the desk's sends, and what it brings.
    "no JSON": ("/api/edit", b"\xff{"),
    "no object": ("/api/edit", b"[1]"),
    "lists without end": ("/api/fit", b"[" * 100_000),
    "objects without end": ("/api/plan", b'{"a":' * 100_000),
    "more than any article": ("/api/edit", b'{"do": "' + b"a" * 2**22 + b'"}'),
    "half a character": ("/api/finish", b'{"do": "\\ud800"}'),
    "no number": ("/api/fit", b'{"story": "lead", "at": [NaN, 1, 1, 1]}'),
    "a place of three": ("/api/fit", b'{"story": "lead", "at": [1, 1, 1]}'),
    "a place of words": ("/api/fit", b'{"story": "lead", "at": "abcd"}'),
    "a place far away": ("/api/fit", b'{"story": "lead", "at": [1, 1, 1, 1000000000000]}'),
    "a slot that is a number": ("/api/fit", b'{"story": "lead", "page": "1", "slot": 7}'),
    "values that are a list": ("/api/edit", b'{"do": "copy", "story": "lead", "values": [1]}'),
    "forms that are texts": ("/api/edit", b'{"do": "places", "forms": {"lead": "a"}}'),
    "a manuscript whose name has NUL": ("/api/import?name=a%00.txt", b"a"),
    "a picture whose name has NUL": ("/api/import?name=a%00.png", b"a"),
    "a name too long": (f"/api/import?name={'a' * 300}.png", b"a"),
    "a hidden name": ("/api/import?name=../.bashrc.txt", b"a"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_request_that_no_page_of_the_desk_sends_is_refused_with_a_message(visit: Visit, name: str) -> None:
    before = sorted(filter(Path.is_file, visit.path.parent.rglob("*")))
    address, body = HOSTILE[name]
    answer = visit.client.post(address, content=body)
    assert answer.status_code == 422, answer.text
    (told,) = answer.json()["refused"]
    assert told["hint"]
    assert told["message"] != told["message_zh"]
    assert sorted(filter(Path.is_file, visit.path.parent.rglob("*"))) == before
    assert visit.text() == EDITION


@pytest.mark.parametrize("address", [f"/photo/lead/{'9' * 5000}", f"/?{'a=b&' * 5000}"])
def test_an_address_without_end_is_refused(visit: Visit, address: str) -> None:
    assert visit.client.get(address).status_code == 403


@pytest.mark.parametrize("length", ["x", "-1", "²", "9" * 30])
def test_a_manuscript_says_how_long_it_is(visit: Visit, length: str) -> None:
    headers = {"content-length": length.encode()}
    assert visit.client.post("/api/import?name=a.txt", content=b"a", headers=headers).status_code == 413  # type: ignore[arg-type]


# --- what is told ---------------------------------------------------------------------------------------


def test_the_report_is_that_of_check(visit: Visit) -> None:
    told, wanted = visit.client.get("/api/report").json(), json.loads(json.dumps(check(visit.path).report()))

    def ordered(report: Any) -> list[str]:
        return sorted(json.dumps(one, sort_keys=True) for one in report.pop("diagnostics"))

    assert ordered(told) == ordered(wanted)
    assert told == wanted


def test_pages_tell_their_stories_slots_and_grid(visit: Visit) -> None:
    state = visit.state()
    first, second = state["pages"]
    assert state["edition"]["pages"] == ["1", "2"]
    assert (first["state"], first["revision"] > 0, first["auto"], second["auto"]) == ("ready", True, False, True)
    assert [story["id"] for story in first["stories"]] == ["lead", "second", "third"]
    assert [slot["name"] for slot in first["slots"] if slot["free"]] == ["boxed", "photo"]
    assert second["stories"][1]["at"] == [1, 31, 3, 40]
    assert first["grid"]["columns"] == 5
    assert [one["file"] for one in state["edition"]["spare"]] == ["articles/spare.yaml"]
    assert all(one["link"].startswith("vscode://file/") for one in state["edition"]["findings"] if one["file"])


def test_a_page_is_drawn_as_wide_as_asked(visit: Visit) -> None:
    usual, wide = (visit.client.get(f"/page/1.png{query}") for query in ("", "?width=2400"))
    assert [Image.open(io.BytesIO(one.content)).width for one in (usual, wide)] == [1400, 2400]
    assert usual.headers["x-revision"] == str(visit.state()["pages"][0]["revision"])


def test_every_browser_is_told_what_is_new(visit: Visit) -> None:
    async def first_of_two() -> list[list[str]]:
        streams = [visit.server._stream(), visit.server._stream()]
        begun = [[await anext(stream) for _ in range(3)] for stream in streams]
        visit.server._tell(("2",))
        news = [await anext(stream) for stream in streams]
        for stream in streams:
            await stream.aclose()  # type: ignore[attr-defined]  # an asynchronous generator
        return [[one.split("\n")[0] for one in [*told, new]] for told, new in zip(begun, news, strict=True)]

    seen = ["event: edition", "event: page", "event: page", "event: page"]
    with ThreadPoolExecutor(1) as beside:  # a browser that the session has may have a loop of its own in this thread
        assert beside.submit(lambda: asyncio.run(first_of_two())).result() == [seen, seen]


# --- what is written ------------------------------------------------------------------------------------

LEAD = "      - {article: articles/lead.yaml, slot: lead, level: 1}  # 头条\n"
SECOND = "      - {article: 'articles/second.yaml', slot: second}\n"
THIRD = "      - article: articles/third.yaml\n        slot: third\n        level: 4\n"
LOW = "      - {稿: articles/low.yaml, 位置: {起栏: 1, 起行: 31, 占栏: 3, 占行: 40}}\n"
OLD = "位置: {起栏: 1, 起行: 31, 占栏: 3, 占行: 40}"
MOVES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"do": "swap", "story": "lead", "with": "second"},
     {LEAD: LEAD.replace("slot: lead", "slot: second"), SECOND: SECOND.replace("slot: second", "slot: lead")}),
    ({"do": "set", "story": "second", "key": "frame", "value": "box"},
     {SECOND: SECOND.replace("second}", "second, frame: box}")}),
    ({"do": "set", "story": "third", "key": "direction", "value": "vertical"},
     {THIRD: f"{THIRD}        look: {{head: {{direction: vertical}}}}\n"}),
    ({"do": "set", "story": "third", "key": "level", "value": None},
     {THIRD: THIRD.replace("        level: 4\n", "")}),
    ({"do": "take-out", "story": "third"}, {THIRD: ""}),
    ({"do": "set", "story": "low", "key": "at", "value": [2, 31, 3, 41]},
     {LOW: LOW.replace("起栏: 1", "起栏: 2").replace("占行: 40", "占行: 41")}),
    ({"do": "set", "story": "low", "key": "at", "value": None}, {LOW: "      - {稿: articles/low.yaml}\n"}),
    ({"do": "place", "file": "articles/spare.yaml", "page": "1", "slot": "boxed"},
     {THIRD: f"{THIRD}      - {{article: articles/spare.yaml, slot: boxed}}\n"}),
    ({"do": "move", "story": "third", "page": "2"},
     {THIRD: "", LOW: LOW + THIRD.replace("        slot: third\n", "")}),
    ({"do": "swap", "story": "lead", "with": "low"},
     {LEAD: LOW.replace("位置: {起栏: 1, 起行: 31, 占栏: 3, 占行: 40}", "版位: lead"),
      LOW: LEAD.replace("slot: lead, level: 1", "level: 1, at: {column: 1, row: 31, columns: 3, rows: 40}")}),
]  # fmt: skip


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("given", "lines"), MOVES, ids=[f"{m['do']}-{m.get('key', '')}-{i}" for i, (m, _) in enumerate(MOVES)]
)
def test_a_move_writes_what_an_editor_would_have_typed(
    visit: Visit, given: dict[str, Any], lines: dict[str, str]
) -> None:
    done = visit.edit(**given)
    assert done.status_code == 200, done.text
    wanted = EDITION
    marks = {old: f"<{number}>" for number, old in enumerate(lines)}
    for old, mark in marks.items():
        wanted = wanted.replace(old, mark)
    for old, mark in marks.items():
        wanted = wanted.replace(mark, lines[old])
    assert visit.text() == wanted
    assert visit.edit(do="undo").status_code == 200
    assert visit.text() == EDITION
    assert visit.edit(do="redo").status_code == 200
    assert visit.text() == wanted


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"do": "move", "story": "third", "page": "1", "slot": "lead"}, "layout.slot-taken"),
        ({"do": "move", "story": "third", "page": "1", "slot": "nowhere"}, "layout.no-such-slot"),
        ({"do": "move", "story": "third", "page": "9", "slot": "lead"}, "desk.refused"),
        ({"do": "move", "story": "nobody", "page": "1", "slot": "lead"}, "desk.refused"),
        ({"do": "place", "file": "articles/lead.yaml", "page": "2"}, "source.used-twice"),
        ({"do": "place", "file": "../outside.yaml", "page": "2"}, "source.wrong-path"),
        ({"do": "set", "story": "third", "key": "level", "value": 9}, "source.wrong-value"),
        ({"do": "set", "story": "third", "key": "article", "value": "x"}, "desk.refused"),
        ({"do": "set", "story": "low", "key": "at", "value": [1, 20, 3, 40]}, "makeup.place-taken"),
        ({"do": "set", "story": "low", "key": "at", "value": [4, 31, 3, 40]}, "makeup.place-off-grid"),
        ({"do": "set", "story": "low", "key": "at", "value": "x"}, "desk.refused"),
        ({"do": "swap", "story": "lead", "with": "lead"}, "desk.refused"),
        ({"do": "dance"}, "desk.refused"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(visit: Visit, given: dict[str, Any], code: str) -> None:
    answer = visit.edit(**given)
    assert (answer.status_code, answer.json()["refused"][0]["code"]) == (422, code)
    assert visit.text() == EDITION
    assert not list(visit.path.parent.glob(".*.new"))


def test_copy_is_written_where_it_was_changed_alone(visit: Visit, untouched: None) -> None:
    file = visit.path.parent / "articles/second.yaml"
    before = file.read_bytes().decode()
    copy = visit.client.get("/api/copy/second").json()
    assert [field["way"] for field in copy["fields"]][:3] == ["kicker", "headline", "deck"]
    body = next(field["value"] for field in copy["fields"] if field["way"] == "body")
    longer = body.replace("雨伞", "借用的雨伞", 1)
    values = {"kicker": "便民·暖心", "headline": "一把伞\n的旅行", "deck": "", "body": longer}
    asked = {"story": "second", "hash": copy["hash"], "values": values}
    fit = visit.client.post("/api/fit", json=asked).json()
    same = visit.client.post("/api/fit", json={**asked, "values": {}}).json()
    story = next(one for one in visit.state()["pages"][0]["stories"] if one["id"] == "second")
    assert (same["over"], same["under"]) == (story["over"], story["under"])
    assert fit["characters"] == same["characters"] + 3
    done = visit.edit(do="copy", **asked)
    assert done.status_code == 200, done.text
    wanted = before.replace("'便民'", "'便民·暖心'").replace("headline: 一把伞的旅行", "headline: [一把伞, 的旅行]")
    assert file.read_bytes().decode() == wanted.replace("雨伞", "借用的雨伞", 1)
    settle(visit.desk)
    assert visit.state()["pages"][0]["changed"] == ["second"]


def test_a_file_changed_elsewhere_is_not_overwritten(visit: Visit) -> None:
    file = visit.path.parent / "articles/third.yaml"
    before = file.read_bytes()
    copy = visit.client.get("/api/copy/third").json()
    theirs = before.replace("热水管够".encode(), "热水不够".encode())
    file.write_bytes(theirs)
    answer = visit.edit(do="copy", story="third", hash=copy["hash"], values={"headline": "热水全天有"})
    assert answer.status_code == 409
    told = answer.json()["conflict"]
    assert "热水不够" in told["theirs"]
    assert "热水全天有" in told["ours"]
    assert file.read_bytes() == theirs
    file.write_bytes(before)
    stale = visit.edit(do="take-out", story="third", hash="0" * 64)
    assert stale.json()["refused"][0]["code"] == "desk.refused"


def test_a_fault_keeps_the_last_good_page_until_it_is_mended(visit: Visit) -> None:
    def seen() -> Any:
        """Return what is told, but for what was lit up."""
        state = visit.state()
        return state | {"pages": [page | {"changed": []} for page in state["pages"]]}

    good = seen()
    pictures = [visit.client.get(f"/page/{number}.png?width=200").content for number in "12"]

    def saved(file: str, data: bytes) -> Any:
        (visit.path.parent / file).write_bytes(data)
        visit.desk.work.ask(lambda: visit.desk.refresh([visit.path.parent / file]))
        settle(visit.desk)
        return seen()

    broken = saved("edition.yaml", b"paper: paper.yaml\npages: [\n")
    assert broken["edition"]["faults"][0]["code"] == "source.syntax"
    assert broken["edition"]["faults"][0]["line"]
    assert [page["revision"] for page in broken["pages"]] == [page["revision"] for page in good["pages"]]
    assert [visit.client.get(f"/page/{number}.png?width=200").content for number in "12"] == pictures
    assert visit.client.get("/api/report").json()["diagnostics"][0]["code"] == "source.syntax"
    layout = saved("edition.yaml", EDITION.replace("slot: third", "slot: thrid").encode())
    assert [page["state"] for page in layout["pages"]] == ["fault", "ready"]
    assert layout["pages"][0]["faults"][0]["line"] == EDITION[: EDITION.index("slot: third")].count("\n") + 1
    assert saved("edition.yaml", EDITION.encode()) == good
    (visit.path.parent / "articles/low.yaml").rename(visit.path.parent / "articles/gone.yaml")
    gone = saved("edition.yaml", EDITION.encode())
    assert gone["edition"]["faults"][0]["code"] == "source.missing-file"
    (visit.path.parent / "articles/gone.yaml").rename(visit.path.parent / "articles/low.yaml")
    assert saved("edition.yaml", EDITION.encode()) == good


def test_a_story_is_tried_in_other_places_without_a_word_written(visit: Visit) -> None:
    def tried(**given: Any) -> Any:
        return visit.client.post("/api/fit", json=given).json()

    low, narrow = tried(story="low", at=[1, 31, 3, 40]), tried(story="low", at=[1, 31, 2, 20])
    story = next(one for one in visit.state()["pages"][1]["stories"] if one["id"] == "low")
    assert (low["over"], low["under"]) == (story["over"], story["under"])
    assert narrow["over"][1] > low["over"][1]
    assert tried(story="third", page="1", slot="lead")["under"][1] > 100
    assert tried(story="nobody", at=[1, 1, 1, 1]) == {}
    assert visit.text() == EDITION


def test_a_page_is_asked_for_ways_to_lay_itself_out_and_one_is_taken(visit: Visit, untouched: None) -> None:
    assert visit.edit(do="set", story="low", key="at", value=None).status_code == 200
    settle(visit.desk)
    found = visit.client.post("/api/plan", json={"page": "2"}).json()["candidates"]
    assert found
    column, row, columns, rows = found[0]["places"]["low"]
    assert (
        visit.edit(
            do="places",
            page="2",
            places=found[0]["places"],
            forms={"third": {"frame": "box"}, "second": {"columns": 2}},
        ).status_code
        == 200
    )
    place = f"位置: {{column: {column}, row: {row}, columns: {columns}, rows: {rows}}}"
    at = f"位置: {{起栏: {column}, 起行: {row}, 占栏: {columns}, 占行: {rows}}}"
    boxed = EDITION.replace(THIRD, f"{THIRD}        frame: box\n")
    boxed = boxed.replace(SECOND, SECOND.replace("}", ", look: {columns: 2}}"))
    assert visit.text() in (boxed.replace(LOW, LOW.replace(OLD, new)) for new in (place, at))
    assert visit.client.post("/api/plan", json={"page": "1"}).json()["refused"]


def test_saves_leave_nothing_behind(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects are counted with composers that forget at once: otherwise they do so after some dozen pages."""
    monkeypatch.setattr("printkit.pipeline.run._PREPARED", 0)
    file = visit.path.parent / "articles/third.yaml"
    before = file.read_bytes()
    texts = (before, before.replace("灯".encode(), "火".encode(), 1))

    def objects_after(saves: int) -> int:
        for number in range(saves):
            file.write_bytes(texts[(number + 1) % 2])
            visit.desk.work.ask(visit.desk.refresh).result()
            settle(visit.desk)
        gc.collect()
        return len(gc.get_objects())

    first = objects_after(2)
    assert objects_after(4) - first < 20
    assert file.read_bytes() == before


# --- what ends the work ---------------------------------------------------------------------------------


def test_the_buttons_build_as_the_command_does_and_link_what_they_made(visit: Visit) -> None:
    done = visit.client.post("/api/finish", json={"do": "web"}).json()
    names = [Path(one["path"]).name for one in done["outputs"]]
    assert sorted(names) == ["01.pdf", "02.pdf", "edition.pdf"]
    assert (visit.path.parent / "out/2026-12-11/report.json").is_file()
    assert visit.client.get(done["outputs"][0]["link"]).content.startswith(b"%PDF-")
    assert visit.client.get("/result/99/report.json").status_code == 404
    assert done["code"] == check(visit.path).exit_code
    assert visit.client.post("/api/finish", json={"do": "fax"}).status_code == 422


@pytest.mark.skipif(not shutil.which("gs"), reason="the plates are Ghostscript's")
def test_the_plates_ink_is_a_picture_of_the_page(visit: Visit) -> None:
    page = visit.state()["pages"][0]
    assert visit.client.get("/ink/9.png?revision=1").status_code == 404
    assert visit.client.get(f"/ink/1.png?revision={page['revision'] - 1}").status_code == 404
    answer = visit.client.get(f"/ink/1.png?revision={page['revision']}")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == pytest.approx((page["width"], page["height"]), abs=1)
        colours = {colour for _, colour in picture.convert("RGBA").getcolors(1 << 20) or ()}
    # Clear where nothing is printed, faint on black text (100 of 220 %), red on the two points where two rules meet.
    assert colours == {(29, 86, 135, 0), (29, 86, 135, 55), (29, 86, 135, 109), (200, 0, 20, 210)}


def test_what_is_dropped_is_brought_in_beside_the_others(visit: Visit) -> None:
    articles, images = visit.path.parent / "articles", visit.path.parent / "images"
    copy = "夜校开课了\n\n本报记者 路遥远\n\n每周三晚上，车间的灯为夜校亮着。\n".encode()
    done = visit.client.post("/api/import?name=../夜校.txt", content=copy).json()
    made = Path(done["outputs"][0]["path"])
    assert made.parent == articles
    settle(visit.desk)
    assert f"articles/{made.name}" in [one["file"] for one in visit.state()["edition"]["spare"]]
    assert visit.client.post("/api/import?name=夜校.txt", content=copy).json()["refused"]
    assert visit.client.post("/api/import?name=a.exe", content=b"MZ").status_code == 422
    [no_word] = visit.client.post("/api/import?name=a.docx", content=b"MZ").json()["refused"]
    assert (no_word["file"], no_word["link"]) == ("a.docx", None)
    for long in ("long" * 90 + ".png", "long" * 90 + ".txt"):
        told = visit.client.post(f"/api/import?name={long}", content=b"x").json()["refused"]
        assert [one["code"] for one in told] == ["usage.cannot-write"]
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "gray").save(out, "PNG")
    assert visit.client.post("/api/import?name=a.png", content=out.getvalue()).status_code == 200
    assert (images / "a.png").read_bytes() == out.getvalue()
    again = visit.client.post("/api/import?name=a.png", content=out.getvalue()).json()["refused"]
    assert again[0]["code"] == "usage.exists"
    for name, data in (("b.jpg", b"junk"), ("b.svg", b"<p/>"), ("b.png", out.getvalue()[:60])):
        told = visit.client.post(f"/api/import?name={name}", content=data).json()["refused"]
        assert [one["code"] for one in told] == ["source.bad-picture"]
        assert name in told[0]["message"]
        assert not (images / name).exists()
    made.unlink()
    images.rename(images.with_name("kept"))
    images.symlink_to(visit.path.parents[1], target_is_directory=True)
    assert visit.client.post("/api/import?name=b.png", content=b"").json()["refused"][0]["code"] == "usage.outside"
    images.unlink()
    images.with_name("kept").rename(images)


def test_a_pictures_place_and_focus_are_written_beside_its_name(visit: Visit, untouched: None) -> None:
    file = visit.path.parent / "articles/third.yaml"
    before = file.read_bytes()
    with_picture = before + b"pictures:\n  - file: ../images/b.png\n"
    Image.new("RGB", (900, 600), "gray").save(visit.path.parent / "images/b.png")
    file.write_bytes(with_picture)
    visit.desk.work.ask(visit.desk.refresh).result()
    settle(visit.desk)
    assert Image.open(io.BytesIO(visit.client.get("/photo/third/0").content)).size == (480, 320)
    assert visit.client.get("/photo/third/1").status_code == 404
    copy = visit.client.get("/api/copy/third").json()
    values = {"pictures.0.caption": "灯下", "pictures.0.place": "inside", "pictures.0.focus": "0.2\n0.7"}
    assert visit.edit(do="copy", story="third", hash=copy["hash"], values=values).status_code == 200
    added = "    focus: [0.2, 0.7]\n    place: inside\n    caption: 灯下\n"
    assert sorted(file.read_bytes().decode().splitlines()) == sorted((with_picture.decode() + added).splitlines())
    visit.edit(do="undo")
    assert file.read_bytes() == with_picture
    file.write_bytes(before)
