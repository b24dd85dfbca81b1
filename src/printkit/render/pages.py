"""Pages as HTML: the Jinja2 layouts, with probes for measuring or with made-up stories for drawing.

A layout is the editor's own HTML; printkit writes into it only at elements with `data-slot`, at ``<main>``
when the body's size is fitted, and into ``<main data-makeup="auto">``. A paper's own `layouts/` and `styles/`
come before the built-in ones, file by file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from printkit.diagnostics import Diagnostic, InputError, Say, near
from printkit.model.edition import Edition, Page, Story, date_words, page_label, page_words
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, MadeUpStory, Ornament, PictureBox, TextBox
from printkit.model.paper import Paper
from printkit.render.calendar import lunar_text, weekday
from printkit.render.clip import CLIP_LAYOUTS, Clip
from printkit.render.links import link_boxes
from printkit.render.look import SCREEN, Look
from printkit.render.picture_maker import PictureMaker
from printkit.render.slots import Tags, classes, probes, roles_of, tile, with_style
from printkit.render.templates import LAYOUTS, STYLES, environment, template_fault, template_place
from printkit.units import css


class _AnySlot(dict[str, Any]):
    """Answers for any slot name: with a story while the layout's slots are looked for, else with none."""

    def __init__(self, used: Mapping[str, Any], default: Any) -> None:
        super().__init__(used)
        self._default = default

    def __missing__(self, key: str) -> Any:
        return self._default

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or self._default is not None


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its template shows it: the slots in order, whether the body is fitted, whether it is automatic.

    `index` tells whether it shows the index of other pages (导读).
    """

    slots: Mapping[str, bool]
    fits_body: bool = False
    auto: bool = False
    index: bool = False


@dataclass(slots=True)
class Pages:
    """Renders the pages of one edition in one look."""

    edition: Edition
    look: Look = SCREEN
    clip: Clip | None = None
    """What a page of a reprint shows round its story; None of a newspaper's page."""
    _environment: SandboxedEnvironment = field(init=False)
    _layout_roots: tuple[Path, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Set the template environment up: the paper's layouts first."""
        own = self.edition.paper.folder / "layouts"
        self._layout_roots = (own, LAYOUTS) if own.is_dir() else (LAYOUTS,)
        self._environment = environment(self._layout_roots)

    def layout(self, page: Page) -> Layout:
        """Read a page's layout: which slots it has.

        Raises:
            InputError: there is no such layout, or its template cannot be used.
        """
        return self._read(page, self._template(page, _AnySlot({}, _Stub()), None))

    def layout_for(self, page: Page, stories: Mapping[str, Sequence[Story]]) -> Layout:
        """Read a page's layout as it is with some stories in its slots: a block may depend on what is used."""
        used = {name: members[0] for name, members in stories.items()}
        return self._read(page, self._template(page, _AnySlot(used, None), None))

    def _read(self, page: Page, html: str) -> Layout:
        slots: dict[str, bool] = {}
        fits = auto = index = False
        faults = []
        for tag in Tags(html).tags:
            if tag.name == "main":
                fits = fits or tag.attributes.get("data-fit") == "body"
                auto = auto or tag.attributes.get("data-makeup") == "auto"
            index = index or "data-index" in tag.attributes
            if name := tag.attributes.get("data-slot"):
                if name in slots:
                    faults.append(
                        Diagnostic(
                            "layout.slot-twice",
                            Say(
                                f"layout “{page.layout}” has slot “{name}” twice",
                                f"版式“{page.layout}”里版位“{name}”重复",
                            ),
                            hint=Say("give each slot a name of its own", "请给每个版位各起一个名字"),
                            where=page.layout_where or page.where,
                        )
                    )
                slots[name] = "data-many" in tag.attributes
        if faults:
            raise InputError(faults)
        return Layout(slots, fits, auto, index)

    def probes(self, page: Page, stories: Mapping[str, Sequence[Story]], step: tuple[int, int] | None) -> str:
        """Return a page with empty slots and the probes of the stories that will stand in them."""

        def content(slot: str) -> str:
            wanted: dict[tuple[int, str], set[str]] = {}
            for story in stories.get(slot, ()):
                wanted.setdefault((story.level, story.frame), set()).update(roles_of(story))
            return "".join(probes(slot, level, frame, roles) for (level, frame), roles in wanted.items())

        used = {name: members[0] for name, members in stories.items()}
        return self._inject(self._template(page, _AnySlot(used, None), None), content, step, page, stories)

    def made_up(self, made: MadeUpPage) -> tuple[str, dict[str, TextBox]]:
        """Return a page with its made-up stories, and the composed text by its address in the HTML."""
        texts: dict[str, TextBox] = {}
        template = self._get("shared/story.html.j2", made.page)
        by_slot = made.by_slot

        def content(slot: str) -> str:
            many = made.geometry.slots[slot].many if slot in made.geometry.slots else False
            return "".join(
                template.render(story=_story_view(s, made, texts, self.look.pictures, many), paper=self.edition.paper)
                for s in by_slot.get(slot, ())
            )

        stories = {slot: tuple(m.story for m in members) for slot, members in by_slot.items()}
        used = {name: members[0] for name, members in stories.items()}
        html = self._template(made.page, _AnySlot(used, None), made)
        return self._inject(html, content, made.body_step, made.page, stories), texts

    def _inject(
        self,
        html: str,
        content: "Any",
        step: tuple[int, int] | None,
        page: Page,
        stories: Mapping[str, Sequence[Story]],
    ) -> str:
        """Write into the slots, and the body's step and the tiles of an automatic page into ``<main>``."""
        pieces = []
        position = 0
        for tag in Tags(html).tags:
            pieces.append(html[position : tag.start])
            text = html[tag.start : tag.end]
            if tag.name == "main" and step:
                text = with_style(text, f"--body-size:{css(step[0])};--body-leading:{css(step[1])}")
            pieces.append(text)
            if slot := tag.attributes.get("data-slot"):
                pieces.append(content(slot))
            if tag.name == "main" and tag.attributes.get("data-makeup") == "auto":
                pieces.extend(tile(s, page, content) for members in stories.values() for s in members if s.at)
            position = tag.end
        pieces.append(html[position:])
        return "".join(pieces)

    def _get(self, name: str, page: Page) -> jinja2.Template:
        try:
            return self._environment.get_template(name)
        except jinja2.TemplateNotFound:
            raise InputError([self._unknown(page)]) from None
        except jinja2.TemplateSyntaxError as error:
            raise InputError([template_fault(error, error.filename, error.lineno, self.edition.paper)]) from None

    def _template(self, page: Page, slots: Any, made: MadeUpPage | None) -> str:
        name = f"{page.layout}/page.html.j2"
        template = self._get(name, page)
        edition, paper = self.edition, self.edition.paper
        try:
            return template.render(
                paper=paper,
                masthead_image=self._masthead(),
                inks=self.look.inks,
                sheet=_sheet(paper, self.look.margin),
                edition=_edition_view(edition, page),
                page=page,
                last=page is edition.pages[-1],
                right_hand=edition.pages.index(page) % 2 == 0,
                slots=slots,
                page_title=page_label(page.number, page.name),
                clip=self.clip,
                stylesheets=[path.as_uri() for path in self._stylesheets(page)],
            )
        except jinja2.TemplateNotFound as error:
            raise InputError([template_fault(error, None, None, paper)]) from None
        except jinja2.TemplateError as error:
            filename, line = template_place(error)
            raise InputError([template_fault(error, filename, line, paper)]) from None
        except (TypeError, ValueError, AttributeError, KeyError, ZeroDivisionError) as error:
            filename, line = template_place(error)
            if filename is None:
                raise
            raise InputError([template_fault(error, filename, line, paper)]) from None

    def _masthead(self) -> str:
        """Return the address of the masthead's picture, which is at most as wide as the page; empty where it is text."""
        paper = self.edition.paper
        if paper.masthead_file is None:
            return ""
        box = PictureBox(
            Rect(0, 0, paper.page_width, 0), paper.masthead_file, paper.name, role="masthead", where=paper.where
        )
        return self.look.pictures.uri(box)

    def _stylesheets(self, page: Page) -> list[Path]:
        """List the style sheets in order: built-in, the layout's, the paper's; a paper's own file comes first."""
        paper = self.edition.paper
        names = ["base.css", "fonts.css", f"{paper.page_size}.css", "house.css"]
        own = paper.folder / "styles"
        sheets = []
        for name in names:
            path = next((p for p in (own / name, STYLES / name) if p.is_file()), None)
            if path:
                sheets.append(path)
        layout = next((p for r in self._layout_roots if (p := r / page.layout / "page.css").is_file()), None)
        if layout:
            sheets.append(layout)
        return [path.resolve() for path in (*sheets, *paper.stylesheets)]

    def families(self, page: Page) -> frozenset[str]:
        """Return every family that a page's style sheets name, and nothing that a system puts in its place."""
        sheets = self._stylesheets(page)
        return frozenset[str]().union(*(_families(path.read_text(encoding="utf-8")) for path in sheets))

    def built_in_families(self) -> frozenset[str]:
        """Return the families that the built-in chains list; they are alternates, few machines have them all."""
        return _families((STYLES / "fonts.css").read_text(encoding="utf-8"))

    def _unknown(self, page: Page) -> Diagnostic:
        found = {p.parent.name for r in self._layout_roots for p in r.glob("*/page.html.j2")}
        known = sorted(found - CLIP_LAYOUTS)
        guess = near(page.layout, known)
        return Diagnostic(
            "layout.unknown",
            Say(
                f"no layout “{page.layout}”" + (f"; did you mean “{guess}”?" if guess else ""),
                f"没有版式“{page.layout}”" + (f"；是不是“{guess}”？" if guess else ""),
            ),
            hint=Say(f"there are: {', '.join(known)}", f"现有版式：{'、'.join(known)}"),
            where=page.layout_where or page.where,
        )


@lru_cache(maxsize=16)
def _families(sheet: str) -> frozenset[str]:
    """Return what is quoted in a sheet, and the unquoted families of its fonts."""
    declared = re.findall(r"font-family\s*:([^;}]*)", sheet)
    words = {name.strip() for names in declared for name in re.split(r"[,!]", re.sub(r"var\([^)]*\)", "", names))}
    return frozenset({name for name in words if name} | set(re.findall(r"[\"']([^\"'\n]+)[\"']", sheet)))


class _Stub:
    """Stands for any story while a layout's slots are looked for."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


def _sheet(paper: Paper, margin: int) -> dict[str, int]:
    """Return the sheet that a page is drawn on, mpt: the trimmed page with its margin on each side."""
    return {"width": paper.page_width + 2 * margin, "height": paper.page_height + 2 * margin, "margin": margin}


def _edition_view(edition: Edition, page: Page) -> dict[str, Any]:
    """Return what templates know of an edition; `index` lists stories of the other pages than the given one."""
    date = edition.date
    return {
        "date": date,
        "date_text": date_words(date),
        "weekday": weekday(date),
        "lunar": lunar_text(date),
        "issue": edition.issue,
        "pages": edition.pages,
        "index": [
            {"id": story.anchor, "title": story.index_title, "page": page_words(other.number)}
            for other in edition.pages
            for story in other.stories
            if story.index and other is not page
        ],
    }


def _story_view(
    made: MadeUpStory, page: MadeUpPage, texts: dict[str, TextBox], pictures: PictureMaker, many: bool
) -> dict[str, Any]:
    """Return what `shared/story.html.j2` writes of a story."""
    boxes: list[dict[str, Any]] = []
    slot = page.geometry.slots[made.slot]
    x = made.rect.x - slot.rect.x - made.insets.left
    y = made.rect.y - slot.rect.y - made.insets.top
    for box in made.boxes:
        rect = box.rect
        view: dict[str, Any] = {
            "role": classes(box.role),
            "style": f"left:{css(rect.x + x)};top:{css(rect.y + y)};width:{css(rect.width)};height:{css(rect.height)}",
        }
        if isinstance(box, TextBox):
            address = f"composed:{len(texts)}"
            texts[address] = box
            view |= {"kind": "text", "src": address, "alt": f"pk:{made.story.anchor}:{box.key}:{box.role}"}
            view["links"] = [
                {
                    "href": href,
                    "run": run,
                    "style": f"left:{css(r.x + x)};top:{css(r.y + y)};width:{css(r.width)};height:{css(r.height)}",
                }
                for href, run, r in link_boxes(box)
            ]
        elif isinstance(box, PictureBox):
            view |= {
                "kind": "picture",
                "src": pictures.uri(box),
                "alt": box.alt or made.story.title,
                "focus": f"{box.focus[0]:.2%} {box.focus[1]:.2%}",
            }
        elif isinstance(box, Ornament):
            view |= {"kind": "ornament", "text": box.text}
        boxes.append(view)
    story = made.story
    return {
        "id": story.anchor,
        "level": story.level,
        "frame": story.frame,
        "title": story.title,
        "boxes": boxes,
        "height": "0" if many else css(slot.rect.height),
    }
