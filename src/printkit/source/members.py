"""Groups (组合报道): what the entry of a common head cannot have, told at its key's line."""

from printkit.diagnostics import Say
from printkit.source.article_keys import ArticleKeys
from printkit.source.document import Document, Steps, yaml_name
from printkit.source.faults import Faults
from printkit.source.keys import zh_name
from printkit.source.schema import EditionKeys, StoryKeys

LEAST_MEMBERS = 2

_OF_A_HEAD = ("headline", "kicker", "deck", "byline", "editor_note", "keywords", "optional")
"""What the article of a common head may have."""

_NOT_OF_A_GROUP: tuple[tuple[Steps, str], ...] = (
    (("jump_to",), "转版"),
    (("look", "head", "direction"), "标题.方向"),
    (("look", "head", "side"), "标题.位置"),
    (("look", "head", "columns"), "标题.占栏"),
    (("look", "byline"), "署名"),
    (("look", "columns"), "分栏"),
    (("look", "crop"), "裁图"),
)
"""Keys without meaning in the entry of a group: its head has no text, and covers all its columns."""


def refuse_in_group(keys: StoryKeys, document: Document[EditionKeys], steps: Steps, faults: Faults) -> None:
    """Tell of a group of one, and of keys that the entry of a group cannot have."""
    count = len(keys.members)
    if count < LEAST_MEMBERS and (*steps, "members") not in document.spoiled:
        faults.error(
            "wrong-value",
            document.at(*steps, "members"),
            Say(f"a group of {count}", f"组合报道只有 {count} 篇"),
            Say("give two members or more, or make it a story of its own", "请至少写两篇，或改为单独的稿件"),
        )
    for way, zh in _NOT_OF_A_GROUP:
        if document.gives(*steps, *way):
            shown = ".".join(map(str, way))
            faults.error(
                "wrong-kind",
                document.at(*steps, *way),
                Say(f"`{shown}` has no meaning with `members`", f"组合报道（members）不能写“{zh}”（{shown}）"),
                Say("take it out, or write it at a member", "请删去，或写在成员里")
                if way[0] == "look"
                else Say("take it out", "请删去"),
            )


def refuse_copy(document: Document[ArticleKeys], faults: Faults) -> None:
    """Tell of all that the article of a common head has beside its headings."""
    for name in ArticleKeys.model_fields:
        if name not in _OF_A_HEAD and document.gives(name):
            shown, zh = yaml_name(name), zh_name(ArticleKeys, name)
            faults.error(
                "wrong-kind",
                document.at(name),
                Say(
                    f"`{shown}` has no place in the article of a common head",
                    f"组合报道的总题只有标题和编者按，不能写“{zh or shown}”（{shown}）",
                ),
                Say("put it into a member's article", "请移到成员的稿件里"),
            )
