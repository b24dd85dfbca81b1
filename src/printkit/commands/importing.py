"""`printkit import` (来稿): manuscripts become articles, with their pictures beside them; what was changed is told.

In: files. Out: an article each (several with `split`). Everything is read, written into a folder of its own and read back before
the first file is put into its place; whatever fails leaves nothing behind, and what a killed run left to do the next one does.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.diagnostics import (
    Diagnostic,
    ExitCode,
    InputError,
    Say,
    Severity,
    SourceRef,
    UsageError,
    diagnostic_object,
    file_name,
    shown_path,
)
from printkit.limits import Limits, held
from printkit.manuscript.block import Manuscript, Note
from printkit.manuscript.drafting import Draft, drafts, stem_of
from printkit.manuscript.reading import read_manuscript
from printkit.manuscript.told import Told, told
from printkit.model.article import Article
from printkit.output.batch import Batch
from printkit.output.tree import Waiting
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import BadPictureError, read_pixels
from printkit.pictures.svg import svg_facts
from printkit.source.writing import proved, written

_YAML = (".yaml", ".yml")


def _no_word(why: Say) -> None:
    """Wait without a word."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: the article's file or its folder, several stories parted, what stands there replaced."""

    out: Path = Path()
    split: bool = False
    force: bool = False
    language: str = "en"
    """Of the keys in the files that are written."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that was written, what it was made of, and what is told of it."""

    path: Path
    article: Article
    manuscript: Manuscript
    pictures: tuple[Path, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The articles that were written, and what their reading told."""

    imported: tuple[Imported, ...]
    base: Path
    """The folder that the files of findings are named from."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """0: what could not be brought in ends the command before anything is written."""
        return ExitCode.DONE

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        files = [path for one in self.imported for path in (one.path, *one.pictures)]
        return {
            "outputs": [_file_object(path) for path in dict.fromkeys(files)],
            "stories": [_story_object(one) for one in self.imported],
            "diagnostics": [diagnostic_object(one) for one in self.diagnostics],
        }


@dataclass(frozen=True, slots=True)
class _Planned:
    """A draft, and where it will stand."""

    draft: Draft
    manuscript: Manuscript
    path: Path


def bring_in(files: Sequence[Path], options: Options, waiting: Waiting = _no_word) -> Result:
    """Make articles of manuscripts.

    Raises:
        UsageError: an article or a picture is there already, or the place is none for it.
        InputError: a manuscript cannot be read; all of them are told, and nothing is written.
    """
    _check_place(options.out)
    planned = _planned(files, options)
    batch = Batch(planned[0].path.parent, "import")
    try:
        with batch.held(waiting) as late:
            carried = [_carried(late)] if late else []
            _check_targets(planned, options, carried)
            with batch.written() as staging:
                imported, found = _written(planned, staging, options)
        return Result(imported, Path.cwd(), (*carried, *found))
    except OSError as error:
        raise UsageError([_unwritable(error)]) from error


def _planned(files: Sequence[Path], options: Options) -> list[_Planned]:
    """Read every manuscript; what is wrong with any of them is told together."""
    limits = Limits.of_user()
    wrong: list[Diagnostic] = []
    planned: list[_Planned] = []
    is_file = options.out.suffix.lower() in _YAML
    for file in files:
        try:
            with held(limits, where=SourceRef(shown_path(file))):
                manuscript = read_manuscript(file)
                stem = options.out.stem if is_file else stem_of(file.name)
                made = drafts(manuscript, stem, split=options.split)
        except InputError as error:
            wrong.extend(error.diagnostics)
            continue
        folder = options.out.parent if is_file else options.out
        for draft in made:
            article = draft.article
            if not (article.body or article.sections or article.pictures or article.notices):
                wrong.append(_without_text(manuscript.name))
            name = options.out.name if is_file else draft.article.path.name
            planned.append(_Planned(draft, manuscript, folder / name))
    if wrong:
        raise InputError(wrong)
    if is_file and len(planned) > 1:
        message = Say(
            f"{len(planned)} stories do not go into {options.out}", f"{len(planned)} 篇稿件不能写进一个 {options.out}"
        )
        hint = Say("name a folder with -o", "请用 -o 写一个文件夹")
        raise UsageError([Diagnostic("usage.option", message, hint=hint)])
    return planned


def _check_place(out: Path) -> None:
    """Refuse a place outside the paper in whose folder the command runs: its articles could not be named in an edition."""
    here = Path.cwd().resolve()
    paper = next((one for one in (here, *here.parents) if (one / "paper.yaml").is_file()), None)
    target = (out if out.suffix.lower() not in _YAML else out.parent).resolve()
    if paper and not target.is_relative_to(paper):
        message = Say(f"{out} lies outside the paper's folder {paper}", f"{out} 在本报文件夹 {paper} 之外")
        hint = Say("name a place in it with -o", "请用 -o 写本报文件夹里的位置")
        raise UsageError([Diagnostic("usage.outside-paper", message, hint=hint)])


def _check_targets(planned: Sequence[_Planned], options: Options, carried: Sequence[Diagnostic]) -> None:
    targets = [target for one in planned for target in _targets(one)]
    wrong = [_twice(path) for path, count in Counter(targets).items() if count > 1]
    if not options.force:
        wrong += [_taken(path) for path in targets if path.exists() or path.is_symlink()]
    wrong += [_taken(path) for path in targets if options.force and path.is_dir()]
    if wrong:
        raise UsageError([*carried, *wrong])


def _targets(one: _Planned) -> Iterator[Path]:
    yield one.path
    yield from (one.path.parent / name for name, _ in one.draft.files)


def _written(
    planned: Sequence[_Planned], staging: Path, options: Options
) -> tuple[tuple[Imported, ...], tuple[Diagnostic, ...]]:
    """Write all files aside, and read the articles back."""
    imported: list[Imported] = []
    found: list[Diagnostic] = []
    for one in planned:
        with held(Limits.of_user(), where=SourceRef(one.manuscript.name)):
            article, notes, told_of = _stage(one, staging, options.language)
        found.extend(told_of)
        kept = [name for name, _ in one.draft.files if (staging / name).exists()]
        pictures = tuple(one.path.parent / name for name in kept)
        imported.append(Imported(one.path, article, one.manuscript, pictures, told((*one.draft.notes, *notes))))
    return tuple(imported), tuple(found)


def _stage(one: _Planned, staging: Path, language: str) -> tuple[Article, list[Note], tuple[Diagnostic, ...]]:
    """Write an article and its pictures aside, and prove that it reads back to its copy."""
    for name, picture in one.draft.files:
        (staging / name).write_bytes(picture.data)
    article, notes = _without_broken(one.draft.article, staging)
    done = written(article, language)
    notes += [Note("marks-lost", where) for where in done.marks_lost]
    file = staging / one.path.name
    file.write_text(done.text, encoding="utf-8")
    try:
        told_of = proved(file, done.article)
    except InputError as error:
        raise InputError(_named(error.diagnostics, one.path)) from error
    return replace(done.article, path=one.path), notes, _named(told_of, one.path)


def _named(found: Iterable[Diagnostic], path: Path) -> tuple[Diagnostic, ...]:
    """Return findings of a file aside with the place that it will have."""
    name = file_name(path, Path.cwd(), Path.cwd().resolve())
    return tuple(replace(one, where=one.where and replace(one.where, file=name)) for one in found)


def _without_broken(article: Article, staging: Path) -> tuple[Article, list[Note]]:
    """Return an article without the pictures that cannot be read, whose files go."""
    notes: list[Note] = []
    broken: set[str] = set()

    def is_whole(name: str, note: Note) -> bool:
        path = staging / name
        if name in broken:
            notes.append(replace(note, was=name))
            return False
        try:
            {".svg": svg_facts, ".pdf": read_ad_size}.get(path.suffix, read_pixels)(path)
        except BadPictureError as error:
            notes.append(replace(note, was=f"{name}: {error.message.en}"))
            path.unlink()
            broken.add(name)
            return False
        return True

    pictures = []
    for picture in article.pictures:
        note = Note("picture-broken", picture.where)
        shots = [shot for shot in picture.shots if is_whole(shot.file.name, note)]
        if shots:
            first = shots[0]
            pictures.append(replace(picture, file=first.file, alt=first.alt, group=tuple(shots[1:])))
    sections = [
        replace(one, portrait=None)
        if one.portrait and not is_whole(one.portrait.file.name, Note("picture-broken", one.where))
        else one
        for one in article.sections
    ]
    return replace(article, pictures=tuple(pictures), sections=tuple(sections)), notes


def _file_object(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": shown_path(path), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _story_object(one: Imported) -> dict[str, Any]:
    article = one.article
    return {
        "article": shown_path(one.path),
        "from": one.manuscript.name,
        "encoding": one.manuscript.encoding or None,
        "headline": article.headline.text if article.headline else None,
        "paragraphs": len(article.paragraphs) + len(article.boxed),
        "characters": sum(len(paragraph.text) for paragraph in (*article.paragraphs, *article.boxed)),
        "sections": len(article.sections),
        "pictures": len(article.pictures),
        "told": [
            {
                "code": each.code,
                "done": each.done.en,
                "done_zh": each.done.zh,
                "words": each.words.en,
                "words_zh": each.words.zh,
                "count": len(each.notes),
                "places": [
                    {
                        "line": note.where.line,
                        "column": note.where.column,
                        "was": note.was,
                        "now": note.now,
                        "by": note.by,
                    }
                    for note in each.notes
                ],
            }
            for each in one.told
        ],
    }


def _without_text(name: str) -> Diagnostic:
    message = Say("the file has a headline and no text", "文件里只有标题，没有正文")
    return Diagnostic("import.empty", message, hint=Say("name another file", "请换一个文件"), where=SourceRef(name))


def _carried(late: Sequence[Path]) -> Diagnostic:
    shown = ", ".join(shown_path(path) for path in late)
    message = Say(
        f"an import before was ended while it put its files in place; these are in place now: {shown}",
        f"上一次导入在放置文件时中断，现已放好：{shown}",
    )
    return Diagnostic("import.carried-through", message, Severity.WARNING)


def _taken(path: Path) -> Diagnostic:
    message = Say(f"{path} is there already", f"{path} 已经存在")
    hint = Say("name another place with -o, or replace it with --force", "请用 -o 换一个位置；要替换它，请加 --force")
    return Diagnostic("usage.article-exists", message, hint=hint)


def _twice(path: Path) -> Diagnostic:
    message = Say(f"{path} would be written twice", f"{path} 会被写两次")
    hint = Say("import files of one name one by one, with -o", "同名的文件请分别导入，用 -o 各写一个位置")
    return Diagnostic("usage.article-exists", message, hint=hint)


def _unwritable(error: OSError) -> Diagnostic:
    reason, file = error.strerror or str(error), Path(error.filename or "")
    place = file.parent if file.name.startswith(".") else file  # the lock's name says nothing to who reads
    message = Say(f"nothing can be written to {place}: {reason}", f"无法写入 {place}：{reason}")
    hint = Say("choose another place with -o", "请用 -o 换一个位置")
    return Diagnostic("usage.cannot-write", message, hint=hint)
