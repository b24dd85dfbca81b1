"""Numbers of mobile telephones."""

from printkit.copy.finds import mobiles
from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import TEXT, Found, Kind, Rule
from printkit.diagnostics import Say, Severity


def _look(text: str) -> list[Found]:
    return [Found(*span) for span in mobiles(text)]


check = Rule(
    id="mobile",
    clause="个人信息保护法 13",
    title=Say("number of a mobile telephone", "手机号码"),
    rationale=Say(
        "It is somebody's own, unless they have said yes; notices may have it.",
        "属个人信息，未经同意不能刊登；启事不查。",
    ),
    wrong="手机号为13800000000",
    kind=Kind.NONE,
    severity=Severity.ERROR,
    parts=TEXT - {Part.NOTICE},
    marks="1",
    look=_look,
)
