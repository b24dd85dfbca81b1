"""Article files as `Article` values: headings, copy, sections, pictures."""

from pathlib import Path

from printkit.diagnostics import Say, SourceRef
from printkit.model.article import BOX_NAMES, Article, BoxKind, Byline, Lines, Notice, Picture, Section, Shot, StoryBox
from printkit.model.text import Paragraph, plain
from printkit.pictures.sizes import BadPictureError, read_pixels
from printkit.source.article_keys import ArticleKeys, BoxKeys, NoticeKeys, PictureKeys, SectionKeys
from printkit.source.document import Document, read_document, tell_missing
from printkit.source.faults import Faults
from printkit.source.keys import zh_name
from printkit.source.markup import Line, read_paragraphs
from printkit.source.members import refuse_copy
from printkit.source.nodes import Scalar
from printkit.source.paths import find_file

_BOX_KINDS: dict[str, BoxKind] = {word: kind for kind, name in BOX_NAMES.items() for word in (kind, name)}


_NOT_WITH_NOTICES = ("body", "sections", "pictures", "boxes", "editor_note", "pull_quote", "dateline", "byline")


class ArticleReader:
    """Reads articles of one paper; what several stories share is read, and its faults told, once."""

    def __init__(self, folder: Path | None, faults: Faults) -> None:
        self._folder = folder
        self._faults = faults
        self._articles: dict[tuple[Path, bool], Article | None] = {}
        self._pixels: dict[Path, tuple[int, int] | BadPictureError] = {}

    def read(self, path: Path, *, leads: bool = False) -> Article | None:
        """Return the article of a file, None when nothing of it can be used; one that `leads` a group has headings alone."""
        key = path, leads
        if key not in self._articles:
            document = read_document(path, ArticleKeys, self._faults)
            self._articles[key] = self._article(document, leads=leads) if document else None
        return self._articles[key]

    def _article(self, document: Document[ArticleKeys], *, leads: bool) -> Article:
        keys = document.keys
        if leads:
            refuse_copy(document, self._faults)
        self._tell_missing(document, leads=leads)
        body = self._copy(keys.body, "body")
        self._check_paragraphs(document, len(body))
        self._check_notices(document)
        return Article(
            path=document.path,
            where=document.at(),
            headline=_lines(keys.headline, document.at("headline")),
            kicker=_lines(keys.kicker, document.at("kicker")),
            deck=_lines(keys.deck, document.at("deck")),
            brief=bool(keys.brief),
            byline=tuple(Byline(one.role, one.name) for one in keys.byline),
            dateline=keys.dateline,
            editor_note=self._without_tables(keys.editor_note, "editor_note", Say("the editors' note", "编者按")),
            body=body,
            sections=tuple(self._section(one, document, index) for index, one in enumerate(keys.sections)),
            pictures=tuple(
                picture
                for index, one in enumerate(keys.pictures)
                if (picture := self._picture(one, document, index)) is not None
            ),
            source=keys.source,
            keywords=tuple(keys.keywords),
            optional=tuple(dict.fromkeys(keys.optional)),
            pull_quote=plain(keys.pull_quote, document.at("pull_quote")) if keys.pull_quote else None,
            boxes=tuple(
                box for index, one in enumerate(keys.boxes) if (box := self._box(one, document, index)) is not None
            ),
            notices=tuple(
                notice
                for index, one in enumerate(keys.notices)
                if (notice := self._notice(one, document, index)) is not None
            ),
            jump_headline=_lines(keys.jump_headline, document.at("jump_headline")),
        )

    def _tell_missing(self, document: Document[ArticleKeys], *, leads: bool) -> None:
        keys = document.keys
        has_pictures = bool(keys.pictures) or ("pictures",) in document.spoiled
        has_notices = bool(keys.notices) or ("notices",) in document.spoiled
        may_lack_headline = has_pictures or has_notices or keys.brief or ("brief",) in document.spoiled
        may_lack_body = leads or has_pictures or has_notices or bool(keys.sections) or ("sections",) in document.spoiled
        for name, is_given in (("headline", keys.headline or may_lack_headline), ("body", keys.body or may_lack_body)):
            if not is_given and (name,) not in document.spoiled:
                tell_missing(self._faults, document.at(name), ArticleKeys, name)

    def _section(self, keys: SectionKeys, document: Document[ArticleKeys], index: int) -> Section:
        way = ("sections", index)
        portrait = None
        if keys.portrait:
            where = document.at(*way, "portrait")
            found = self._pixels_of(keys.portrait, document, where)
            portrait = Picture(*found, where, alt=keys.name) if found else None
        return Section(
            where=document.at(*way),
            body=self._copy(keys.body, f"sections[{index}].body"),
            name=keys.name,
            title=keys.title,
            portrait=portrait,
            headline=_lines(keys.headline, document.at(*way, "headline")),
        )

    def _box(self, keys: BoxKeys, document: Document[ArticleKeys], index: int) -> StoryBox | None:
        way = ("boxes", index)
        body = self._without_tables(keys.body, f"boxes[{index}].body", Say("a box", "附文"))
        if not keys.kind or not body:
            return None  # told by `document`: both are needed
        return StoryBox(
            kind=_BOX_KINDS[keys.kind],
            body=body,
            where=document.at(*way),
            headline=_lines(keys.headline, document.at(*way, "headline")),
            place=keys.place or "foot",
        )

    def _notice(self, keys: NoticeKeys, document: Document[ArticleKeys], index: int) -> Notice | None:
        body = self._without_tables(keys.body, f"notices[{index}].body", Say("a notice", "启事"))
        return Notice(body, document.at("notices", index), keys.title) if body else None

    def _check_notices(self, document: Document[ArticleKeys]) -> None:
        """Refuse what has no place beside notices: they fill their story alone."""
        for name in _NOT_WITH_NOTICES if document.keys.notices else ():
            if document.gives(name):
                zh = zh_name(ArticleKeys, name)
                message = Say(
                    f"`{name}` cannot stand beside `notices`", f"有“启事”（notices）的稿件不能写“{zh}”（{name}）"
                )
                hint = Say("put it in an article of its own", "请另作一篇稿件")
                self._faults.error("wrong-place", document.at(name), message, hint)

    def _picture(self, keys: PictureKeys, document: Document[ArticleKeys], index: int) -> Picture | None:
        way = ("pictures", index)
        shots = self._shots(keys, document, *way)
        self._check_wrap(keys, document, *way)
        if not shots:
            return None
        first, *others = shots
        return Picture(
            first.file,
            first.pixels,
            where=document.at(*way),
            caption=keys.caption,
            credit=keys.credit,
            alt=first.alt,
            columns=keys.columns,
            focus=first.focus,
            place=keys.place or "lead",
            whole=keys.crop == "none",
            paragraph=keys.paragraph or 1,
            group=tuple(others),
            caption_where=document.at(*way, "caption"),
        )

    def _shots(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> list[Shot]:
        """Return the files of an entry, each with its own alt text and focus, or those given for all."""
        count = len(keys.file)
        for name, values in (("alt", keys.alt), ("focus", keys.focus or ())):
            if len(values) not in (0, 1, count) and count:
                message = Say(
                    f"{len(values)} values of `{name}` for {count} picture(s)",
                    f"{count} 张图片写了 {len(values)} 个“{name}”",
                )
                hint = Say("give one for all, or one for each in order", "请只写一个，或按顺序一图一个")
                self._faults.error("wrong-value", document.at(*way, name), message, hint)
        alts = keys.alt or (keys.caption,)
        focuses = keys.focus or ((0.5, 0.5),)
        shots = []
        for index, name in enumerate(keys.file):
            listed = (*way, "file", index) if document.gives(*way, "file", index) else (*way, "file")
            if found := self._pixels_of(name, document, document.at(*listed)):
                alt, focus = alts[min(index, len(alts) - 1)], focuses[min(index, len(focuses) - 1)]
                shots.append(Shot(*found, document.at(*listed), alt, focus))
        return shots

    def _check_wrap(self, keys: PictureKeys, document: Document[ArticleKeys], *way: str | int) -> None:
        """Refuse what a wrapped picture cannot follow, and the number of a paragraph where nothing is wrapped."""
        if keys.place == "wrap" and keys.columns:
            message = Say(
                "`columns` has no meaning with `place: wrap`", "绕排（place: wrap）的图片不写“占栏”（columns）"
            )
            hint = Say(
                "take it out; the style's --wrap-share gives the width", "请删去；宽度由样式的 --wrap-share 决定"
            )
            self._faults.error("wrong-place", document.at(*way, "columns"), message, hint)
        if keys.paragraph and keys.place != "wrap":
            message = Say(
                "`paragraph` has a meaning only with `place: wrap`", "只有绕排（place: wrap）才写“段落”（paragraph）"
            )
            hint = Say("take it out, or write `place: wrap`", "请删去，或写 place: wrap")
            self._faults.error("wrong-place", document.at(*way, "paragraph"), message, hint)

    def _check_paragraphs(self, document: Document[ArticleKeys], paragraphs: int) -> None:
        """Refuse a wrapped picture beside a paragraph that the body does not have."""
        if ("body",) in document.spoiled:
            return
        for index, keys in enumerate(document.keys.pictures):
            if keys.place == "wrap" and (keys.paragraph or 1) > paragraphs:
                name = "paragraph" if keys.paragraph else "place"
                message = Say(
                    f"text cannot run beside this picture: the body has {paragraphs} paragraph(s)",
                    f"这张图片无法绕排：正文只有 {paragraphs} 段",
                )
                hint = Say("name a paragraph of the `body`, or another `place`", "请改写段落，或换一个“位置”（place）")
                self._faults.error("wrong-value", document.at("pictures", index, name), message, hint)

    def _pixels_of(
        self, name: str, document: Document[ArticleKeys], where: SourceRef
    ) -> tuple[Path, tuple[int, int]] | None:
        path = find_file(name, document.path, self._folder, where, self._faults)
        if path is None:
            return None
        pixels = self._pixels.get(path) or _pixels_or_fault(path)
        self._pixels[path] = pixels
        if isinstance(pixels, BadPictureError):
            self._faults.error("bad-picture", where, pixels.message, pixels.hint)
            return None
        return path, pixels

    def _without_tables(self, copy: Scalar | None, field: str, part: Say) -> tuple[Paragraph, ...]:
        paragraphs = self._copy(copy, field)
        for paragraph in paragraphs:
            if paragraph.table and paragraph.where:
                message = Say(f"a table cannot stand in {part.en}", f"{part.zh}里不能有表格")
                self._faults.error("table", paragraph.where, message, Say("put it in the body", "请移到正文"))
        return paragraphs

    def _copy(self, copy: Scalar | None, field: str) -> tuple[Paragraph, ...]:
        return read_copy(copy, field, self._faults) if copy is not None else ()


def read_copy(copy: Scalar, field: str, faults: Faults) -> tuple[Paragraph, ...]:
    """Read marked-up copy; each paragraph keeps the place of its first line."""
    file = copy.source.name
    lines: list[Line] = [(text, SourceRef(file, *place, field)) for text, place in copy.copy_lines()]

    def tell(code: str, where: SourceRef, message: Say, hint: Say) -> None:
        note = faults.warn if code == "odd-markup" else faults.error
        note(code, where, message, hint)

    return read_paragraphs(lines, tell)


def _pixels_or_fault(path: Path) -> tuple[int, int] | BadPictureError:
    if path.suffix.lower() == ".svg":
        message = Say("an SVG picture can only be a masthead for now", "SVG 图片目前只能用作报头")
        return BadPictureError(message, Say("save it as PNG", "请存为 PNG"))
    try:
        return read_pixels(path)
    except BadPictureError as error:
        return error


def _lines(heading: str | tuple[str, ...], where: SourceRef) -> Lines | None:
    if not heading:
        return None
    given = not isinstance(heading, str)
    return Lines(heading if not isinstance(heading, str) else (heading,), where, given)
