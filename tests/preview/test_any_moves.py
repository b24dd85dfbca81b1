"""Whatever an editor does on the desk and takes back: every file is as it was, byte for byte."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.diagnostics import InputError
from printkit.model.edition import Edition, Story
from printkit.preview.journal import Journal
from printkit.preview.moves import SETTABLE, Moves
from printkit.source import read_edition
from printkit.source.edits import edited, read_text
from printkit.source.faults import Faults
from printkit.source.patch import ConflictError
from printkit.source.schema import EditionKeys
from tests.support.desks import write_desk_paper

STORIES = ("lead", "second", "third", "wide", "low")
COMMANDS = st.one_of(
    st.fixed_dictionaries(
        {
            "do": st.just("move"),
            "story": st.sampled_from(STORIES),
            "page": st.sampled_from("12"),
            "slot": st.sampled_from(["", "lead", "photo"]),
        }
    ),
    st.fixed_dictionaries({"do": st.just("swap"), "story": st.sampled_from(STORIES), "with": st.sampled_from(STORIES)}),
    st.fixed_dictionaries({"do": st.just("take-out"), "story": st.sampled_from(STORIES)}),
    st.fixed_dictionaries(
        {"do": st.just("place"), "file": st.just("articles/spare.yaml"), "page": st.sampled_from("12")}
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("set"),
            "story": st.sampled_from(STORIES),
            "key": st.sampled_from([*SETTABLE, "at"]),
            "value": st.sampled_from([None, 1, 2, "vertical", "box", [1, 2, 3, 4], [5, 1, 1, 9]]),
        }
    ),
    st.sampled_from([{"do": "undo"}, {"do": "redo"}]),
)


def _placed(edition: Edition) -> dict[str, Story]:
    return {story.id: story for page in edition.pages for story in page.stories}


def _done(path: Path, journal: Journal, command: dict[str, Any]) -> None:
    """Do a command as the desk does, without its pages."""
    if command["do"] in ("undo", "redo"):
        journal.undo() if command["do"] == "undo" else journal.redo()
        return
    known = path.read_bytes()
    edition, _ = read_edition(path)
    root = read_text(known.decode(), path.name, Faults(path.parent))
    new = edited(known.decode(), path.name, EditionKeys, Moves(root, edition, _placed(edition)).edits(command))
    journal.write(path, known, new, lambda written: bool(read_edition(written)))


@settings(max_examples=20)  # each reads an edition a dozen times
@given(commands=st.lists(COMMANDS, min_size=1, max_size=6))
def test_moves_written_and_undone_leave_every_file_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, commands: list[dict[str, Any]]
) -> None:
    path = write_desk_paper(tmp_path_factory.mktemp("moves") / "paper")
    before = {file: file.read_bytes() for file in path.parent.rglob("*.*")}
    journal = Journal()
    for command in commands:
        stands = path.read_bytes()
        try:
            _done(path, journal, command)
        except InputError:
            assert path.read_bytes() == stands, "what is refused is not written"
        read_edition(path)
    after = path.read_bytes()
    steps = len(journal.done)
    while journal.done:
        journal.undo()
    assert {file: file.read_bytes() for file in path.parent.rglob("*.*")} == before
    for _ in range(steps):
        journal.redo()
    assert path.read_bytes() == after


def test_a_step_is_not_taken_back_over_what_somebody_wrote(tmp_path: Path) -> None:
    file, journal = tmp_path / "a.yaml", Journal()
    file.write_bytes("\ufeffa: 1\r\n".encode())
    assert journal.write(file, file.read_bytes(), "a: 2\r\n")
    assert file.read_bytes() == "\ufeffa: 2\r\n".encode()
    assert not journal.write(file, file.read_bytes(), "a: 2\r\n")
    file.write_bytes(b"a: 3\n")
    with pytest.raises(ConflictError) as told:
        journal.undo()
    assert (told.value.file, told.value.theirs, told.value.ours) == ("a.yaml", "a: 3\n", "a: 1\r\n")
    assert file.read_bytes() == b"a: 3\n"
    assert len(journal.done) == 1
