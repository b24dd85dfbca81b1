"""Total ink (总墨量) laid over a page: where the plates hold how much, and where more than the paper takes up.

In: an edition and a page's number. Out: a picture of the page's trim, a pixel a point, clear where there is no ink. The press file
is made for it and separated by Ghostscript, which takes seconds: it is done where somebody asks for it.
"""

import io
from pathlib import Path

from PIL import ImageMath

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, Say
from printkit.pipeline.run import Progress

_STEP = 2
"""Percent of ink to a step of the picture's palette."""
_INK, _MUCH, _TOO_MUCH = (29, 86, 135), (232, 150, 0), (200, 0, 20)
_FAINT, _CLEAR = 120, 210
"""How much of the page an ink at the limit covers, and one above it, of 255."""


def ink_picture(path: Path, number: str, progress: Progress) -> bytes:
    """Return a page's ink as PNG: blue up to the paper's limit, amber above it, red where a press refuses it.

    Raises:
        InputError: the page cannot be made for a press.
        MissingPartError: there is no Ghostscript, or it could not make the plates.
    """
    from printkit.pipeline.finish import drawn_for, finished
    from printkit.pipeline.make_up import made_up
    from printkit.pipeline.run import Run
    from printkit.preflight import Profile, settings_for
    from printkit.preflight.document import open_document
    from printkit.preflight.plates import NoGhostscriptError
    from printkit.variants import PRINT

    run = Run(progress)
    made = made_up(run, run.read(path), [PRINT], number)
    if made.faults:
        raise InputError(made.faults)
    drawn = drawn_for(run, made.edition, made.pages, [PRINT])
    files = {file.name: file for file in finished(run, made.edition, made.pages, [PRINT], drawn, "pages").files}
    [page] = made.pages
    try:
        [sheet] = open_document(files[f"{PRINT.name}/{page.page.stem}.pdf"].data).sheets
    except NoGhostscriptError as fault:
        message = Say(f"the plates cannot be made: {fault}", f"无法分色：{fault}")
        hint = Say("sudo apt-get install ghostscript", "sudo apt-get install ghostscript")
        raise MissingPartError([Diagnostic("system.ghostscript", message, hint=hint)]) from fault
    settings = settings_for(Profile.NEWSPAPER, tac=made.edition.paper.press.ink_limit)
    steps = ImageMath.lambda_eval(
        lambda a: a["convert"](a["min"](a["total"] * 100 / (255 * _STEP), 255), "L"), total=sheet.total
    )
    steps.putpalette([part for step in range(256) for part in _colour(step, settings.tac, settings.tac_error)[:3]])
    out = io.BytesIO()
    alpha = bytes(_colour(step, settings.tac, settings.tac_error)[3] for step in range(256))
    steps.save(out, "PNG", transparency=alpha)
    return out.getvalue()


def _colour(step: int, limit: float, more: float) -> tuple[int, int, int, int]:
    """Return the colour and the cover of so much ink."""
    percent = step * _STEP
    if percent > limit + more:
        return (*_TOO_MUCH, _CLEAR)
    return (*_MUCH, _CLEAR) if percent > limit else (*_INK, round(_FAINT * percent / limit))
