"""`printkit import` from outside: what it writes and tells, and that wrong input writes nothing."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image

from printkit.manuscript.docx import package
from printkit.source.article import ArticleReader
from printkit.source.faults import Faults
from tests.support.papers import run
from tests.support.word import MANNERS, as_word, paragraph, repacked, word_of

SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = "码头的灯\n本报记者 柯小满\n　　天黑以后,灯一盏接一盏地亮了。\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which somebody imports."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_text_becomes_an_article_in_the_language_of_the_command(desk: Path) -> None:
    (desk / "来稿.txt").write_text(TEXT, encoding="gb18030")
    done = run("--lang", "zh", "import", "来稿.txt")
    assert done.code == 0
    assert done.out.rstrip().endswith("来稿.yaml")
    assert "半角标点改为全角" in done.out
    assert (desk / "来稿.yaml").read_text(encoding="utf-8") == (
        "主标题: 码头的灯\n作者:\n  - {身份: 本报记者, 姓名: 柯小满}\n正文: |\n  天黑以后，灯一盏接一盏地亮了。\n"
    )
    report = run("import", "来稿.txt", "-o", "en.yaml", "--json").report
    assert (
        (desk / "en.yaml")
        .read_text(encoding="utf-8")
        .startswith("headline: 码头的灯\nbyline:\n  - {role: 本报记者, name: ")
    )
    [story] = report["stories"]
    assert (story["article"], story["from"], story["encoding"]) == ("en.yaml", "来稿.txt", "GB18030")
    told = {one["code"]: one for one in story["told"]}
    assert told["half-mark"]["places"] == [{"line": 3, "column": 7, "was": ",", "now": "，", "by": ""}]
    assert [output["path"] for output in report["outputs"]] == ["en.yaml"]


@pytest.fixture(scope="module")
def photographed() -> bytes:
    """A manuscript with pictures: good, of a kind that becomes PNG, broken."""
    document: Any = Document()
    document.add_paragraph("码头的灯", style="Title")
    document.add_paragraph("天黑以后，灯一盏接一盏地亮了。")
    for kind in ("PNG", "GIF", "PNG"):  # the third is the first once more
        file = io.BytesIO()
        Image.new("RGB", (9, 6), "navy").save(file, kind)
        document.add_picture(io.BytesIO(file.getvalue()))
        document.add_paragraph(f"图为灯下的{kind}。柯小满 摄")
    file = io.BytesIO()
    document.save(file)

    def break_one(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.endswith(".png"))
        files[name] = files[name][:40]

    data = file.getvalue()
    return repacked(data, break_one)


def test_pictures_are_saved_beside_the_article(photographed: bytes, desk: Path) -> None:
    (desk / "a.docx").write_bytes(photographed)
    report = run("import", "a.docx", "-o", "articles", "--json").report
    written = sorted(path.name for path in (desk / "articles").iterdir())
    assert written == ["a-2.png", "a.yaml"]
    text = (desk / "articles/a.yaml").read_text(encoding="utf-8")
    assert text.endswith("pictures:\n  - file: a-2.png\n    caption: 图为灯下的GIF。\n    credit: 柯小满 摄\n")
    told = {one["code"]: one["count"] for one in report["stories"][0]["told"]}
    assert (told["picture-broken"], told["picture-made-png"]) == (2, 1)


def test_several_stories_go_into_files_of_their_own(desk: Path) -> None:
    lines = [paragraph(text, "<w:jc w:val='center'/>", "<w:b/><w:sz w:val='44'/>") if text.endswith("题") else paragraph(text)
             for text in ("甲题", "天黑以后，灯亮了。" * 4, "乙题", "天亮以后，灯灭了。" * 4)]  # fmt: skip
    (desk / "a.docx").write_bytes(word_of("".join(lines)))
    assert run("import", "a.docx", "--split").code == 0
    assert sorted(path.name for path in desk.glob("*.yaml")) == ["a-1.yaml", "a-2.yaml"]
    refused = run("import", "a.docx", "--split", "-o", "one.yaml")
    assert (refused.code, (desk / "one.yaml").exists()) == (2, False)


def test_nothing_that_is_there_is_replaced_unless_that_is_asked_for(desk: Path) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "a.yaml").write_text("mine", encoding="utf-8")
    refused = run("import", "a.txt")
    assert refused.code == 2
    assert "error[usage.article-exists]: a.yaml is there already" in refused.err
    assert "--force" in refused.err
    assert (desk / "a.yaml").read_text(encoding="utf-8") == "mine"
    assert run("import", "a.txt", "--force").code == 0
    assert (desk / "a.yaml").read_text(encoding="utf-8") != "mine"
    (desk / "more").mkdir()
    (desk / "more/a.txt").write_text(TEXT, encoding="utf-8")
    assert run("import", "a.txt", "more/a.txt", "-o", "articles").code == 2
    assert not (desk / "articles").exists()


def test_what_a_killed_import_left_to_do_the_next_one_does(
    photographed: bytes, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "a.docx").write_bytes(photographed)
    (desk / "b.txt").write_text(TEXT, encoding="utf-8")
    put: list[Path] = []
    replace = Path.replace

    def ended(self: Path, target: Path) -> Path:
        if put:
            raise KeyboardInterrupt  # as a kill, nothing tidies up behind it
        put.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", ended)
    assert run("import", "a.docx", "-o", "articles").code == 130
    monkeypatch.undo()
    monkeypatch.chdir(desk)
    assert sorted(path.name for path in (desk / "articles").glob("*.*") if path.name[0] != ".") == ["a-2.png"]
    later = run("import", "b.txt", "-o", "articles", "--json")
    assert sorted(path.name for path in (desk / "articles").iterdir()) == ["a-2.png", "a.yaml", "b.yaml"]
    assert [d["code"] for d in later.report["diagnostics"]] == ["import.carried-through"]


def test_what_was_written_after_a_killed_import_stays(desk: Path) -> None:
    ready = desk / ".printkit-import.ready"
    ready.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (ready / name).write_text("theirs", encoding="utf-8")
        os.utime(ready / name, (1, 1))
    (ready / "link.yaml").symlink_to(desk / "a.yaml")
    (desk / "a.yaml").write_text("mine", encoding="utf-8")
    (desk / "c.txt").write_text(TEXT, encoding="utf-8")
    assert run("import", "c.txt").code == 0
    assert (desk / "a.yaml").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in desk.iterdir()) == ["a.yaml", "b.yaml", "c.txt", "c.yaml"]


def test_a_place_outside_the_paper_is_refused(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "paper/articles").mkdir(parents=True)
    (desk / "paper/paper.yaml").write_text("name: 试\n", encoding="utf-8")
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(desk / "paper/articles")
    refused = run("import", "../../a.txt", "-o", "../..")
    assert refused.code == 2
    assert "usage.outside-paper" in refused.err
    assert list(desk.glob("*.yaml")) == []
    assert run("import", "../../a.txt").code == 0


def a_docx() -> bytes:
    return word_of(paragraph("码头的灯", "<w:pStyle w:val='Title'/>") + paragraph("天黑以后，灯亮了。"))


def with_file(name: str, content: bytes) -> Callable[[], bytes]:
    """A .docx with a file added or replaced."""
    return lambda: repacked(a_docx(), lambda files: files.update({name: content}))


def with_entities() -> bytes:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>'

    def change(files: dict[str, bytes]) -> None:
        name = "word/document.xml"
        files[name] = bomb + files[name].partition(b"?>")[2]

    return repacked(a_docx(), change)


def an_old_doc(*, locked: bool) -> bytes:
    words = "EncryptedPackage" if locked else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + words.encode("utf-16-le") + bytes(1000)


def an_odt() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return file.getvalue()


WRONG: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "no zip": ("a.docx", lambda: b"plain text", "import.not-docx", "save it as .docx"),
    "another package": ("a.docx", lambda: repacked(an_odt(), lambda files: files.clear()), "import.not-docx", ".docx"),
    "a renamed .doc": (
        "a.docx",
        lambda: an_old_doc(locked=False),
        "import.other-kind",
        "soffice --headless --convert-to docx",
    ),
    "locked": ("a.docx", lambda: an_old_doc(locked=True), "import.encrypted", "remove the password"),
    "a renamed .odt": ("a.docx", an_odt, "import.other-kind", "soffice"),
    ".doc": ("a.doc", lambda: an_old_doc(locked=False), "import.other-kind", "--outdir . a.doc"),
    ".wps": ("a.wps", lambda: an_old_doc(locked=False), "import.other-kind", "--outdir . a.wps"),
    ".odt": ("a.odt", an_odt, "import.other-kind", "--outdir . a.odt"),
    "another kind": ("a.pptx", lambda: b"PK", "import.other-kind", "it takes .docx"),
    "a damaged zip": ("a.docx", lambda: a_docx()[:-400], "import.damaged", "sent again"),
    "damaged XML": ("a.docx", with_file("word/document.xml", b"<w:document"), "import.damaged", "sent again"),
    "entities": ("a.docx", with_entities, "import.entities", "ask who sent it"),
    "an empty file": ("a.txt", lambda: b" \n", "import.empty", "another file"),
    "no copy": ("a.docx", lambda: word_of("<w:p/>"), "import.empty", "another file"),
    "a headline alone": ("a.txt", "题目".encode, "import.empty", "another file"),
    "a wrong encoding": ("a.txt", lambda: "キーボード".encode("shift_jis"), "import.encoding", "UTF-8"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_is_told_once_and_nothing_is_written(case: str, desk: Path) -> None:
    name, make, code, hint = WRONG[case]
    (desk / name).write_bytes(make())
    (desk / "good.txt").write_text(TEXT, encoding="utf-8")
    ended = run("import", "good.txt", name, "-o", "articles", "--json")
    assert ended.code == 3
    [found] = json.loads(ended.out)["diagnostics"]
    assert (found["code"], found["file"]) == (code, name)
    assert hint in found["hint"]
    assert found["message_zh"] != found["message"]
    assert found["hint_zh"]
    assert sorted(path.name for path in desk.iterdir()) == sorted((name, "good.txt"))


def test_a_file_that_is_not_there_and_a_folder(desk: Path) -> None:
    ended = run("import", "none.docx", ".", "--json")
    assert ended.code == 3
    assert [one["code"] for one in ended.report["diagnostics"]] == ["import.missing-file", "import.unreadable-file"]


@pytest.mark.parametrize(("bound", "size"), [("MOST", 30_000), ("MOST_XML", 3_000), ("MOST_FILES", 4)])
def test_a_bomb_is_stopped_at_its_bound(bound: str, size: int, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "a.docx").write_bytes(with_file("word/media/large.bin", bytes(100_000))())
    monkeypatch.setattr(package, bound, size)
    ended = run("import", "a.docx", "--json")
    assert ended.code == 3
    assert [one["code"] for one in ended.report["diagnostics"]] == ["import.too-large"]


def test_macros_are_ignored_and_told_and_strict_files_are_read(desk: Path) -> None:
    def with_macros(files: dict[str, bytes]) -> None:
        kinds = files["[Content_Types].xml"]
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        files["[Content_Types].xml"] = kinds.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
        files["word/vbaProject.bin"] = b"x"

    def strictly(files: dict[str, bytes]) -> None:
        for name in files:
            if name.endswith((".xml", ".rels")):
                for strict, plain in package._STRICT:
                    files[name] = files[name].replace(plain, strict)

    (desk / "m.docm").write_bytes(repacked(a_docx(), with_macros))
    (desk / "s.docx").write_bytes(repacked(a_docx(), strictly))
    report = run("import", "m.docm", "s.docx", "--json").report
    assert [story["headline"] for story in report["stories"]] == ["码头的灯", "码头的灯"]
    assert [one["code"] for one in report["stories"][0]["told"]] == ["macros"]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize(
    "name", ["tabloid/articles/bargaining", "weekly/articles/slipway", "broadsheet/articles/craft"]
)
def test_a_sample_written_in_word_comes_back(name: str, manner: str, desk: Path) -> None:
    path = SAMPLES / f"{name}.yaml"
    sample = ArticleReader(None, Faults(path.parent)).read(path)
    assert sample is not None
    (desk / "a.docx").write_bytes(as_word(sample, manner))
    assert run("import", "a.docx").code == 0
    made = ArticleReader(desk, Faults(desk)).read(desk / "a.yaml")
    assert made is not None
    for role, heading in sample.headings.items():
        assert made.headings[role].text == heading.text
    assert (made.byline, made.dateline) == (sample.byline, sample.dateline)
    assert [one.text.removeprefix("编者按：") for one in made.editor_note] == [one.text for one in sample.editor_note]
    assert [(one.name, one.title) for one in made.sections] == [(one.name, one.title) for one in sample.sections]
    assert [(one.caption, one.credit) for one in made.pictures] == [
        (one.caption, one.credit) for one in sample.pictures
    ]
    assert [(one.kind, one.text) for one in made.paragraphs] == [(one.kind, one.text) for one in sample.paragraphs]
