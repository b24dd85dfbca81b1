"""An address as a QR code (ISO/IEC 18004), for the telephone beside the screen and on what is printed."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(256)  # a story's stands on its clip, its large print, its long picture and its view
def qr_code(address: str) -> segno.QRCode:
    """Return an address as a code: level M stands a fold or a spot of ink."""
    return segno.make(address, error="m", micro=False, boost_error=False)


def code_of(address: str) -> Markup:
    """Return an address as a picture that stands in the page itself; nothing where there is no address.

    The white round it is the four modules that readers ask for.
    """
    if not address:
        return Markup()
    return Markup(qr_code(address).svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None))
