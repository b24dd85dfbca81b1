"""Numbers of mobile telephones."""

from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import TEXT, Kind, Rule, each_match
from printkit.diagnostics import Say, Severity

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
    look=each_match(r"(?<![\d.])1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![\d.])"),
)
