"""Values of YAML files changed by their spans: what was not touched keeps every byte, and what would be lost is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.diagnostics import InputError
from printkit.source.article_keys import ArticleKeys
from printkit.source.edits import Drop, Edit, Insert, Move, Put, Remove, edited, meaning, read_text, value_at
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys

ARTICLE = """\
# 稿签
引题: "老\\"引题"
headline: 主标题  # 已定
deck:
  - 副题一
  - 副题二   # 可删
body: |
  第一段，
  换行。

  ## 小标题

  *着重* 第二段。

pictures:
- {file: a.jpg, caption: 'it''s'}
- file: b.jpg
  caption: >
    折行的
    图注
keywords: &k [一, 二]
"""


def article(*edits: Edit, text: str = ARTICLE) -> str:
    return edited(text, "a.yaml", ArticleKeys, edits)


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Put(("kicker",), 'a "b" \\'), '"老\\"引题"', None),
        (Put(("headline",), "新题"), "主标题 ", "新题 "),
        (Put(("headline",), "新：题"), "主标题 ", "新：题 "),
        (Put(("headline",), "新: 题"), "主标题 ", "'新: 题' "),
        (Put(("headline",), "- 新’题' #"), "主标题 ", "'- 新’题'' #' "),
        (Put(("headline",), ["新题", "两行"]), "主标题 ", "[新题, 两行] "),
        (Put(("deck", 0), "改一"), "副题一", "改一"),
        (Put(("deck",), ["副题一", "改二"]), "副题二 ", "改二 "),
        (Put(("pictures", 0, "caption"), "it's '好'"), "'it''s'", "'it''s ''好'''"),
        (Put(("pictures", 1, "credit"), "某 摄"), "- file: b.jpg\n", "- file: b.jpg\n"),
        (Put(("body",), "第一段，\n换行。\n\n## 小标题\n\n第二段。"), "*着重* 第二段。", "第二段。"),
        (
            Put(("body",), "第一段，\n换行。\n\n新段。\n\n## 小标题\n\n*着重* 第二段。"),
            "  ## 小",
            "  新段。\n\n  ## 小",
        ),
        (Put(("body",), "第一段，\n换行。\n\n## 小标题"), "\n\n  *着重* 第二段。", ""),
        (Put(("dateline",), "本报讯"), "# 稿签\n", "# 稿签\n"),
        (Drop(("pictures", 0, "caption")), ", caption: 'it''s'", ""),
        (Drop(("kicker",)), '引题: "老\\"引题"\n', ""),
    ],
)
def test_one_value_is_changed_and_nothing_else(edit: Edit, old: str, new: str | None) -> None:
    if new is None:
        with pytest.raises(InputError) as told:
            article(edit)
        assert told.value.diagnostics[0].code == "source.by-hand"
        assert told.value.diagnostics[0].where is not None
        assert told.value.diagnostics[0].where.line == 2
        return
    done = article(edit)
    assert article(Drop(("dateline",))) == ARTICLE  # is not there
    if old == new:  # a key more: its line alone
        added = [line for line in done.splitlines() if line not in ARTICLE.splitlines()]
        assert len(added) == 1
        assert done.replace(f"{added[0]}\n", "") == ARTICLE
        return
    assert done == ARTICLE.replace(old, new, 1)


@pytest.mark.parametrize(
    "edit",
    [
        Put(("deck",), ["一个"]),  # a comment stands in it
        Put(("keywords",), ["三"]),  # an anchor
        Put(("body",), " 先空一格\n再来"),  # the block's indent would be another
        Drop(("headline",)),  # a comment stands behind it
        Put(("pictures", 7, "caption"), "没有"),
        Put(("headline", "x"), "没有"),
    ],
    ids=str,
)
def test_what_would_be_lost_is_refused_at_its_line(edit: Edit) -> None:
    with pytest.raises(InputError) as told:
        article(edit)
    assert told.value.diagnostics[0].code == "source.by-hand"


FOLDED = """\
body: >-
  第一段，
  换行。

  ## 小标题


  第二段，
  换行。
keywords: [一, {姓名: 二}]  # 两个
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Put(("body",), "第一段， 换行。\n新题\n\n第二段， 换行。"), "## 小标题", "新题"),
        (Put(("body",), "第一段， 换行。\n## 小标题\n\n新段。\n第二段， 换行。"), "  第二段", "  新段。\n\n  第二段"),
        (Put(("body",), "第一段， 换行。"), "\n\n  ## 小标题\n\n\n  第二段，\n  换行。", ""),
        (Insert(("keywords",), 2, {"名": "三"}), "二}]", "二}, {名: 三}]"),
        (Insert(("keywords",), 0, {"名": "三"}), "[一", "[{名: 三}, 一"),
        (Remove(("keywords", 0)), "一, ", ""),
        (Remove(("keywords", 1)), ", {姓名: 二}", ""),
    ],
)
def test_folded_text_and_lists_in_one_line_keep_what_stays(edit: Edit, old: str, new: str) -> None:
    assert article(edit, text=FOLDED) == FOLDED.replace(old, new)
    with pytest.raises(InputError):
        article(edit, text=FOLDED.replace(">-", "&a >-").replace("[一,", "[一,\n "))


def test_an_alias_is_never_written_through() -> None:
    text = "headline: &a 主题\nkicker: *a\nbody: |\n  段。\n"
    for edit in (Put(("kicker",), "新"), Put(("headline",), "新")):
        with pytest.raises(InputError):
            article(edit, text=text)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_are_the_files_own(end: str) -> None:
    text = ARTICLE.replace("\n", end)
    done = article(
        Put(("body",), "第一段，\n换行。\n\n多一段。\n\n## 小标题\n\n*着重* 第二段。"),
        Put(("dateline",), "本报讯"),
        Drop(("kicker",)),
        text=text,
    )
    assert done.count("\n") == done.count(end)
    assert f"  多一段。{end}{end}  ## 小标题" in done


EDITION = """\
pages:
  - number: 1
    stories:   # 要闻
      - {article: a.yaml, slot: lead}   # 头条
      # 二条
      - article: b.yaml
        slot: second

      - {article: c.yaml}
  - 版次: 2
    稿件: []
  - number: 3
pool:
- article: p.yaml
  page: 2
"""


def edition(*edits: Edit) -> str:
    return edited(EDITION, "e.yaml", EditionKeys, edits)


def test_entries_go_from_list_to_list_with_the_form_that_they_have() -> None:
    first, second, third = ("pages", 0, "stories"), ("pages", 1, "stories"), ("pages", 2, "stories")
    b = "      - article: b.yaml\n        slot: second\n"
    assert edition(Move((*first, 1), second, 0)) == EDITION.replace(b, "").replace("稿件: []\n", f"稿件:\n{b}")
    moved = edition(Move((*first, 1), third, 0))
    assert moved == EDITION.replace(b, "").replace("number: 3\n", f"number: 3\n    stories:\n{b}")
    pool = edition(Move(("pool", 0), first, 1))
    added = "      - article: p.yaml\n        page: 2\n"
    assert pool == EDITION.replace("      # 二条", f"{added}      # 二条").replace(
        EDITION[EDITION.index("pool") :], "pool: []\n"
    )
    assert edition(Insert(second, 0, {"article": "n.yaml", "slot": "x"})) == EDITION.replace(
        "[]\n", "\n      - {稿: n.yaml, 版位: x}\n"
    ).replace("稿件: \n", "稿件:\n")
    end = edition(Insert(first, 3, {"article": "n.yaml"}))
    assert end == EDITION.replace("{article: c.yaml}\n", "{article: c.yaml}\n      - {article: n.yaml}\n")
    assert edition(Remove((*first, 0))) == EDITION.replace("      - {article: a.yaml, slot: lead}   # 头条\n", "")


WAYS = [("pages", 0, "stories"), ("pages", 1, "stories"), ("pages", 2, "stories"), ("pool",)]


def entries(text: str) -> dict[Any, int]:
    root = read_text(text, "e.yaml", Faults(Path()))
    found = {}
    for way in WAYS:
        node = value_at(root, EditionKeys, way)
        said = meaning(node) if node is not None else []
        found[way] = len(said)
    return found


@given(st.data())
def test_any_moves_lose_no_comment_and_no_entry(data: st.DataObject) -> None:
    text = EDITION
    for _ in range(data.draw(st.integers(1, 5))):
        counts = entries(text)
        source = data.draw(st.sampled_from([way for way, count in counts.items() if count]))
        target = data.draw(st.sampled_from(WAYS))
        index = data.draw(st.integers(0, counts[source] - 1))
        place = data.draw(st.integers(0, counts[target] - (source == target)))
        text = edited(text, "e.yaml", EditionKeys, [Move((*source, index), target, place)])
        assert sum(entries(text).values()) == 4
    assert sorted(_words(text)) == sorted(_words(EDITION))


def _words(text: str) -> Iterator[str]:
    """Yield what an editor wrote, without indents and without what says that a list is empty or begins."""
    for line in text.splitlines():
        word = " ".join(line.replace("[]", "").split())
        if word and word.removesuffix(":") not in ("stories", "稿件"):
            yield word
