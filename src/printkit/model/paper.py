"""A newspaper: what stays the same from issue to issue, as `source` hands it on."""

from dataclasses import dataclass, field
from pathlib import Path

from printkit.diagnostics import SourceRef
from printkit.model.desk import DeskLists, Silence
from printkit.model.style import Composition


@dataclass(frozen=True, slots=True)
class PressDemands:
    """What the press asks for (`print`). `profile` is None where the built-in newsprint profile serves."""

    profile: Path | None = None
    bleed: int = 8504
    """How far colour reaches over the trim, in mpt; 3 mm unless given."""
    ink_limit: int = 220
    """Most ink of the four plates together in percent (`tac`): ISO 12647-3:2013 for newsprint."""
    ppi: int = 200
    """Resolution of pictures, pixels per inch: twice the 40 lines per centimetre of newspaper screens."""


@dataclass(frozen=True, slots=True)
class Accent:
    """A colour: on screens as CSS writes it (``#0b4f8a``), for the press the shares of cyan, magenta, yellow, black."""

    screen: str
    press: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Section:
    """What the pages of one name show (版块): an emblem in their folio, a colour of their own."""

    name: str
    where: SourceRef = field(compare=False)
    emblem: Path | None = None
    accent: Accent | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """A picture of the house that fills a free rectangle up (补白); `size` as an advertisement's."""

    file: Path
    size: tuple[int, int]
    where: SourceRef = field(compare=False)


@dataclass(frozen=True, slots=True)
class SiteFoot:
    """What stands at the foot of every page of the e-paper; the law asks for the numbers of both registers."""

    hosted_by: str = ""
    contact: str = ""
    copyright: str = ""
    icp: str = ""
    police_record: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """Names and addresses."""


@dataclass(frozen=True, slots=True)
class SiteChoices:
    """What a paper's e-paper has beside its pages and stories, by choice."""

    small_pack: bool = False
    """Whether the ZIP does without pictures of pages and single reprints."""
    wechat: bool = True
    """Whether stories are made for WeChat, too."""
    offline: bool = False
    """Whether browsers keep the last issues."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper: what stays the same from issue to issue. Sizes are mpt; `folder` bounds every path."""

    folder: Path
    where: SourceRef = field(compare=False)
    name: str
    page_width: int
    page_height: int
    page_size: str
    """``tabloid``, ``broadsheet`` or ``custom``."""
    masthead: str = ""
    """The masthead as text; empty when there is a picture or the name serves."""
    masthead_file: Path | None = None
    subtitle: str = ""
    issn_cn: str = ""
    publisher: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    price: str = ""
    postal_code: str = ""
    printer: str = ""
    ad_licence: str = ""
    pinyin: str = ""
    supervisor: str = ""
    sponsor: str = ""
    chief_editor: str = ""
    printer_address: str = ""
    website: str = ""
    permit: str = ""
    recipients: str = ""
    print_run: str = ""
    stylesheets: tuple[Path, ...] = ()
    composition: Composition = Composition()
    names: tuple[str, ...] = ()
    """Names and words that no headline breaks inside."""
    press: PressDemands = PressDemands()
    site_address: str = ""
    """Where the e-paper stands, with a slash at its end; empty where that is not known."""
    site_foot: SiteFoot = SiteFoot()
    site_choices: SiteChoices = field(default=SiteChoices(), repr=False)
    """No page looks at them, so that none is made anew for them."""
    sections: tuple[Section, ...] = ()
    fillers: tuple[Filler, ...] = ()
    """The pictures of its folder of fillers, by name."""
    desk: DeskLists = field(default=DeskLists(), repr=False)
    """The house's lists; its names are among `names`, too. No page looks at more of them, so none is made anew for them."""
    silences: tuple[Silence, ...] = field(default=(), repr=False)
    """What the copy desk does not tell of any story."""
    language: str = "zh-CN"
