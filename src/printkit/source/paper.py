"""The paper's keys, from paper.yaml or from inside the edition, as a `Paper` value."""

from pathlib import Path

from printkit.colour.profiles import BadProfileError, profile_facts
from printkit.model.paper import Paper, PressDemands, SiteChoices, SiteFoot
from printkit.model.style import Composition
from printkit.pictures.sizes import PICTURE_SUFFIXES
from printkit.source.desk import read_desk, read_silences
from printkit.source.document import Document
from printkit.source.faults import Faults
from printkit.source.fillers import read_fillers
from printkit.source.paths import find_file
from printkit.source.schema import CompositionKeys, PageSizeKeys, PaperKeys
from printkit.source.sections import artwork, read_sections
from printkit.source.site_keys import SiteKeys
from printkit.units import parse_length

_SIZES = {
    "tabloid": ("tabloid", "270mm", "390mm"),
    "四开": ("tabloid", "270mm", "390mm"),
    "broadsheet": ("broadsheet", "390mm", "540mm"),
    "对开": ("broadsheet", "390mm", "540mm"),
}
"""The sizes that formats.md names; GB/T 34052.1 has the press's tolerances."""


def make_paper(document: Document[PaperKeys], folder: Path, faults: Faults) -> Paper:
    """Make the paper of its keys; `folder`, resolved, bounds every path of the paper and its editions."""
    keys = document.keys
    size, width, height = _page_size(keys)
    masthead, masthead_file = _masthead(document, folder, faults)
    desk = read_desk(folder, faults)
    return Paper(
        folder=folder,
        where=document.at(),
        name=keys.name,
        page_width=width,
        page_height=height,
        page_size=size,
        masthead=masthead,
        masthead_file=masthead_file,
        subtitle=keys.subtitle,
        issn_cn=keys.issn_cn,
        publisher=keys.publisher,
        address=keys.address,
        postcode=keys.postcode,
        phone=keys.phone,
        price=keys.price,
        postal_code=keys.postal_code,
        printer=keys.printer,
        ad_licence=keys.ad_licence,
        pinyin=keys.pinyin,
        supervisor=keys.supervisor,
        sponsor=keys.sponsor,
        chief_editor=keys.chief_editor,
        printer_address=keys.printer_address,
        website=keys.website,
        permit=keys.permit,
        recipients=keys.recipients,
        print_run=keys.print_run,
        stylesheets=tuple(
            path
            for index, name in enumerate(keys.stylesheets)
            if (path := find_file(name, document.path, folder, document.at("stylesheets", index), faults))
        ),
        composition=_composition(keys.composition),
        names=tuple(dict.fromkeys((*keys.names, *(one.name for one in desk.names)))),
        press=_press(document, folder, faults),
        site_address=keys.site.base_url if keys.site else "",
        site_foot=_site_foot(keys.site) if keys.site else SiteFoot(),
        site_choices=_site_choices(keys.site) if keys.site else SiteChoices(),
        sections=read_sections(document, folder, faults),
        fillers=read_fillers(document, folder, faults),
        desk=desk,
        silences=read_silences(keys.lint, document, faults),
        language=keys.language,
    )


def _site_foot(keys: SiteKeys) -> SiteFoot:
    links = tuple((link.name, link.url) for link in keys.links)
    return SiteFoot(keys.hosted_by, keys.contact, keys.copyright, keys.icp, keys.police_record, links)


def _site_choices(keys: SiteKeys) -> SiteChoices:
    return SiteChoices(
        small_pack=keys.pack in ("small", "小"), wechat=keys.wechat is not False, offline=bool(keys.offline)
    )


def _page_size(keys: PaperKeys) -> tuple[str, int, int]:
    if isinstance(keys.page_size, PageSizeKeys):
        return "custom", keys.page_size.width, keys.page_size.height
    name, width, height = _SIZES[keys.page_size or "tabloid"]
    return name, parse_length(width), parse_length(height)


def _masthead(document: Document[PaperKeys], folder: Path, faults: Faults) -> tuple[str, Path | None]:
    """Tell a picture from text by the ending of the name."""
    masthead = document.keys.masthead
    if not masthead.lower().endswith((*PICTURE_SUFFIXES, ".pdf", ".gif", ".bmp", ".psd", ".ai", ".eps")):
        return masthead, None
    return "", artwork(masthead, document, folder, document.at("masthead"), faults)


def _press(document: Document[PaperKeys], folder: Path, faults: Faults) -> PressDemands:
    keys, default = document.keys.print, PressDemands()
    if keys is None:
        return default
    profile = None
    if keys.profile:
        where = document.at("print", "profile")
        profile = find_file(keys.profile, document.path, folder, where, faults)
        try:
            if profile:
                profile_facts(profile)
        except BadProfileError as error:
            faults.error("bad-profile", where, error.message, error.hint)
    return PressDemands(
        profile=profile,
        bleed=default.bleed if keys.bleed is None else keys.bleed,
        ink_limit=keys.tac or default.ink_limit,
        ppi=keys.ppi or default.ppi,
    )


def _composition(keys: CompositionKeys | None) -> Composition:
    default = Composition()
    if keys is None:
        return default
    latin = keys.han_latin_gap.latin if keys.han_latin_gap else None
    digit = keys.han_latin_gap.digit if keys.han_latin_gap else None
    return Composition(
        prohibition=keys.prohibition or default.prohibition,
        punctuation=keys.punctuation or default.punctuation,
        gap_latin=default.gap_latin if latin is None else latin,
        gap_digit=default.gap_digit if digit is None else digit,
        hanging=bool(keys.hanging),
        interpunct=default.interpunct if keys.interpunct is None else keys.interpunct,
        least_blank=default.least_blank if keys.least_blank is None else keys.least_blank,
        stop_blank=keys.stop_blank,
    )
