"""What is indexed is found: by a reader of the index in Python, and by the site's own script in node."""

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.issues import story
from printkit.epaper import names
from printkit.epaper.folder.dated_lines import with_line
from printkit.epaper.folder.search_index import shard_lines
from printkit.epaper.folder.search_terms import LONGEST, SHARDS, fold, shard_of, simplified_script, terms
from printkit.render.templates import STYLES
from tests.support.sites import DAY, HOSTILE, LEAD, SECOND, made_of, put

SCRIPT = STYLES / "search.js"
node = pytest.mark.skipif(shutil.which("node") is None, reason="no node; the script is also run in Chromium")

TEXT = st.text(
    st.one_of(
        st.sampled_from("职工代表大会雪〇々㐀𠀀カが한ﾊﾞ① ＡＢｃ１２éßİΣж-，。\u3000\t\u00ad\u200b“”"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def in_node(expression: str, *arguments: object) -> object:
    """Return what an expression of the script's pure functions gives, `a` being the arguments."""
    program = (
        f"{simplified_script().decode()} require({json.dumps(str(SCRIPT))}); const p = globalThis.printkitSearch.pure;"
        "const a = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        f"process.stdout.write(JSON.stringify({expression}));"
    )
    done = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


# --- terms -------------------------------------------------------------------------------------------------


def test_han_are_pairs_and_words_are_whole() -> None:
    assert terms("第12期Print版，职代会") == {"第", "12", "期", "print", "版", "职代", "代会", "会"}


def test_full_width_capitals_joiners_and_blanks_between_han_make_no_difference() -> None:
    assert fold("ＡＢＣ１２\u3000职代会 开\u00ad幕 on\u200bline") == "abc12 职代会开幕 online"


def test_a_very_long_word_is_indexed_by_its_beginning() -> None:
    assert terms("w" * 300) == {"w" * LONGEST}


@given(TEXT)
def test_every_term_is_in_the_folded_text_and_ends_no_string(text: str) -> None:
    folded = fold(text)
    for term in terms(text):
        assert term in folded or term in re.sub("[-\u2010]", "", folded)
        assert not re.search(r'[\s:"\\.]', term)
        assert 0 <= shard_of(term) < SHARDS


@given(TEXT, TEXT)
def test_parts_of_a_text_on_lines_of_their_own_keep_their_terms(one: str, other: str) -> None:
    assert terms(f"{one}\n{other}") == terms(one) | terms(other)


@node
@settings(max_examples=8)
@given(st.lists(TEXT, min_size=40, max_size=80))
def test_the_script_folds_as_the_index_does(texts: list[str]) -> None:
    assert in_node("a[0].map(p.fold)", texts) == [fold(text) for text in texts]
    found = sorted({term for text in texts for term in terms(text)})
    assert in_node("a[0].map(p.shardOf)", found) == [shard_of(term) for term in found]


@node
@settings(max_examples=8)
@given(st.lists(st.tuples(TEXT, st.integers(0, 30), st.integers(1, 12)), min_size=20, max_size=40))
def test_every_piece_of_a_text_is_found_in_it(cases: list[tuple[str, int, int]]) -> None:
    """A reader types any piece that begins where a word does: the script's terms are among the index's."""
    asked, lines = [], []
    for text, start, length in cases:
        folded = fold(text)
        inside_word = re.search(r"[0-9a-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]$", folded[:start])
        asked.append(folded[start : start + length] if not inside_word else "")
        lines.append("".join(f" {term}:0" for term in sorted(terms(text))) + " ")
    missed = in_node(
        "a[0].map((q, i) => p.queryTerms(p.phrases(q)).filter(t => !p.lookUp(a[1][i], t).size))", asked, lines
    )
    assert missed == [[] for _ in cases]


@node
@settings(max_examples=8)
@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(" \u3000\t\xa0")), min_size=20, max_size=40))
def test_words_parted_by_a_blank_are_each_looked_for(cases: list[tuple[str, str, str]]) -> None:
    quotes = str.maketrans("", "", '"“”＂')  # a pair of them makes one phrase of what is between
    cases = [(one.translate(quotes), other.translate(quotes), blank) for one, other, blank in cases]
    queries = [f"{one}{blank}{other}" for one, other, blank in cases]
    assert in_node("a[0].map(p.phrases)", queries) == in_node(
        "a[0].map(c => [...new Set([...p.phrases(c[0]), ...p.phrases(c[1])])])", cases
    )


@node
@pytest.mark.parametrize("blank", [" ", "\u3000", " \u3000 ", "\xa0", "\t"])
def test_two_words_of_han_need_not_stand_side_by_side(blank: str) -> None:
    told = {"headline": "职工之家", "text": "发放高温津贴。", "deck": "", "kicker": "", "byline": "", "keywords": ""}
    line = "".join(f" {term}:0" for term in sorted(terms(f"{told['headline']}\n{told['text']}"))) + " "
    wanted = in_node("p.phrases(a[0])", f"{blank}职工{blank}高温{blank}")
    assert wanted == ["职工", "高温"]
    assert in_node("p.queryTerms(a[0]).every(t => p.lookUp(a[1], t).size)", wanted, line) is True
    assert in_node("p.allFound(a[0], a[1])", told, wanted) is True
    assert in_node("p.allFound(a[0], p.phrases('职工 冰激凌'))", told) is False
    assert in_node("p.phrases('职\\u200b工\\ufeff大会')") == ["职工大会"]


ASKED = (
    ("職工書屋", "职工书屋", True),
    ("职工书屋", "職工書屋", True),
    ("著名", "著名劳模", True),
    ("96.4", "满意率96.4%", True),
    ("96.4", "96人，4个班", False),
    ("96", "满意率96.4%", False),
    ("12", "共125人", False),
    ("12", "共12人", True),
    ("wifi", "车间有Wi-Fi了", True),
    ("Wi-Fi", "车间有wifi了", True),
    ("Wi-Fi", "车间有Wi-Fi了", True),
    ("fi", "车间有Wi-Fi了", True),
    ("职工 -食堂", "职工书屋", True),
    ("职工 -食堂", "职工食堂", False),
    ("职工 －“食堂 师傅”", "职工食堂师傅", False),
    ("“职工书屋”", "职工的书屋", False),
    ("“职工 书屋”", "职工书屋", True),
    ('"on line" 职工', "职工 on line", True),
    ('"on line" 职工', "职工 line on", False),
)
"""What is asked, a text, and whether it is found in it."""


@node
def test_numbers_and_codes_are_words_quotes_hold_together_and_a_minus_leaves_out() -> None:
    rest = dict.fromkeys(("headline", "deck", "kicker", "byline", "keywords"), "")
    stories = [{**rest, "text": text} for _, text, _ in ASKED]
    lines = ["".join(f" {term}:0" for term in sorted(terms(text))) + " " for _, text, _ in ASKED]
    found = in_node(
        "a[0].map(p.asked).map((q, i) => p.queryTerms(q.wanted).every(t => p.lookUp(a[2][i], t).size)"
        " && p.allFound(a[1][i], q.wanted, q.without))",
        [query for query, _, _ in ASKED],
        stories,
        lines,
    )
    assert found == [is_found for _, _, is_found in ASKED]


@node
@pytest.mark.parametrize(
    ("filters", "is_found"),
    [
        ({}, True),
        ({"year": "2024"}, True),
        ({"year": "2023"}, False),
        ({"page": "3"}, True),
        ({"page": "03"}, True),
        ({"page": "权益"}, True),
        ({"page": "權益"}, True),
        ({"page": "1"}, False),
        ({"author": "顾一苇"}, True),
        ({"author": "闻喆"}, False),
        ({"year": "2024", "page": "3", "author": "顾一苇"}, True),
    ],
)
def test_year_page_and_author_are_asked_of_a_story(filters: dict[str, str], is_found: bool) -> None:
    story = {"pages": ["03"], "sections": ["权益"], "byline": "本报记者 顾一苇"}
    asked = {"year": "", "page": "", "author": ""} | filters
    assert in_node("p.fits(a[0], a[1], a[2])", "2024-08-09", story, asked) is is_found
    if "权益" not in filters.get("page", "") and "權" not in filters.get("page", ""):
        del story["sections"]  # as an older printkit wrote it
        assert in_node("p.fits(a[0], a[1], a[2])", "2024-08-09", story, asked) is is_found


@node
def test_the_words_to_be_marked_are_those_of_the_story() -> None:
    story = dict.fromkeys(("headline", "deck", "kicker", "byline", "keywords"), "") | {
        "text": "車間有Ｗｉ-Ｆｉ了，96.4%满意"
    }
    assert in_node("p.wordsIn(a[0], p.phrases(a[1]))", story, "车间 wifi 96.4") == ["車間", "Ｗｉ-Ｆｉ", "96.4"]


def test_of_simplified_text_nothing_is_folded() -> None:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    common = "".join(row.decode("gb2312", errors="ignore") for row in rows)
    assert fold(common) == common
    assert fold("職工書屋") == "职工书屋"


# --- the index -----------------------------------------------------------------------------------------------


def read_index(out: Path, month: str) -> dict[str, dict[str, set[str]]]:
    """Read a month's index as the browser does: date → term → postings."""
    found: dict[str, dict[str, set[str]]] = {}
    for shard in range(SHARDS):
        text = (out / f"search/{month}/{shard:02x}.js").read_text(encoding="utf-8")
        for line in text.splitlines():
            match = re.fullmatch(r'/\*(.{10})\*/printkitSearch\.terms\("(.{10})",(\d+),"( .*)"\);', line)
            assert match is not None
            assert match[1] == match[2]
            assert int(match[3]) == shard
            for posting in match[4].split():
                term, _, stories = posting.partition(":")
                assert shard_of(term) == shard
                found.setdefault(match[1], {})[term] = set(stories.split("."))
    return found


def test_a_story_is_found_under_each_of_its_terms_and_no_other(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    put(tmp_path, made_of(DAY.replace(day=17), "1235", SECOND))
    index = read_index(tmp_path, "2024-01")
    assert index["2024-01-10"]["代表"] == {"0"}
    assert index["2024-01-10"]["职代"] == {"0t"}
    assert index["2024-01-10"]["alert"] == {"1t"}
    assert index["2024-01-10"]["食堂"] == {"2t"}
    assert index["2024-01-17"]["食堂"] == {"0t"}
    assert set(index["2024-01-10"]) == terms(
        "\n".join(f"{s.headline}\n{s.deck}\n{s.text}" for s in (LEAD, HOSTILE, SECOND))
    )


def test_another_month_is_not_touched(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "search/2024-01").rglob("*.js")}
    put(tmp_path, made_of(datetime.date(2024, 2, 7), "1235"))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "search/2024-01").rglob("*.js")} == before
    assert (tmp_path / names.MONTHS_SCRIPT).read_text(encoding="utf-8") == (
        'printkitSearch.months(["2024-02","2024-01"]);\n'
    )


def test_lines_are_kept_in_the_order_of_their_dates() -> None:
    text = ""
    for day in (3, 1, 2, 3):
        text = with_line(text, datetime.date(2024, 1, day), f"/*2024-01-0{day}*/{day};", head="head\n", tail="tail\n")
    assert text == "head\n/*2024-01-01*/1;\n/*2024-01-02*/2;\n/*2024-01-03*/3;\ntail\n"


def test_the_texts_of_stories_that_a_correction_took_away_go(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    put(tmp_path, made_of(DAY, "1234", LEAD), correct=True)
    assert [path.name for path in (tmp_path / "search/2024-01/10").iterdir()] == ["0.js"]


@node
def test_the_script_ranks_headlines_first_then_the_newest(tmp_path: Path) -> None:
    issues = [
        made_of(DAY, "1", story("a", "1", "讲到雪。", "题"), story("b", "1", "别的。", "下雪了")),
        made_of(DAY.replace(day=11), "2", story("c", "1", "又讲到雪。", "题"), story("d", "1", "无关。")),
    ]
    parts: dict[int, dict[str, str]] = {}
    for made in issues:
        for shard, line in enumerate(shard_lines(made.issue)):
            text = re.search(r'"( .*)"\);', line)
            assert text is not None
            parts.setdefault(shard, {})[made.issue.date.isoformat()] = text[1]
    found = in_node("p.candidates(a[0], a[1])", parts, ["雪"])
    assert found == [
        {"date": "2024-01-10", "story": 1, "titled": True},
        {"date": "2024-01-11", "story": 0, "titled": False},
        {"date": "2024-01-10", "story": 0, "titled": False},
    ]


@node
def test_the_excerpt_marks_the_very_words_of_the_text() -> None:
    told = {
        "headline": "题", "deck": "", "kicker": "", "byline": "", "keywords": "",
        "text": "前面。\n他说：ＡＢＣ公司 职工\u00ad代表大会，party 上 art 展。后面",
    }  # fmt: skip
    asked = ["abc公司职工代表", "art", "不在其中"]
    assert in_node("a[1].map(q => p.excerpt(a[0], [q]).filter(x => x[1]).map(x => x[0]))", told, asked) == [
        ["ＡＢＣ公司 职工\u00ad代表"],
        ["art"],
        [],
    ]
    assert in_node("p.excerpt(a[0], ['art'])[0][0].endsWith('party 上 ')", told) is True
    both = "p.excerpt(a[0], ['职工', '公司', 'art']).filter(x => x[1]).map(x => x[0])"
    assert in_node(both, told, asked) == ["公司", "职工", "art"]
    assert (
        in_node("p.excerpt(a[0], ['职工', '公司']).map(x => x[0]).join('').includes('ＡＢＣ公司 职工')", told, asked)
        is True
    )
    assert in_node("a[1].map(q => p.allFound(a[0], [q]))", told, asked) == [True, True, False]
