"""The views of an issue: what they say, that they are sound HTML, that they ask nobody else for anything."""

import datetime
import hashlib
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlparse

import html5lib
import pytest
from PIL import Image

from printkit.diagnostics import InputError
from printkit.epaper import names
from printkit.epaper.issue.facts import Revision, write_facts
from printkit.epaper.issue.media import STORY_WIDTHS, TILE_RESOLUTION
from printkit.model.edition import stories_of
from tests.support.issues import MadeIssue, make_issue
from tests.support.papers import SMALL_PAGE, portrait, write_paper
from tests.support.sites import tree_of

SAMPLES = pytest.mark.parametrize("sample", ["tabloid_issue", "broadsheet_issue"])
SITE = "https://site.invalid/"
NEWEST = datetime.date(2024, 8, 9)
"""The tabloid's."""
BEYOND = re.compile(
    r"(latest|archive|search)/index\.html|index\.html|archive/[\d-]+/(previous\.html|next\.html|issues\.js)|topic/\w+/.+\.html|feed\.\w+"
)
"""Pages of the site that are not an issue's."""


def views(issue: MadeIssue) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of every view, without its block of data for public accounts (test_wechat.py)."""
    for name in issue.made.files:
        if name.endswith(".html") and not name.startswith(names.WECHAT):
            yield name, re.sub(r'<script type="text/html".*?</script>', "", issue.html(name), flags=re.DOTALL)


def elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every element with its attributes; whatever a browser would have to mend raises."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield element.tag, dict(element.attrib)


def addresses(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what an element loads or leads to."""
    for name in ("href", "src"):
        if name in attributes:
            yield attributes[name]
    for part in filter(None, attributes.get("srcset", "").split(",")):
        yield part.split()[0]


def body_text(html: str) -> str:
    """Return all text inside ``<main>`` without white space."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    main = tree.find(".//main")
    assert main is not None
    return re.sub(r"\s", "", "".join(main.itertext()))


@SAMPLES
def test_views_are_sound_and_ask_nobody_else(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    for name, html in views(issue):
        assert "style=" not in html
        assert "Content-Security-Policy" in html
        loading = {"script", "img", "source", "iframe", "object", "embed", "video", "audio"}
        for tag, attributes in elements(html):
            assert not [a for a in attributes if a.startswith("on")], name
            assert tag != "style"
            if tag == "script":
                assert attributes.get("type") == "application/ld+json" or attributes.get("src")
            if tag in loading or (tag == "link" and attributes["rel"] not in ("canonical", "prev", "next")):
                assert not [a for a in addresses(tag, attributes) if urlparse(a).scheme or a.startswith("//")], name


@SAMPLES
def test_every_address_inside_the_site_is_there(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    folder = f"{SITE}{names.issue_folder(issue.edition.date)}/"
    there = {folder + name for name in issue.made.files} | {SITE + name for name in issue.made.shared}
    for name, html in views(issue):
        for tag, attributes in elements(html):
            for address in addresses(tag, attributes):
                full, _, anchor = unquote(urljoin(folder + name, address)).partition("#")
                if not full.startswith(SITE) or BEYOND.fullmatch(full.removeprefix(SITE)):
                    continue
                assert full in there, (name, address)
                if anchor:
                    assert f'id="{anchor}"' in issue.html(full.removeprefix(folder))


@SAMPLES
def test_a_story_is_whole_and_in_order(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    for story in stories_of(issue.edition):
        shown = body_text(issue.html(names.story_view(story.id)))
        article = story.article
        at = 0
        for paragraph in (*article.body, *(p for section in article.sections for p in section.body)):
            text = re.sub(r"\s", "", paragraph.text)
            assert text in shown[at:], (story.id, text)
            at = shown.index(text, at)
        assert "下转" not in shown
        assert "上接" not in shown
        facts = next(s for s in issue.made.issue.stories if s.id == story.id)
        assert re.sub(r"\s", "", facts.headline) in shown
        assert facts.text == article.text
        assert issue.edition.paper.name in shown


def test_a_story_says_where_and_when_it_stood(tabloid_issue: MadeIssue) -> None:
    html = issue_text = tabloid_issue.html("story/contest.html")
    assert "第01版、第03版" in issue_text
    assert '澜汀工会报 (<time datetime="2024-08-09">2024年08月09日</time> 第03版)' in tabloid_issue.html(
        "story/bargaining.html"
    )
    assert 'href="../01.html#area-contest"' in html
    assert 'href="../2024-08-09-01.pdf"' in html
    assert 'href="../2024-08-09-03.pdf"' in html


def test_a_file_is_saved_under_a_name_that_tells(tabloid_issue: MadeIssue) -> None:
    paper = tabloid_issue.edition.paper.name
    assert f'href="2024-08-09-01.pdf" download="{paper} 2024-08-09 01版 要闻.pdf"' in tabloid_issue.html("01.html")
    assert f'download="{paper} 2024-08-09 整期.pdf"' in tabloid_issue.html("01.html")
    assert f'download="{paper} 2024-08-09 第03版.pdf"' in tabloid_issue.html("story/contest.html")


def test_neighbours_lead_through_the_issue_and_end(tabloid_issue: MadeIssue) -> None:
    stories = [story.id for story in tabloid_issue.made.issue.stories]
    for before, after in pairwise(stories):
        assert f'rel="next" href="{after}.html"' in tabloid_issue.html(names.story_view(before))
        assert f'rel="prev" href="{before}.html"' in tabloid_issue.html(names.story_view(after))
    # At an end the way goes on to the issue beside.
    ways = {"prev": names.previous_issue(NEWEST), "next": names.next_issue(NEWEST)}
    for view, way in ((stories[0], "prev"), (stories[-1], "next")):
        assert f'rel="{way}" data-issue="{way}" href="../../../../{ways[way]}"' in tabloid_issue.html(
            names.story_view(view)
        )
    assert f'rel="prev" data-issue="prev" href="../../../{ways["prev"]}"' in tabloid_issue.html("01.html")
    assert 'rel="next" href="02.html"' in tabloid_issue.html("01.html")
    assert f'data-issue="prev" href="../../../{ways["prev"]}"' in tabloid_issue.html("02.html")
    assert f'rel="next" data-issue="next" href="../../../{ways["next"]}"' in tabloid_issue.html("04.html")


def test_a_dateline_is_parted_from_the_text_and_the_lines_of_a_headline_from_each_other(tmp_path: Path) -> None:
    article = {"headline": ["没有合同的木工", "等来了认定书"], "dateline": "本报讯", "body": "正文第一段。"}
    issue = make_issue(write_paper(tmp_path, {"story": article}))
    html = issue.html("story/story.html")
    assert "<p><strong>本报讯</strong>\u3000正文第一段。</p>" in html
    assert '<meta name="description" content="本报讯\u3000正文第一段。">' in html
    assert "<title>没有合同的木工 等来了认定书 - " in html
    assert "没有合同的木工 等来了认定书" in issue.html("01.html")


def test_a_table_has_its_heads(tabloid_issue: MadeIssue) -> None:
    html = tabloid_issue.html("story/summer-class.html")
    assert '<th scope="col"' in html
    assert '<th scope="row"' in html


def test_a_voice_rests_between_the_parts_of_a_title(tabloid_issue: MadeIssue) -> None:
    html = tabloid_issue.html("01.html")
    [entry] = re.findall(r'<li data-story="contest">(.*?)</li>', html, re.DOTALL)
    said = re.sub(r"<[^>]+>", "", entry)
    assert said.startswith("全区第九届职工职业技能大赛落幕。 车间出题 赛场解题。 8个工种")
    assert said.endswith("难题找到解法。 下转第03版")
    assert entry.count('<span class="said">。</span>') == 3, "none of the rests is seen"


def test_pages_are_listed_as_readers_know_them(tabloid_issue: MadeIssue) -> None:
    html = tabloid_issue.html("02.html")
    for label in ("01版：要闻", "02版：服务", "03版：权益", "04版：特别报道"):
        assert f"<span>{label}</span>" in html
    assert html.count('aria-current="page"') == 1


def test_pictures_are_made_in_their_widths_and_say_what_they_show(tabloid_issue: MadeIssue) -> None:
    files = tabloid_issue.made.files
    for number in ("1", "2", "3", "4"):
        for width in names.PICTURE_WIDTHS:
            for kind in ("webp", "jpg"):
                with Image.open(io.BytesIO(files[names.page_picture(number, width, kind)])) as picture:
                    assert picture.width == width
        assert len(files[names.page_picture(number, 960)]) < 200_000
    with Image.open(io.BytesIO(files["media/bargaining-share.jpg"])) as picture:  # the largest of a story's first
        assert max(picture.size) == STORY_WIDTHS[-1]
        assert picture.mode == "RGB"
    assert "media/bargaining-1-1280.webp" in files
    assert files["media/bargaining-1-1280.jpg"] == files["media/bargaining-share.jpg"], "each has its name, for ever"
    for _, html in views(tabloid_issue):
        for tag, attributes in elements(html):
            assert tag != "img" or "alt" in attributes
    assert "黄昏的港口" in tabloid_issue.html("story/bargaining.html")


def test_a_page_on_a_phone_is_small(tabloid_issue: MadeIssue) -> None:
    files, shared = tabloid_issue.made.files, tabloid_issue.made.shared
    frame = sum(len(data) for path, data in shared.items() if path.startswith(("assets/site", "assets/early")))
    for number in ("1", "2", "3", "4"):
        assert len(files[names.page_view(number)]) + frame + len(files[names.page_picture(number, 960)]) <= 250_000


def test_the_full_view_is_told_every_page_with_the_pieces_that_make_it(tabloid_issue: MadeIssue) -> None:
    files, issue = tabloid_issue.made.files, tabloid_issue.made.issue
    script = files[names.PAGES_SCRIPT].decode()
    pages = json.loads(script.removeprefix("printkitPages(").removesuffix(");\n"))
    assert [page["label"] for page in pages] == ["01版：要闻", "02版：服务", "03版：权益", "04版：特别报道"]
    for page, facts in zip(pages, issue.pages, strict=True):
        assert page["href"] == names.page_view(facts.number)
        assert {area[0] for area in page["areas"]} == set(facts.stories)
        assert [area[1] for area in page["areas"]] == [quote(names.story_view(area[0])) for area in page["areas"]]
        size, rows = page["tiles"]["size"], page["tiles"]["rows"]
        assert size[0] / page["size"][0] == pytest.approx(TILE_RESOLUTION / 72, rel=0.001)  # any page, however large
        sides = [[Image.open(io.BytesIO(files[name])).size for name in row] for row in rows]
        assert {sum(width for width, _ in row) for row in sides} == {size[0]}
        assert {sum(height for _, height in column) for column in zip(*sides, strict=True)} == {size[1]}
        assert sum(len(files[name]) for row in rows for name in row) < 1_000_000
        assert {*(name for name, _ in (*page["webp"], *page["jpg"])), page["small"]} <= set(files)


def test_a_story_leads_to_its_authors_its_column_and_what_stands_beside_it(tabloid_issue: MadeIssue) -> None:
    html = tabloid_issue.html("story/contest.html")
    for kind, called in (("column", "要闻"), ("author", "顾一苇"), ("author", "闻喆")):
        assert f'href="../../../../{quote(names.topic(kind, called, "2024"))}"' in html
    beside = html.partition('<nav class="beside"')[2].partition("</nav>")[0]
    first = next(page for page in tabloid_issue.made.issue.pages if "contest" in page.stories)
    assert beside.count("<li>") == len(first.stories) - 1
    assert 'href="../../../../archive/2024-08-09/previous.html"' in html


@SAMPLES
def test_assets_are_named_after_their_content(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    assets = {path: data for path, data in issue.made.shared.items() if path.startswith("assets/")}
    assert {Path(path).suffix for path in assets} == {".css", ".js", ".svg"}
    for path, data in assets.items():
        assert hashlib.sha256(data).hexdigest()[:12] in path


def test_the_same_edition_gives_the_same_bytes(tabloid_issue: MadeIssue, elsewhere: Path) -> None:
    again = elsewhere / "issue"
    assert (elsewhere / "issue.json").read_bytes() == write_facts(tabloid_issue.made.issue)
    made = tabloid_issue.made.files
    assert {name for name, data in tree_of(again).items() if data != made.get(name)} == set()
    assert len(tree_of(again)) == len(made)


# --- corrections, addresses ---------------------------------------------------------------------------


def test_the_reprints_that_are_there_are_linked_by_names_that_tell(plain: MadeIssue) -> None:
    sheet, large = names.reprint_pdf(names.briefs("1")), names.reprint_pdf("plain", large=True)
    assert sheet not in plain.html("01.html")
    made = plain.maker.files({**plain.pdfs, sheet: b"%PDF", large: b"%PDF"}).files
    page, story = made["01.html"].decode(), made["story/plain.html"].decode()
    assert f'<a href="{sheet}"' in page
    assert "本版简讯合页 <small>1 KB</small>" in page
    told, headline = plain.edition, plain.made.issue.stories[0].headline
    assert f'download="{told.paper.name} {told.date} 第1版 {headline} 大字版.pdf"' in story
    assert "剪报.pdf" not in story


def test_corrections_are_told_on_the_page_and_on_their_story(broadsheet_issue: MadeIssue) -> None:
    revisions = (Revision("2024-11-22", changed=("craft",)), Revision("2024-12-01", removed=("withdrawn",)))
    made = broadsheet_issue.maker.files(broadsheet_issue.pdfs, revisions)
    assert made.issue.revisions == revisions
    page, story = made.files["A06.html"].decode(), made.files["story/craft.html"].decode()
    for html in (page, story):
        assert '<time datetime="2024-11-22">2024年11月22日</time>' in html
    assert "撤下：1篇稿件" in page
    assert "撤下" not in story
    assert '"dateModified": "2024-11-22"' in story
    assert "更正" not in broadsheet_issue.html("A06.html")
    # A correction changes views alone: pictures, PDFs and the content's hash stay.
    changed = {name for name, data in made.files.items() if data != broadsheet_issue.made.files[name]}
    assert changed == {"A06.html", "story/craft.html", "2024-11-20.epub", "2024-11-20-large.epub"}
    assert made.issue.content == broadsheet_issue.made.issue.content


def test_a_correction_that_names_no_story_and_titles_of_withdrawn_ones_are_told(broadsheet_issue: MadeIssue) -> None:
    revisions = (
        Revision("2024-11-22"),
        Revision("2024-12-01", changed=("gone",), removed=("old", "older"), removed_titles=("旧<题>",)),
        Revision("2024-12-02", removed=("gone",), removed_titles=("改后撤下",)),
    )
    made = broadsheet_issue.maker.files(broadsheet_issue.pdfs, revisions)
    page = made.files["A06.html"].decode()
    assert '<time datetime="2024-11-22">2024年11月22日</time>　版面或期号有改动</li>' in page
    assert "修改：《改后撤下》；撤下：《旧&lt;题&gt;》、1篇稿件</li>" in page
    assert "撤下：《改后撤下》</li>" in page
    list(elements(page))
    assert "版面或期号" not in made.files["story/craft.html"].decode()


def issue_with(
    folder: Path, articles: dict[str, dict[str, Any]], *, paper: dict[str, Any] | None = None, **keys: Any
) -> MadeIssue:
    """Make an issue of a small page, whose pictures are small."""
    return make_issue(write_paper(folder, articles, paper=SMALL_PAGE | (paper or {}), **keys))


def test_the_foot_says_who_runs_the_site(plain: MadeIssue, tmp_path: Path) -> None:
    site = {
        "主办单位": "苇渡工会",
        "contact": "0000-1 <a@b.example>",
        "icp": "某ICP备00000000号",
        "公安备案": "某公网安备0号",
        "copyright": "不得转载",
        "链接": [{"名称": "工会网", "网址": "https://union.example.org/?a=1&b=2"}],
    }
    issue = issue_with(tmp_path, {"one": {"headline": "题", "body": "文。"}}, paper={"site": site})
    for _, html in views(issue):
        foot = html.partition("<footer")[2]
        for told in ("主办：苇渡工会", "联系：0000-1 &lt;a@b.example&gt;", "不得转载"):
            assert f"<span>{told}</span>" in foot
        assert '<a href="https://beian.miit.gov.cn/">某ICP备00000000号</a>' in foot
        assert '<a href="https://beian.mps.gov.cn/">某公网安备0号</a>' in foot
        assert '<li><a href="https://union.example.org/?a=1&amp;b=2">工会网</a></li>' in foot
        assert len(list(elements(html))) > 10
    assert "beian" not in plain.html("01.html")
    assert 'class="links"' not in plain.html("01.html")


def test_a_paper_may_do_without_wechat_and_have_a_small_pack(plain: MadeIssue, tmp_path: Path) -> None:
    issue = issue_with(tmp_path, {"plain": PLAIN}, paper={"网站": {"打包": "小", "微信": "否"}})
    story = "story/plain.html"
    assert "发微信" in plain.html(story)
    assert "发微信" not in issue.html(story)
    assert "kit" not in issue.html(story)
    gone = {name for name in plain.made.files if "公众号" in plain.made.files[name].decode("utf-8", "ignore")}
    assert names.account_article("plain") in gone - issue.made.files.keys()
    pack = names.pack(issue.edition.date)
    small = issue.made.shared[pack]
    assert len(small) < len(plain.made.shared[pack])
    size = f"{round(len(small) / 1000)} KB" if len(small) < 1_000_000 else f"{len(small) / 1_000_000:.1f} MB"
    assert f"整期打包ZIP <small>{size}</small>" in issue.html("01.html")


def test_verse_and_letters_keep_their_lines(tmp_path: Path) -> None:
    body = "引子。\n\n~ 山*高*<b>\n~ 水长\n\n~ 月明\n\n此致\n<< 敬礼\n\n>> 老廖\n>> 一月\n\n^ 完"
    html = issue_with(tmp_path, {"poem": {"headline": "诗", "body": body, "editor_note": "~ 旧句"}}).html(
        "story/poem.html"
    )
    assert '<p class="verse">山<em class="dots">高</em>&lt;b&gt;<br>水长</p>' in html
    assert html.count('<p class="verse">') == 3
    assert "<p>此致</p>" in html
    assert '<p class="flush">敬礼</p>' in html
    assert '<p class="sign">老廖<br>一月</p>' in html
    assert '<p class="centre">完</p>' in html


PLAIN = {"headline": "一篇没有图片的稿件", "body": "第一段。\n\n第二段。\n"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> MadeIssue:
    """One story without pictures, which others are held against."""
    return issue_with(tmp_path_factory.mktemp("plain"), {"plain": PLAIN})


def test_an_edition_without_pictures(plain: MadeIssue) -> None:
    assert not [name for name in plain.made.files if name.startswith("media/")]
    assert plain.made.issue.stories[0].picture == ""
    list(elements(plain.html("story/plain.html")))
    assert "og:image" not in plain.html("story/plain.html")
    assert 'rel="canonical"' not in plain.html("story/plain.html")


def test_a_paper_with_an_address_has_canonical_links_and_shared_pictures(tmp_path: Path) -> None:
    paper = {"site": {"base_url": "https://paper.example.org/e"}}
    portrait(tmp_path / "images/图 片.png")
    pictured = {
        "headline": "有图",
        "body": "正文。",
        "pictures": [{"file": "../images/图 片.png", "caption": "一张图"}],
    }
    stories = [{"article": f"articles/{name}.yaml", "slot": slot} for name, slot in (("甲", "lead"), ("乙", "second"))]
    issue = issue_with(tmp_path, {"甲": PLAIN, "乙": pictured}, paper=paper, layout="inside", stories=stories)
    html = issue.html("story/乙.html")
    base = "https://paper.example.org/e/2024/01/10"
    assert f'<link rel="canonical" href="{base}/story/%E4%B9%99.html">' in html
    assert f'<meta property="og:image" content="{base}/media/%E4%B9%99-share.jpg">' in html
    assert f'content="{base}/picture/01-960.jpg"' in issue.html("story/甲.html")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[0])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "有图"
    assert data["mainEntityOfPage"] == f"{base}/story/%E4%B9%99.html"
    assert [source for source in re.findall(r'src="([^"]+)"', html) if source.startswith("../media")] == [
        "../media/%E4%B9%99-1-640.jpg"
    ]


@pytest.mark.parametrize("name", ["content", "files", "area-content"])
def test_a_storys_id_meets_no_id_of_the_page(tmp_path: Path, name: str) -> None:
    issue = issue_with(tmp_path, {name: PLAIN})
    for view, html in views(issue):
        ids = [attributes["id"] for _, attributes in elements(html) if "id" in attributes]
        assert len(ids) == len(set(ids)), view


# --- hostile text ------------------------------------------------------------------------------------------

HOSTILE = "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)>&amp;'{{ 123457 * 3 }}"


def test_hostile_text_is_text(tmp_path: Path) -> None:
    portrait(tmp_path / "images/a.png")
    article = {
        "kicker": HOSTILE,
        "headline": HOSTILE,
        "deck": HOSTILE,
        "byline": [{"role": HOSTILE, "name": HOSTILE}],
        "editor_note": f"按{HOSTILE}",
        "body": f"段{HOSTILE}\n\n## 题{HOSTILE}\n\n- 条{HOSTILE}\n\n> 引{HOSTILE}\n\n| 甲{HOSTILE} | 乙 |\n|---|---|\n| 丙{HOSTILE} | 丁 |\n",
        "pictures": [{"file": "../images/a.png", "caption": f"图{HOSTILE}", "credit": HOSTILE, "alt": f"替{HOSTILE}"}],
        "boxes": [{"kind": "after", "headline": HOSTILE, "body": HOSTILE}],
        "source": HOSTILE,
        "keywords": [HOSTILE],
    }
    paper = {"site": {"base_url": "https://paper.example.org/"}, "name": f"报{HOSTILE}"}
    issue = issue_with(tmp_path, {"hostile": article}, paper=paper)
    for name, html in views(issue):
        scripts = [a for tag, a in elements(html) if tag == "script"]
        assert len(scripts) == (7 if name.startswith("story/") else 3)
        assert [s for s in scripts if "src" not in s] == [s for s in scripts if s.get("type") == "application/ld+json"]
        assert not [a for _, a in elements(html) if "onerror" in a]
        assert "370371" not in html
        assert "<script>alert" not in html
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert [json.loads(found)["headline"] for found in data] == [HOSTILE][: len(data)]
    shown = body_text(issue.html("story/hostile.html"))
    for mark in "段题条引甲丙图":
        assert mark + re.sub(r"\s", "", HOSTILE) in shown


def test_links_lead_outward_or_to_stories_of_the_edition(tmp_path: Path) -> None:
    body = "见[某处](https://example.org/?a=1&b=2)，写信[某人](mailto:a@example.org)。"
    html = issue_with(tmp_path, {"plain": PLAIN | {"body": body}}).html("story/plain.html")
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer external">某处</a>' in html
    assert 'href="mailto:a@example.org"' in html


# --- content -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "改了题"},
        {"kicker": "加了引题"},
        {"body": "第一段。\n\n第二段，改了。\n"},
        {"body": "第一段。\n\n**第二段。**\n"},
        {"byline": [{"role": "本报记者", "name": "某甲"}]},
        {"pictures": [{"file": "../images/a.png"}]},
    ],
)
def test_what_a_reader_sees_decides_the_content(plain: MadeIssue, tmp_path: Path, change: dict[str, Any]) -> None:
    portrait(tmp_path / "images/a.png")
    after = issue_with(tmp_path, {"plain": PLAIN | change}).made.issue.content
    assert plain.made.issue.content != after


def test_a_picture_drawn_anew_is_another_content(tmp_path: Path) -> None:
    pictured = PLAIN | {"pictures": [{"file": "../images/a.png"}]}
    portrait(tmp_path / "images/a.png", 0)
    before = issue_with(tmp_path, {"plain": pictured}).made.issue.content
    portrait(tmp_path / "images/a.png", 1)
    assert issue_with(tmp_path, {"plain": pictured}).made.issue.content != before


def test_how_it_is_laid_out_does_not_decide_the_content(plain: MadeIssue, tmp_path: Path) -> None:
    stories = [{"article": "articles/plain.yaml", "level": 3, "frame": "box"}]
    assert issue_with(tmp_path, {"plain": PLAIN}, stories=stories).made.issue.content == plain.made.issue.content


# --- a paper's own look --------------------------------------------------------------------------------------


def test_a_paper_may_bring_its_own_style_and_templates(tmp_path: Path) -> None:
    own = tmp_path / "layouts/site/page.html"
    own.parent.mkdir(parents=True)
    own.write_text("<!doctype html><title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/site.css").write_text("body { color: #123456 }")
    issue = issue_with(tmp_path, {"plain": PLAIN})
    assert issue.html("01.html").startswith("<!doctype html><title>01版：试版")
    assert any(data.startswith(b"body { color: #123456 }") for data in issue.made.shared.values())


def test_a_template_that_fails_is_told_at_its_line(tmp_path: Path) -> None:
    own = tmp_path / "layouts/site/story-view.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>\n{{ nothing_of_the_kind }}\n")
    with pytest.raises(InputError) as caught:
        issue_with(tmp_path, {"plain": PLAIN})
    (found,) = caught.value.diagnostics
    assert found.code == "site.template"
    assert found.where is not None
    assert found.where.file.endswith("story-view.html")
    assert found.where.line == 2
    assert found.hint


def test_boxes_and_notices_are_part_of_what_a_reader_sees(tmp_path: Path) -> None:
    def made(name: str, words: str) -> MadeIssue:
        boxed = {"headline": "题", "body": "甲。", "boxes": [{"kind": "after", "body": f"{words}<b>。"}]}
        listed = {"notices": [{"title": "遗失", "body": f"{words}。"}]}
        places = [{"article": f"articles/{n}.yaml", "slot": s} for n, s in (("boxed", "lead"), ("listed", "second"))]
        return issue_with(tmp_path / name, {"boxed": boxed, "listed": listed}, layout="inside", stories=places)

    one, other = made("one", "声明"), made("other", "更正")
    assert "<p>声明&lt;b&gt;。</p>\n</aside>" in one.html("story/boxed.html")
    assert "<li>\n<h2>遗失</h2>\n<p>声明。</p>\n</li>" in one.html("story/listed.html").replace("\n\n", "\n")
    facts = {story.id: story for story in one.made.issue.stories}
    assert facts["boxed"].text == "甲。\n编后\n声明<b>。"
    assert (facts["listed"].headline, facts["listed"].text) == ("遗失", "遗失\n声明。")
    for story in other.made.issue.stories:
        assert story.content != facts[story.id].content
