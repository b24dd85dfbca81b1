"""Texts in the four encodings, of which three look alike."""

import pytest

from printkit.diagnostics import InputError
from printkit.manuscript.encodings import decoded

SIMPLE = "码头工人老何说，站里的灯一直亮着。\n第二天，大家都来了。"
TRADITIONAL = "碼頭工人老何說，站裡的燈一直亮著。\n第二天，大家都來了。"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLE, "utf-8", "UTF-8"),
        (SIMPLE, "utf-8-sig", "UTF-8"),
        (SIMPLE, "utf-16", "UTF-16"),
        (SIMPLE, "utf-16-le", "UTF-16"),
        (SIMPLE, "utf-16-be", "UTF-16"),
        (SIMPLE, "gb18030", "GB18030"),
        ("灯亮了。", "gb18030", "GB18030"),
        ("夜班食堂开张", "gb18030", "GB18030"),
        ("镇长冯謇", "gb18030", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        ("大家都來了。", "big5", "Big5"),
        ("plain ASCII", "ascii", "UTF-8"),
    ],
)
def test_the_encoding_is_found(text: str, codec: str, name: str) -> None:
    assert decoded("a.txt", text.encode(codec)) == (text, name)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("行\n".encode() + b"\xff\xfe\xfd\xfc", 2),
        (b"\xef\xbb\xbf\xe4\xbd", 1),
        ("キーボード、プログラム".encode("shift_jis"), 1),
        (b"\xff\xfe\x00\xd8", 1),
    ],
)
def test_what_is_in_none_of_them_is_told_at_its_line(data: bytes, line: int) -> None:
    with pytest.raises(InputError) as told:
        decoded("a.txt", data)
    [found] = told.value.diagnostics
    assert found.code == "import.encoding"
    assert found.where
    assert (found.where.file, found.where.line) == ("a.txt", line)
    assert found.hint


def test_bytes_with_nuls_that_are_no_chinese_are_refused() -> None:
    with pytest.raises(InputError):
        decoded("a.txt", b"\x81\x00\x9f\xfe\x00\x01" * 50)
    assert decoded("a.txt", "hello".encode("utf-16-le")) == ("hello", "UTF-16")
