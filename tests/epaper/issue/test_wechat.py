"""公众号文稿: what the editor of a public account takes out is not in it, and nothing of the story is lost."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from printkit.epaper import names
from printkit.epaper.issue.wechat import inlined
from printkit.model.edition import stories_of
from tests.support.checks import squeeze
from tests.support.issues import MadeIssue

SAMPLES = pytest.mark.parametrize("sample", ["tabloid_issue", "broadsheet_issue"])
TAGS = {"section", "p", "h1", "h2", "h3", "img", "br", "strong", "span", "sup", "blockquote", "ul", "li"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"style", "src", "alt", "colspan", "rowspan"}
STRIPPED = re.compile(
    r"position|float|animation|transition|transform|filter|url\(|var\(|calc\(|expression|@|font-family|grid|flex|!important"
)
"""What the editor takes out of a style, or what it does not show."""


def elements(page: str) -> Iterator[Element]:
    """Yield every element inside the body; whatever a browser would have to mend raises."""
    body = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page).find("body")
    assert body is not None
    yield from (one for one in body.iter() if one is not body)


@SAMPLES
def test_nothing_is_in_it_that_the_editor_takes_out(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    for story in stories_of(issue.edition):
        for element in elements(issue.html(names.account_article(story.id))):
            assert element.tag in TAGS
            assert not element.attrib.keys() - ATTRIBUTES
            assert not STRIPPED.search(element.get("style", ""))
            if element.tag == "img":
                assert element.get("src", "").startswith("https://")


@SAMPLES
def test_all_of_a_story_is_in_it(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    for story in stories_of(issue.edition):
        found = list(elements(issue.html(names.account_article(story.id))))
        text = squeeze("".join(found[0].itertext()))
        article = story.article
        for paragraph in (*article.paragraphs, *article.boxed):
            assert squeeze(re.sub(r"\s", "", paragraph.text)) in text or paragraph.table
        around = [one for one in found if any(inside.tag == "table" for inside in one)]
        assert all("overflow-x:auto" in one.get("style", "") for one in around)  # it may be wider than a phone
        shots = sum(len(entry.shots) for entry in article.all_pictures)
        assert sum(element.tag == "img" for element in found) == shots


def test_rules_are_written_into_their_elements_and_the_strongest_wins() -> None:
    sheet = "p { color: #333; margin: 0 } .kicker, h1 { color: #b5121b } blockquote p { margin: 4px }"
    html = '<p class="kicker" id="a">引题&amp;</p><blockquote><p>话<em class="dots">点</em></p></blockquote>'
    assert inlined(html, sheet) == (
        '<p style="color:#b5121b;margin:0">引题&amp;</p>'
        '<blockquote><p style="color:#333;margin:4px">话<span>点</span></p></blockquote>'
    )


def test_links_and_readings_leave_their_words() -> None:
    html = '<p><a href="https://x.invalid/">链接</a>与<ruby>铎<rp>（</rp><rt>duó</rt><rp>）</rp></ruby></p>'
    assert inlined(html, "") == "<p>链接与铎（duó）</p>"


def test_what_is_between_elements_stays_and_is_escaped() -> None:
    assert inlined('<p>a<br>b &lt;i&gt;<img src="x&amp;y" alt="“”" onerror="z"></p>', "") == (
        '<p>a<br>b &lt;i&gt;<img src="x&amp;y" alt="“”"></p>'
    )
