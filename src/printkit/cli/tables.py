"""The tables of the commands, as rich shows them."""

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from printkit.diagnostics import Say, Severity, seen
from printkit.model.page import Fit, MadeUpPage

if TYPE_CHECKING:  # a table of one command does not load what another one works with
    from printkit.commands.capacity import AdPlace, SlotRooms
    from printkit.commands.importing import Imported
    from printkit.commands.plan import Candidate
    from printkit.makeup.page.capacity import Span
    from printkit.manuscript.block import Note
    from printkit.model.edition import Allotted
    from printkit.preflight.run import Outcome, Report


def fit_table(pages: Sequence[MadeUpPage], language: str) -> Table:
    """Return how every story fits: a row a story, the pages parted by a rule.

    Advertisements and the common heads of groups are not counted in lines.
    """
    table = _table(_FIT, language, right=(3, 4))
    for made in pages:
        told = [story for story in made.stories if not (story.story.ad or story.story.is_common_head)]
        for story in told:
            fit = story.fit
            page = made.page.number if story is told[0] else ""
            row = page, story.story.slot, story.story.id, str(fit.lines), str(fit.capacity_lines)
            table.add_row(*row, _over_or_short(fit).to(language), end_section=story is told[-1])
    return table


_FIT = (Say("page", "版"), Say("slot", "版位"), Say("story", "稿件"), Say("lines", "行数"), Say("room", "可容"),
        Say("over / short", "溢缺"))  # fmt: skip


def _table(heads: Sequence[Say], language: str, right: Container[int], *, wraps: bool = False) -> Table:
    """Return a table without rows; `right` has the columns whose cells stand at the right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, head in enumerate(heads):
        table.add_column(head.to(language), justify="right" if index in right else "left", no_wrap=not wraps)
    return table


def _over_or_short(fit: Fit) -> Say:
    """Say how a story's length meets its room."""
    if fit.over_lines:
        return Say(
            f"over {fit.over_lines} ({fit.over_characters} chars)",
            f"溢 {fit.over_lines} 行（{fit.over_characters} 字）",
        )
    if fit.under_lines:
        return Say(
            f"short {fit.under_lines} ({fit.under_characters} chars)",
            f"缺 {fit.under_lines} 行（{fit.under_characters} 字）",
        )
    return Say("full", "排满")


def capacity_table(slots: "Sequence[SlotRooms]", ads: "Sequence[AdPlace]", language: str) -> Table:
    """Return the list that the desk orders copy by: a row a slot and level, the planned level in bold.

    Advertisements come last, each with the size to ask for.
    """
    table = _table(_CAPACITY, language, right=range(2, len(_CAPACITY)))
    for one in slots:
        slot = f"{one.slot}: {one.member}" if one.member else one.slot
        place = one.page, slot + (" *" if one.many else ""), f"{one.columns}×{one.lines}"
        for room in one.rooms:
            row = (
                *(place if room is one.rooms[0] else ("",) * 3),
                str(room.level),
                *_cells(room.plain),
                *_cells(room.pictured),
            )
            style = "bold" if room.level == one.level else ""
            table.add_row(*row, style=style, end_section=room is one.rooms[-1])
    for ad in ads:
        size = Say(f"{ad.width:g} × {ad.height:g} mm", f"{ad.width:g}×{ad.height:g} 毫米")
        table.add_row(ad.page, ad.slot, size.to(language), Say("ad", "广告").to(language), *4 * ("",))
    return table


_CAPACITY = (Say("page", "版"), Say("slot", "版位"), Say("columns × lines", "栏×行"), Say("level", "级别"),
             Say("characters", "字数"), Say("closes", "可收"), Say("with picture", "配一图"), Say("closes", "可收"))  # fmt: skip


def _cells(span: "Span | None") -> tuple[str, str]:
    return (str(span.characters), f"{span.least}–{span.most}") if span and span.most else ("—", "")


_RULE_NAMES = {
    "gutter": Say("gutter through", "断版"),
    "through": Say("line through", "横断"),
    "like-heads": Say("like heads", "碰题"),
    "forms": Say("frames", "框与竖题"),
    "heads-in-row": Say("heads in a row", "并题"),
    "order": Say("order", "次序"),
    "pictures": Say("pictures touch", "碰图"),
    "straddle": Say("gutter, rows", "栏缝少骑"),
    "width": Say("width", "栏宽"),
    "deep": Say("deep column", "单栏过长"),
    "thin": Say("thin", "过扁"),
}


def plan_table(candidates: "Sequence[Candidate]", language: str) -> Table:
    """Return a row for each candidate: what it costs, and how often it breaks each rule that any of them breaks."""
    shown = [rule for rule in _RULE_NAMES if any(one.judged.rules.get(rule) for one in candidates)]
    heads = (*_PLAN, *(_RULE_NAMES[rule] for rule in shown), Say("why it stands here", "先后的缘由"))
    table = _table(heads, language, right=range(len(heads) - 1), wraps=True)
    for number, one in enumerate(candidates, 1):
        costs = (one.cost, one.judged.ladder, one.judged.craft)
        rules = (str(one.judged.rules.get(rule) or "") for rule in shown)
        why = _why(one, candidates).to(language)
        table.add_row(str(number), *(f"{cost / 100:.1f}" for cost in costs), *rules, why)
    return table


_PLAN = (Say("no.", "方案"), Say("cost", "代价"), Say("stories", "各稿"), Say("craft", "版面"))


def _why(one: "Candidate", every: "Sequence[Candidate]") -> Say:
    """Say what makes a candidate dearer than the first, and of the first what it breaks less than the others do."""
    if not one.made.is_closed:
        return Say("does not close", "未拼满")
    first, others = every[0], every[1:]
    if one is first:
        counts = {rule: [other.judged.rules.get(rule, 0) for other in others] for rule in _RULE_NAMES}
        less = [_RULE_NAMES[r] for r, all_of in counts.items() if all_of and one.judged.rules.get(r, 0) < max(all_of)]
        least = Say("costs least", "代价最小")
        if not less:
            return least
        return Say(
            f"{least.en}; less: " + ", ".join(n.en for n in less), f"{least.zh}；较少：" + "、".join(n.zh for n in less)
        )
    more = [rule for rule in _RULE_NAMES if one.judged.rules.get(rule, 0) > first.judged.rules.get(rule, 0)]
    names = [_RULE_NAMES[rule] for rule in more]
    if not names:
        return Say("its stories give more", "各稿改动较多")
    return Say("more: " + ", ".join(n.en for n in names), "较多：" + "、".join(n.zh for n in names))


def pool_table(allotted: "Sequence[Allotted]", language: str) -> Table:
    """Return a row for each story of the pool, by its page, and why it is there; those without a page last."""
    table = _table(_POOL, language, right=(2,), wraps=True)
    rows = sorted(allotted, key=lambda one: (one.page is None, (one.page or "").zfill(4), one.story.level))
    for number, one in enumerate(rows):
        ends = number + 1 == len(rows) or rows[number + 1].page != one.page
        row = one.page or "—", one.story.id, str(one.story.level), seen(one.story.short_title), one.why.to(language)
        table.add_row(*row, end_section=ends)
    return table


_POOL = (Say("page", "版"), Say("story", "稿件"), Say("level", "级别"), Say("headline", "标题"), Say("why", "缘由"))


_RULES = (Say("no.", "编号"), Say("rule", "规则"), Say("result", "结果"))
_PASSED = Say("passed", "通过")
_COUNTS = (
    (Severity.ERROR, "bold red", Say("{} error(s)", "{} 个错误")),
    (Severity.WARNING, "yellow", Say("{} warning(s)", "{} 个警告")),
    (Severity.INFO, "dim", Say("{} note(s)", "{} 条说明")),
)


def report_table(report: "Report", language: str) -> Table:
    """Return a row for each rule, with its number in docs/preflight.md."""
    table = _table(_RULES, language, right=(0,), wraps=True)
    for outcome in report.outcomes:
        number = str(outcome.check.number or "—")
        table.add_row(number, outcome.check.title.to(language), _result(outcome, language))
    return table


def _result(outcome: "Outcome", language: str) -> Text:
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


_IMPORT = (Say("done", "处理"), Say("what", "内容"), Say("count", "处数"), Say("where", "位置"))
_PLACES = 4
"""Places of one kind that a row has; all of them are in the report."""


def import_table(imported: "Sequence[Imported]", language: str) -> Table:
    """Return a row for each kind of change, of what was left out and of what is to be looked at, story by story."""
    table = _table(_IMPORT, language, right=(2,), wraps=True)
    for one in imported:
        if len(imported) > 1:
            table.add_row(Text(seen(one.path.name), style="bold"), "", "", "")
        for told in one.told:
            shown = [_place(note, language) for note in told.notes[:_PLACES]]
            places = Say(", ", "，").to(language).join(shown) + (" …" if len(told.notes) > _PLACES else "")
            count = str(len(told.notes))
            table.add_row(told.done.to(language), told.words.to(language), count, Text(places))
        if one is not imported[-1]:
            table.add_section()
    return table


def _place(note: "Note", language: str) -> str:
    """Write a place of a manuscript with what stood there, where that can be seen, and who has commented on it."""
    texts = [text.replace("\u3000", " ") for text in (note.was, note.now)]
    words = " → ".join(f"“{text[:24]}”" for text in texts if text.strip() and text.isprintable())
    by = Say(f" ({note.by})", f"（{note.by}）").to(language) if note.code == "comment" and note.by else ""
    return seen(f"{note.where.line}:{note.where.column} {words}{by}".rstrip())
