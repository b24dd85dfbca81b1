"""Markdown as blocks: its headings, marks, lists, tables and pictures."""

from pathlib import Path

from PIL import Image

from printkit.manuscript.block import Manuscript
from printkit.manuscript.markdown import read_markdown
from printkit.model.text import Kind, Run

TEXT = f"""\
---
title: 不收
---
# 题目

## ——副题

一行
接一行，**黑体**，*着重*，[链接](https://example.org/)。
还有{"  "}
硬换行。

- 甲
- 乙

> 引文。

| 站 | 时 |
| :-- | --: |
| 东 | 7 |

<div>原样</div>

![图一](a.png) ![](https://example.org/b.png) ![](c.png) ![](../../../etc/passwd)
"""


def read(folder: Path) -> Manuscript:
    Image.new("RGB", (4, 3)).save(folder / "a.png")
    return read_markdown("a.md", TEXT, "UTF-8", folder)


def test_the_blocks_of_a_text(tmp_path: Path) -> None:
    made = read(tmp_path)
    shown = [(block.text, block.kind, block.look.level) for block in made.blocks if block.text]
    assert shown == [
        ("题目", Kind.BODY, 0),
        ("——副题", Kind.BODY, 1),
        ("一行接一行，黑体，着重，链接。还有", Kind.BODY, None),
        ("硬换行。", Kind.BODY, None),
        ("甲", Kind.LIST_ITEM, None),
        ("乙", Kind.LIST_ITEM, None),
        ("引文。", Kind.QUOTATION, None),
    ]
    [table] = [block.table for block in made.blocks if block.table]
    assert ([cell.text for cell in table.head], table.aligns) == (["站", "时"], ("start", "end"))
    assert made.blocks[2].runs == (
        Run("一行接一行，"),
        Run("黑体", strong=True),
        Run("，"),
        Run("着重", emphasis=True),
        Run("，"),
        Run("链接", link="https://example.org/"),
        Run("。还有"),
    )


def test_pictures_beside_it_are_taken_and_nothing_is_fetched(tmp_path: Path) -> None:
    made = read(tmp_path)
    assert [(picture.suffix, picture.alt) for block in made.blocks for picture in block.pictures] == [(".png", "图一")]
    assert [note.code for note in made.notes] == [
        "front-matter",
        "html",
        "picture-remote",
        "picture-missing",
        "picture-missing",
    ]
