"""The site's folder grows issue by issue: adding one, again, or corrected (更正).

How the pipeline uses it, for each edition::

    shown = revisions_for(out, issue, about, correct=correct, today=today)   # refuses before anything is drawn
    made = IssueMaker(…).files(…, shown.revisions)                             # its views show the corrections
    added = add(out, made, about, correct=correct, today=today)

`issue` need have no more than its facts (`Issue`); the revisions in it are not looked at. `today` is the day of
SOURCE_DATE_EPOCH, else the clock's: the command line's to know. Issues may be added in any order.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, UsageError
from printkit.epaper import names
from printkit.epaper.folder import back_issues, neighbours, topics
from printkit.epaper.folder.as_printed import as_printed
from printkit.epaper.folder.disk import Marker, SiteFolder, is_site, opened
from printkit.epaper.folder.publishing import publish, try_lists
from printkit.epaper.folder.register import Note, note_of, read_manifest, write_manifest
from printkit.epaper.issue.facts import Issue, Revision, read_facts, write_facts
from printkit.epaper.issue.handover import SiteAbout, SiteFiles
from printkit.output.manifest import Recorded, recorded


class State(StrEnum):
    """What became of an issue."""

    NEW = "new"
    CORRECTED = "corrected"
    REMADE = "remade"
    """The same stories, other files: asked for with `correct`, it is no correction to readers."""
    SAME = "same"
    """Nothing was written."""


@dataclass(frozen=True, slots=True)
class Added:
    """An issue as it stands on the site. `files` are those of its manifest, named from the site's folder."""

    issue: Issue
    state: State
    folder: str
    files: tuple[Recorded, ...]
    pack: Recorded | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The corrections that an issue's views are to show, and what was found out on the way."""

    revisions: tuple[Revision, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    printed: Mapping[str, int] = field(default_factory=dict)
    """The PDFs that stay as they were printed, with their sizes."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """The issue that the site has at a date, and its files as its manifest records them."""

    issue: Issue
    files: Mapping[str, Recorded]


def revisions_for(
    out: Path, issue: Issue, about: SiteAbout, *, correct: bool, today: datetime.date, is_whole: bool = False
) -> Shown:
    """Return the corrections that an issue's views are to show; a killed run is mended first.

    None where the issue is new; those recorded where its content is the same; with `correct` and other content,
    these and one of today. Who knows that the site `is_whole` may ask while another adds issues of other days.

    Raises:
        InputError: the site has the issue with other content, and `correct` is not asked for.
        UsageError: the folder is not this paper's site, another run writes into it, or the disk refuses.
    """
    if not is_site(out, about.paper):
        return Shown()
    with nullcontext(()) if is_whole else whole(out, about) as told:
        standing = _standing(out, issue.date)
        revisions = _revisions(standing, issue, told, correct=correct, today=today)
        kept = as_printed(standing.issue, standing.files, revisions) if standing else {}
        sizes = {name: standing.files[now].bytes for name, now in kept.items()} if standing else {}
    return Shown(revisions, told, sizes)


@contextmanager
def whole(out: Path, about: SiteAbout) -> Iterator[tuple[Diagnostic, ...]]:
    """Keep a site to one run, and mend it; offer what that tells.

    Raises:
        UsageError: as `add`.
    """
    with opened(out, Marker(about.paper, about.address)) as folder:
        yield _mend(folder, about)


def add(out: Path, made: SiteFiles, about: SiteAbout, *, correct: bool, today: datetime.date) -> Added:
    """Add an issue to the site, or replace it by its correction.

    Whatever stops it, the site is as it was, or is carried through at the next start; no address is ever missing.

    Raises:
        InputError: the site has the issue with other content, and `correct` is not asked for.
        UsageError: the folder is not this paper's site, another run writes into it, or the disk refuses.
    """
    with opened(out, Marker(about.paper, about.address)) as folder:
        told = _mend(folder, about)
        standing = _standing(out, made.issue.date)
        issue = replace(made.issue, revisions=_revisions(standing, made.issue, told, correct=correct, today=today))
        files, gone = _files(folder, standing, issue, made.files, about)
        path = names.issue_folder(issue.date)
        state = _state(folder, standing, issue, files, made.shared)
        is_left = state is State.SAME or (state is State.REMADE and not correct)
        told = tuple(dict.fromkeys((*told, *_told_of_address(folder, about))))
        if standing and is_left:
            told = (*told, _looks_different(issue) if state is State.REMADE else same(issue))
            state, recordings = State.SAME, standing.files
            pack = _pack_there(folder, issue)
            if folder.before.address != about.address:
                _renew(folder, standing.issue, pack, about)
        else:
            name = names.pack(issue.date)
            pack = recorded(name, made.shared[name]) if name in made.shared else None
            note = {
                "date": issue.date.isoformat(),
                "manifest": asdict(recorded(f"{path}/{names.MANIFEST}", files[names.MANIFEST])),
                "pack": asdict(pack) if pack else None,
                "gone": gone,
            }
            _try(folder, issue.date, about)
            folder.stage(path, files, made.shared, note)
            _carry_through(folder, note_of(folder.staged()), about)
            recordings = read_manifest(out / path / names.MANIFEST)
    at_home = tuple(replace(file, path=f"{path}/{file.path}") for file in recordings.values())
    return Added(issue, state, path, at_home, pack, told)


def same(issue: Issue) -> Diagnostic:
    """Return what is told of an issue that the site has as it is."""
    en = f"the site has the issue of {issue.date} already: nothing changes"
    return Diagnostic("site.issue-same", Say(en, f"网站上已有 {issue.date} 一期，内容相同：未作改动"), Severity.INFO)


# --- what the site has -------------------------------------------------------------------------------


def _standing(out: Path, date: datetime.date) -> _Standing | None:
    """Return the issue that stands at a date.

    Raises:
        UsageError: its place is taken by something else, or its manifest is broken.
    """
    place = out / names.issue_folder(date)
    if not place.exists():
        return None
    try:
        issue = read_facts(place / names.ISSUE_FACTS)
    except (OSError, ValueError) as error:
        message = Say(f"{place} is there, and is not an issue: {error}", f"{place} 已存在，但不是一期报纸：{error}")
        hint = Say("move it away, then run again", "请把它移走，再运行")
        raise UsageError([Diagnostic("site.place-taken", message, hint=hint)]) from error
    with _lists_told():
        return _Standing(issue, read_manifest(place / names.MANIFEST))


def _pack_there(folder: SiteFolder, issue: Issue) -> Recorded | None:
    path = folder.out / names.pack(issue.date)
    return recorded(names.pack(issue.date), folder.content(names.pack(issue.date))) if path.is_file() else None


def _mend(folder: SiteFolder, about: SiteAbout) -> tuple[Diagnostic, ...]:
    """Carry a killed run through where all of it was written, else forget it."""
    try:
        note = note_of(folder.staged())
    except ValueError:  # there is none, or it says too little
        folder.done()
        return ()
    _carry_through(folder, note, about)
    mended = Diagnostic(
        "site.mended",
        Say(
            f"an earlier run was stopped; the issue of {note.date} is now whole",
            f"上次运行中断；{note.date} 一期现已补全",
        ),
        Severity.INFO,
    )
    return (mended, *_told_of_address(folder, about))  # whose new one is the site's from now on


def _carry_through(folder: SiteFolder, note: Note, about: SiteAbout) -> None:
    folder.settle()
    path = names.issue_folder(note.date)
    with _lists_told():
        issue = read_facts(folder.out / path / names.ISSUE_FACTS)
        publish(folder, issue, about, note.manifest, note.pack)
    for name in note.gone:  # last: until now a page that is not yet replaced may link to it
        folder.remove(f"{path}/{name}")
    folder.done()


def _renew(folder: SiteFolder, issue: Issue, pack: Recorded | None, about: SiteAbout) -> None:
    """Write what tells the site's address outside the issues, where the issue itself is left as it is."""
    _try(folder, issue.date, about)
    name = f"{names.issue_folder(issue.date)}/{names.MANIFEST}"
    with _lists_told():
        publish(folder, issue, about, recorded(name, folder.content(name)), pack)
    folder.done()


def _try(folder: SiteFolder, date: datetime.date, about: SiteAbout) -> None:
    """Tell what would stop the site from knowing an issue, before anything is written."""
    back_issues.try_templates(about)
    topics.try_templates(about)
    neighbours.lead(None, "", "", about)
    with _lists_told():
        try_lists(folder, date, about)


@contextmanager
def _lists_told() -> Iterator[None]:
    """Tell which of the site's lists is broken.

    Raises:
        UsageError: one is.
    """
    try:
        yield
    except ValueError as error:
        raise UsageError([_broken(error)]) from error


# --- the same, or other? -------------------------------------------------------------------------------


def _revisions(
    standing: _Standing | None, issue: Issue, told: Sequence[Diagnostic], *, correct: bool, today: datetime.date
) -> tuple[Revision, ...]:
    """Return the corrections of an issue; `told` is what a refusal tells beside its reason."""
    if standing is None:
        return ()
    before = standing.issue
    if _content(before) == _content(issue):
        return before.revisions
    revision = _revision(before, issue, today)
    if not correct:
        raise InputError([_differs(before, issue, revision), *told])
    return (*before.revisions, revision)


def _content(issue: Issue) -> tuple[object, ...]:
    """Return what readers would notice if it were other."""
    return issue.number, issue.content, tuple((page.number, page.name, page.stories) for page in issue.pages)


def _revision(standing: Issue, issue: Issue, today: datetime.date) -> Revision:
    """Return which stories a correction changes, adds and takes away; one on another page is changed."""
    before = {story.id: (story.content, story.pages) for story in standing.stories}
    after = {story.id: (story.content, story.pages) for story in issue.stories}
    gone = [story for story in standing.stories if story.id not in after]
    return Revision(
        today.isoformat(),
        changed=tuple(story for story in after if story in before and before[story] != after[story]),
        added=tuple(story for story in after if story not in before),
        removed=tuple(story.id for story in gone),
        removed_titles=tuple(story.headline for story in gone),
    )


def _state(
    folder: SiteFolder,
    standing: _Standing | None,
    issue: Issue,
    files: Mapping[str, bytes],
    shared: Mapping[str, bytes],
) -> State:
    if standing is None:
        return State.NEW
    if standing.issue.revisions != issue.revisions:
        return State.CORRECTED
    manifest = folder.content(f"{names.issue_folder(issue.date)}/{names.MANIFEST}")
    same = manifest == files[names.MANIFEST] and all(
        (folder.out / name).is_file() and folder.content(name) == data for name, data in shared.items()
    )
    return State.SAME if same else State.REMADE


# --- the issue's files -----------------------------------------------------------------------------------


def _files(
    folder: SiteFolder, standing: _Standing | None, issue: Issue, given: Mapping[str, bytes], about: SiteAbout
) -> tuple[dict[str, bytes], list[str]]:
    """Return all files of the issue's folder, and the names of those there that go."""
    files = {**given, names.FRONT: back_issues.front_of(issue, about), names.ISSUE_FACTS: write_facts(issue)}
    gone: list[str] = []
    if standing is not None:
        place = names.issue_folder(issue.date)
        kept = as_printed(standing.issue, standing.files, issue.revisions)
        files |= {name: folder.content(f"{place}/{now}") for name, now in kept.items()}
        views = {names.story_view(story.id): "这篇稿件" for story in standing.issue.stories}
        views |= {names.page_view(page.number): "这一版" for page in standing.issue.pages}
        for name in standing.files:
            if name in files:
                continue
            if name in views:
                files[name] = back_issues.withdrawn(issue, views[name], issue.revisions[-1].date, name, about)
            elif name.endswith(".html"):  # withdrawn by an earlier correction
                files[name] = folder.content(f"{place}/{name}")
            else:
                gone.append(name)
    files[names.MANIFEST] = write_manifest(issue, files)
    return files, gone


# --- what is told ------------------------------------------------------------------------------------------


def _differs(standing: Issue, issue: Issue, revision: Revision) -> Diagnostic:
    titles = {story.id: story.headline for story in (*standing.stories, *issue.stories)}
    groups = (
        ("changed", "改动", revision.changed),
        ("added", "新增", revision.added),
        ("removed", "撤下", revision.removed),
    )
    en = "; ".join(f"{name}: {', '.join(ids)}" for name, _, ids in groups if ids)
    zh = "；".join(
        f"{name}：{'、'.join(_titled(story, titles[story]) for story in ids)}" for _, name, ids in groups if ids
    )
    day = issue.date.isoformat()
    return Diagnostic(
        "site.issue-differs",
        Say(
            f"the site has the issue of {day} with other content: {en or 'its number, pages or order of stories'}",
            f"网站上已有 {day} 一期，内容不同：{zh or '期号、版面或稿件次序'}",
        ),
        hint=Say(
            "--correct replaces it as a correction, which readers are shown; its addresses stay",
            "加 --correct 作为更正替换，读者可见更正说明，地址不变",
        ),
    )


def _titled(story: str, headline: str) -> str:
    return f"{story}（{headline}）" if headline else story


def _looks_different(issue: Issue) -> Diagnostic:
    day = issue.date.isoformat()
    return Diagnostic(
        "site.files-differ",
        Say(
            f"the site has the stories of {day} already; its files now come out otherwise and are left as they are",
            f"网站上已有 {day} 一期，稿件相同；但文件与已有的不同，未作改动",
        ),
        Severity.WARNING,
        Say("--correct puts the files made now in their place", "加 --correct 用现在的文件替换"),
    )


def _told_of_address(folder: SiteFolder, about: SiteAbout) -> tuple[Diagnostic, ...]:
    if not about.address:
        message = Say(
            "the paper has no `site: {base_url: …}`: feeds and site map, which need it, are left out",
            "报纸没有写 `网站: {base_url: …}`：订阅源和网站地图需要它，未生成",
        )
        return (Diagnostic("site.no-address", message, Severity.INFO),)
    if folder.before.address == about.address:
        return ()
    return (
        Diagnostic(
            "site.address-changed",
            Say(
                f"the site's address was “{folder.before.address}”: views of earlier issues still name it",
                f"网站地址原为“{folder.before.address}”：以前各期的网页仍写着它",
            ),
            Severity.WARNING,
            Say(
                "feeds and site map have the new one; add earlier issues again with --correct to renew their views",
                "订阅源和网站地图已用新地址；请用 --correct 重新加入以前各期",
            ),
        ),
    )


def _broken(error: ValueError) -> Diagnostic:
    message = Say(f"a list of the site cannot be read: {error}", f"网站的一个清单无法读取：{error}")
    hint = Say("put the file back from a copy of the site, then run again", "请从网站备份恢复该文件，再运行")
    return Diagnostic("site.broken-list", message, hint=hint)
