"""A story for the editor of a public account (公众号): text and pictures with inline styles, and nothing that the editor takes out.

In: a story's view, as HTML of the template ``site/wechat.html`` with classes, and the rules of ``styles/wechat.css``. Out: sections,
paragraphs, headings, pictures and tables with a `style` each. The editor drops class, id, script, style sheets, links to other
sites, roles and elements that it does not know, and readings over characters; readings are written behind them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count, takewhile
from typing import Any

from markupsafe import Markup, escape

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue
from printkit.epaper.issue.stories import StoryPictures, story_view
from printkit.epaper.templates import SiteTemplates
from printkit.model.edition import Edition, numbers_of, page_stem, stories_of

_UNWRAPPED = frozenset({"a", "ruby", "rt", "rp", "picture", "body"})
"""Elements of which only what is inside them is left: the editor takes a link out unless it leads to another article of its own."""
_SECTIONS = frozenset({"article", "aside", "div", "figcaption", "figure", "header", "nav"})
_SPANS = frozenset({"em", "small"})
_VOID = frozenset({"img", "br"})
_KEPT = ("src", "alt", "colspan", "rowspan")


TO_ISSUE = "../../"
"""The way from the copy's own page to the issue's folder."""


def account_articles(
    edition: Edition, issue: Issue, templates: SiteTemplates, pictures: Mapping[str, StoryPictures]
) -> dict[str, str]:
    """Return every story's copy for a public account by its id; pictures stand on the site, where that has an address."""
    root = names.address(edition.paper.site_address, issue.date, "") or TO_ISSUE
    date = f"{issue.date:%Y年%m月%d日}"
    found = {}
    for story in (one for one in stories_of(edition) if one.id in pictures):
        facts = next(one for one in issue.stories if one.id == story.id)
        common = issue.common_head(facts)
        pages = "、".join(number for page in facts.pages for number in numbers_of(page_stem(page)))
        written = templates.render(
            "wechat.html",
            root,
            view=story_view(story.article, pictures[story.id], lambda _: None),
            date=date,
            place=f"第{pages}版" if pages else "",
            title=facts.headline,
            byline=facts.byline,
            common=common.headline if common else "",
        )
        found[story.id] = inlined(written.decode(), templates.wechat_sheet)
    return found


def article_pages(articles: Mapping[str, str], issue: Issue, templates: SiteTemplates) -> dict[str, bytes]:
    """Return that copy as pages under their names in the issue's folder, for offices without JavaScript."""
    titles = {story.id: story.headline for story in issue.stories}
    return {
        names.account_article(story): templates.render(
            "wechat-page.html", "", title=titles[story], article=Markup(article)
        )
        for story, article in articles.items()
    }


def for_wechat(story: str, files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield what of a story is sent by WeChat: what it is, and its name among the files."""
    parts = list(takewhile(files.__contains__, (names.long_picture(story, number) for number in count(1))))
    yield from ((f"长图{number}" if len(parts) > 1 else "长图", name) for number, name in enumerate(parts, 1))
    others = (
        ("头图", names.card(story)),
        ("方图", names.card(story, square=True)),
        ("公众号文稿", names.account_article(story)),
    )
    yield from ((kind, name) for kind, name in others if name in files)


def inlined(html: str, sheet: str) -> str:
    """Return a piece of HTML with the rules of a style sheet written into its elements."""
    import cssselect2
    import tinyhtml5

    matcher = _matcher(sheet)
    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(html, namespace_html_elements=False))
    styles = {one.etree_element: _style(matcher.match(one)) for one in root.iter_subtree()}
    body = root.etree_element.find("body")
    return "".join(_written(body, styles)).strip()


@lru_cache(1)  # every story's copy has the same
def _matcher(sheet: str) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        told = [
            tuple(map(str.strip, one.split(":", 1)))
            for one in tinycss2.serialize(rule.content).split(";")
            if ":" in one
        ]
        for selector in cssselect2.compile_selector_list(rule.prelude):
            matcher.add_selector(selector, told)
    return matcher


def _style(matches: Sequence[Any]) -> str:
    """Return the declarations of all rules that an element matches, the strongest of each property."""
    told = dict(pair for match in matches for pair in match[-1])
    return ";".join(f"{name}:{value}" for name, value in told.items())


def _written(element: Any, styles: dict[Any, str]) -> Iterator[str]:
    tag = element.tag
    if tag not in _UNWRAPPED:
        kept = [(name, element.get(name)) for name in _KEPT if element.get(name) is not None]
        attributes = [*kept, *([("style", styles[element])] if styles[element] else [])]
        tag = "section" if tag in _SECTIONS else "span" if tag in _SPANS else tag
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        yield f"<{tag}{written}>"
    yield escape((element.text or "").replace("\n", " "))
    for child in element:
        yield from _written(child, styles)
        yield escape((child.tail or "").replace("\n", " "))
    if element.tag not in _UNWRAPPED | _VOID:
        yield f"</{tag}>"
