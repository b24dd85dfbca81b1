"""No transparency in a press file."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.marks import GroupMark
from printkit.preflight.settings import Settings


@rule(
    "transparency",
    number=14,
    title=Say("no transparency", "无透明"),
    rationale=Say(
        "PDF/X-4 allows it, yet RIPs of cold-set presses flatten it each in its own way.",
        "PDF/X-4 允许透明，但报纸印厂的 RIP 拼合方式各不相同。",
    ),
    source="ISO 15930-7 allows it; practice of cold-set presses",
    profiles=PRESS,
)
@each_page
def check(page: Page, _: Settings) -> Iterable[Finding]:
    """Look for groups, soft masks, opacity and blending."""
    if "/Group" in page.obj and str(page.obj.Group.get("/S")) == "/Transparency":
        yield warning("the page is a transparency group", "整个页面是透明组")
    for mark in page.content.marks:
        if isinstance(mark, GroupMark):
            yield warning("a transparency group", "有透明组", mark.where)
        elif mark.look.has_soft_mask:
            yield warning("a soft mask", "有软蒙版", mark.where)
        elif mark.look.is_transparent:
            share = mark.look.alpha * 100
            yield warning(
                f"transparency ({share:.0f} %, {mark.look.blend})",
                f"有透明效果（{share:.0f}%，{mark.look.blend}）",
                mark.where,
            )
