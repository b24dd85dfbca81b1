"""Editions: edition.yaml, its paper and its articles, read as one `Edition`; every fault is told at once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from printkit.diagnostics import Diagnostic, Say, SourceRef, shown_path
from printkit.model.article import Article
from printkit.model.edition import (
    Ad,
    Edition,
    Group,
    Jump,
    Page,
    Place,
    Placement,
    Story,
    Wish,
    numbers_of,
    same_number,
)
from printkit.model.paper import Paper
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import BadPictureError
from printkit.source.article import ArticleReader
from printkit.source.corrections import read_corrections
from printkit.source.document import (
    ALL_KEYS,
    Document,
    Steps,
    check_nodes,
    inner_document,
    read_document,
    tell_missing,
    yaml_name,
)
from printkit.source.edition_keys import JumpKeys
from printkit.source.faults import Faults, Note
from printkit.source.frames import read_frame
from printkit.source.known import Known
from printkit.source.load import read_nodes
from printkit.source.look import read_look
from printkit.source.members import refuse_in_group
from printkit.source.naming import wrong_id
from printkit.source.paper import make_paper
from printkit.source.paths import find_file
from printkit.source.pool import check_pool
from printkit.source.related import check_related
from printkit.source.schema import AtKeys, EditionKeys, MemberKeys, PageKeys, PaperKeys, StoryKeys
from printkit.source.single import folder_named_in
from printkit.source.spreads import spread_faults
from printkit.source.thickness import is_too_thick

_USUAL_LEVEL, _BRIEF_LEVEL = 3, 5
_SHOWN = 40
"""Page numbers in one hint."""
RESERVED = "reserved"
"""Stands for the file of an advertisement whose place is only kept free."""
USUAL_ALT = "广告"
"""What an advertisement is called where nothing else is given."""

_STORY_ALONE = ("article", "level", "jump_to", "members", "index", "look", "with_")
_AD_ALONE = ("alt", "size")


def read_edition(
    path: Path, *, planning: bool = False, note: Note = lambda _: None, known: Known | None = None
) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """Read an edition with its paper, articles and pictures.

    Args:
        path: the edition file.
        planning: no article is read, nor need one be named: stories have only their places.
        note: is given every file that was read or looked for, also where something is wrong.
        known: articles that were read before; those whose files are as they were are taken from there.

    Returns:
        The edition, and warnings about what is allowed but hardly meant.

    Raises:
        InputError: anything is wrong; it has every fault of the run, by file and line.
    """
    faults = Faults(path.resolve().parent if path.is_file() else Path.cwd())
    edition = None
    if (nodes := read_nodes(path, ALL_KEYS, faults)) and not is_too_thick(nodes, faults):
        if folder := folder_named_in(nodes, path):
            faults.name_from(folder, path)
            nodes.source.name = faults.file_name(path)
        document = check_nodes(path, nodes, EditionKeys, faults)
        edition = _EditionReader(document, faults, known, planning=planning).read()
    note(faults.files)
    faults.raise_errors()
    if edition is None:  # Nothing is left out without a fault.
        raise AssertionError("an edition was not read, and no fault says why")
    return edition, faults.found


class _EditionReader:
    """Reads what an edition names; missing values are filled in, since the fault that tells them ends the run."""

    def __init__(self, document: Document[EditionKeys], faults: Faults, known: Known | None, *, planning: bool) -> None:
        self._document = document
        self._known = known
        self._planning = planning
        self._faults = faults
        self._path = document.path
        self._numbers: dict[str, str] = {}
        self._ids: dict[str, int] = {}
        self._free = 1
        self._related: dict[str, SourceRef] = {}

    def read(self) -> Edition | None:
        document = self._document
        paper = self._paper()
        folder = paper.folder if paper else None
        self._articles = ArticleReader(folder, self._faults, self._known)
        self._folder = folder
        if not document.keys.pages and ("pages",) not in document.spoiled:
            tell_missing(self._faults, document.at("pages"), EditionKeys, "pages")
        pages = tuple(self._page(keys, index) for index, keys in enumerate(self._pages))
        pool = () if self._planning else self._pool(pages)
        if not self._planning:
            check_related(pages, self._related, self._faults)
        if all(keys.number for keys in self._pages) and ("pages",) not in document.spoiled:
            for index, message, hint in spread_faults([keys.number for keys in self._pages]):
                self._faults.error("edition.spread-not-facing", document.at("pages", index, "number"), message, hint)
        if paper is None:
            return None
        self._articles.learn()
        return Edition(
            path=self._path,
            where=document.at(),
            paper=paper,
            date=document.keys.date or dt.date.min,
            pages=pages,
            issue=document.keys.issue,
            is_red=document.keys.colour is not None,
            pool=pool,
            corrections=() if self._planning else read_corrections(document, pages, pool, self._faults),
        )

    @property
    def _pages(self) -> list[PageKeys]:
        """The pages that the file lists; none where printkit makes them."""
        pages = self._document.keys.pages
        return pages if isinstance(pages, list) else []

    def _pool(self, pages: tuple[Page, ...]) -> tuple[Wish, ...]:
        """Read the stories without a page, and see that a page can meet what each wishes."""
        document, faults = self._document, self._faults
        makes_pages = not isinstance(document.keys.pages, list)
        if makes_pages and not document.keys.pool and not document.gives("pool"):
            message = Say(
                "`pages: auto` makes the pages that the pool fills, and there is no `pool`",
                "写了 pages: auto，却没有“待编”（pool）",
            )
            hint = Say(
                "list the stories under `pool`, or the pages under `pages`",
                "请在“待编”下列出稿件，或在“版面”下列出各版",
            )
            faults.error("missing-key", document.at("pages"), message, hint)
        wishes = []
        for index, keys in enumerate(document.keys.pool):
            steps: Steps = ("pool", index)
            if (story := self._story(keys, steps)) is None:
                continue
            at = _place(keys.at, document, steps) if keys.at else None
            related = (keys.with_,) if keys.with_ else ()
            placed = replace(story, placement=Placement("", at, where=document.at(*steps)), related=related)
            where = document.at(*steps, "page")
            wishes.append((Wish(placed, keys.page, keys.not_before, keys.with_, where), keys, steps))
        if ("pages",) not in document.spoiled:
            check_pool(wishes, None if makes_pages else pages, document, faults)
        return tuple(wish for wish, _, _ in wishes)

    def _paper(self) -> Paper | None:
        given = self._document.keys.paper
        where = self._document.at("paper")
        if isinstance(given, PaperKeys):
            inline = inner_document(self._document, given, "paper")
            return make_paper(inline, self._path.resolve().parent, self._faults)
        if not given:
            return None
        path = find_file(given, self._path, None, where, self._faults)
        if path is None:
            return None
        folder = path.parent
        if not self._path.resolve().is_relative_to(folder):
            message = Say(
                f"the edition lies outside the folder of its paper, {shown_path(folder)}",
                f"本期不在本报的文件夹 {shown_path(folder)} 里",
            )
            hint = Say("move the edition's folder into the paper's", "请把本期的文件夹移到本报的文件夹里")
            self._faults.error("wrong-path", where, message, hint)
            return None
        document = read_document(path, PaperKeys, self._faults)
        return make_paper(document, folder, self._faults) if document else None

    def _page(self, keys: PageKeys, index: int) -> Page:
        where = self._document.at("pages", index)
        for number in numbers_of(keys.number) if keys.number else ():
            self._refuse_number_twice(number, index)
        stories = (story for at, one in enumerate(keys.stories) for story in self._entry(one, keys, index, at))
        return Page(
            number=keys.number,
            layout=keys.layout,
            where=where,
            stories=tuple(stories),
            name=keys.name,
            duty=keys.duty,
            layout_where=self._document.at("pages", index, "layout"),
        )

    def _refuse_number_twice(self, number: str, index: int) -> None:
        same = same_number(number)
        where = self._document.at("pages", index, "number")
        if same in self._numbers:
            message = Say(f"page number `{number}` is used twice", f"版次“{number}”用了两次")
            hint = Say(f"it is already that of {self._numbers[same]}", f"{self._numbers[same]} 已用")
            self._faults.error("used-twice", where, message, hint)
        self._numbers.setdefault(same, f"{where.file}:{where.line}")

    def _entry(self, keys: StoryKeys, page: PageKeys, *way: int) -> Iterator[Story]:
        """Yield what an entry stands for: a story, an advertisement, or a common head and its members after it."""
        document = self._document
        steps = ("pages", way[0], "stories", way[1])
        self._check_place(keys, page, steps)
        self._check_kind(steps)
        if document.gives(*steps, "ad"):
            if keys.ad and (ad := self._advertisement(keys, steps)):
                yield ad
            return
        is_group = document.gives(*steps, "members")
        if is_group:
            refuse_in_group(keys, document, steps, self._faults)
        head = self._story(keys, steps, leads=is_group)
        members = [self._story(one, (*steps, "members", index)) for index, one in enumerate(keys.members)]
        if head is None:
            return
        group = Group(head.id, head.article.headline) if is_group else None
        jump = None if is_group else self._jump(keys, page, steps)
        if head.article.notices and keys.jump_to:
            message = Say("a story of notices cannot go on elsewhere", "启事稿件不能转版")
            hint = Say(
                "put some of its `notices` in an article of their own", "请把一部分“启事”（notices）另作一篇稿件"
            )
            self._faults.error("wrong-place", document.at(*steps, "jump_to"), message, hint)
        related = (keys.with_,) if keys.with_ else ()
        if related:
            self._related[head.id] = document.at(*steps, "with_")
        yield replace(head, placement=_placement(keys, document, steps), jump=jump, group=group, related=related)
        yield from (replace(member, group=group) for member in members if member is not None)

    def _story(self, keys: MemberKeys, steps: Steps, *, leads: bool = False) -> Story | None:
        """Read a story without its place; one that `leads` others is their common head."""
        document = self._document
        where = document.at(*steps)
        if self._planning:
            article: Article | None = Article(self._path, where)
            named = Path(keys.article).stem if "members" in steps else ""
            story_id = keys.id or named or "-".join(str(step) for step in steps if isinstance(step, int))
        elif keys.article:
            path = find_file(keys.article, self._path, self._folder, document.at(*steps, "article"), self._faults)
            article = self._articles.read(path, leads=leads) if path else None
            story_id = self._id(keys, path, steps)
        else:
            article = None
            if not document.gives(*steps, "article"):
                tell_missing(self._faults, document.at(*steps, "article"), StoryKeys, "article")
        if article is None:
            return None
        return Story(
            id=story_id,
            article=article,
            where=where,
            level=keys.level or _level_of(article),
            frame=read_frame(keys.frame, None if self._planning else article, document, steps, self._faults),
            look=read_look(keys.look, document, (*steps, "look"), self._faults),
            index=bool(keys.index),
        )

    def _advertisement(self, keys: StoryKeys, steps: Steps) -> Story | None:
        document, where = self._document, self._document.at(*steps, "ad")
        path, size = None, (0, 0)
        cells = (keys.size.columns, keys.size.rows) if keys.size else (0, 0)
        if keys.ad != RESERVED and not self._planning:
            path = find_file(keys.ad, self._path, self._folder, where, self._faults)
            if path is None:
                return None
            try:
                size = read_ad_size(path)
            except BadPictureError as error:
                self._faults.error("bad-ad", where, error.message, error.hint)
                return None
        if not keys.id and path is None:
            keys = keys.model_copy(update={"id": self._free_id(RESERVED)})
        return Story(
            id=self._id(keys, path, steps),
            article=Article(self._path, document.at(*steps)),
            where=document.at(*steps),
            placement=_placement(keys, document, steps),
            frame=read_frame(keys.frame, Article(self._path, where), document, steps, self._faults),
            ad=Ad(where, path, size, keys.alt or USUAL_ALT, cells=cells),
        )

    def _free_id(self, name: str) -> str:
        """Number the places kept free, which no file names."""
        while f"{name}-{self._free}" in self._ids:
            self._free += 1
        return f"{name}-{self._free}"

    def _check_kind(self, steps: Steps) -> None:
        """Refuse keys of a story on an advertisement, and those of an advertisement on a story."""
        document = self._document
        is_ad = document.gives(*steps, "ad")
        for name in _STORY_ALONE if is_ad else _AD_ALONE:
            if document.gives(*steps, name):
                shown = yaml_name(name)
                self._faults.error(
                    "wrong-kind",
                    document.at(*steps, name),
                    Say(f"`{shown}` has no meaning for an advertisement", f"广告不能写“{shown}”")
                    if is_ad
                    else Say(f"`{shown}` has a meaning only with `ad`", f"“{shown}”只用于广告（ad）"),
                    Say("take it out", "请删去"),
                )

    def _jump(self, keys: StoryKeys, page: PageKeys, steps: Steps) -> Jump | None:
        """Return where a story goes on, its page by the number that the page gives itself."""
        if not keys.jump_to:
            return None
        jump = keys.jump_to if isinstance(keys.jump_to, JumpKeys) else JumpKeys(page=keys.jump_to)
        inside = isinstance(keys.jump_to, JumpKeys)
        where = self._document.at(*steps, "jump_to", "page") if inside else self._document.at(*steps, "jump_to")
        if not jump.page:
            return None  # told already: the page is missing or no number
        if (number := self._printed.get(same_number(jump.page))) is None:
            if "" not in self._printed:  # a page whose number is faulty may be the one
                self._refuse_no_page(jump.page, where)
            return None
        if number == page.number and (not jump.slot or jump.slot == keys.slot):
            message = Say("the story goes back to itself", "稿件转回了自己")
            hint = Say("name another page, or another slot of this one", "请写另一版，或本版的另一个版位")
            self._faults.error("jump-to-itself", where, message, hint)
            return None
        return Jump(number, self._document.at(*steps, "jump_to", "slot") if jump.slot else where, jump.slot or None)

    @cached_property
    def _printed(self) -> dict[str, str]:
        """The pages' numbers by every one that a page is printed under; the first page's where two have it."""
        numbers = [one.number for one in self._pages]
        return {same_number(one): number for number in reversed(numbers) for one in numbers_of(number)}

    def _refuse_no_page(self, number: str, where: SourceRef) -> None:
        numbers = [one.number for one in self._pages[:_SHOWN]]
        message = Say(f"the edition has no page {number} to go on to", f"这一期没有第 {number} 版，无法转版")
        hint = Say(f"its pages are {', '.join(numbers)}", f"它的版面有 {'、'.join(numbers)}")
        self._faults.error("no-such-page", where, message, hint)

    def _check_place(self, keys: StoryKeys, page: PageKeys, steps: Steps) -> None:
        document = self._document
        if page.layout == "auto" and keys.slot:
            message = Say("`layout: auto` has no slots", "“auto”版式没有版位")
            hint = Say("take it out, or give the place by `at`", "请删去，或用“位置”（at）定位")
            self._faults.error("wrong-place", document.at(*steps, "slot"), message, hint)

    def _id(self, keys: MemberKeys, path: Path | None, steps: Steps) -> str:
        document = self._document
        name = keys.id or (path.stem if path and not document.gives(*steps, "id") else "")
        named = "ad" if document.gives(*steps, "ad") else "article"
        where = document.at(*steps, "id" if keys.id else named)
        if name and (wrong := wrong_id(name)):
            message = Say(f"the file's name `{name}` cannot serve as the story's id", f"文件名“{name}”不能作稿件编号")
            hint = Say(f"give an `id`: {wrong.en}", f"请写“编号”（id）：{wrong.zh}")
            self._faults.error("wrong-value", where, message, hint)
        elif name and name.casefold() in self._ids:
            line = self._ids[name.casefold()]
            message = Say(
                f"the id `{name}` is used twice (first in line {line})", f"编号“{name}”用了两次（第一次在第 {line} 行）"
            )
            hint = Say("give one of the stories another `id`", "请给其中一篇另写“编号”（id）")
            self._faults.error("used-twice", where, message, hint)
        elif name:
            self._ids[name.casefold()] = where.line
        return name


def _level_of(article: Article) -> int:
    return _BRIEF_LEVEL if article.brief else _USUAL_LEVEL


def _placement(keys: StoryKeys, document: Document[EditionKeys], steps: Steps) -> Placement:
    at = _place(keys.at, document, steps) if keys.at else None
    return Placement(keys.slot or "", at, where=document.at(*steps, "slot"))


def _place(keys: AtKeys, document: Document[EditionKeys], steps: Steps) -> Place:
    return Place(keys.column, keys.row, keys.columns, keys.rows, document.at(*steps, "at"))
