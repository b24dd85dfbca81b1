"""Each code that a note can have has its words, and no words stand for nothing."""

import re
from pathlib import Path

import printkit
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Note
from printkit.manuscript.told import CHANGED, CODES, LEFT_OUT, LOOK, told

HOME = Path(printkit.__file__).parent
FILES = [*(HOME / "manuscript").rglob("*.py"), HOME / "copy/marks.py", HOME / "commands/importing.py"]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in FILES if file.name != "told.py")


def test_codes_and_words_are_the_same_set() -> None:
    written = set(re.findall(r'(?:Note|_tell|Change)\(\s*"([a-z-]+)"', TEXT))
    written |= set(re.findall(r'Change\([^"\n]*(?:"[^"]{0,3}"[^"\n]*)?"([a-z-]{4,})"\)', TEXT))
    assert written <= set(CODES)
    assert [code for code in CODES if f'"{code}"' not in TEXT] == []


def test_notes_are_told_by_what_was_done_then_by_code_then_by_place() -> None:
    notes = [Note(code, SourceRef("a", line)) for code, line in (("tail", 9), ("hidden", 3), ("tab", 5), ("tab", 2))]
    found = told(notes)
    assert [(one.done, one.code, [note.where.line for note in one.notes]) for one in found] == [
        (CHANGED, "tab", [2, 5]),
        (LEFT_OUT, "hidden", [3]),
        (LOOK, "tail", [9]),
    ]
