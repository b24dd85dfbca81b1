"""The keys of the copy desk: what is silenced, and the house's two lists."""

from typing import Annotated

from printkit.source.keys import Keys, key
from printkit.source.values import Text, Texts, Whole


class SilenceKeys(Keys):
    """A rule that is not told, and why."""

    ignore: Text = key(
        "忽略", "the rule's id, as docs/lint.md has it", "规则名，见 docs/lint.md", default="", needed=True
    )
    text: Text = key(
        "",
        "the words that it is silent about; left out: all that it finds there",
        "不再提示的文字；不写则整条规则",
        default="",
    )
    reason: Text = key("理由", "why it is right as it stands", "为什么这样写是对的", default="", needed=True)
    by: Text = key("签名", "who says so", "谁定的", default="")


class HouseNameKeys(Keys):
    """A person of desk/names.yaml."""

    name: Text = key("姓名", "the name as it is written", "姓名的写法", default="", needed=True)
    title: Text = key("职务", "the person's office", "单位职务", default="")
    order: Annotated[int | None, Whole(1, 9999)] = key(
        "排序", "the order in which leaders are named, from 1", "排名先后，从 1 数"
    )
    never: Texts = key("误作", "how it is written wrong", "常见的误写", default=())


class HouseTermKeys(Keys):
    """A word of desk/terms.yaml."""

    say: Text = key("应作", "what is written", "本报的写法", default="", needed=True)
    never: Texts = key("不用", "what is not", "不用的写法", default=(), needed=True)
    why: Text = key("缘由", "why", "缘由", default="")
    since: Text = key("起用", "since which day", "起用日期", default="")


LISTS: dict[str, type[Keys]] = {"names": HouseNameKeys, "terms": HouseTermKeys}
"""The entries of the house's lists, desk/names.yaml and desk/terms.yaml."""
