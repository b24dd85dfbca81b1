"""The forms that a story may take on an automatic page, beside what the rungs of the ladder change.

In: an article, its type, the columns of its frame, the forms that the style allows. Out: each way to have its pictures over
some columns, under the headline or beside it, the byline after the text, the headline over the first columns alone.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product

from printkit.makeup.ladder import Choice
from printkit.makeup.story.bylines import may_stand_last
from printkit.model.article import Article, Picture
from printkit.model.geometry import StoryStyle
from printkit.model.text import Kind

Form = tuple[int, int, bool, bool, int]
"""The fields of a `Choice` from `columns` on."""

_WORSE = 4
"""How many columns more a picture counts as narrower by for each under the least that its style likes."""


def forms(
    article: Article,
    styles: StoryStyle,
    columns: int,
    allowed: Collection[str],
    shown: Sequence[Picture],
    asked: int,
    narrowest: int,
    is_wrong: Callable[[Choice], bool],
    *,
    at_top: bool,
) -> Iterator[Form]:
    """Offer the forms of a story.

    Args:
        article: the copy.
        styles: its type.
        columns: those of its frame.
        allowed: some of `FORMS`.
        shown: its pictures that text runs round, one with the headline left out.
        asked: columns of the first of them as article and style ask.
        narrowest: the same where none may be narrower than asked.
        is_wrong: says of a choice whether its headline does not fit.
        at_top: whether the story stands at its page's top.
    """
    tails = (False, True)[: 1 + ("tail" in allowed and bool(article.byline) and may_stand_last(article, styles))]
    if not shown or not allowed or not (article.body or article.sections):
        for tail in tails:
            yield 0, 0, False, tail, 0
            if shown and allowed and not article.body and columns > 1 and styles.headline_direction == "vertical":
                yield columns - 1, asked - columns + 1, False, tail, 0  # beside its headline, which has a column
            if "first" in allowed and at_top and _may_be_bare(article, styles):
                # At least half of the columns, and never all.
                wide = (n for n in range(max(1, (columns + 1) // 2), columns))
                yield from ((0, 0, False, tail, n) for n in wide if not is_wrong(Choice(tail=tail, first=n)))
        return
    first = 1 if "narrower" in allowed else narrowest
    last = columns if "wider" in allowed else asked
    besides = (False, True)[: 1 + ("beside" in allowed and _may_stand_beside(article, styles, shown))]
    for width, beside, tail in product(range(first, last + 1), besides, tails):
        narrow = beside and (width == columns or is_wrong(Choice(columns=width, beside=True, tail=tail)))
        if not narrow:
            # Under the least that the style likes each column is as bad as several.
            worse = _WORSE * max(0, min(styles.least_picture_columns, asked) - width)
            yield width, asked - width + worse, beside, tail, 0


def _may_be_bare(article: Article, styles: StoryStyle) -> bool:
    """Say whether columns may have text alone while the headline stands over the others."""
    if article.editor_note or article.floating or article.boxes or styles.headline_columns:
        return False
    has_table = any(paragraph.kind is Kind.TABLE for paragraph in article.paragraphs)
    return bool(article.headings and article.body) and styles.headline_direction == "horizontal" and not has_table


def _may_stand_beside(article: Article, styles: StoryStyle, shown: Sequence[Picture]) -> bool:
    """Say whether a story's one picture may stand beside the headline block (题左图右)."""
    if (
        len(shown) > 1
        or shown[0].place in ("inside", "foot")
        or styles.picture_place == "foot"
        or article.title_picture
        or article.editor_note
    ):
        return False
    at_right = (shown[0].side or styles.picture_side) == "right" and not styles.headline_columns
    return at_right and styles.headline_direction == "horizontal" and bool(article.headings)
