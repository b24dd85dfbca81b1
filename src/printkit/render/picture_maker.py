"""Who makes the pictures of a page: the one place where the web's, the press's and the archive's pages differ in them."""

from dataclasses import dataclass
from typing import Protocol

from printkit.model.page import PictureBox


class PictureMaker(Protocol):
    """Says what a page shows in a picture box."""

    def uri(self, box: PictureBox) -> str:
        """Return the address of a picture that fills the box: below the paper's folder, or ``data:``.

        A masthead's box is as wide as the page and has no height: the picture's own ratio decides. The `file:` address of a PDF stands for its first page, placed as a form.
        """
        ...


@dataclass(frozen=True, slots=True)
class OriginalPictures:
    """Shows every file as it is; CSS cuts it to its box."""

    def uri(self, box: PictureBox) -> str:
        """Return the file's own address."""
        return box.file.as_uri()


ORIGINALS = OriginalPictures()
