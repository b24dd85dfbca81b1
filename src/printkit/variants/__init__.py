"""The kinds of files that a build makes of the same pages, a file of this room for each.

    made-up pages, drawn in the variant's look → its files

A new variant is a new file, and a line in `VARIANTS`.
"""

from collections.abc import Mapping

from printkit.variants.archive import ARCHIVE
from printkit.variants.press import PRINT
from printkit.variants.variant import Variant
from printkit.variants.web import WEB

VARIANTS: Mapping[str, Variant] = {variant.name: variant for variant in (WEB, PRINT, ARCHIVE)}
"""Every variant by the name that ``--for`` takes and its folder has, in the order in which they are made."""

__all__ = ["ARCHIVE", "PRINT", "VARIANTS", "WEB", "Variant"]
