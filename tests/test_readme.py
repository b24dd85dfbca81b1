"""The documents say what is true: their commands run, their layout builds, no option and no key is missing."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from printkit.cli.arguments import app
from printkit.diagnostics import ExitCode
from printkit.model.geometry import StoryStyle
from printkit.model.style import Composition
from printkit.render.styles import css_name
from printkit.source import article_keys, desk_keys, json_schema, schema, site_keys
from printkit.source.keys import Keys, chinese_names, zh_name

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
FORMATS = ROOT / "docs/formats.md"
BOTH = pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=["en", "zh"])

_FENCE = re.compile(r"(?:^`(?P<file>[^`\n]+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `(?P<key>[a-z_]+)` \| (?:`(?P<zh>[^`]+)`|—) \|", re.MULTILINE)


def blocks(path: Path) -> list[tuple[str, str, str]]:
    """Return the fenced blocks of a document: the file named before it, its kind, its text."""
    return [(m["file"] or "", m["kind"], m["text"]) for m in _FENCE.finditer(path.read_text(encoding="utf-8"))]


def test_both_readmes_show_the_same_blocks() -> None:
    assert blocks(ENGLISH) == blocks(CHINESE)


def test_the_readme_runs_as_a_new_user_would(tmp_path: Path) -> None:
    """Run every console block in order, writing the files where they are shown into the paper made first."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    ran = []
    for file, kind, text in blocks(ENGLISH):
        if file and file != "house.css":
            target = tmp_path / "paper" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        if kind == "console":
            commands = [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
            script = "set -e\n" + "\n".join(commands)
            done = subprocess.run(
                ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (script, done.stdout, done.stderr)
            assert "error[" not in done.stderr
            ran += [done]
    assert [p.name for p in sorted((tmp_path / "out/2026-12-11/web").iterdir())] == ["02.pdf", "edition.pdf"]
    assert "layout.off-grid" not in "".join(done.stderr for done in ran)
    assert (tmp_path / "schema.json").stat().st_size > 1000


def test_the_story_and_the_house_style_of_the_readme_are_good(tmp_path: Path) -> None:
    from printkit.commands.check import check
    from printkit.commands.new import create

    edition = create(tmp_path / "paper")
    for file, _, text in blocks(ENGLISH):
        if file in ("house.css", "articles/canteen.yaml"):
            (edition.parent / file).write_text(text, encoding="utf-8")
    shown = edition.read_text(encoding="utf-8").replace("articles/second.yaml", "articles/canteen.yaml")
    edition.write_text(shown, encoding="utf-8")
    result = check(edition)
    assert [d.to_text() for d in result.diagnostics if d.severity == "error"] == []
    assert not [d for d in result.diagnostics if d.code.startswith("style.")]


def commands() -> dict[str, list[str]]:
    """Return the options of every command; those before a command under an empty name."""
    group: Any = typer.main.get_command(app)
    found = {name: [opt for p in c.params for opt in p.opts if opt[0] == "-"] for name, c in group.commands.items()}
    found[""] = [opt for p in group.params for opt in p.opts if opt[0] == "-"]
    return found


@BOTH
def test_every_command_and_option_is_told(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for command, options in commands().items():
        assert not command or f"`printkit {command}" in text, command
        for option in options:
            rows = [row for row in text.splitlines() if row.startswith("|") and f"`{option}" in row.replace(" ", "")]
            assert any(command in row for row in rows), f"{command} {option}"


@BOTH
def test_only_commands_that_exist_are_told(readme: Path) -> None:
    known = {*commands(), "--lang"}
    told = set(re.findall(r"(?:`|\$ )printkit ([a-z-]+)", readme.read_text(encoding="utf-8")))
    assert told <= known


@BOTH
def test_every_exit_code_is_told(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8").partition("<!-- /bench -->")[2]
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == [str(int(code)) for code in ExitCode]


def keys(part: Any) -> Iterator[str]:
    """Yield the names of all keys in a JSON Schema."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "properties":
                yield from value
            yield from keys(value)
    elif isinstance(part, list):
        for value in part:
            yield from keys(value)


def _models() -> list[type[Keys]]:
    """The keys of all mappings of the three files."""
    found = (m for module in (schema, article_keys, desk_keys, site_keys) for m in vars(module).values())
    return list(dict.fromkeys(m for m in found if isinstance(m, type) and issubclass(m, Keys)))


def test_every_key_is_in_the_tables_and_nothing_else() -> None:
    rows = _ROW.findall(FORMATS.read_text(encoding="utf-8"))
    told = {name for row in rows for name in row if name}
    models = _models()
    old = {name for m in models for field in m.model_fields for name in chinese_names(m, field)[1:]}
    assert told == set(keys(json_schema())) - old
    [names] = [line for line in FORMATS.read_text(encoding="utf-8").splitlines() if "旧名仍然有效" in line]
    assert all(f"{name} for " in names for name in old)


def test_every_alias_stands_beside_its_key() -> None:
    """The tables are the models' own, key by key."""
    known = {(name.rstrip("_"), zh_name(model, name)) for model in _models() for name in model.model_fields}
    assert set(_ROW.findall(FORMATS.read_text(encoding="utf-8"))) == known


_NO_PROPERTIES = {"--body", "--roles", "--frame", "--gap-latin", "--gap-digit"}
"""Fields that CSS says otherwise: by its own properties, both gaps by one (`--han-latin-gap`)."""


def test_every_custom_property_is_told() -> None:
    sources = [*(ROOT / "src/printkit/render").glob("*.py")]
    asked = {name for path in sources for name in re.findall(r'"(--[a-z-]+)"', path.read_text(encoding="utf-8"))}
    asked |= {css_name(field.name) for kind in (StoryStyle, Composition) for field in fields(kind)} - _NO_PROPERTIES
    sheets = (ROOT / "styles/base.css").read_text(encoding="utf-8")
    set_there = set(re.findall(r"^  (--[a-z-]+):", sheets, re.MULTILINE))
    text = FORMATS.read_text(encoding="utf-8")
    assert [name for name in sorted(asked | set_there) if f"`{name}`" not in text] == []


def test_every_finding_of_make_up_is_told_and_nothing_else() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src/printkit").rglob("*.py")]
    kinds = r"makeup|layout|pictures|ads|compose|paper(?!\.yaml)"
    written = {code for text in sources for code in re.findall(rf'"((?:{kinds})\.[a-z-]+)"', text)}
    written -= {"paper.yaml"}
    written |= {f"makeup.{role}-too-long" for role in ("headline", "kicker", "deck")}
    told = re.findall(rf"`((?:{kinds})\.[a-z-]+)`", (ROOT / "docs/findings.md").read_text(encoding="utf-8"))
    assert sorted(told) == sorted(written)


@pytest.mark.parametrize(
    "path",
    [
        *("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"),
        *("docs/formats.md", "docs/findings.md", "docs/lint.md", "docs/preflight.md"),
    ],
)
def test_links_between_documents_hold(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        assert ((ROOT / path).parent / target).exists(), target


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)$", ENGLISH.read_text(encoding="utf-8"), re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
