"""Numbers of identity cards."""

from printkit.copy.finds import identities
from printkit.copydesk.rule import Found, Kind, Rule
from printkit.diagnostics import Say, Severity


def _look(text: str) -> list[Found]:
    return [Found(*span) for span in identities(text)]


check = Rule(
    id="id-number",
    clause="个人信息保护法 28; GB 11643",
    title=Say("number of an identity card", "居民身份证号码"),
    rationale=Say(
        "It is somebody's own; its check digit is right, so it is a real one.",
        "属个人信息；校验码相符，不是随便写的数。",
    ),
    wrong="身份证号11010519491231002X",
    kind=Kind.NONE,
    severity=Severity.ERROR,
    marks="0123456789",
    look=_look,
)
