"""Corrections (更正): what was wrong in a story when its issue was printed."""

import re
from collections.abc import Sequence

from printkit.diagnostics import Say
from printkit.model.article import Article
from printkit.model.edition import Mistake, Page, Wish
from printkit.source.document import Document
from printkit.source.edition_keys import CorrectionKeys
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys


def read_corrections(
    document: Document[EditionKeys], pages: Sequence[Page], pool: Sequence[Wish], faults: Faults
) -> tuple[Mistake, ...]:
    """Return the corrections of an edition.

    One of a story that is not there is a fault, one that the story does not bear out a warning.
    """
    stories = [story for page in pages for story in page.stories if not story.ad] + [wish.story for wish in pool]
    known = {story.id: story.article for story in stories}
    for index, keys in enumerate(document.keys.corrections):
        if keys.story in known and keys.was:
            _check(keys, known[keys.story], document, index, faults)
        if not keys.story or keys.story in known:
            continue
        guess = faults.near(keys.story, lambda: known)
        message = Say(
            f"a correction names “{keys.story}”, and no story has this id", f"更正里写的“{keys.story}”没有这篇稿件"
        )
        hint = (
            Say(f"did you mean `{guess}`?", f"是不是“{guess}”？")
            if guess
            else Say("name a story of the issue by its `id`", "请写本期一篇稿件的编号（id）")
        )
        faults.error("corrects-nobody", document.at("corrections", index, "story"), message, hint)
    return tuple(Mistake(keys.story, keys.was, keys.now) for keys in document.keys.corrections)


def _check(keys: CorrectionKeys, article: Article, document: Document[EditionKeys], index: int, faults: Faults) -> None:
    """Tell where the right words are not in the story, or the wrong ones still are."""
    copy, was, now = _plain(_all_copy(article)), _plain(keys.was), _plain(keys.now)
    if now and now not in copy:
        faults.warn(
            "correction-now",
            document.at("corrections", index, "now"),
            Say(
                f"“{keys.now}” does not stand in the story “{keys.story}”",
                f"稿件“{keys.story}”里没有“{keys.now}”",
            ),
            Say("mend the story's copy, too, or these words", "请把稿件也改好，或核对这里的文字"),
        )
    # 三十 in 三十六 is right where 三十六 stands.
    if was in (copy.replace(now, "\n") if was in now else copy):
        faults.warn(
            "correction-was",
            document.at("corrections", index, "was"),
            Say(
                f"“{keys.was}” still stands in the story “{keys.story}”",
                f"稿件“{keys.story}”里还有“{keys.was}”",
            ),
            Say(
                "mend the story's copy, too, or write more of the words round it",
                "请把稿件也改好，或连同上下文多写几个字",
            ),
        )


def _all_copy(article: Article) -> str:
    """Return every word of a story that a reader sees."""
    headings = [heading.text for heading in article.headings.values()]
    pictures = [f"{one.caption}\n{one.credit}" for one in article.all_pictures]
    rest = [article.byline_text(), article.source, article.pull_quote.text if article.pull_quote else ""]
    return "\n".join([*headings, article.text, *pictures, *rest])


def _plain(text: str) -> str:
    """Return a text without the blanks that only part words and lines."""
    return re.sub(r"[ \t\u3000]+", "", text)
