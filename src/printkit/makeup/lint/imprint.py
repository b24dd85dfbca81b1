"""What a paper has to print of itself in every issue, and does not; what one for internal use must not have.

In: an edition, or a story as made up. Out: what there is to tell. Sources: 报纸出版管理规定 (Order 32 of 2005), Article 31, for papers with a CN
number (刊号); 内部资料性出版物管理办法 (Order 2 of 2015) for those printed under a 准印证.
"""

from collections.abc import Iterator

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.model.edition import Edition
from printkit.model.page import MadeUpStory, TextBox
from printkit.model.paper import Paper

_PUBLIC = {
    "publisher": "出版单位",
    "sponsor": "主办单位",
    "supervisor": "主管",
    "chief_editor": "总编辑",
    "address": "地址",
    "phone": "电话",
    "postcode": "邮编",
    "price": "定价",
    "printer": "承印",
    "printer_address": "印刷地址",
    "issue": "期号",
}
"""Keys that Article 31 asks of a public paper, with their Chinese names; date, pages and their order are always there."""

_INTERNAL = {
    "publisher": "出版单位",
    "recipients": "发送对象",
    "printer": "承印",
    "print_run": "印数",
    "issue": "期号",
}
"""Keys that a paper under a 准印证 has to fill; the words 内部资料，免费交流 come with `permit`."""


def imprint_findings(edition: Edition) -> Iterator[Diagnostic]:
    """Yield what the law asks of a paper and its keys leave out; nothing of one that has neither CN number nor permit."""
    paper = edition.paper
    asked = _INTERNAL if paper.permit else _PUBLIC if paper.issn_cn else {}
    missing = {
        key: name for key, name in asked.items() if not (edition.issue if key == "issue" else getattr(paper, key))
    }
    if missing:
        keys = ", ".join(f"{key} ({name})" for key, name in missing.items())
        names = "、".join(f"{name}（{key}）" for key, name in missing.items())
        yield Diagnostic(
            "paper.imprint-incomplete",
            Say(f"the paper has to print in every issue, and lacks: {keys}", f"每期须刊载的事项缺：{names}"),
            Severity.WARNING,
            Say("write these keys; `issue` stands in the edition", "请写上这些键；期号写在期次文件里"),
            paper.where,
        )
    if paper.permit:
        yield from _not_for_sale(edition)


def _not_for_sale(edition: Edition) -> Iterator[Diagnostic]:
    """Yield what a paper for internal use must not have: a CN number, a price, advertisements."""
    paper = edition.paper
    sold = [(f"`{key}`", f"“{name}”（{key}）", paper.where) for key, name in (("issn_cn", "刊号"), ("price", "定价"))
            if getattr(paper, key)]  # fmt: skip
    ads = [("an advertisement", "广告", story.where) for page in edition.pages for story in page.stories if story.ad]
    for english, chinese, where in (*sold, *ads):
        yield Diagnostic(
            "paper.permit-not-public",
            Say(
                f"a paper with a `permit` is given away inside and cannot have {english}",
                f"凭准印证（permit）印制的内部资料免费交流，不能有{chinese}",
            ),
            Severity.ERROR,
            Say("take it out, or the permit", "请删去，或删去准印证"),
            where,
        )


def marked_notices(paper: Paper, story: MadeUpStory) -> Iterator[Diagnostic]:
    """Yield that 广告 stands over notices of a paper under a 准印证: 内部资料性出版物 carry no advertisements."""
    if paper.permit and any(isinstance(box, TextBox) and box.role == "notice-mark" for box in story.boxes):
        yield Diagnostic(
            "paper.permit-advertisement",
            Say(
                "广告 stands over these notices, and a paper with a `permit` may carry no advertisement (内部资料性出版物管理办法, 2015)",
                "这些启事上标着“广告”：内部资料性出版物不得刊登广告（《内部资料性出版物管理办法》，2015 年）",
            ),
            Severity.WARNING,
            Say(
                "leave out what is advertising; over plain notices set `--notice-mark: none`",
                "请删去广告；单纯的启事不标“广告”，写 `--notice-mark: none`",
            ),
            story.story.article.where,
        )
