"""What is told and never changed; the numbers are invented, and no one's."""

from printkit.copy.finds import latin_words, private_numbers, repeated, without_meaning


def test_private_numbers_are_those_that_can_be_real() -> None:
    text = "手机13800138000，138 0013 8000；身份证990101199003070015，990101199003070016；热线0000-12345678，订单1380013800012"
    assert [text[start:end] for start, end in private_numbers(text)] == [
        "13800138000",
        "138 0013 8000",
        "990101199003070015",
    ]


def test_a_small_latin_word_among_han() -> None:
    text = "水平 and 能力，用 iPhone 拍，A and B"
    assert [text[start:end] for start, end in latin_words(text)] == ["and"]


def test_characters_that_no_font_knows() -> None:
    assert without_meaning("字\ue123字") == ((1, 2),)


def test_a_paragraph_that_stands_twice() -> None:
    text = "站里的灯亮到后半夜，值班的人换了三批，谁也没有说累，热水一直是烫的，门口的雪扫了又扫。"
    other = "河堤上新栽的柳树活了九成，护堤员每天早晚各走一遍，记下哪一棵歪了，哪一棵渴了，哪一棵该剪枝了。"
    assert list(repeated([text, other, f"据介绍，{text}", "短的一句", "短的一句"])) == [(0, 2)]
