"""For the web: a PDF of every page and one of the whole edition, tagged and linked."""

from collections.abc import Iterator, Sequence

from printkit.model.edition import Edition
from printkit.output.manifest import File
from printkit.pdf.join import join
from printkit.variants.variant import (
    Drawn,
    Told,
    Variant,
    drawn_screen_look,
    edition_facts,
    page_facts,
    screen_look,
)


def _files(edition: Edition, drawn: Sequence[Drawn], only: str | None) -> Iterator[Told]:
    if only != "edition":
        for one in drawn:
            yield File(f"web/{one.page.stem}.pdf", join([one.part], page_facts(edition, one.page)), 1), ()
    if only != "pages":
        data = join([one.part for one in drawn], edition_facts(edition))
        yield File("web/edition.pdf", data, len(drawn)), ()


WEB = Variant("web", screen_look, drawn_screen_look, _files)
