"""What the desk writes for the copy, without a page made: writers come and go; how what is gone is told."""

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
