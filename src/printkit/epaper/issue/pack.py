"""The office pack: one ZIP an issue, for an office that prints, posts and files.

In: the files of an issue by their names on the site, and its facts. Out: the archive's bytes, the same on every build:
times are the issue's date, permissions fixed, PDFs stored and texts deflated.

    2024-01-10/
        00-目录.txt                    what is in it, page by page
        2024-01-10.pdf  2024-01-10-01.pdf …   the edition, its pages
        2024-01-10-clips.pdf  2024-01-10-large.pdf
        剪报/01-03-ID 标题.pdf         page 1, third story; so do the others sort
        剪报/01-简讯合页.pdf           the briefs of page 1 on one sheet
        大字版/01-03-ID 标题.pdf
        版面图/01 要闻.jpg             the pages' largest pictures of less than 2 MB, named for groups
        文字/01-03-ID 标题.txt         UTF-8 with BOM, lines end with CR LF: old Notepad reads them
        manifest.json                  size and SHA-256 of every other file

A small one has the texts of single stories and neither their PDFs nor pictures of pages.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from printkit.epaper import names
from printkit.epaper.issue.facts import BESIDES_STORIES, Issue, PageFacts, Revision, StoryFacts
from printkit.model.edition import issue_words, page_stem, page_words
from printkit.output.manifest import json_bytes, recorded

INDEX, REPRINTS, LARGE, TEXTS, PAGES = "00-目录.txt", "剪报", "大字版", "文字", "版面图"

_LARGEST = 2_000_000
"""Bytes of a picture that groups take as it is."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP can tell (APPNOTE 4.4.6)."""
_LATEST = (2107, 12, 31, 23, 59, 58)
"""And the last."""

_MODE = 0o100644 << 16
"""An ordinary file that its owner may change and all may read."""

_UNIX = 3

_LEVEL = 9


def pack(files: Mapping[str, bytes], issue: Issue, *, small: bool = False) -> bytes:
    """Return the office pack of an issue.

    Args:
        files: the issue's files by their names below its folder (`epaper.names`); what offices do not need is left out,
            and what is not there is not told of.
        issue: the issue's facts.
        small: whether it does without what the PDFs of the issue have as well: reprints one by one, pictures of pages.
    """
    packed = dict(_documents(files, issue, small=small))
    packed |= {f"{TEXTS}/{_called(stem, story, '.txt')}": _noted(_text(story, issue)) for stem, story in _stems(issue)}
    packed[INDEX] = _noted(_index(packed, issue))
    packed[names.MANIFEST] = _manifest(packed, issue)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in sorted(packed):
            stored = name.endswith((".pdf", ".jpg"))
            add_to_zip(zipped, f"{issue.date.isoformat()}/{name}", packed[name], issue, is_stored=stored)
    return out.getvalue()


def add_to_zip(zipped: zipfile.ZipFile, name: str, data: bytes, issue: Issue, *, is_stored: bool = False) -> None:
    """Add a file to an archive, dated as the issue is, so that its bytes are the same on every build."""
    day = issue.date
    entry = zipfile.ZipInfo(name, min(max(_EARLIEST, (day.year, day.month, day.day, 0, 0, 0)), _LATEST))
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    zipped.writestr(entry, data, compresslevel=_LEVEL)


# --- what is in it --------------------------------------------------------------------------------------


def _stems(issue: Issue) -> list[tuple[str, StoryFacts]]:
    """Return the stories with the stems of their files: page, place on the page, id."""
    found: dict[str, str] = {}
    for page in issue.pages:
        for place, story in enumerate(page.stories, 1):
            found.setdefault(story, f"{page_stem(page.number)}-{place:02}-{story}")
    return [(found.get(story.id, f"00-00-{story.id}"), story) for story in issue.stories]


def _called(stem: str, story: StoryFacts, suffix: str) -> str:
    return names.saved_name(stem, story.headline, suffix=suffix)


def _noted(text: str) -> bytes:
    """Write a text as the editors of Windows read it, old ones too: with a BOM and CR LF."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _documents(files: Mapping[str, bytes], issue: Issue, *, small: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the PDFs by their names in the pack."""
    same = [names.edition_pdf(issue.date), *(names.page_pdf(issue.date, page.number) for page in issue.pages)]
    same += [names.reprints_pdf(issue.date, large=large) for large in (False, True)]
    yield from ((name, files[name]) for name in same if name in files)
    if small:
        return
    for stem, story in _stems(issue):
        for folder, large in ((REPRINTS, False), (LARGE, True)):
            if (name := names.reprint_pdf(story.id, large=large)) in files:
                yield f"{folder}/{_called(stem, story, '.pdf')}", files[name]
    for page in issue.pages:
        if (sheet := names.reprint_pdf(names.briefs(page.number))) in files:
            yield f"{REPRINTS}/{page_stem(page.number)}-简讯合页.pdf", files[sheet]
        pictures = [
            name for width in names.PICTURE_WIDTHS if (name := names.page_picture(page.number, width, "jpg")) in files
        ]
        if fitting := [name for name in pictures if len(files[name]) < _LARGEST]:
            called = names.saved_name(
                issue.paper, issue.date.isoformat(), page_words(page_stem(page.number)), page.name, suffix=".jpg"
            )
            yield f"{PAGES}/{called}", files[fitting[-1]]


def _text(story: StoryFacts, issue: Issue) -> str:
    """Write a story as plain text: headings, who wrote it, where it stood, its paragraphs parted by blank lines."""
    pages = "、".join(page_words(page_stem(number)) for number in story.pages)
    common = issue.common_head(story)
    head = [
        line
        for line in (common.headline if common else "", story.kicker, story.headline, story.deck, story.byline)
        if line
    ]
    place = f"{issue.paper} {issue.date.isoformat()} {pages}".rstrip()
    paragraphs = [line for line in story.text.splitlines() if line.strip()]
    return "\n\n".join(["\n".join([*head, place]), *paragraphs]) + "\n"


def _index(packed: Mapping[str, bytes], issue: Issue) -> str:
    """Write what is in the pack, in the order of the pages."""
    lines = [f"{issue.paper} {issue.date.isoformat()} {issue_words(issue.number)}".rstrip(), ""]
    told = (
        (names.edition_pdf(issue.date), "整期版面"),
        (names.reprints_pdf(issue.date), "全部剪报，每篇另起一页，可张贴"),
        (names.reprints_pdf(issue.date, large=True), "全部大字版"),
    )
    lines += [f"{name}  {words}" for name, words in told if name in packed]
    for folder, words in (
        (REPRINTS, "每篇一个 A4 文件"),
        (LARGE, "每篇一个大字文件"),
        (TEXTS, "每篇的文字，UTF-8"),
        (PAGES, "各版的图，可发到群里"),
    ):
        if any(name.startswith(f"{folder}/") for name in packed):
            lines.append(f"{folder}/  {words}")
    lines.append(f"{names.MANIFEST}  各文件的大小和 SHA-256")
    stems = {story.id: (stem, story) for stem, story in _stems(issue)}
    for page in issue.pages:
        lines += ["", *_page_lines(page, stems, packed, issue)]
    for revision in issue.revisions:
        lines += ["", f"更正 {revision.date}：{_done(revision, issue.removed_titles)}"]
    lines += [f"更正 {story.id}《{story.headline}》：{words}" for story in issue.stories for words in story.corrections]
    return "\n".join(lines) + "\n"


def _done(revision: Revision, titles: Mapping[str, str]) -> str:
    """Write what a correction did: ids, by which files are named; the title too where no file is left."""
    gone = [f"{story}《{titles[story]}》" if titles.get(story) else story for story in revision.removed]
    kinds = (("修改", revision.changed), ("增补", revision.added), ("撤下", gone))
    return "；".join(f"{kind} {'、'.join(stories)}" for kind, stories in kinds if stories) or BESIDES_STORIES


def _page_lines(
    page: PageFacts, stems: Mapping[str, tuple[str, StoryFacts]], packed: Mapping[str, bytes], issue: Issue
) -> Iterator[str]:
    title = f"{page_words(page_stem(page.number))} {page.name}".rstrip()
    pdf = names.page_pdf(issue.date, page.number)
    yield f"{title}  {pdf}" if pdf in packed else title
    for story in page.stories:
        if story in stems:
            stem, facts = stems[story]
            yield f"  {stem}  {facts.headline or facts.kicker or facts.text.partition(chr(10))[0][:30] or story}"


def _manifest(packed: Mapping[str, bytes], issue: Issue) -> bytes:
    files = [asdict(recorded(name, data)) for name, data in sorted(packed.items())]
    told = {"paper": issue.paper, "date": issue.date.isoformat(), "issue": issue.number, "files": files}
    return json_bytes(told)
