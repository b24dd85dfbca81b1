"""Keys of edition.yaml that name a story or a page: where a story goes on, what was wrong in one."""

from printkit.source.keys import Keys, key
from printkit.source.values import PageNumber, StoryId, Text


class JumpKeys(Keys):
    """Where the rest of a story goes."""

    page: PageNumber = key("版次", "number of the page", "版次", default="", needed=True)
    slot: Text = key("版位", "slot of its layout; left out: the first free one", "版位；不写则取空位", default="")


class CorrectionKeys(Keys):
    """What was wrong in a story when it was printed."""

    story: StoryId = key("稿件", "the story, by its `id`", "哪一篇稿件，写其编号", default="", needed=True)
    was: Text = key("原文", "the words as they were printed", "见报时的文字", default="", needed=True)
    now: Text = key(
        "更正为",
        "the words as they are right; without them they were taken out",
        "正确的文字；不写就是删去",
        default="",
    )
