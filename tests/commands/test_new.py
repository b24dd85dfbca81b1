"""`printkit new`: the first paper builds as it stands, is full, and never overwrites anything."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from printkit.cli import main
from printkit.commands.build import Options, build
from printkit.commands.new import create
from printkit.diagnostics import UsageError


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create(tmp_path_factory.mktemp("new") / "本报 one").parent


def test_the_first_edition_builds_full(paper: Path, tmp_path: Path) -> None:
    result = build(paper / "edition.yaml", Options(out=tmp_path))
    told = [d.to_text() for d in result.diagnostics if d.severity != "info"]
    assert told == []
    pages = result.report()["pages"]
    assert isinstance(pages, list)
    assert [page["over_lines"] for page in pages] == [0], told
    assert pages[0]["white_share"] < 0.03, told
    assert (tmp_path / "2026-12-04/web/01.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_files_every_time(paper: Path, tmp_path: Path) -> None:
    again = create(tmp_path / "again").parent
    names = sorted(p.relative_to(paper) for p in paper.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert all((paper / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_the_schemas_hold_for_its_files(paper: Path) -> None:
    settings = json.loads((paper / ".vscode/settings.json").read_text(encoding="utf-8"))
    checked = set()
    for name, globs in settings["yaml.schemas"].items():
        schema = json.loads((paper / name).read_text(encoding="utf-8"))
        for file in {file for pattern in globs for file in paper.glob(pattern)}:
            # As an editor reads it, dates aside: YAML tools take them for dates, printkit for text.
            value = yaml.load(file.read_text(encoding="utf-8"), _TextDates)  # noqa: S506  # a SafeLoader
            jsonschema.validate(value, schema)
            checked.add(file)
    assert checked == set(paper.rglob("*.yaml"))


class _TextDates(yaml.SafeLoader):
    """Reads YAML as editors do, but leaves dates as text."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own class attribute
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_house_css_changes_nothing_until_it_is_uncommented(paper: Path) -> None:
    css = (paper / "house.css").read_text(encoding="utf-8")
    assert not re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).strip()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert create(tmp_path / "empty").is_file()


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert main(["new", str(tmp_path)]) == 2
    assert "error[usage.folder-not-empty]" in capsys.readouterr().err
    assert main(["--lang", "zh", "new", str(tmp_path)]) == 2
    assert "里已有文件" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("file", "usage.not-a-folder"),
        ("dangling", "usage.not-a-folder"),
        ("file/below", "usage.cannot-write"),
        ("x" * 300, "usage.cannot-write"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError) as caught:
        create(tmp_path / name)
    assert [d.code for d in caught.value.diagnostics] == [code]
    assert caught.value.diagnostics[0].hint
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dangling", "file"]


def test_what_was_begun_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("PIL.Image.Image.save", full)
    with pytest.raises(UsageError, match="No space left"):
        create(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="No space left"):
        create(tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []
