"""How others' PDFs are opened, and what they hold, before anything reads one whole: pages, what its streams unpack to, how often its forms are drawn.

In: an opened file, another's. Out: nothing, or why it is too much. Streams are unpacked piece by piece, counted and dropped
(ISO 32000-1, 7.4.4); forms are counted by what the streams above them call by name (8.10); what else a file can ask for is
held by `limits`.
"""

import io
import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, jbig2
from PIL import Image

from printkit.diagnostics import Say

MOST_PAGES = 2_000
"""Of a file. The thickest issue of a paper has some hundred."""
MOST_UNPACKED = 1 << 30
"""Bytes of all streams together. A broadsheet page with a picture over all of it, unpacked in 300 ppi, has 116 million."""
MOST_CONTENT = 48 << 20
"""Bytes of one stream of operators. The largest maps have some million."""
MOST_PIXELS = 160_000_000
"""Of a picture, as `pictures.sizes` has it."""
MOST_DRAWN = 50_000
"""Forms drawn on a page, each as often as it is."""
DEEPEST = 20
"""Forms inside forms: as deep as any program writes."""
_MOST_FILTERS = 10
"""Of a stream: two are usual."""
_LEAST_STEP = 0.1
"""Points that a pattern moves on at least: a smaller step fills a page with millions of its cell."""
_PIECE = 1 << 20

_DO = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_WRONG_KIND = (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, RuntimeError, pikepdf.PdfError)
"""What comes of an object of another kind than the standard says: who uses it tells that. qpdf's filters raise a RuntimeError."""


class TooMuchError(Exception):
    """The file asks for more than a page has a use for."""

    def __init__(self, message: Say) -> None:
        """Keep what is too much."""
        self.message = message
        super().__init__(message.en)


class _StaysPacked(jbig2.JBIG2DecoderInterface):
    """Decodes nothing: pikepdf would start a program of the system's for a stranger's bytes, or say that there is none."""

    def check_available(self) -> None:
        """Do nothing: it is always there."""

    def decode_jbig2(self, jbig2: bytes, jbig2_globals: bytes) -> bytes:
        """Refuse it, as what cannot be unpacked."""
        raise pikepdf.DataDecodingError("JBIG2")


def opened(file: Path | BinaryIO) -> pikepdf.Pdf:
    """Open a PDF that others made. Its pictures in JBIG2 stay packed; PDFium draws them.

    Raises:
        pikepdf.PdfError: it is no PDF, or one that a password locks.
    """
    jbig2.set_decoder(_StaysPacked())
    return pikepdf.open(file)


def check_bounds(document: pikepdf.Pdf) -> None:
    """See that a file is of a size that can be read.

    Raises:
        TooMuchError: it is not.
    """
    if (pages := len(document.pages)) > MOST_PAGES:
        _refuse(f"{pages:,} pages, more than {MOST_PAGES:,}", f"有 {pages} 页，超过 {MOST_PAGES} 页")
    left = MOST_UNPACKED
    for found in document.objects:
        if isinstance(found, Stream):
            _check_picture(found)
            _check_pattern(found)
            left -= unpacked_size(found, left)
            if left <= 0:
                size = MOST_UNPACKED >> 20
                _refuse(f"streams that unpack to more than {size:,} MiB", f"数据流解压后超过 {size} MiB")


def check_page(page: Any) -> None:
    """See that what a page draws, form within form, comes to an end soon.

    Raises:
        TooMuchError: it does not.
    """
    try:
        contents = page.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        drawn = sum(_drawn(stream, page.get("/Resources", Dictionary()), {}, ()) for stream in streams)
    except _WRONG_KIND:
        return
    if drawn > MOST_DRAWN:
        _refuse(f"forms drawn more than {MOST_DRAWN:,} times", f"表单对象画了 {MOST_DRAWN} 次以上")


def unpacked_size(stream: Any, most: int) -> int:
    """Return how many bytes a stream unpacks to, or some more than `most` where it is more; 0 where it is broken.

    Raises:
        TooMuchError: it is packed more often than any program packs it.
    """
    try:
        names = _filters(stream)
        pieces: Iterable[bytes] = [stream.read_raw_bytes()]
    except _WRONG_KIND:
        return 0
    if len(names) > _MOST_FILTERS:
        _refuse(f"a stream that is packed {len(names):,} times", f"有一个数据流压缩了 {len(names)} 次")
    for name in names:
        if name not in ("/FlateDecode", "/Fl"):
            break  # a picture's, which says its pixels, or one that makes much of little only under `limits`
        pieces = _inflated(pieces)
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            break
    return total


def _filters(stream: Any) -> list[str]:
    filters = stream.get("/Filter", Array())
    return [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not engine.eof:
            try:
                yield engine.decompress(rest, _PIECE)
            except zlib.error:
                return
            rest = engine.unconsumed_tail


def _check_picture(stream: Any) -> None:
    try:
        if stream.get("/Subtype") != Name.Image:
            return
        pixels = max(int(stream.Width) * int(stream.Height), _own_pixels(stream))
    except _WRONG_KIND:
        return
    if pixels > MOST_PIXELS:
        _refuse(
            f"a picture of more than {MOST_PIXELS // 10**6} million pixels", f"图片超过 {MOST_PIXELS // 10**4} 万像素"
        )


def _own_pixels(stream: Any) -> int:
    """Return how many pixels a JPEG or JPEG 2000 has by its own head, which its decoder goes by; 0 where it is another."""
    if _filters(stream) not in (["/DCTDecode"], ["/JPXDecode"]):
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the bound is our own
            with Image.open(io.BytesIO(stream.read_raw_bytes()), formats=("JPEG", "JPEG2000")) as picture:
                return picture.width * picture.height
    except Image.DecompressionBombError:
        return MOST_PIXELS + 1
    except (OSError, SyntaxError):  # broken: who draws it tells that
        return 0


def _check_pattern(stream: Any) -> None:
    try:
        if int(stream.get("/PatternType", 0)) != 1:
            return
        a, b, c, d, *_ = (float(one) for one in stream.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
        steps = (abs(float(stream.XStep)) * max(abs(a), abs(b)), abs(float(stream.YStep)) * max(abs(c), abs(d)))
    except _WRONG_KIND:
        return
    if not min(steps) >= _LEAST_STEP:  # nor NaN
        _refuse(f"a pattern that steps by {min(steps):g} pt", f"图案每步只有 {min(steps):g} 点")


def _drawn(stream: Any, resources: Any, known: dict[Any, int], above: tuple[Any, ...]) -> int:
    """Count the forms that a stream draws, its own and theirs, each as often as it does.

    Raises:
        TooMuchError: it is longer than streams of operators are, or forms stand too deep in one another.
    """
    if unpacked_size(stream, MOST_CONTENT) > MOST_CONTENT:
        size = MOST_CONTENT >> 20
        _refuse(f"a page's content of more than {size} MiB", f"页面内容超过 {size} MiB")
    if len(above) > DEEPEST:
        _refuse(f"forms more than {DEEPEST} deep in one another", f"表单对象嵌套超过 {DEEPEST} 层")
    objects = resources.get("/XObject", Dictionary())
    count = 0
    for name in _DO.findall(stream.read_bytes()):
        form = objects.get("/" + name.decode("latin-1"))
        if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form or form.objgen in above:
            continue
        if form.objgen not in known:
            known[form.objgen] = _drawn(form, form.get("/Resources", resources), known, (*above, form.objgen))
        count += 1 + known[form.objgen]
        if count > MOST_DRAWN:
            break
    return count


def _refuse(en: str, zh: str) -> NoReturn:
    raise TooMuchError(Say(f"the PDF has {en}", f"PDF {zh}"))
