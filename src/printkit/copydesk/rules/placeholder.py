"""What was to be filled in."""

from printkit.copydesk.rule import Kind, Rule, each_match
from printkit.diagnostics import Say, Severity

check = Rule(
    id="placeholder",
    title=Say("something still to be filled in", "有待补的内容"),
    rationale=Say("It would be printed as it stands.", "会照样印出来。"),
    wrong="金额为（待核）万元",
    kind=Kind.WORD,
    severity=Severity.ERROR,
    marks="TFXx待×□",
    look=each_match(
        r"(?<![A-Za-z0-9])(?:TODO|FIXME|XX+|xxx+)(?![A-Za-z0-9])|[（(【\[]待(?:核实?|补充?|查|定稿|确认|填)[）)】\]]"
        r"|(?<=[：为])×{2,}|×{2,}(?=[元人万年月日号])|□{3,}"
    ),
)
