"""What the browser asks to have written or tried: copy and moves, each proved before it is swapped in, undone and done again.

In: objects of the browser, and the desk. Out: objects for it. All of it runs in the desk's one thread of work.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say, files_named_from
from printkit.gate import read_file
from printkit.makeup.page.assign import place_faults
from printkit.makeup.setting import Setter
from printkit.model.article import Article
from printkit.model.edition import FIRST_PART, Edition, Story
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.run import Run
from printkit.preview.desk import Desk
from printkit.preview.journal import Journal, hash_of
from printkit.preview.moves import Moves
from printkit.preview.spare import spare_articles
from printkit.preview.trials import Trial, in_slot, on_grid, with_copy
from printkit.preview.work import Urgency
from printkit.source import nodes
from printkit.source.article import ArticleReader
from printkit.source.article_keys import ArticleKeys
from printkit.source.document import ALL_KEYS, check_nodes
from printkit.source.edits import Drop, Edit, Insert, Put, Remove, Steps, edited, meaning, read_text, value_at
from printkit.source.faults import Faults
from printkit.source.load import read_source
from printkit.source.patch import text_of
from printkit.source.schema import EditionKeys

_HEADINGS = ("kicker", "headline", "deck")
_TEXTS = ("dateline", "editor_note", "body", "pull_quote")
_CHOICES = {"columns": "choice", "place": "choice", "crop": "choice", "focus": "focus"}
"""Keys of a picture that menus set; the point that cropping keeps is chosen on the picture."""
_KNOWN = 64
"""States of files that a browser may still have before it."""


class Writer:
    """Writes for one desk."""

    def __init__(self, desk: Desk) -> None:
        """Begin with nothing written."""
        self._desk = desk
        self._journal = Journal()
        self._known: OrderedDict[str, bytes] = OrderedDict()

    def told(self) -> dict[str, Any]:
        """Return what the browser has to know before it asks for something."""
        reading = self._desk.reading
        spare = spare_articles(reading.edition) if reading else ()
        pool = [wish.story for wish in reading.edition.pool] if reading else []
        return {
            "hash": self._seen(self._desk.path) if self._desk.path.is_file() else "",
            "undo": len(self._journal.done),
            "redo": len(self._journal.undone),
            "spare": [{"file": one.file, "title": one.title, "characters": one.characters} for one in spare],
            "pool": [{"id": story.id, "title": story.short_title} for story in pool],
        }

    def _seen(self, path: Path) -> str:
        """Return the name of a file's state, and keep the state: what a browser writes is held against it."""
        data = read_file(path)
        name = hash_of(data)
        self._known[name] = data
        self._known.move_to_end(name)
        if len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        return name

    def _known_as(self, given: Mapping[str, Any]) -> bytes:
        found = self._known.get(str(given.get("hash")))
        if found is None:
            raise _refused(Say("the page is out of date: load it again", "页面已过时，请重新载入"))
        return found

    # --- copy ---

    def copy(self, name: str) -> dict[str, Any]:
        """Return the texts of a story's article, each with the way to it.

        Raises:
            InputError: there is no such story, or its file cannot be read.
        """
        path = self._story(name).article.path
        state = self._seen(path)
        root = read_text(text_of(self._known[state]), path.name, Faults(self._desk.base))
        fields = [field for way in _ways(root) if (field := _field(root, way))]
        return {"story": name, "file": path.name, "hash": state, "fields": fields}

    def fit(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return how a story would fit: with other texts, in a rectangle of the grid, or in a slot.

        Raises:
            InputError: the copy cannot be read so, or the place cannot be taken.
        """
        setter = self._setter()
        name = str(given.get("story"))
        if at := given.get("at"):
            found = on_grid(self._desk, setter, name, tuple(int(one) for one in at))  # type: ignore[arg-type]  # of four
        elif slot := given.get("slot"):
            run = self._desk.run
            found = in_slot(run, self._desk, setter, name, str(given.get("page")), str(slot))
        else:
            found = with_copy(self._desk, setter, name, self._article(given)[1])
        return _fit_object(found) if found else {}

    def _article(self, given: Mapping[str, Any]) -> tuple[str, Article]:
        """Return the text of an article with other values, and the article that it says."""
        story = self._story(str(given.get("story")))
        text = text_of(self._known_as(given))
        name = story.article.where.file
        root = read_text(text, name, Faults(self._desk.base))
        new = edited(text, name, ArticleKeys, _edits(root, given.get("values") or {}))
        return new, self._read(new, story)

    def _read(self, text: str, story: Story) -> Article:
        faults = Faults(self._desk.base)
        path = story.article.path
        root = read_source(nodes.Source(faults.file_name(path), text), ALL_KEYS, faults)
        faults.raise_errors()
        assert root is not None, "a text without faults is read"
        document = check_nodes(path, root, ArticleKeys, faults)
        article = ArticleReader(self._desk.base.resolve(), faults).article(document, leads=story.is_common_head)
        faults.raise_errors()
        return article

    def _setter(self) -> Setter:
        assert self._desk.reading is not None, "no story stands before the edition is read"
        return self._desk.run.composer(self._desk.reading.edition.names)

    def _story(self, name: str) -> Story:
        edition = self._edition()
        stories = [story for page in edition.pages for story in page.stories if not story.ad]
        stories += [wish.story for wish in edition.pool]
        found = next((story for story in stories if story.id == name), None)
        if found is None:
            raise _refused(Say(f"there is no story “{name}”", f"没有稿件“{name}”"))
        return found

    def _edition(self) -> Edition:
        if self._desk.reading is None:
            raise _refused(Say("the edition cannot be read as it is", "期次文件目前无法读取"))
        return self._desk.reading.edition

    # --- what is written ---

    def edit(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Do what an editor commands, and have the pages made anew.

        Raises:
            ConflictError: a file was changed outside.
            PrintkitError: it cannot be done; nothing was written.
        """
        if not self._desk.may_write:
            raise _refused(Say("the folder is read-only: look only", "文件夹只读：只能看，不能改"))
        files: tuple[Path, ...]
        match given.get("do"):
            case "undo":
                files = self._journal.undo()
            case "redo":
                files = self._journal.redo()
            case "copy":
                files = self._write_copy(given)
            case _:
                files = self._write_edition(given)
        if files:
            self._desk.work.ask(lambda: self._desk.refresh(files), Urgency.CHANGED)
        states = {path.name: self._seen(path) for path in files}
        return {"files": states, "undo": len(self._journal.done), "redo": len(self._journal.undone)}

    def _write_copy(self, given: Mapping[str, Any]) -> tuple[Path, ...]:
        path = self._story(str(given.get("story"))).article.path
        text, _ = self._article(given)
        return (path,) if self._journal.write(path, self._known_as(given), text) else ()

    def _write_edition(self, given: Mapping[str, Any]) -> tuple[Path, ...]:
        path, known, edition = self._desk.path.resolve(), self._known_as(given), self._edition()
        text = text_of(known)
        name = edition.where.file
        root = read_text(text, name, Faults(self._desk.base))
        new = edited(text, name, EditionKeys, Moves(root, edition, self._placed()).edits(given))

        def is_good(written: Path) -> bool:
            with files_named_from(self._desk.base):
                self._see_it_stands(written, name)
            return True

        return (path,) if self._journal.write(path, known, new, is_good) else ()

    def _placed(self) -> dict[str, Story]:
        """Return the stories as they stand on the pages, by id; where a page found their places itself, as last made."""
        made = [one.story for sheet in self._desk.sheets.values() if sheet.made for one in sheet.made.stories]
        pages, _ = assigned_pages(self._edition(), self._desk.run.pages())
        stories = [*made, *(story for page in pages for story in page.stories if story.slot)]
        return {story.id: story for story in stories if story.part == FIRST_PART}

    def _see_it_stands(self, written: Path, name: str) -> None:
        """Read an edition as it would be, and refuse what its pages cannot show and those before could.

        Raises:
            InputError: with every such fault.
        """
        run = Run()
        try:
            after = run.read(written).edition
        except InputError as error:
            raise InputError([_renamed(one, written.name, name) for one in error.diagnostics], error.base) from error
        before = {(one.code, one.page) for one in assigned_pages(self._edition(), run.pages())[1]}
        pages, told = assigned_pages(after, run.pages())
        faults = [one for one in told if (one.code, one.page) not in before]
        for page in pages:
            sheet = self._desk.sheets.get(page.context.number)
            if sheet and sheet.made and page.layout.auto:
                faults += place_faults(page.stories, sheet.made.geometry.grid)
        if faults:
            raise InputError([_renamed(one, written.name, name) for one in faults])


def _renamed(found: Diagnostic, written: str, name: str) -> Diagnostic:
    """Return a finding about a file that is tried, told about the file that it would be."""
    if found.where is None or not found.where.file.endswith(written):
        return found
    return replace(found, where=replace(found.where, file=name))


def _ways(root: nodes.Mapping) -> list[Steps]:
    """Return the ways to all texts that an article's fields show, in the order in which they are read."""

    def below(name: str, *parts: str) -> list[Steps]:
        node = value_at(root, ArticleKeys, (name,))
        count = len(node.items) if isinstance(node, nodes.Sequence) else 0
        return [(name, index, part) for index in range(count) for part in parts]

    heads: list[Steps] = [(name,) for name in _HEADINGS]
    texts: list[Steps] = [(name,) for name in _TEXTS]
    return [
        *heads,
        *below("byline", "role", "name"),
        *_next_writer(root),
        *texts,
        *below("sections", "name", "title", "headline", "body"),
        *below("boxes", "headline", "body"),
        *below("notices", "title", "body"),
        *below("pictures", "caption", *_CHOICES),
    ]


def _next_writer(root: nodes.Mapping) -> list[Steps]:
    """Return the ways to a writer more, at the end of those that a story has; none where it has a form without."""
    node, count = value_at(root, ArticleKeys, ("byline",)), 0
    if isinstance(node, nodes.Sequence):
        count = len(node.items)
    elif node is not None or value_at(root, ArticleKeys, ("body",)) is None:
        return []
    return [("byline", count, "role"), ("byline", count, "name")]


def _field(root: nodes.Mapping, way: Steps) -> dict[str, Any] | None:
    """Return a text with its value; of what is not there only what may be added: headings, the body, captions."""
    node = value_at(root, ArticleKeys, way)
    name = str(way[-1])
    if node is None and name not in _HEADINGS and way[0] not in ("pictures", "byline"):
        return None
    value = "" if node is None else meaning(node)
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
        return None
    kinds = dict.fromkeys(_HEADINGS, "lines") | dict.fromkeys(("body", "editor_note", "caption"), "text")
    kind = (kinds | _CHOICES if way[0] == "pictures" else kinds).get(name, "line")
    return {
        "way": ".".join(map(str, way)),
        "kind": kind,
        "value": "\n".join(value) if isinstance(value, list) else value,
        "line": root.source.place(node.start)[0] if node is not None else 0,
    }


def _edits(root: nodes.Mapping, values: Mapping[str, Any]) -> list[Edit]:
    """Return the edits that give an article's texts some values; texts that are the same are left alone."""
    known = {".".join(map(str, way)): way for way in _ways(root)}
    of_writers, comings = _writers(root, values)
    values = {name: value for name, value in values.items() if name not in of_writers}
    edits: list[Edit] = []
    for name, given in values.items():
        way = known.get(name)
        field = _field(root, way) if way else None
        if way is None or field is None:
            raise _refused(Say(f"the article has no text “{name}”", f"稿件没有“{name}”这一项"))
        value = str(given).replace("\r\n", "\n").strip("\n")
        if value == field["value"]:
            continue
        node = value_at(root, ArticleKeys, way)
        lines = [line for line in value.split("\n") if line.strip()]
        if not lines:
            edits.append(Drop(way))
        elif field["kind"] == "focus" or (
            field["kind"] == "lines" and (len(lines) > 1 or isinstance(node, nodes.Sequence))
        ):
            edits.append(Put(way, lines))
        else:
            edits.append(Put(way, value))
    return [*edits, *comings]


def _writers(root: nodes.Mapping, values: Mapping[str, Any]) -> tuple[set[str], list[Edit]]:
    """Return the edits by which writers come and go, and the names of the texts that these have in them.

    A name that is emptied takes its writer out; one behind the last adds a writer.
    """
    taken, added = [], []
    [*_, (_, count, _)] = _next_writer(root) or [("byline", 0, "name")]
    for index in range(int(count) + 1):
        name = str(values.get(f"byline.{index}.name", "" if index == count else "-")).strip()
        if index < int(count) and not name:
            taken.append(index)
        if index == count and name:
            role = str(values.get(f"byline.{index}.role", "")).strip()
            added.append({"role": role, "name": name} if role else {"name": name})
    names = {f"byline.{index}.{part}" for index in (*taken, count) for part in ("role", "name")}
    edits: list[Edit] = [Remove(("byline", index)) for index in reversed(taken)]
    if taken and len(taken) == count and not added:
        edits = [Drop(("byline",))]
    return names, [*edits, *(Insert(("byline",), int(count) - len(taken), one) for one in added)]


def _fit_object(found: Trial) -> dict[str, Any]:
    fit = found.fit
    return {
        "over": [fit.over_lines, fit.over_characters],
        "under": [fit.under_lines, fit.under_characters],
        "lines": fit.lines,
        "characters": fit.characters,
        "columns": found.columns,
    }


def _refused(message: Say) -> InputError:
    hint = Say("nothing was written", "没有写入任何内容")
    return InputError([Diagnostic("desk.refused", message, hint=hint)])
