"""The desk without its server: writers come and go in the copy, how what is gone is told, which page is made first."""

from pathlib import Path

import pytest

from printkit.preview.desk import Desk
from printkit.preview.writing import Writer
from tests.support.desks import write_desk_paper

ONE = "byline:\n  - {role: 本报记者, name: 路遥远}\n"


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Writer:
    desk = Desk(write_desk_paper(tmp_path_factory.mktemp("desk") / "paper"))
    desk.refresh()
    return Writer(desk)


@pytest.mark.parametrize(
    ("values", "new"),
    [
        ({"byline.1.name": "沙鸥", "byline.1.role": "通讯员"}, f"{ONE}  - {{role: 通讯员, name: 沙鸥}}\n"),
        ({"byline.1.name": " 沙鸥 ", "byline.1.role": " "}, f"{ONE}  - {{name: 沙鸥}}\n"),
        ({"byline.0.name": "路遥", "byline.1.name": "", "byline.1.role": "通讯员"}, ONE.replace("路遥远", "路遥")),
        ({"byline.0.name": "", "byline.1.name": "沙鸥"}, "byline:\n  - {name: 沙鸥}\n"),
        ({"byline.0.name": ""}, ""),
    ],
)
def test_writers_come_and_go_by_their_names(writer: Writer, values: dict[str, str], new: str) -> None:
    copy = writer.copy("lead")
    path = Path(writer.copy("lead")["file"])
    [file] = [one for one in writer._desk.base.rglob(path.name) if one.parent.name == "articles"]
    before = file.read_bytes()
    names = [field["way"] for field in copy["fields"] if field["way"].startswith("byline")]
    assert names == ["byline.0.role", "byline.0.name", "byline.1.role", "byline.1.name"]
    writer.edit({"do": "copy", "story": "lead", "hash": copy["hash"], "values": values})
    assert file.read_bytes() == before.replace(ONE.encode(), new.encode())
    writer.edit({"do": "undo"})
    assert file.read_bytes() == before


def test_an_edition_that_is_gone_is_named_from_its_papers_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_desk_paper(tmp_path / "paper")
    desk = Desk(Path("paper/edition.yaml"))
    path.rename(path.with_name("kept.yaml"))
    desk.refresh()
    assert [one.where and one.where.file for one in desk.faults] == ["edition.yaml"]


def test_the_page_that_somebody_looks_at_is_made_first_and_then_those_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = write_desk_paper(tmp_path / "paper")
    more = "".join(f"  - {{number: {number}, layout: inside}}\n" for number in (3, 4, 5))
    edition.write_bytes(edition.read_bytes() + more.encode())
    asked: list[str] = []
    monkeypatch.setattr(Desk, "_make", lambda _self, _round, number: asked.append(number))
    monkeypatch.setattr(Desk, "_close", lambda _self, _round: None)
    desk = Desk(edition)
    desk.refresh()
    for number in ("5", "0", "4"):  # a page that is not there is nothing
        desk.look(number)
    desk.work.run_all()
    assert list(dict.fromkeys(asked)) == ["4", "1", "2", "3", "5"]
    del asked[:]
    desk.refresh()
    desk.work.run_all()
    assert asked == ["4", "3", "5", "2", "1"]
