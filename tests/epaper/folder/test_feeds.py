import datetime
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.issues import ADDRESS, about, issue_of, story
from printkit.epaper.folder.feeds import STORIES, atom, json_feed, newest_stories
from printkit.epaper.folder.sitemap import with_issue
from printkit.epaper.issue.facts import Issue
from tests.support.sites import DAY, LEAD, made_of, put

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_the_feeds_are_well_formed(headline: str, text: str) -> None:
    issue = issue_of(DAY, "1234", (story("a", "1", text, headline or "题", byline=text),))
    entries = newest_stories([issue], about())
    (entry,) = ET.fromstring(atom(entries, about())).findall("a:entry", ATOM)
    title = entry.findtext("a:title", namespaces=ATOM) or ""
    if headline.isprintable() and headline:
        assert title == headline
    assert json.loads(json_feed(entries, about()))["items"][0]["title"] == entries[0].title


def test_hostile_text_stays_text_in_the_content() -> None:
    issue = issue_of(DAY, "1234", (story("a", "1", "<script>alert(1)</script> & “引号”\x00\x0b", "题"),))
    (entry,) = ET.fromstring(atom(newest_stories([issue], about()), about())).findall("a:entry", ATOM)
    assert entry.findtext("a:content", namespaces=ATOM) == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; “引号”</p>"


def test_a_story_is_known_by_its_tag_and_leads_to_its_view(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    root = ET.parse(tmp_path / "feed.xml").getroot()
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert ids[0] == "tag:paper.example.org,2024-01-10:lead"
    assert ids[2] == "tag:paper.example.org,2024-01-10:%E4%BA%8C%20%E7%89%88"
    link = root.findall("a:entry", ATOM)[2].find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"{ADDRESS}2024/01/10/story/%E4%BA%8C%20%E7%89%88.html"
    groups = [category.get("label") for category in root.findall("a:entry", ATOM)[2].findall("a:category", ATOM)]
    assert groups == ["第1234期", "02版：要闻"]
    told = json.loads((tmp_path / "feed.json").read_bytes())
    assert (told["version"], told["items"][0]["id"]) == ("https://jsonfeed.org/version/1.1", ids[0])


def test_a_correction_shows_as_an_update_of_its_stories_alone(tmp_path: Path) -> None:
    put(tmp_path, made_of(DAY, "1234", LEAD, story("b", "1", "二稿。")))
    put(tmp_path, made_of(DAY, "1234", LEAD, story("b", "1", "二稿改了。")), correct=True)
    items = json.loads((tmp_path / "feed.json").read_bytes())["items"]
    assert [item["date_modified"][:10] for item in items] == ["2024-01-10", "2024-02-01"]
    assert [item["date_published"][:10] for item in items] == ["2024-01-10", "2024-01-10"]


def test_a_feed_has_the_newest_stories_and_no_more() -> None:
    stories = tuple(story(f"s{n}", "1", f"稿{n}。") for n in range(30))
    days = [DAY - datetime.timedelta(days=n) for n in range(4)]
    read: list[datetime.date] = []

    def newest_first() -> Iterator[Issue]:
        for day in days:
            read.append(day)
            yield issue_of(day, "1", stories)

    entries = newest_stories(newest_first(), about())
    assert len(entries) == STORIES
    assert read == days[:2]


def test_the_site_map_names_every_view_once(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    put(tmp_path, made_of(DAY.replace(day=3), "1233"))
    put(tmp_path, made_of(DAY, "1234", LEAD), correct=True)
    listed = ET.parse(tmp_path / "sitemap-2024.xml").getroot()
    urls = {u.findtext("s:loc", namespaces=SITEMAP): u.findtext("s:lastmod", namespaces=SITEMAP) for u in listed}
    assert len(urls) == len(list(listed)) == 5 + 2
    assert urls[f"{ADDRESS}2024/01/10/story/lead.html"] == "2024-02-01"
    index = ET.parse(tmp_path / "sitemap.xml").getroot()
    assert [u.findtext("s:loc", namespaces=SITEMAP) for u in index] == [f"{ADDRESS}sitemap-2024.xml"]


def test_an_address_with_an_ampersand_is_escaped() -> None:
    site = about("https://paper.example.org/a&b/")
    ET.fromstring(with_issue("", made_of().issue, site))
