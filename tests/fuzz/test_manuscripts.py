"""Manuscripts made of pieces: an article that can be written, or a message, whatever stands in them.

Beside `test_readers`: a short run in the suite, `make fuzz` searches on.
"""

import contextlib
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from printkit.diagnostics import InputError
from printkit.manuscript.block import Manuscript
from printkit.manuscript.docx import read_docx
from printkit.manuscript.drafting import drafts
from printkit.manuscript.encodings import decoded
from printkit.manuscript.html import read_html
from printkit.manuscript.markdown import read_markdown
from printkit.manuscript.plain import read_plain
from printkit.source.writing import written
from tests.fuzz.test_readers import examples, made_of, mutated
from tests.support.word import word_of

HERE = Path(__file__).parent

TEXT = "# ## ——副题 本报记者 柯小满 编者按： 本报讯 （记者 一、 （一） 来源： END * ** [ ]( ) | --- - > ~ 》 “ \" ' , . : 。 　　 字字字 \\ <p> ☆☆☆"
HTML = "<p> </p> <section style='text-align:center'> </section> <b> </b> <br> <table> <tr> <td> </table> <img src='data:image/png;base64,AA'> &#8232; &amp; <h1> 字。 <a href='https://a'> </a> <sup> <li> <script>"
LEAVES = (
    "<w:r><w:t>字。</w:t></w:r>", "<w:r><w:rPr><w:b/><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>", "<w:r><w:br/></w:r>",
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:r><w:fldChar w:fldCharType='separate'/></w:r>", "<w:r><w:tab/></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>", "<w:r><w:instrText>DATE</w:instrText></w:r>", "<w:r><w:sym w:char='x'/></w:r>",
    "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:r><w:ruby/></w:r>",
    "<w:tcPr><w:gridSpan w:val='9'/><w:vMerge/></w:tcPr>", "<w:r><w:drawing><a:blip r:embed='r'/></w:drawing></w:r>",
)  # fmt: skip
WRAPS = (
    "<w:p>{}</w:p>", "<w:p>{}</w:p><w:p>{}</w:p>", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:hyperlink r:id='x'>{}</w:hyperlink>",
    "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
)  # fmt: skip


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return elements around others."""
    parts = st.lists(inner, max_size=4).map("".join)
    return st.builds(lambda wrap, part: wrap.replace("{}", part), st.sampled_from(WRAPS), parts)


def becomes_articles(manuscript: Manuscript) -> None:
    for split in (False, True):
        for draft in drafts(manuscript, "a", split=split):
            written(draft.article, "zh")


@given(made_of(TEXT, 60))
@examples(40)
def test_texts(text: str) -> None:
    with contextlib.suppress(InputError):
        becomes_articles(read_plain("a", text, "UTF-8"))
    with contextlib.suppress(InputError):
        becomes_articles(read_markdown("a", text, "UTF-8", HERE))


@given(made_of(HTML, 60))
@examples(60)
def test_pages(text: str) -> None:
    with contextlib.suppress(InputError):
        becomes_articles(read_html("a", text, "UTF-8", HERE))


@given(st.lists(st.recursive(st.sampled_from(LEAVES), wrapped, max_leaves=10), max_size=4).map("".join))
@example(WRAPS[5].replace("{}", f"<w:p>{LEAVES[0]}</w:p>"))  # its last row has a cell less
@examples(40)
def test_bodies_of_word(body: str) -> None:
    with contextlib.suppress(InputError):
        becomes_articles(read_docx("a", word_of(f"<w:p>{body}</w:p>{body}")))


@given(mutated(word_of("<w:p><w:r><w:t>码头的灯亮了。</w:t></w:r></w:p>")))
@examples(30)
def test_packages(data: bytes) -> None:
    with contextlib.suppress(InputError):
        becomes_articles(read_docx("a", data))


@given(st.binary(max_size=200) | mutated("码头的灯亮了。\n".encode("gb18030") * 5))
@examples(60)
def test_encodings(data: bytes) -> None:
    with contextlib.suppress(InputError):
        text, encoding = decoded("a", data)
        becomes_articles(read_plain("a", text, encoding))
