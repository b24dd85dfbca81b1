"""The sample editions, as they come out of the command."""


from checks import Piece, assert_feature_page, copy_of
from papers import Built

from printkit.source import read_edition


def _copy(built: Built, page: str) -> dict[str, list[Piece]]:
    edition, _ = read_edition(built.source)
    return {s.id: copy_of(s.article) for p in edition.pages if p.number == page for s in p.stories}


def test_feature_page_of_the_tabloid(tabloid: Built) -> None:
    assert_feature_page(tabloid.pdf("04"), 0, _copy(tabloid, "4"), tabloid.report)


def test_feature_page_of_the_broadsheet(broadsheet: Built) -> None:
    assert_feature_page(broadsheet.pdf("A06"), 0, _copy(broadsheet, "A06"), broadsheet.report)
