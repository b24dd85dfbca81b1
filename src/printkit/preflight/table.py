"""The list of rules on the terminal: what each said."""

from rich import box
from rich.table import Table
from rich.text import Text

from printkit.diagnostics import Say, Severity
from printkit.preflight.run import Outcome, Report

_HEADS = (Say("no.", "编号"), Say("rule", "规则"), Say("result", "结果"))
_PASSED = Say("passed", "通过")
_COUNTS = (
    (Severity.ERROR, "bold red", Say("{} error(s)", "{} 个错误")),
    (Severity.WARNING, "yellow", Say("{} warning(s)", "{} 个警告")),
    (Severity.INFO, "dim", Say("{} note(s)", "{} 条说明")),
)


def report_table(report: Report, language: str) -> Table:
    """Return a row for each rule, with its number in docs/preflight.md."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, head in enumerate(_HEADS):
        table.add_column(head.to(language), justify="right" if index == 0 else "left")
    for outcome in report.outcomes:
        number = str(outcome.check.number or "—")
        table.add_row(number, outcome.check.title.to(language), _result(outcome, language))
    return table


def _result(outcome: Outcome, language: str) -> Text:
    if (why := outcome.not_checked) is not None:
        return Text(Say("not checked: ", "未检查：").to(language) + why.reason.to(language), style="magenta")
    parts = [
        Text(say.to(language).format(count), style=style)
        for severity, style, say in _COUNTS
        if (count := outcome.count(severity))
    ]
    if outcome.passed:
        parts.insert(0, Text(_PASSED.to(language), style="green"))
    return Text(Say(", ", "，").to(language)).join(parts)
