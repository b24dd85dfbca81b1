"""What the law asks a paper to print of itself, and what a permit forbids."""

import datetime
from dataclasses import replace
from pathlib import Path

from printkit.diagnostics import Severity, SourceRef
from printkit.makeup.lint.imprint import imprint_findings, marked_notices
from printkit.makeup.page.notices import fill_notices
from printkit.model.article import Notice
from printkit.model.edition import Ad, Edition
from tests.support.setting import article as article_of
from tests.support.setting import context, geometry, page, paragraphs, setter, slot, story

PUBLIC = {
    "issn_cn": "CN 00-0000", "publisher": "某社", "sponsor": "某某总工会", "supervisor": "某某区委", "chief_editor": "甲某",
    "address": "某路1号", "phone": "0000-5550100", "postcode": "000000", "price": "1元", "printer": "某厂",
    "printer_address": "某路2号",
}  # fmt: skip
INTERNAL = {
    "permit": "某准印0001号",
    "publisher": "某某总工会",
    "recipients": "基层工会",
    "printer": "某厂",
    "print_run": "500",
}


def edition(issue: str = "1", **keys: str) -> Edition:
    """An edition of one story of a paper with some keys."""
    where = SourceRef("edition.yaml")
    paper = replace(context().paper, **keys)  # type: ignore[arg-type]  # keywords of the dataclass
    return Edition(
        Path("edition.yaml"), where, paper, datetime.date(2024, 1, 10), (page(story(article_of("文"))),), issue
    )


def test_a_paper_that_says_all_and_one_that_has_no_number_are_told_nothing() -> None:
    for keys in (PUBLIC, INTERNAL, {}):
        assert list(imprint_findings(edition(**keys))) == []


def test_every_missing_key_is_named_in_both_languages() -> None:
    for whole, number in ((PUBLIC, "issn_cn"), (INTERNAL, "permit")):
        for key in whole:
            if key == number:
                continue
            (told,) = imprint_findings(edition(**{name: text for name, text in whole.items() if name != key}))
            assert (told.code, told.severity) == ("paper.imprint-incomplete", Severity.WARNING)
            assert key in told.message.en
            assert key in told.message.zh
            assert told.where is not None
            assert told.where.file == "paper.yaml"
    (told,) = imprint_findings(edition("", issn_cn="CN 00-0000"))
    assert all(f"（{key}）" in told.message.zh for key in (*PUBLIC, "issue") if key != "issn_cn")


def test_a_paper_for_internal_use_has_no_number_no_price_and_no_advertisement() -> None:
    whole = edition(**INTERNAL, issn_cn="CN 00-0000", price="1元")
    ad = Ad(SourceRef("edition.yaml", 9))
    sold = replace(whole, pages=(page(story(article_of(), where=SourceRef("edition.yaml", 9), ad=ad)),))
    told = list(imprint_findings(sold))
    assert {d.code for d in told} == {"paper.permit-not-public"}
    assert all(d.severity is Severity.ERROR for d in told)
    assert [d.where and (d.where.file, d.where.line) for d in told][2] == ("edition.yaml", 9)
    assert len(told) == 3


def test_notices_of_a_paper_for_internal_use_are_no_advertisements() -> None:
    notices = article_of(headline="", notices=(Notice(paragraphs("甲某遗失工作证。"), SourceRef("a.yaml", 3), "遗失"),))
    for permit, mark, told in (("某准印0001号", "ad", 1), ("某准印0001号", "none", 0), ("", "ad", 0)):
        place = slot(notice_mark=mark)
        made, _ = fill_notices(story(notices), place, geometry(place), setter())
        found = list(marked_notices(edition(permit=permit).paper, made))
        assert [(d.code, d.severity) for d in found] == [("paper.permit-advertisement", Severity.WARNING)] * told
        assert all(d.where == notices.where and "不得刊登广告" in d.message.zh for d in found)
