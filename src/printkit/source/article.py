"""Article files as `Article` values: headings, copy, sections, pictures."""

import time
from pathlib import Path

from printkit.diagnostics import Say, SourceRef
from printkit.model.article import BOX_NAMES, Article, BoxKind, Byline, Lines, Notice, Section, StoryBox
from printkit.model.text import Paragraph, plain
from printkit.source.article_keys import ArticleKeys, BoxKeys, NoticeKeys, SectionKeys
from printkit.source.desk import read_silences
from printkit.source.document import Document, read_document, tell_missing
from printkit.source.faults import Faults
from printkit.source.keys import zh_name
from printkit.source.known import Key, Known, known_article, learn
from printkit.source.markup import Line, read_paragraphs
from printkit.source.members import refuse_copy
from printkit.source.nodes import Scalar
from printkit.source.pictures import PictureReader

_BOX_KINDS: dict[str, BoxKind] = {word: kind for kind, name in BOX_NAMES.items() for word in (kind, name)}


_NOT_WITH_NOTICES = ("body", "sections", "pictures", "boxes", "editor_note", "pull_quote", "dateline", "byline")


class ArticleReader:
    """Reads articles of one paper; what several stories share is read, and its faults told, once."""

    def __init__(self, folder: Path | None, faults: Faults, known: Known | None = None) -> None:
        self._faults = faults
        self._known = {} if known is None else known
        self._pictures = PictureReader(folder, faults)
        self._articles: dict[Key, tuple[Article | None, frozenset[Path]]] = {}
        self._began = time.time_ns()

    def read(self, path: Path, *, leads: bool = False) -> Article | None:
        """Return the article of a file, None when nothing of it can be used; one that `leads` a group has headings alone."""
        key = path, leads, self._faults.folder
        if key not in self._articles:
            self._articles[key] = known_article(self._known, key) or self._faults.noting(
                lambda: self._read(path, leads=leads)
            )
            self._faults.files |= self._articles[key][1]
        return self._articles[key][0]

    def learn(self) -> None:
        """Let what was read be known from now on, if nothing of the whole edition was found wrong."""
        if self._articles and not self._faults.found:
            learn(self._known, self._articles, self._began)

    def _read(self, path: Path, *, leads: bool) -> Article | None:
        document = read_document(path, ArticleKeys, self._faults)
        return self.article(document, leads=leads) if document else None

    def article(self, document: Document[ArticleKeys], *, leads: bool) -> Article:
        """Return the article that a document says, as far as it can be used."""
        keys = document.keys
        if leads:
            refuse_copy(document, self._faults)
        self._tell_missing(document, leads=leads)
        body = self._copy(keys.body, "body")
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
            pictures=self._pictures.read(document, len(body)),
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
            silences=read_silences(keys.lint, document, self._faults),
        )

    def _tell_missing(self, document: Document[ArticleKeys], *, leads: bool) -> None:
        keys = document.keys
        has_pictures = bool(keys.pictures) or ("pictures",) in document.spoiled
        has_notices = document.gives("notices")
        may_lack_headline = has_pictures or has_notices or keys.brief or ("brief",) in document.spoiled
        may_lack_body = leads or has_pictures or has_notices or bool(keys.sections) or ("sections",) in document.spoiled
        for name, is_given in (("headline", keys.headline or may_lack_headline), ("body", keys.body or may_lack_body)):
            if not is_given and (name,) not in document.spoiled:
                tell_missing(self._faults, document.at(name), ArticleKeys, name)

    def _section(self, keys: SectionKeys, document: Document[ArticleKeys], index: int) -> Section:
        way = ("sections", index)
        return Section(
            where=document.at(*way),
            body=self._copy(keys.body, f"sections[{index}].body"),
            name=keys.name,
            title=keys.title,
            portrait=self._pictures.portrait(keys.portrait, keys.name, document, document.at(*way, "portrait")),
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
        """Refuse a list of none, and what has no place beside notices: they fill their story alone."""
        if document.gives("notices") and not document.keys.notices and ("notices",) not in document.spoiled:
            message = Say("`notices` has no notice in it", "“启事”（notices）里一条也没有")
            hint = Say("write `- {title: …, body: …}`, or take the key out", "请写 - {标题: …, 正文: …}，或删去这个键")
            self._faults.error("wrong-value", document.at("notices"), message, hint)
        for name in _NOT_WITH_NOTICES if document.keys.notices else ():
            if document.gives(name):
                zh = zh_name(ArticleKeys, name)
                message = Say(
                    f"`{name}` cannot stand beside `notices`", f"有“启事”（notices）的稿件不能写“{zh}”（{name}）"
                )
                hint = Say("put it in an article of its own", "请另作一篇稿件")
                self._faults.error("wrong-place", document.at(name), message, hint)

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


def _lines(heading: str | tuple[str, ...], where: SourceRef) -> Lines | None:
    if not heading:
        return None
    given = not isinstance(heading, str)
    return Lines(heading if not isinstance(heading, str) else (heading,), where, given)
