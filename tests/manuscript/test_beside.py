"""What is no running text: boxes beside a story, notices in the place of one, verse."""

import pytest

from printkit.manuscript.drafting import drafts
from printkit.manuscript.plain import read_plain
from printkit.model.article import Article
from printkit.model.text import Kind
from printkit.source.writing import proved, written

LINE = "天黑以后，灯一盏接一盏地亮了。船长把缆绳解开，等最后一个人上船。"
STORY = f"夜班船长\n本报记者 柯小满\n{LINE}\n{LINE[::-1]}。\n"


def article(text: str) -> Article:
    [draft] = drafts(read_plain("a.txt", text, ""), "a", split=False)
    return draft.article


def test_boxes_are_parted_from_the_text() -> None:
    made = article(f"{STORY}【链接】\n夜班渡船的由来\n夜班渡船始于1998年。\n编后：一条船，一个人。\n又一年了。\n")
    assert [(box.kind, box.headline and box.headline.text, [p.text for p in box.body]) for box in made.boxes] == [
        ("link", "夜班渡船的由来", ["夜班渡船始于1998年。"]),
        ("after", None, ["一条船，一个人。", "又一年了。"]),
    ]
    assert len(made.body) == 2


@pytest.mark.parametrize(
    "line", ["背景", "资料显示，这条河很长。", "他说：链接", "编后记忆犹新的是那条河。", "【注】河很长。"]
)
def test_a_word_alone_makes_no_box(line: str) -> None:
    made = article(f"{STORY}{line}\n{LINE}\n")
    assert made.boxes == ()
    assert line in [paragraph.text for paragraph in made.body]


def test_what_is_longer_than_its_story_is_no_box() -> None:
    assert article(f"{STORY}相关链接\n{LINE * 9}\n").boxes == ()


def test_a_file_of_notices() -> None:
    made = article("便民信息\n遗失声明\n望江店遗失公章一枚。\n远帆店遗失执照。\n招聘启事\n港务公司招聘装卸工若干名。\n")
    assert made.headline
    assert made.headline.text == "便民信息"
    assert [(one.title, len(one.body)) for one in made.notices] == [("遗失声明", 2), ("招聘启事", 1)]
    assert article(f"停水通知\n{LINE}\n").notices == ()


POEM = (
    "渡口的灯\n柯小满\n\n灯在水上写字\n写一笔，风就擦一笔\n写了三十年\n\n可是船都认得\n它们从黑里来\n2026年11月 渡口\n"
)


def test_verse_keeps_its_lines_and_its_stanzas() -> None:
    made = article(POEM)
    assert [(one.kind, one.text) for one in made.body] == [
        (Kind.VERSE, "灯在水上写字\n写一笔，风就擦一笔\n写了三十年"),
        (Kind.VERSE, "可是船都认得\n它们从黑里来"),
        (Kind.SIGN, "2026年11月 渡口"),
    ]
    assert [one.name for one in made.byline] == ["柯小满"]


@pytest.mark.parametrize(
    "text",
    [
        "获奖名单\n一、一等奖\n二、二等奖\n三、三等奖\n四、四等奖\n五、五等奖\n",
        "值班表\n周一：甲乙\n周二：丙丁\n周三：戊己\n周四：庚辛\n周五：壬癸\n",
        f"{STORY}短句。\n短句。\n短句。\n",
    ],
    ids=["prizes", "shifts", "prose"],
)
def test_short_lines_are_not_all_verse(text: str) -> None:
    assert Kind.VERSE not in {one.kind for one in article(text).body}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "text",
    [POEM, f"{STORY}【链接】\n- 由来\n* 河很长。\n", "遗失声明\n~ 一枚。\n启事\n[甲](乙)。\n"],
    ids=["verse", "boxes", "notices"],
)
def test_what_is_written_reads_back(text: str, language: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = written(article(text), language)
    file = tmp_path_factory.mktemp("a") / "a.yaml"
    file.write_text(done.text, encoding="utf-8")
    assert proved(file, done.article) == ()


def test_short_sentences_are_no_verse_and_lines_of_one_length_are() -> None:
    assert (
        article("题\n天黑了，灯亮了。\n船来了。\n人都上了岸，没有说话。\n风停了，天亮了。\n").body[0].kind is Kind.BODY
    )
    lines = "夜色下江来，灯火一时开。\n船从烟里过，人自月中回。\n"
    assert article(f"夜归\n柯小满\n\n{lines}{lines}").body[0].kind is Kind.VERSE
