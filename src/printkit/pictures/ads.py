"""Advertisement files: what they are, whether they are whole, and how wide they are for their height.

In goes a path, out comes width and height in one unit, whichever that is: only the ratio counts, since an
advertisement is fitted into its place whole.
"""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.diagnostics import Say, SourceRef
from printkit.gate import read_file
from printkit.limits import at
from printkit.pictures.sizes import PICTURE_SUFFIXES, BadPictureError, read_pixels, svg_size
from printkit.pictures.svg import check_svg_bounds

if TYPE_CHECKING:
    import pikepdf

_ENCRYPTED_HINT = Say("ask for one without a password or restrictions", "请客户提供不加密、不设限制的文件")
_LARGEST = 14_400
"""Points that a page is long at most (ISO 32000-1, Annex C.2)."""

_SIMPLER = Say("ask for a simpler one, flattened to one page", "请客户简化、合并图层后重发单页文件")
_BROKEN_HINT = Say("copy the file again, or ask for a new one", "请重新复制文件，或请客户重发")


def read_ad_size(path: Path) -> tuple[int, int]:
    """Return width and height of an advertisement, of a PDF those of its first page trimmed, in mpt.

    Raises:
        BadPictureError: the file is of another kind, broken, encrypted, or has no page.
    """
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        with at(SourceRef(str(path))):
            return _page_size(path)
    if suffix == ".svg":
        check_svg_bounds(read_file(path))
        return svg_size(path)
    if suffix in PICTURE_SUFFIXES:
        return read_pixels(path)
    raise BadPictureError(
        Say("this is no advertisement that can be used", "这不是可用的广告文件"),
        Say(
            "give a PDF, an SVG, JPEG, PNG, WebP or TIFF picture, or `reserved`",
            "可用 PDF、SVG、JPEG、PNG、WebP、TIFF，或写 reserved 留位",
        ),
    )


def seen_box(form: "pikepdf.Object") -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a page made a form, as it is seen: trimmed and turned."""
    import pikepdf

    box = pikepdf.Rectangle(*(float(side) for side in form.BBox.as_list()))
    turn = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
    seen = turn.transform(box)
    return float(seen.llx), float(seen.lly), float(seen.urx), float(seen.ury)


def _page_size(path: Path) -> tuple[int, int]:
    import pikepdf  # most editions have no PDF to look at

    from printkit.pdf_bounds import TooMuchError, check_bounds, check_page, opened

    # pikepdf tells a password from damage and counts the pages; PDFium, which will draw it, must open it too.
    try:
        with opened(path) as document:
            if document.is_encrypted:
                raise _encrypted()
            if not document.pages:
                raise BadPictureError(Say("the PDF has no page", "PDF 没有页面"), _BROKEN_HINT)
            check_bounds(document)
            check_page(document.pages[0].obj)
            form = document.pages[0].as_form_xobject()
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)
                pikepdf.parse_content_stream(form, "Do")  # its content can be read to its end
            left, bottom, right, top = seen_box(form)
        _open_with_pdfium(path)
        width, height = right - left, top - bottom
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except TooMuchError as error:
        raise BadPictureError(error.message, _SIMPLER) from None
    except (pikepdf.PdfError, RuntimeError, UserWarning) as error:
        raise BadPictureError(Say("the PDF is broken or cut short", "PDF 已损坏或不完整"), _BROKEN_HINT) from error
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError) as error:
        # pikepdf gives each object as the kind that it is: a box may be a name, resources a number.
        message = Say("the PDF's first page has boxes or resources of a wrong kind", "PDF 首页的页框或资源类型不对")
        raise BadPictureError(message, _BROKEN_HINT) from error
    if width < 1 or height < 1:
        raise BadPictureError(Say("the PDF's page has no size", "PDF 的页面没有大小"), _BROKEN_HINT)
    if max(width, height) > _LARGEST:
        message = Say(
            f"the PDF's page is {max(width, height):.0f} pt long: more than {_LARGEST}",
            f"PDF 的页面长达 {max(width, height):.0f} 点，超过 {_LARGEST}",
        )
        raise BadPictureError(message, Say("ask for one at its printed size", "请客户按印出尺寸制作"))
    return round(width * 1000), round(height * 1000)


def _open_with_pdfium(path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        document[0].get_size()
    finally:
        document.close()


def _encrypted() -> BadPictureError:
    return BadPictureError(Say("the PDF is encrypted", "PDF 已加密"), _ENCRYPTED_HINT)
