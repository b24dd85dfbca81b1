"""A small paper for the desk's tests: two pages, one of slots and one that lays itself out, written as people write."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from printkit.preview.desk import Desk
from printkit.preview.work import Urgency

EDITION = """\
# 试刊号
paper: paper.yaml
date: 2026-12-11   # 周五
pages:
  - number: 1
    name: 要闻
    layout: inside
    stories:
      - {article: articles/lead.yaml, slot: lead, level: 1}  # 头条
      # 二条待定
      - {article: 'articles/second.yaml', slot: second}
      - article: articles/third.yaml
        slot: third
        level: 4
  - number: 2
    name: 副刊
    layout: auto
    stories:
      - {article: articles/wide.yaml, at: {column: 1, row: 1, columns: 5, rows: 30}}
      - {稿: articles/low.yaml, 位置: {起栏: 1, 起行: 31, 占栏: 3, 占行: 40}}
"""

_SENTENCE = "职工之家的灯一直亮到深夜，值班的人把热水、雨伞和针线包摆在门口。"


def _article(headline: str, sentences: int) -> str:
    body = "\n\n".join(f"  {_SENTENCE * 3}" for _ in range(sentences))
    return f"headline: {headline}\nbyline:\n  - {{role: 本报记者, name: 路遥远}}\nbody: |\n{body}\n"


ARTICLES = {
    "lead": _article("灯一直亮着", 9),
    "second": _article("一把伞的旅行", 4).replace("headline:", "kicker: '便民'\nheadline:"),
    "third": _article("热水管够", 2),
    "wide": _article("桥下的书摊", 12),
    "low": _article("老街的风", 8),
    "spare": _article("备用的一篇", 3),
}


def write_desk_paper(folder: Path) -> Path:
    """Write the paper into a folder; return its edition."""
    (folder / "articles").mkdir(parents=True)
    (folder / "paper.yaml").write_bytes("name: 某某工会报\n".encode())
    for name, text in ARTICLES.items():
        (folder / f"articles/{name}.yaml").write_bytes(text.encode())
    edition = folder / "edition.yaml"
    edition.write_bytes(EDITION.encode())
    return edition


@contextmanager
def working(path: Path) -> Iterator[Desk]:
    """Run a desk whose work is done beside the test, its pages made."""
    desk = Desk(path)
    thread = threading.Thread(target=desk.work.run)
    thread.start()
    try:
        desk.work.ask(desk.refresh, Urgency.CHANGED)
        settle(desk)
        yield desk
    finally:
        desk.work.end()
        thread.join()


def settle(desk: Desk) -> None:
    """Wait until a desk has done all that it was asked for."""
    for _ in range(2):  # what is asked for at first asks for more
        desk.work.ask(lambda: None, Urgency.LAST).result()
