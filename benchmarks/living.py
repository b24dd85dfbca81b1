"""A paragraph changed while a process waits for it: the edition read again, its page made up, drawn, and shown as a picture.

Prints the median seconds of some changes and the processor's, as `whole` reads them.
"""

import gc
import statistics
import sys
import time
from pathlib import Path

from printkit.pictures.page_picture import page_png
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import made_up
from printkit.pipeline.pool import pooled
from printkit.pipeline.run import Run
from printkit.variants import WEB

_CHANGES = 6
_WARMING = 2
"""Changes that are not counted: fonts and style sheets are read at the first."""
_WIDTH = 1400
_HAN, _MANY = 0x4E00, 5000


def shown(run: Run, edition: Path) -> bytes:
    """Return the first page of an edition, as its files are now, as PNG."""
    made = made_up(run, pooled(run, run.read(edition)), [WEB], "1")
    [pdf] = web_pdfs(run, made.edition, made.pages, "pages")
    return page_png(pdf, _WIDTH)


def main() -> None:
    """Change the first story of an edition some times, and back; the last picture is written beside it."""
    edition = Path(sys.argv[1])
    story = edition.parent / "articles/p1s1.yaml"
    text, run = story.read_text(encoding="utf-8"), Run()
    gc.disable()
    times = []
    for number in range(_CHANGES):
        new = chr(_HAN + (time.time_ns() + number) % _MANY)  # none that an earlier run has kept
        story.write_text(text.replace("body: |\n  ", f"body: |\n  {new}", 1), encoding="utf-8")
        start, used = time.perf_counter(), time.process_time()
        run = run.again()
        picture = shown(run, edition)
        times.append((time.perf_counter() - start, time.process_time() - used))
        run.kept.settle()  # as the desk does when nobody waits any more
        gc.collect()
    story.write_text(text, encoding="utf-8")
    (edition.parent / "page.png").write_bytes(picture)
    seconds, used = (statistics.median(column) for column in zip(*times[_WARMING:], strict=True))
    print(seconds, used)


if __name__ == "__main__":
    main()
