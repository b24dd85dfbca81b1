"""For the web: a PDF of every page and one of the whole edition, tagged and linked."""

from collections.abc import Iterator, Sequence

from printkit.model.edition import Edition
from printkit.output.manifest import File
from printkit.pdf.part import Facts
from printkit.variants.variant import (
    Drawn,
    Making,
    Told,
    Variant,
    drawn_screen_look,
    edition_facts,
    page_facts,
    screen_look,
)


def _files(edition: Edition, drawn: Sequence[Drawn], only: str | None) -> Iterator[Making]:
    if only != "edition":
        for one in drawn:
            yield _file(one.page.stem, [one], page_facts(edition, one.page))
    if only != "pages":
        yield _file("edition", drawn, edition_facts(edition))


def _file(name: str, drawn: Sequence[Drawn], facts: Facts) -> Making:
    path = f"web/{name}.pdf"

    def make() -> list[Told]:
        from printkit.pdf.join import join  # loads pikepdf, which pages that are only made up need not

        return [(File(path, join([one.part for one in drawn], facts), len(drawn)), ())]

    return Making(make, drawn, (path, facts))


WEB = Variant("web", screen_look, drawn_screen_look, _files)
