"""Where the characters of copy stand in the file: of all samples, and of files that are written otherwise."""

from itertools import groupby
from pathlib import Path

import pytest

from printkit.copydesk.pieces import pieces_of
from printkit.diagnostics import UsageError
from printkit.source.article import ArticleReader
from printkit.source.faults import Faults
from printkit.source.patch import rewrite, written_or_told
from printkit.source.written import NOWHERE, Written

ROOT = Path(__file__).parents[2]
SAMPLES = sorted([*ROOT.glob("samples/*/articles/*.yaml"), *ROOT.glob("tests/copydesk/natural/*.yaml")])


def places_of(path: Path) -> list[tuple[str, tuple[int, ...]]]:
    """The text of each piece of an article, and the offsets of its characters."""
    faults = Faults(path.parent)
    article, written = ArticleReader(None, faults).read(path), Written.read(path, faults)
    assert article
    assert written
    found = []
    for steps, group in groupby(pieces_of(article), key=lambda piece: piece.steps):
        own = list(group)
        places = written.places(steps, [piece.text for piece in own], is_marked=own[0].is_marked)
        assert places is not None, (path, steps)
        found += [(piece.text, at) for piece, at in zip(own, places, strict=True)]
    return found


def test_every_character_of_the_samples_is_found() -> None:
    count = 0
    for path in SAMPLES:
        text = path.read_bytes().decode("utf-8-sig")
        for piece, places in places_of(path):
            count += len(piece)
            assert [text[at] for at in places if at != NOWHERE] == [
                char for char, at in zip(piece, places, strict=True) if at != NOWHERE
            ]
            assert all(char == " " or char == "\n" for char, at in zip(piece, places, strict=True) if at == NOWHERE)
    assert count > 30_000


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("|\n  a[好](https://a.example.org/b)后*重*\\*\n  折行\n", ["a好后重*折行"]),
        ("'it''s “好”'\n", ["it's “好”"]),
        ('"\\u4e2d\\n\\n文\\\n  字"\n', ["中", "文字"]),
        (">\n  一\n  行\n\n  二\n", ["一行", "二"]),
        ("|\n  - -5度\n  > 引\n  ~ 诗 行\n  ~ 二\n", ["-5度", "引", "诗 行\n二"]),
        ("|-  # 注\n  | 甲 | 乙\\| |\n  |---|---|\n  | 1 | 2 |\n", ["甲", "乙|", "1", "2"]),
    ],
)
def test_styles_and_marks(body: str, texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = f"headline: 题\nbody: {body}"
    path.write_text(text, encoding="utf-8")
    found = places_of(path)[1:]
    assert [piece for piece, _ in found] == texts
    for piece, places in found:
        for char, at in zip(piece, places, strict=True):
            assert at == NOWHERE or text[at] == char or text[at] == "\\", (char, text[at])


def test_a_file_that_is_not_found_good_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    known = path.read_bytes()
    assert not rewrite(path, known, "a: 2\r\n", lambda _: False)
    with pytest.raises(UsageError) as told, written_or_told(path):
        rewrite(path, b"a: 1\r\n", "a: 2\r\n")
    assert [one.code for one in told.value.diagnostics] == ["usage.changed"]
    assert path.read_bytes() == known
    assert rewrite(path, known, "a: 2\r\n", lambda new: b"a: 2" in new.read_bytes())
    assert path.read_bytes() == b"\xef\xbb\xbfa: 2\r\n"
    assert list(tmp_path.iterdir()) == [path]
