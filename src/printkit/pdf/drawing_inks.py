"""What a drawing brings beside its own operators, as inks: pictures inside it, and blends of colours (shadings).

In: the resources of a form, a pattern or a page. Out: the same with RGB and grey in the press's inks, each object once.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.pdf.ad_check import is_blend
from printkit.pdf.separation import Separation
from printkit.pictures.decode import Decoded
from printkit.pictures.press import PressSettings, inked


def plain_space(space: Any) -> str:
    """Return the device space that a colour space stands for, by its number of colours; another's own name as written."""
    if not isinstance(space, Array):
        return str(space)
    kind = str(space[0])
    if kind == "/ICCBased":
        return _BY_NUMBER.get(int(space[1].get("/N", 0)), kind)
    return {"/CalRGB": "/DeviceRGB", "/CalGray": "/DeviceGray"}.get(kind, kind)


_BY_NUMBER = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


def ink_picture(picture: Any, separation: Separation) -> None:
    """Turn a picture in RGB into inks, as photographs are; what is a mask, in inks or in grey stays as it is."""
    space = picture.get("/ColorSpace")
    indexed = isinstance(space, Array) and str(space[0]) in ("/Indexed", "/I")
    if space is None or plain_space(space[1] if indexed else space) != "/DeviceRGB":
        return
    image = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    inks: Image.Image = inked(
        Decoded(image, None, lossless=True), image, PressSettings(separation.profile, separation.ink_limit)
    )
    picture.ColorSpace = Name.DeviceGray if inks.mode == "L" else Name.DeviceCMYK
    picture.BitsPerComponent = 8
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in picture:
            del picture[key]
    picture.write(inks.tobytes())


def ink_shadings(resources: Any, separation: Separation) -> None:
    """Turn the blends that a stream can use into inks."""
    shadings = list(resources.get("/Shading", Dictionary()).values())
    patterns = resources.get("/Pattern", Dictionary()).values()
    shadings += [pattern.Shading for pattern in patterns if "/Shading" in pattern]
    for shading in shadings:
        space = plain_space(shading.get("/ColorSpace"))
        if space in ("/DeviceRGB", "/DeviceGray") and is_blend(shading.get("/Function")):
            _ink_function(shading.Function, separation)
            shading.ColorSpace = Name.DeviceCMYK
            if "/Background" in shading:
                shading.Background = _inks(shading.Background, separation)


def _ink_function(function: Any, separation: Separation) -> None:
    if "/Range" in function:
        del function["/Range"]
    if int(function.FunctionType) == 3:
        for part in function.Functions:
            _ink_function(part, separation)
        return
    for key, default in (("/C0", 0), ("/C1", 1)):
        colour = function.get(key, Array([default]))
        if len(colour) != len(_CMYK):
            function[key] = _inks(colour, separation)


_CMYK = "cmyk"


def _inks(colour: Any, separation: Separation) -> Array:
    levels = [min(1.0, max(0.0, float(level))) for level in colour]
    red, green, blue = levels if len(levels) == 3 else levels[:1] * 3
    return Array([round(part, 4) for part in separation.ink((red, green, blue))])
