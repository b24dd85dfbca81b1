"""For the archive: one PDF/A of the whole edition; its advertisements, and drawings that PDF/A may refuse, as pictures."""

from collections.abc import Iterator, Sequence

from printkit.model.edition import Edition
from printkit.output.manifest import File
from printkit.pdf.part import Facts
from printkit.variants.variant import Drawn, Making, Told, Variant, drawn_screen_look, edition_facts, screen_look


def _files(edition: Edition, drawn: Sequence[Drawn], only: str | None) -> Iterator[Making]:
    facts = edition_facts(edition)
    yield Making(lambda: [_file(drawn, facts)], drawn, ("archive", facts))


def _file(drawn: Sequence[Drawn], facts: Facts) -> Told:
    from printkit.pdf.ad_check import ad_facts
    from printkit.pdf.archive import archived  # loads the colour engine, which the web needs not
    from printkit.pdf.join import join

    parts = [one.part for one in drawn]
    ads = {file for part in parts for file in part.ads.values()}
    drawings = {file for part in parts for file in part.drawings.values()}
    as_pictures = ads | {file for file in drawings if not ad_facts(file).is_archived}
    data = archived(join(parts, facts, as_pictures))
    return File("archive/edition.pdf", data, len(parts)), ()


ARCHIVE = Variant("archive", screen_look, drawn_screen_look, _files)
