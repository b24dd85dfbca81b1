"""Pages as pictures for the browser: PDF in, PNG out at the width asked for; what was drawn last is kept for all who look."""

import io
import threading
from collections import OrderedDict
from pathlib import Path

from printkit.gate import read_file
from printkit.pictures.decode import decode
from printkit.pictures.page_picture import page_png
from printkit.preview.desk import Sheet

LEAST = 1400
"""Pixels across, where none are asked for. What is narrower is a thumbnail."""
WIDEST = 6000
"""Pixels across. A tabloid page has 564 dpi then: no eye tells more."""
_MOST = 96 * 2**20
"""Bytes of pictures that are kept."""
_SMALL = 480
"""Pixels of the longer side of a photograph in which the focus is chosen."""


class Rasters:
    """Draws pages; one at a time, since PDFium is not made for two."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.quiet = threading.Lock()
        """Held while a page is drawn."""
        self._is_closed = False
        self._last: dict[str, int] = {}
        """The width at which each page was asked for last, if no thumbnail's."""
        self._kept: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    def png(self, sheet: Sheet, width: int) -> bytes:
        """Return a page so many pixels wide."""
        wide = max(16, min(width, WIDEST))
        key = sheet.number, sheet.revision, wide
        if wide >= LEAST:
            self._last[sheet.number] = wide
        with self.quiet:
            if self._is_closed:
                return b""
            if key not in self._kept:
                for old in [one for one in self._kept if one[0] == sheet.number and one[1] != sheet.revision]:
                    del self._kept[old]
                self._kept[key] = page_png(sheet.pdf, wide)
            self._kept.move_to_end(key)
            while sum(map(len, self._kept.values())) > _MOST and len(self._kept) > 1:
                self._kept.popitem(last=False)
            return self._kept[key]

    def ahead(self, sheet: Sheet) -> None:
        """Draw a page as it was asked for last: whoever looks at it will ask for it so."""
        if sheet.pdf:
            self.png(sheet, self._last.get(sheet.number, LEAST))

    def close(self) -> None:
        """Draw no more: the process ends, and PDFium with it."""
        with self.quiet:
            self._is_closed = True


def small(file: Path) -> bytes:
    """Return a picture of a story as a small JPEG, turned as it is seen.

    Raises:
        DecodeError: it is no picture.
        OSError: it cannot be read.
    """
    image = decode(read_file(file), (_SMALL, _SMALL)).image.convert("RGB")
    image.thumbnail((_SMALL, _SMALL))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
