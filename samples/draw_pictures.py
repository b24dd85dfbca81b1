"""Draws the sample newspapers' pictures: `python samples/draw_pictures.py [NAME ...]`.

Everything is drawn with Pillow at a multiple of the final size and reduced. Chance comes from
SHA-256 of the picture's name, so a picture is the same on every run.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from PIL import Image, ImageChops, ImageDraw, ImageFilter

# coordinates read better several to a line
# fmt: off

HERE = Path(__file__).parent
SCALE = 2
WIDTH, HEIGHT = 1600 * SCALE, 1067 * SCALE

Point = tuple[float, float]
Color = tuple[int, int, int]
T = TypeVar("T")


class Chance:
    """A stream of numbers in [0, 1) that depends on a name alone."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0

    def __call__(self, low: float = 0.0, high: float = 1.0) -> float:
        """The next number, between low and high."""
        self._count += 1
        digest = hashlib.sha256(f"{self._name}/{self._count}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:6]) / 2**48

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self(0, len(options)))]


def in_turn(*strokes: Callable[[], None]) -> None:
    """Paints one stroke after the other."""
    for stroke in strokes:
        stroke()


def mix(a: Color, b: Color, share: float) -> Color:
    t = min(1.0, max(0.0, share))
    return (
        round(a[0] + (b[0] - a[0]) * t),
        round(a[1] + (b[1] - a[1]) * t),
        round(a[2] + (b[2] - a[2]) * t),
    )


def rgb(code: str) -> Color:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def gradient(size: tuple[int, int], stops: Sequence[tuple[float, Color]]) -> Image.Image:
    """A vertical run of colours; stops are (height from the top in 0..1, colour)."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        t = y / max(1, size[1] - 1)
        for (t0, c0), (t1, c1) in itertools.pairwise(stops):
            if t <= t1:
                column.putpixel((0, y), mix(c0, c1, (t - t0) / max(1e-6, t1 - t0)))
                break
        else:
            column.putpixel((0, y), stops[-1][1])
    return column.resize(size)


def spline(points: Sequence[Point], closed: bool = True, steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    n = len(points)
    out: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p = [points[(i + k - 1) % n] for k in range(4)]
        else:
            p = [points[min(n - 1, max(0, i + k - 1))] for k in range(4)]
        for s in range(steps):
            t = s / steps
            w = (
                -0.5 * t + t * t - 0.5 * t**3,
                1 - 2.5 * t * t + 1.5 * t**3,
                0.5 * t + 2 * t * t - 1.5 * t**3,
                -0.5 * t * t + 0.5 * t**3,
            )
            out.append(
                (
                    sum(w[k] * p[k][0] for k in range(4)),
                    sum(w[k] * p[k][1] for k in range(4)),
                )
            )
    if not closed:
        out.append(points[-1])
    return out


class Canvas:
    """A picture in work, with shapes that may be soft or see-through."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image)

    def shape(self, points: Sequence[Point], color: Color, alpha: float = 1.0, blur: float = 0.0) -> None:
        """A filled outline."""
        if alpha >= 1 and not blur:
            self.draw.polygon(list(points), fill=color)
            return
        extent = self._extent(points, blur)
        if extent:
            mask = Image.new("L", (extent[2] - extent[0], extent[3] - extent[1]), 0)
            ImageDraw.Draw(mask).polygon([(x - extent[0], y - extent[1]) for x, y in points], fill=255)
            self._stamp(mask, extent, color, alpha, blur)

    def oval(self, box: tuple[float, float, float, float], color: Color, alpha: float = 1.0, blur: float = 0.0) -> None:
        """A filled ellipse in its box."""
        if alpha >= 1 and not blur:
            self.draw.ellipse(box, fill=color)
            return
        extent = self._extent([box[:2], box[2:]], blur)
        if extent:
            mask = Image.new("L", (extent[2] - extent[0], extent[3] - extent[1]), 0)
            moved = (box[0] - extent[0], box[1] - extent[1], box[2] - extent[0], box[3] - extent[1])
            ImageDraw.Draw(mask).ellipse(moved, fill=255)
            self._stamp(mask, extent, color, alpha, blur)

    def _extent(self, points: Sequence[Point], blur: float) -> tuple[int, int, int, int] | None:
        """The part of the picture that a soft shape can touch."""
        margin = blur * 3 + 2
        x0 = max(0, math.floor(min(p[0] for p in points) - margin))
        y0 = max(0, math.floor(min(p[1] for p in points) - margin))
        x1 = min(self.image.width, math.ceil(max(p[0] for p in points) + margin))
        y1 = min(self.image.height, math.ceil(max(p[1] for p in points) + margin))
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _stamp(
        self, mask: Image.Image, extent: tuple[int, int, int, int], color: Color, alpha: float, blur: float
    ) -> None:
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.image.paste(color, extent, mask.point([round(v * alpha) for v in range(256)]))

    def clipped(self, outline: Sequence[Point], paint: Callable[[Canvas], object]) -> None:
        """Lets `paint` draw, and keeps what falls inside the outline."""
        layer = Canvas(self.image.copy())
        paint(layer)
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(list(outline), fill=255)
        self.image.paste(layer.image, (0, 0), mask)

    def line(self, points: Sequence[Point], width: float, color: Color) -> None:
        """A stroke of even width."""
        self.draw.line(list(points), fill=color, width=max(1, round(width)), joint="curve")

    def limb(self, a: Point, b: Point, wa: float, wb: float, color: Color) -> None:
        """A tapered stroke with round ends."""
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = math.hypot(dx, dy) or 1.0
        nx, ny = -dy / length / 2, dx / length / 2
        self.draw.polygon(
            [
                (a[0] + nx * wa, a[1] + ny * wa), (b[0] + nx * wb, b[1] + ny * wb),
                (b[0] - nx * wb, b[1] - ny * wb), (a[0] - nx * wa, a[1] - ny * wa),
            ],
            fill=color,
        )
        for (x, y), w in ((a, wa), (b, wb)):
            self.draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=color)

    def glow(self, x: float, y: float, rx: float, ry: float, color: Color, alpha: float) -> None:
        """Light that falls off from a point."""
        size = (max(2, round(rx * 2)), max(2, round(ry * 2)))
        fall = [round(255 * alpha * (1 - v / 255) ** 2) if v < 255 else 0 for v in range(256)]
        # Pillow's wheel reaches 255 in the corners: stretched, it does so at the inscribed circle
        wheel = Image.radial_gradient("L").point([min(255, round(v * 1.43)) for v in range(256)])
        mask = wheel.resize(size, Image.Resampling.BICUBIC).point(fall)
        left, top = round(x - rx), round(y - ry)
        lit = Image.new("RGB", size, color)
        under = self.image.crop((left, top, left + size[0], top + size[1]))
        self.image.paste(
            Image.composite(ImageChops.screen(under, lit), under, mask), (left, top)
        )


def grain(image: Image.Image, name: str, amount: float, vignette: float = 0.18) -> Image.Image:
    """The paper's tooth, and edges a little darker."""
    w, h = image.size
    noise = Image.frombytes("L", (w, h), hashlib.shake_256(name.encode()).digest(w * h))
    noise = noise.filter(ImageFilter.GaussianBlur(0.8))
    noise = noise.point([max(0, min(255, round(128 + (v - 128) * amount))) for v in range(256)])
    out = ImageChops.add(image, Image.merge("RGB", (noise,) * 3), 1, -128)
    wheel = Image.radial_gradient("L").resize((w * 13 // 10, h * 13 // 10), Image.Resampling.BICUBIC)
    wheel = wheel.crop((w * 3 // 20, h * 3 // 20, w * 3 // 20 + w, h * 3 // 20 + h))
    mask = wheel.point([round(255 * vignette * max(0.0, (v - 110) / 145) ** 1.5) for v in range(256)])
    return Image.composite(Image.new("RGB", (w, h), rgb("14161c")), out, mask)


# ---- people ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """How a standing figure is painted."""

    top: Color
    legs: Color
    skin: Color
    hat: Color | None = None
    rim: Color | None = None
    vest: Color | None = None
    hair: Color = (30, 28, 30)


# joints as shares of the height: x to the right, y up from the sole
POSES: dict[str, dict[str, tuple[Point, Point, Point]]] = {
    "stand": {
        "arm_l": ((-0.115, 0.80), (-0.15, 0.62), (-0.135, 0.46)),
        "arm_r": ((0.115, 0.80), (0.15, 0.62), (0.14, 0.46)),
        "leg_l": ((-0.055, 0.50), (-0.065, 0.27), (-0.075, 0.03)),
        "leg_r": ((0.055, 0.50), (0.07, 0.27), (0.085, 0.03)),
    },
    "point": {
        "arm_l": ((-0.11, 0.80), (-0.165, 0.64), (-0.09, 0.55)),
        "arm_r": ((0.11, 0.80), (0.25, 0.82), (0.40, 0.87)),
        "leg_l": ((-0.055, 0.50), (-0.08, 0.27), (-0.105, 0.03)),
        "leg_r": ((0.055, 0.50), (0.085, 0.27), (0.10, 0.03)),
    },
    "carry": {
        "arm_l": ((-0.11, 0.80), (-0.15, 0.64), (-0.02, 0.60)),
        "arm_r": ((0.11, 0.80), (0.14, 0.64), (0.03, 0.61)),
        "leg_l": ((-0.05, 0.50), (-0.10, 0.28), (-0.17, 0.04)),
        "leg_r": ((0.05, 0.50), (0.12, 0.29), (0.09, 0.03)),
    },
    "lean": {
        "arm_l": ((-0.11, 0.80), (-0.19, 0.66), (-0.10, 0.54)),
        "arm_r": ((0.11, 0.80), (0.19, 0.66), (0.10, 0.54)),
        "leg_l": ((-0.05, 0.50), (-0.07, 0.27), (-0.08, 0.03)),
        "leg_r": ((0.05, 0.50), (0.03, 0.27), (0.06, 0.03)),
    },
    "run_a": {
        "arm_l": ((-0.115, 0.80), (-0.19, 0.66), (-0.08, 0.67)),
        "arm_r": ((0.115, 0.80), (0.19, 0.65), (0.15, 0.53)),
        "leg_l": ((-0.055, 0.50), (-0.065, 0.32), (-0.05, 0.22)),
        "leg_r": ((0.055, 0.50), (0.065, 0.27), (0.05, 0.03)),
    },
    "run_b": {
        "arm_l": ((-0.115, 0.80), (-0.19, 0.65), (-0.15, 0.53)),
        "arm_r": ((0.115, 0.80), (0.19, 0.66), (0.08, 0.67)),
        "leg_l": ((-0.055, 0.50), (-0.065, 0.27), (-0.05, 0.03)),
        "leg_r": ((0.055, 0.50), (0.065, 0.32), (0.05, 0.22)),
    },
}


def figure(
    c: Canvas, x: float, foot: float, height: float, pose: str, look: Look, flip: bool = False
) -> None:
    """A person from head to boots; with a rim colour, lit from the right."""
    side = -1 if flip else 1
    joints = POSES[pose]
    offsets: list[tuple[float, Look]] = []
    if look.rim:
        lit = Look(look.rim, look.rim, look.rim, look.rim if look.hat else None, None, None, look.rim)
        offsets.append((height * 0.012, lit))
    offsets.append((0.0, look))
    for shift, paint in offsets:

        def at(p: Point, shift: float = shift) -> Point:
            return x + side * p[0] * height + shift, foot - p[1] * height - shift * 0.3

        h = height
        for leg in ("leg_l", "leg_r"):
            hip, knee, ankle = (at(p) for p in joints[leg])
            c.limb(hip, knee, 0.105 * h, 0.08 * h, paint.legs)
            c.limb(knee, ankle, 0.078 * h, 0.055 * h, paint.legs)
            boot = mix(paint.legs, (0, 0, 0), 0.35) if paint is look else paint.legs
            c.limb(ankle, (ankle[0] + side * 0.03 * h, ankle[1] + 0.012 * h), 0.05 * h, 0.045 * h, boot)
        torso = [
            (-0.035, 0.865), (-0.12, 0.825), (-0.135, 0.76), (-0.11, 0.62), (-0.108, 0.47),
            (0.108, 0.47), (0.11, 0.62), (0.135, 0.76), (0.12, 0.825), (0.035, 0.865),
        ]
        c.draw.polygon([at(p) for p in torso], fill=paint.top)
        if paint.vest:
            for a, b in (((-0.075, 0.84), (-0.06, 0.52)), ((0.075, 0.84), (0.06, 0.52))):
                c.limb(at(a), at(b), 0.02 * h, 0.02 * h, paint.vest)
            c.limb(at((-0.1, 0.62)), at((0.1, 0.62)), 0.02 * h, 0.02 * h, paint.vest)
        for arm in ("arm_l", "arm_r"):
            shoulder, elbow, hand = (at(p) for p in joints[arm])
            c.limb(shoulder, elbow, 0.075 * h, 0.055 * h, paint.top)
            c.limb(elbow, hand, 0.053 * h, 0.042 * h, paint.top)
            c.limb(hand, hand, 0.048 * h, 0.048 * h, paint.skin)
        c.limb(at((0, 0.86)), at((0, 0.89)), 0.06 * h, 0.055 * h, paint.skin)
        hx, hy = at((0.004, 0.935))
        c.draw.ellipse((hx - 0.05 * h, hy - 0.062 * h, hx + 0.05 * h, hy + 0.062 * h), fill=paint.skin)
        if paint.hat:
            dome = (hx - 0.062 * h, hy - 0.085 * h, hx + 0.062 * h, hy + 0.045 * h)
            c.draw.pieslice(dome, 180, 360, fill=paint.hat)
            c.limb(
                (hx - 0.06 * h, hy - 0.018 * h), (hx + 0.06 * h + side * 0.02 * h, hy - 0.018 * h),
                0.02 * h, 0.02 * h, paint.hat,
            )
        else:
            cap = (hx - 0.054 * h, hy - 0.07 * h, hx + 0.054 * h, hy + 0.045 * h)
            c.draw.pieslice(cap, 175, 365, fill=paint.hair)


# ---- a room or street in perspective ------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """A camera that looks along z; metres in, pixels out; far things fade into the haze."""

    cx: float
    cy: float
    focus: float
    eye: float
    haze: Color
    depth: float

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a place in the room stands on the picture."""
        return self.cx + self.focus * x / z, self.cy - self.focus * (y - self.eye) / z

    def tone(self, color: Color, z: float) -> Color:
        """A colour as seen at distance z."""
        return mix(color, self.haze, 1 - math.exp(-z / self.depth))

    def quad(self, c: Canvas, corners: Sequence[tuple[float, float, float]], color: Color) -> None:
        """A flat four-sided face."""
        z = sum(p[2] for p in corners) / len(corners)
        c.draw.polygon([self.at(*p) for p in corners], fill=self.tone(color, z))

    def box(
        self, c: Canvas, x: Point, y: Point, z: Point, color: Color, lit: float = 0.18
    ) -> None:
        """A box: the face towards us, the side that shows, the lid if it is below the eye."""
        (x0, x1), (y0, y1), (z0, z1) = x, y, z
        if y1 < self.eye:
            lid = [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]
            self.quad(c, lid, mix(color, (255, 255, 250), lit * 1.6))
        if x0 > 0:
            side = [(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)]
            self.quad(c, side, mix(color, (255, 255, 250), lit))
        elif x1 < 0:
            side = [(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)]
            self.quad(c, side, mix(color, (0, 0, 0), 0.22))
        self.quad(c, [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)], color)


# ---- scenes -------------------------------------------------------------------------------------


def factory(chance: Chance) -> Image.Image:
    """A machine hall, sun through high windows."""
    haze = rgb("d9d3c0")
    view = View(WIDTH * 0.5, HEIGHT * 0.46, 1750, 2.6, haze, 46)
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("8f9698")), (0.46, haze), (1, rgb("9a978c"))]))
    half, eaves, ridge, far, near = 9.5, 8.2, 10.6, 72.0, 2.2
    z_steps = [near * (far / near) ** (i / 40) for i in range(41)]
    for a, b in itertools.pairwise(z_steps):
        view.quad(c, [(-half, 0, a), (half, 0, a), (half, 0, b), (-half, 0, b)], rgb("6f7476"))
        view.quad(c, [(-half, 0, a), (-half, eaves, a), (-half, eaves, b), (-half, 0, b)], rgb("586369"))
        view.quad(c, [(half, 0, a), (half, eaves, a), (half, eaves, b), (half, 0, b)], rgb("7b8280"))
        for s in (-1, 1):
            roof = [(s * half, eaves, a), (0, ridge, a), (0, ridge, b), (s * half, eaves, b)]
            view.quad(c, roof, rgb("4d575d") if s < 0 else rgb("5c6468"))
    view.quad(c, [(-half, 0, far), (half, 0, far), (half, eaves, far), (-half, eaves, far)], rgb("c9c4b4"))
    bays = [4.0 + 6 * i for i in range(11)]
    for z in reversed(bays):
        for s in (-1, 1):  # skylights, then windows
            sky = [(s * 2.2, ridge - 0.55, z), (s * 5.4, ridge - 1.36, z),
                   (s * 5.4, ridge - 1.36, z + 3.6), (s * 2.2, ridge - 0.55, z + 3.6)]
            view.quad(c, sky, rgb("f6f2e2"))
            window = [(s * half, 4.4, z + 0.6), (s * half, 7.4, z + 0.6),
                      (s * half, 7.4, z + 4.9), (s * half, 4.4, z + 4.9)]
            view.quad(c, window, rgb("fdf6df") if s < 0 else rgb("d5d9d3"))
            for k in range(5):
                zz = z + 0.6 + 4.3 * k / 4
                c.line([view.at(s * half, 4.4, zz), view.at(s * half, 7.4, zz)], 90 / zz, view.tone(rgb("3c464b"), zz))
            for k in range(4):
                y = 4.4 + k
                c.line([view.at(s * half, y, z + 0.6), view.at(s * half, y, z + 4.9)], 60 / z, view.tone(rgb("3c464b"), z))
            column = [(s * half, 0, z), (s * (half - 0.5), 0, z), (s * (half - 0.5), eaves, z), (s * half, eaves, z)]
            view.quad(c, column, rgb("39444a"))
        steel = view.tone(rgb("333d43"), z)
        w = 620 / z
        c.line([view.at(-half, eaves, z), view.at(half, eaves, z)], w * 0.5, steel)
        c.line([view.at(-half, eaves + 0.1, z), view.at(0, ridge, z), view.at(half, eaves + 0.1, z)], w * 0.5, steel)
        for k in range(-4, 5):
            x = half * k / 5
            top = ridge - (ridge - eaves) * abs(x) / half
            c.line([view.at(x, eaves, z), view.at(x, top, z)], w * 0.22, steel)
            toward = half * (k + (1 if k < 0 else -1)) / 5 if k else 0
            high = ridge - (ridge - eaves) * abs(toward) / half
            c.line([view.at(x, eaves, z), view.at(toward, high, z)], w * 0.18, steel)
    # crane girder with hook
    zc = 26.0
    for s in (-1, 1):
        rail = [(s * (half - 0.5), 6.6, near + 3), (s * (half - 0.5), 7.0, near + 3),
                (s * (half - 0.5), 7.0, far), (s * (half - 0.5), 6.6, far)]
        view.quad(c, rail, rgb("454f53"))
    view.box(c, (-half + 0.6, half - 0.6), (6.7, 7.6), (zc, zc + 1), rgb("b5873a"))
    view.box(c, (1.6, 3.0), (6.2, 6.8), (zc - 0.2, zc + 1), rgb("7d5c2a"))
    c.line([view.at(2.3, 6.2, zc), view.at(2.3, 4.4, zc)], 7, view.tone(rgb("2d3336"), zc))
    # floor: aisle, lines, light from the windows
    for x in (-2.1, 2.1):
        view.quad(c, [(x - 0.07, 0.0, near), (x + 0.07, 0, near), (x + 0.07, 0, far), (x - 0.07, 0, far)], rgb("c9a545"))
    for z in bays:
        patch = [view.at(-1.8, 0, z + 0.4), view.at(3.2, 0, z + 1.6), view.at(3.2, 0, z + 4.6), view.at(-1.8, 0, z + 3.8)]
        c.shape(patch, rgb("fff3cf"), 0.34, 5)
    machine_colors = [rgb("3f5a66"), rgb("4a5f5c"), rgb("5a6265"), rgb("6b6a5c")]
    rows = [5.4 + 4.6 * i for i in range(13)]
    for i, z in reversed(list(enumerate(rows))):
        for s in (-1, 1):
            color = chance.pick(machine_colors)
            depth = 3.3
            inner, outer = (2.75, 6.1) if chance() < 0.8 else (2.9, 5.6)
            span = (inner, outer) if s > 0 else (-outer, -inner)
            high = chance(2.15, 2.75)
            foot = [view.at(span[0] - 0.2, 0, z), view.at(span[1], 0, z), view.at(span[1], 0, z + depth), view.at(span[0] - 0.3, 0, z + depth)]
            c.shape(foot, rgb("22282b"), 0.35, 120 / z + 2)
            view.box(c, span, (0.0, 0.55), (z, z + depth), mix(color, (0, 0, 0), 0.45))
            view.box(c, span, (0.55, high), (z + 0.1, z + depth - 0.3), color)
            aisle = span[0] if s > 0 else span[1]
            # sliding door with glass, facing the aisle, and its window to us
            pane = [(aisle, 1.0, z + 0.7), (aisle, high - 0.25, z + 0.7), (aisle, high - 0.25, z + 2.1), (aisle, 1.0, z + 2.1)]
            view.quad(c, pane, rgb("18242a"))
            gleam = [(aisle, 1.15, z + 1.0), (aisle, high - 0.4, z + 1.35), (aisle, high - 0.4, z + 1.6), (aisle, 1.15, z + 1.25)]
            view.quad(c, gleam, rgb("7f959b"))
            band = [(span[0], high - 0.28, z + 0.1), (span[1], high - 0.28, z + 0.1), (span[1], high - 0.14, z + 0.1), (span[0], high - 0.14, z + 0.1)]
            view.quad(c, band, rgb("c8c9bf"))
            mid = (span[0] + span[1]) / 2
            grid = [(mid - 0.9, 0.95, z + 0.1), (mid + 0.9, 0.95, z + 0.1), (mid + 0.9, high - 0.5, z + 0.1), (mid - 0.9, high - 0.5, z + 0.1)]
            view.quad(c, grid, rgb("1d292f"))
            for k in range(3):
                y = 1.1 + k * 0.22
                c.line([view.at(mid - 0.75, y, z + 0.1), view.at(mid + 0.1, y, z + 0.1)], 34 / z, view.tone(rgb("45555b"), z))
            # control desk on an arm towards the aisle
            px = aisle + s * 0.15
            view.box(c, (px - 0.32, px + 0.32), (1.25, 1.85), (z - 0.06, z + 0.05), rgb("2b3439"))
            screen = [(px - 0.24, 1.45, z - 0.07), (px + 0.24, 1.45, z - 0.07), (px + 0.24, 1.78, z - 0.07), (px - 0.24, 1.78, z - 0.07)]
            view.quad(c, screen, rgb("a9d0c8"))
            lamp_x = mid + s * 0.9
            c.line([view.at(lamp_x, high, z + 0.4), view.at(lamp_x, high + 0.5, z + 0.4)], 90 / z, view.tone(rgb("2c3336"), z))
            for k, lamp in enumerate((rgb("7fae5a"), rgb("d8a13c"), rgb("b9483c"))):
                if i % 3 == k:
                    lx, ly = view.at(lamp_x, high + 0.5, z + 0.4)
                    r = 120 / z
                    c.draw.rectangle((lx - r * 0.6, ly - r * 1.6, lx + r * 0.6, ly), fill=view.tone(lamp, z))
        for row, x, pose, flip, hat in (
            (9, 0.4, "stand", False, "e7e2d2"), (6, -1.75, "lean", True, "d9b13b"), (4, 1.75, "lean", False, "d9b13b"),
            (3, -0.25, "point", True, "e7e2d2"), (2, -1.72, "carry", True, "d9b13b"), (1, 1.66, "point", False, "d9b13b"),
        ):
            if i == row:
                fx, fy = view.at(x, 0, z)
                h = view.focus * 1.74 / z
                dark = view.tone(rgb("26384c"), z * 0.5)
                suit = view.tone(rgb("34536f") if row % 3 else rgb("6d6a5c"), z * 0.5)
                c.shape([(fx - h * 0.1, fy), (fx + h * 0.1, fy), (fx + h * 0.5, fy + h * 0.12), (fx + h * 0.3, fy + h * 0.14)], rgb("2a2f31"), 0.4, h * 0.02)
                look = Look(suit, dark, view.tone(rgb("a9825f"), z * 0.5), view.tone(rgb(hat), z * 0.4))
                figure(c, fx, fy, h, pose, look, flip)
    # shafts of light
    for z in bays[1:]:
        a, b = view.at(-half, 7.4, z + 0.8), view.at(-half, 7.4, z + 4.6)
        e, f = view.at(3.6, 0, z + 4.6), view.at(3.0, 0, z + 0.8)
        c.shape([a, b, e, f], rgb("fff2cc"), 0.085, 16)
    c.glow(view.cx, view.cy - 60, 1100, 700, rgb("fff0cc"), 0.5)
    return c.image


def harbour(chance: Chance) -> Image.Image:
    """Container cranes against the last light, with their reflection."""
    horizon = round(HEIGHT * 0.66)
    sky = gradient((WIDTH, HEIGHT), [(0, rgb("2d3f5c")), (0.25, rgb("5a6580")), (0.45, rgb("b08a83")), (0.58, rgb("e3ab78")), (0.66, rgb("f3cf93")), (1, rgb("f3cf93"))])
    c = Canvas(sky)
    sun = (WIDTH * 0.735, horizon - 640)
    c.glow(*sun, 1500, 900, rgb("ffd9a0"), 0.75)
    c.oval((sun[0] - 95, sun[1] - 95, sun[0] + 95, sun[1] + 95), rgb("fff1cf"), 0.96, 3)
    for i in range(26):  # long clouds
        y = chance(0.05, 0.56) * HEIGHT
        x, w, t = chance(-0.1, 1.0) * WIDTH, chance(300, 1300), chance(8, 34)
        under = mix(rgb("48506a"), rgb("d98f6a"), y / HEIGHT * 1.6)
        pts = spline([(x, y), (x + w * 0.3, y - t), (x + w * 0.7, y - t * 0.6), (x + w, y), (x + w * 0.6, y + t * 0.5), (x + w * 0.2, y + t * 0.35)])
        c.shape(pts, under, chance(0.25, 0.5), 9)
        if i % 2:
            c.shape([(px, py + t * 0.35) for px, py in pts], rgb("f6c48d"), 0.22, 12)
    hills = [(0.0, 0)] + [(WIDTH * i / 30, -60 - 50 * math.sin(i * 0.8) - chance(0, 30)) for i in range(31)] + [(WIDTH, 0)]
    c.shape([(x, horizon + y) for x, y in hills], rgb("8b7480"), 0.75, 3)

    def crane(x: float, size: float, color: Color, boom_up: bool) -> None:
        def p(px: float, py: float) -> Point:
            return x + px * size, horizon - py * size

        thick = size * 0.022
        for a, b in (((-0.16, 0), (-0.13, 0.62)), ((0.16, 0), (0.13, 0.62)), ((-0.09, 0), (-0.07, 0.62)), ((0.09, 0), (0.08, 0.62))):
            c.line([p(*a), p(*b)], thick, color)
        for y in (0.17, 0.40, 0.62):
            c.line([p(-0.16, y), p(0.16, y)], thick * 0.9, color)
        c.line([p(-0.15, 0.17), p(0.14, 0.40)], thick * 0.55, color)
        c.line([p(0.15, 0.17), p(-0.14, 0.40)], thick * 0.55, color)
        c.line([p(-0.13, 0.62), p(0.0, 0.95), p(0.13, 0.62)], thick * 0.9, color)
        c.line([p(-0.42, 0.60), p(0.14, 0.60)], thick * 1.7, color)
        c.line([p(-0.42, 0.60), p(0, 0.94)], thick * 0.35, color)
        tip = (0.42, 1.18) if boom_up else (0.82, 0.60)
        c.line([p(0.13, 0.60), p(*tip)], thick * 1.7, color)
        c.line([p(0, 0.94), p(*tip)], thick * 0.35, color)
        c.line([p(0, 0.94), p((0.13 + tip[0]) / 2, (0.60 + tip[1]) / 2)], thick * 0.35, color)
        c.draw.rectangle((*p(-0.33, 0.70), *p(-0.19, 0.60)), fill=color)
        if not boom_up:
            c.draw.rectangle((*p(0.44, 0.60), *p(0.52, 0.55)), fill=color)
            for dx in (0.455, 0.505):
                c.line([p(dx, 0.56), p(dx, 0.30)], thick * 0.2, color)
            c.draw.rectangle((*p(0.40, 0.30), *p(0.56, 0.235)), fill=mix(color, rgb("9c4a35"), 0.55))

    def stack(x: float, cols: int, rows: Sequence[int], w: float, h: float, base: float, shade: float) -> None:
        palette = [rgb("8a4a3a"), rgb("3c5a70"), rgb("6d6f63"), rgb("a3793f"), rgb("47604f"), rgb("5b4a58")]
        for i in range(cols):
            for j in range(rows[i % len(rows)]):
                left, top = x + i * (w + 3), base - (j + 1) * (h + 2)
                color = mix(chance.pick(palette), rgb("1f2635"), shade)
                c.draw.rectangle((left, top, left + w, top + h), fill=color)
                for k in range(1, 8):
                    gx = left + w * k / 8
                    c.line([(gx, top + 3), (gx, top + h - 3)], 2, mix(color, (0, 0, 0), 0.25))
                c.line([(left, top + 1), (left + w, top + 1)], 3, mix(color, rgb("f3c48d"), 0.35))

    for x, size in ((0.90, 520), (0.80, 560), (0.71, 590)):
        crane(WIDTH * x, size, rgb("7b6874"), x == 0.80)
    c.draw.rectangle((WIDTH * 0.5, horizon - 24, WIDTH, horizon), fill=rgb("655a69"))
    crane(WIDTH * 0.43, 1080, rgb("343647"), False)
    crane(WIDTH * 0.20, 1230, rgb("242938"), False)
    # the ship
    deck = horizon - 120
    sx = WIDTH * 0.40
    stack(sx + 130, 12, (3, 4, 4, 3, 4, 5, 5, 4, 5, 4, 4, 3), 104, 46, deck, 0.45)
    bridge = sx + 130 + 12 * 107 + 20
    c.draw.rectangle((bridge, deck - 330, bridge + 120, deck), fill=rgb("4a4654"))
    c.draw.rectangle((bridge - 22, deck - 330, bridge + 142, deck - 292), fill=rgb("2f3342"))
    for k in range(5):
        c.draw.rectangle((bridge + 12 + k * 21, deck - 320, bridge + 24 + k * 21, deck - 305), fill=rgb("ffd58f"))
    for j in range(4):
        for k in range(4):
            c.draw.rectangle((bridge + 18 + k * 25, deck - 262 + j * 58, bridge + 30 + k * 25, deck - 246 + j * 58), fill=rgb("d9a667") if chance() < 0.6 else rgb("353a49"))
    c.draw.rectangle((bridge + 36, deck - 420, bridge + 84, deck - 330), fill=rgb("6b3f38"))
    c.line([(bridge + 60, deck - 420), (bridge + 60, deck - 480)], 5, rgb("2f3342"))
    hull = [(sx, deck - 10), (bridge + 190, deck - 10), (bridge + 165, horizon + 8), (sx + 110, horizon + 8)]
    c.draw.polygon(hull, fill=rgb("272c3a"))
    c.draw.polygon([(sx + 84, horizon - 26), (bridge + 172, horizon - 26), (bridge + 165, horizon + 8), (sx + 110, horizon + 8)], fill=rgb("6a3530"))
    # the quay
    c.draw.rectangle((0, horizon - 30, WIDTH * 0.41, horizon + 26), fill=rgb("1f2431"))
    stack(-40, 7, (4, 5, 5, 3, 4, 2, 2), 150, 62, horizon - 30, 0.35)
    for k in range(9):
        lx = WIDTH * 0.02 + k * 150
        c.glow(lx, horizon - 60, 60, 46, rgb("ffcf86"), 0.8)
    for share in (0.10, 0.30, 0.52, 0.72):  # lamps under the booms
        for x, size in ((WIDTH * 0.20, 1230), (WIDTH * 0.43, 1080)):
            lx, ly = x + share * size, horizon - 0.582 * size
            c.glow(lx, ly + 10, 64, 64, rgb("ffe2ac"), 0.9)
            c.oval((lx - 7, ly - 2, lx + 7, ly + 8), rgb("fff3d6"))
    # water: the mirror, drawn out and broken into ripples
    deep = HEIGHT - horizon
    above = c.image.crop((0, horizon - round(deep * 1.5), WIDTH, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    above = above.resize((WIDTH, deep)).filter(ImageFilter.GaussianBlur(7))
    water = Image.blend(above, gradient((WIDTH, deep), [(0, rgb("c79a7e")), (0.4, rgb("6b6478")), (1, rgb("242e45"))]), 0.55)
    broken = water.copy()
    y = 0.0
    while y < deep:
        step = 3 + y * 0.022
        shift = round(math.sin(y * 0.11 + math.sin(y * 0.031) * 3) * (3 + y * 0.03))
        row = water.crop((0, int(y), WIDTH, min(deep, int(y + step) + 1)))
        broken.paste(row, (shift, int(y)))
        y += step
    c.image.paste(broken, (0, horizon))
    c.draw.rectangle((0, horizon - 4, WIDTH * 0.41, horizon + 30), fill=rgb("191e2a"))
    for _ in range(520):  # glints
        t = chance() ** 1.6
        y = horizon + 34 + t * (deep - 50)
        spread = 150 + t * 900
        x = sun[0] + (chance() + chance() - 1) * spread
        w, h = chance(14, 60) * (0.5 + t * 1.6), 2 + t * 6
        c.oval((x - w, y - h / 2, x + w, y + h / 2), rgb("ffd79d"), chance(0.2, 0.55))
    return c.image


def construction(chance: Chance) -> Image.Image:
    """A change of shift on an open floor at dusk."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("38506b")), (0.3, rgb("7b8799")), (0.52, rgb("d3a98c")), (0.70, rgb("efc792")), (1, rgb("f1d6a6"))]))
    sun = (WIDTH * 0.72, HEIGHT * 0.60)
    c.glow(*sun, 1700, 1200, rgb("ffdda6"), 0.8)
    c.oval((sun[0] - 120, sun[1] - 120, sun[0] + 120, sun[1] + 120), rgb("fff2d4"), 0.95, 5)
    for _ in range(22):
        y = chance(0.03, 0.5) * HEIGHT
        x, w, t = chance(-0.2, 1) * WIDTH, chance(400, 1400), chance(14, 60)
        pts = spline([(x, y), (x + w * 0.25, y - t), (x + w * 0.5, y - t * 0.5), (x + w * 0.75, y - t * 0.9), (x + w, y), (x + w * 0.5, y + t * 0.3)])
        c.shape(pts, mix(rgb("5b6a80"), rgb("f0b98a"), y / HEIGHT * 1.7), chance(0.2, 0.42), 14)
    for layer, (color, base) in enumerate(((rgb("b79c93"), 0.70), (rgb("93838a"), 0.73))):  # the town
        x = -40.0
        while x < WIDTH:
            w, h = chance(70, 210), chance(120, 560) * (1 - layer * 0.25)
            c.draw.rectangle((x, HEIGHT * base - h, x + w, HEIGHT), fill=color)
            if layer:
                for k in range(int(h // 42)):
                    for m in range(int(w // 34)):
                        if chance() < 0.16:
                            left, top = x + 12 + m * 34, HEIGHT * base - h + 16 + k * 42
                            c.draw.rectangle((left, top, left + 14, top + 18), fill=rgb("f2cf97"))
            x += w + chance(-10, 60)

    def lattice(a: Point, b: Point, width: float, color: Color, bars: int) -> None:
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = math.hypot(dx, dy)
        nx, ny = -dy / length * width / 2, dx / length * width / 2
        for s in (-1, 1):
            c.line([(a[0] + s * nx, a[1] + s * ny), (b[0] + s * nx, b[1] + s * ny)], width * 0.16, color)
        for i in range(bars):
            t0, t1 = i / bars, (i + 1) / bars
            s = 1 if i % 2 else -1
            p = (a[0] + dx * t0 + s * nx, a[1] + dy * t0 + s * ny)
            q = (a[0] + dx * t1 - s * nx, a[1] + dy * t1 - s * ny)
            c.line([p, q], width * 0.11, color)

    def tower_crane(x: float, top: float, reach: float, color: Color, size: float) -> None:
        lattice((x, HEIGHT), (x, top), 62 * size, color, 34)
        lattice((x - reach * 0.36, top), (x + reach, top), 44 * size, color, 40)
        c.draw.polygon([(x - 30 * size, top), (x + 30 * size, top), (x, top - 210 * size)], outline=color, width=round(9 * size))
        for end in (x - reach * 0.33, x + reach * 0.68):
            c.line([(x, top - 206 * size), (end, top - 20 * size)], 6 * size, color)
        ends = sorted((x - reach * 0.36, x - reach * 0.25))
        c.draw.rectangle((ends[0], top - 10 * size, ends[1], top + 95 * size), fill=color)
        c.draw.rectangle((x + 22 * size, top + 18 * size, x + 92 * size, top + 100 * size), fill=color)
        hook = x + reach * 0.62
        for d in (-6, 6):
            c.line([(hook + d * size, top), (hook + d * size, top + 430 * size)], 3.5 * size, color)
        c.draw.rectangle((hook - 22 * size, top + 425 * size, hook + 22 * size, top + 465 * size), fill=color)
        c.line([(hook, top + 460 * size), (hook - 110 * size, top + 560 * size)], 4 * size, color)
        c.line([(hook, top + 460 * size), (hook + 110 * size, top + 560 * size)], 4 * size, color)
        for k in range(5):
            y = top + (560 + k * 9) * size
            c.line([(hook - 190 * size, y), (hook + 190 * size, y)], 5 * size, color)

    tower_crane(WIDTH * 0.885, HEIGHT * 0.26, -WIDTH * 0.30, rgb("8a7a80"), 0.7)
    tower_crane(WIDTH * 0.335, HEIGHT * 0.115, WIDTH * 0.50, rgb("414756"), 1.0)
    # the frame that goes up on the left, in scaffolding
    dark = rgb("3a3f4c")
    floor = HEIGHT * 0.86
    for k in range(6):
        y = floor - 250 - k * 250
        c.draw.rectangle((-20, y, WIDTH * 0.235, y + 40), fill=dark)
        c.line([(-20, y + 2), (WIDTH * 0.235, y + 2)], 5, rgb("a98673"))
        for m in range(4):
            px = 40.0 + m * 210
            c.draw.rectangle((px, y, px + 46, y + 290), fill=mix(dark, (0, 0, 0), 0.15))
    for k in range(14):
        y = floor - k * 125
        c.line([(WIDTH * 0.20, y), (WIDTH * 0.268, y)], 6, rgb("2b303c"))
    for m in range(4):
        px = WIDTH * 0.205 + m * 68
        c.line([(px, floor), (px, floor - 1690)], 8, rgb("2b303c"))
    for k in range(7):
        y = floor - k * 250
        if k < 6:
            c.line([(WIDTH * 0.205, y), (WIDTH * 0.268, y - 250)], 5, rgb("2b303c"))
    # our floor
    c.shape([(0, floor), (WIDTH, floor - 26), (WIDTH, HEIGHT), (0, HEIGHT)], rgb("2b2e38"))
    c.line([(0, floor), (WIDTH, floor - 26)], 9, rgb("c79a74"))
    c.shape([(WIDTH * 0.45, floor - 10), (WIDTH * 0.95, floor - 22), (WIDTH * 0.70, HEIGHT), (WIDTH * 0.15, HEIGHT)], rgb("a98062"), 0.28, 60)
    for k in range(44):  # starter bars
        px = WIDTH * 0.80 + (k % 11) * 34 + (k // 11) * 150
        hgt = 150 + chance(0, 24)
        if px < WIDTH:
            c.line([(px, floor - 14), (px + chance(-4, 4), floor - 14 - hgt)], 7, rgb("252833"))
    for k in range(3):
        y = floor - 60 - k * 42
        c.line([(WIDTH * 0.80, y), (WIDTH, y - 6)], 4, rgb("252833"))
    ink = rgb("222633")
    rim = rgb("f6c58d")
    crew = [
        (0.300, 620, "stand", False, "c9a23d"), (0.372, 665, "lean", True, "c9a23d"), (0.470, 735, "point", False, "d8d3c6"),
        (0.640, 690, "stand", True, "c9a23d"), (0.705, 730, "carry", True, "b4513c"), (0.790, 640, "lean", False, "c9a23d"),
    ]
    for x, h, pose, flip, hat in crew:
        foot = floor + (h - 600) * 0.9
        c.shape([(WIDTH * x - h * 0.1, foot), (WIDTH * x + h * 0.1, foot), (WIDTH * x - h * 0.25, foot + h * 0.35), (WIDTH * x - h * 0.45, foot + h * 0.35)], rgb("15171e"), 0.55, 12)
        look = Look(mix(ink, rgb(("4a5a70", "5d5145", "46604f")[round(h) % 3]), 0.55), ink, rgb("7d5f4d"), rgb(hat), rim, rgb("c98a4a"))
        figure(c, WIDTH * x, foot, h, pose, look, flip)
    c.glow(sun[0], sun[1] + 60, 900, 700, rgb("ffd79a"), 0.32)
    return c.image


def reading_room(chance: Chance) -> Image.Image:
    """Bookshelves, a long table, lamps; it is dark outside."""
    haze = rgb("8a6a48")
    view = View(WIDTH * 0.5, HEIGHT * 0.385, 1850, 2.05, haze, 34)
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("3a2f2a")), (0.5, rgb("6f5640")), (1, rgb("5a4433"))]))
    half, tall, far, near = 4.6, 5.2, 21.0, 2.0
    steps = [near * (far / near) ** (i / 30) for i in range(31)]
    for i, (a, b) in enumerate(itertools.pairwise(steps)):
        view.quad(c, [(-half, 0, a), (half, 0, a), (half, 0, b), (-half, 0, b)], mix(rgb("6a4d35"), rgb("5e432e"), i % 2))
        view.quad(c, [(-half, tall, a), (half, tall, a), (half, tall, b), (-half, tall, b)], rgb("8d7c66"))
    for k in range(-8, 9):
        c.line([view.at(k * 0.57, 0, near), view.at(k * 0.57, 0, far)], 3, rgb("4d3726"))
    for k in range(8):  # beams
        z = 3.2 + k * 2.4
        view.box(c, (-half, half), (tall - 0.28, tall), (z, z + 0.3), rgb("54422f"))
    # end wall with three tall windows to the dusk
    view.quad(c, [(-half, 0, far), (half, 0, far), (half, tall, far), (-half, tall, far)], rgb("b0946c"))
    for x in (-2.9, 0.0, 2.9):
        a, b = view.at(x - 1.0, 4.4, far - 0.01), view.at(x + 1.0, 1.0, far - 0.01)
        pane = gradient((round(b[0] - a[0]), round(b[1] - a[1])), [(0, rgb("33486b")), (0.6, rgb("5e6f92")), (1, rgb("b98f7c"))])
        c.image.paste(pane, (round(a[0]), round(a[1])))
        arch = view.at(x - 1.0, 5.0, far)[1]
        c.draw.pieslice((a[0], arch, b[0], 2 * a[1] - arch), 180, 360, fill=rgb("2f4366"))
        for k in range(3):
            lx = a[0] + (b[0] - a[0]) * k / 2
            c.line([(lx, a[1]), (lx, b[1])], 5, rgb("5a4633"))
        for k in range(5):
            ly = a[1] + (b[1] - a[1]) * k / 4
            c.line([(a[0], ly), (b[0], ly)], 5, rgb("5a4633"))
    # shelves down both sides
    books = [rgb("7e3f34"), rgb("35566b"), rgb("b08a4c"), rgb("4e6a58"), rgb("cbbd9c"), rgb("5b4a63"), rgb("94653f"), rgb("2e3f4e"), rgb("a9a18d")]
    for s in (-1, 1):
        x = s * 3.9
        wood = rgb("4a3424")
        view.quad(c, [(x, 0, near), (x, 4.1, near), (x, 4.1, far - 0.4), (x, 0, far - 0.4)], rgb("33241a"))
        for shelf in range(9):
            y = 0.25 + shelf * 0.43
            z = far - 0.5
            while z > near + 0.05:
                width = chance(0.035, 0.085)
                if chance() < 0.035:
                    z -= chance(0.1, 0.35)
                    continue
                height = chance(0.25, 0.36)
                color = chance.pick(books)
                lit = 0.12 + 0.2 * math.exp(-(((y - 1.6) / 1.0) ** 2))
                face = mix(mix(color, (18, 12, 8), 0.32), rgb("ffe3ae"), lit)
                view.quad(c, [(x, y, z - width), (x, y + height, z - width), (x, y + height, z), (x, y, z)], face)
                if z < 9 and width > 0.06:
                    view.quad(c, [(x, y + height * 0.7, z - width), (x, y + height * 0.78, z - width), (x, y + height * 0.78, z), (x, y + height * 0.7, z)], mix(face, rgb("e8d7a8"), 0.5))
                z -= width + 0.004
            view.quad(c, [(x, y - 0.05, near), (x, y, near), (x, y, far - 0.4), (x, y - 0.05, far - 0.4)], wood)
        for k in range(12):
            z = 2.6 + k * 1.6
            view.quad(c, [(x, 0, z), (x, 4.15, z), (x, 4.15, z + 0.1), (x, 0, z + 0.1)], mix(wood, rgb("caa873"), 0.18))
        view.quad(c, [(x, 4.1, near), (x, 4.25, near), (x, 4.25, far - 0.4), (x, 4.1, far - 0.4)], mix(wood, rgb("caa873"), 0.3))
    for z in (16.0, 12.0, 8.4):  # hanging lamps
        lx, ly = view.at(0, 4.0, z)
        c.line([view.at(0, tall, z), (lx, ly)], 60 / z, rgb("2c221b"))
        r = 620 / z
        c.draw.pieslice((lx - r, ly - r * 0.1, lx + r, ly + r * 1.3), 180, 360, fill=rgb("2f4a43"))
        c.oval((lx - r * 0.9, ly + r * 0.52, lx + r * 0.9, ly + r * 0.68), rgb("fff0c4"))
        c.glow(lx, ly + r, r * 7, r * 6, rgb("ffd68c"), 0.5)

    def reader(x: float, z: float, top: Color, hair: Color, facing: int, bun: bool) -> None:
        """Someone seated at the table's side, seen from behind and a little from the side."""
        u = view.focus / z
        px, py = view.at(x, 0.75, z)
        tone = view.tone
        oak = tone(rgb("5a3d26"), z * 0.4)
        for dx, dz in ((-0.22, 0.0), (0.22, 0.0), (-0.2, 0.4), (0.2, 0.4)):
            c.line([view.at(x + dx, 0, z + dz), view.at(x + dx, 0.5, z + dz)], 0.045 * u, oak)
        seat = [view.at(x - 0.26, 0.46, z - 0.05), view.at(x + 0.26, 0.46, z - 0.05), view.at(x + 0.24, 0.46, z + 0.42), view.at(x - 0.24, 0.46, z + 0.42)]
        c.shape(seat, mix(oak, rgb("caa873"), 0.25))
        c.shape(spline([(px - 0.235 * u, py + 0.24 * u), (px - 0.225 * u, py + 0.05 * u), (px - 0.265 * u, py - 0.22 * u), (px - 0.2 * u, py - 0.42 * u), (px - 0.06 * u, py - 0.5 * u), (px + 0.06 * u, py - 0.5 * u), (px + 0.2 * u, py - 0.42 * u), (px + 0.265 * u, py - 0.22 * u), (px + 0.225 * u, py + 0.05 * u), (px + 0.235 * u, py + 0.24 * u), (px + 0.16 * u, py + 0.30 * u), (px - 0.16 * u, py + 0.30 * u)]), tone(top, z * 0.4))
        c.limb((px + facing * 0.2 * u, py - 0.36 * u), (px + facing * 0.36 * u, py - 0.1 * u), 0.14 * u, 0.11 * u, tone(mix(top, rgb("ffdf9f"), 0.12), z * 0.4))
        c.limb((px + facing * 0.36 * u, py - 0.1 * u), (px + facing * 0.62 * u, py - 0.08 * u), 0.1 * u, 0.07 * u, tone(mix(top, rgb("ffdf9f"), 0.2), z * 0.4))
        c.limb((px + facing * 0.02 * u, py - 0.5 * u), (px + facing * 0.04 * u, py - 0.58 * u), 0.1 * u, 0.1 * u, tone(rgb("b98a63"), z * 0.4))
        hx, hy = px + facing * 0.06 * u, py - 0.69 * u
        c.oval((hx - 0.105 * u, hy - 0.135 * u, hx + 0.105 * u, hy + 0.135 * u), tone(rgb("c99a70"), z * 0.4))
        c.shape(spline([(hx - facing * 0.11 * u, hy + 0.09 * u), (hx - facing * 0.128 * u, hy - 0.06 * u), (hx - facing * 0.03 * u, hy - 0.16 * u), (hx + facing * 0.1 * u, hy - 0.11 * u), (hx + facing * 0.07 * u, hy - 0.05 * u), (hx + facing * 0.02 * u, hy + 0.0 * u), (hx - facing * 0.02 * u, hy + 0.11 * u)]), tone(hair, z * 0.4))
        if bun:
            c.oval((hx - facing * 0.12 * u - 0.06 * u, hy - 0.02 * u, hx - facing * 0.12 * u + 0.06 * u, hy + 0.1 * u), tone(hair, z * 0.4))

    # the table, far to near, readers on both sides
    z0, z1, wide = 3.4, 15.0, 0.95
    c.shape([view.at(-wide * 1.6, 0, z0), view.at(wide * 1.6, 0, z0), view.at(wide * 1.4, 0, z1), view.at(-wide * 1.4, 0, z1)], rgb("20160f"), 0.45, 30)
    seats = [
        (-1.45, 12.8, "5d6f7d", 1, False), (1.45, 12.0, "8a5a4a", -1, True), (-1.5, 9.6, "a8a08c", 1, True),
        (1.5, 9.0, "4d5f55", -1, False), (-1.55, 6.9, "70495a", 1, False), (1.66, 5.7, "3d566e", -1, True),
    ]
    for x, z, top, facing, bun in seats:
        reader(x, z, rgb(top), rgb("1e1916"), facing, bun)
    view.quad(c, [(-wide, 0.78, z0), (wide, 0.78, z0), (wide, 0.78, z1), (-wide, 0.78, z1)], rgb("a57a4c"))
    view.quad(c, [(-wide, 0.70, z0), (wide, 0.70, z0), (wide, 0.78, z0), (-wide, 0.78, z0)], rgb("5d4027"))
    for x in (-0.85, 0.85):
        view.quad(c, [(x - 0.05, 0, z0 + 0.1), (x + 0.05, 0, z0 + 0.1), (x + 0.05, 0.7, z0 + 0.1), (x - 0.05, 0.7, z0 + 0.1)], rgb("6e4c2e"))
    for z in (13.0, 10.2, 7.6, 5.4):
        bx, by = view.at(0, 0.78, z)
        u = view.focus / z
        c.glow(bx, by, 1.5 * u, 0.55 * u, rgb("ffdf9d"), 0.75)
        c.oval((bx - 0.12 * u, by - 0.03 * u, bx + 0.12 * u, by + 0.03 * u), rgb("3a3128"))
        c.line([(bx, by), (bx, by - 0.4 * u)], 0.03 * u, rgb("b08a4c"))
        c.draw.pieslice((bx - 0.24 * u, by - 0.56 * u, bx + 0.24 * u, by - 0.24 * u), 180, 360, fill=rgb("3f6a58"))
        c.oval((bx - 0.22 * u, by - 0.42 * u, bx + 0.22 * u, by - 0.375 * u), rgb("fff1c6"))
        c.glow(bx, by - 0.36 * u, 0.8 * u, 0.6 * u, rgb("ffe0a0"), 0.55)
    for x, z, tilt in ((-0.55, 12.6, 0.05), (0.6, 11.8, -0.05), (-0.55, 9.3, 0.06), (0.55, 8.7, -0.05), (-0.5, 6.6, 0.05), (0.35, 4.6, -0.08), (-0.45, 4.3, 0.1)):
        for s in (-1, 1):  # open books
            page = [view.at(x, 0.80, z), view.at(x + s * 0.21, 0.81, z + tilt * s), view.at(x + s * 0.21, 0.81, z + 0.34 + tilt * s), view.at(x, 0.80, z + 0.34)]
            c.draw.polygon(page, fill=view.tone(rgb("f1e6c9") if s < 0 else rgb("ddd0b0"), z * 0.3))
            for k in range(1, 7):
                zz = z + 0.34 * k / 7
                c.line([view.at(x + s * 0.03, 0.81, zz), view.at(x + s * 0.18, 0.815, zz + tilt * s)], 14 / z + 1, rgb("a3946f"))
    for k, tint in enumerate(("7e3f34", "b08a4c", "35566b")):
        view.box(c, (0.52, 0.86), (0.78 + k * 0.05, 0.83 + k * 0.05), (3.9, 4.25), rgb(tint))
    c.glow(WIDTH * 0.5, HEIGHT * 0.5, 1500, 1000, rgb("ffcf86"), 0.22)
    return c.image


def station_night(chance: Chance) -> Image.Image:
    """A lit shelter at a street corner, a rider at its door, wet ground."""
    ground = round(HEIGHT * 0.74)
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("141c2f")), (0.5, rgb("27334d")), (0.74, rgb("4a4c62")), (1, rgb("1b2030"))]))
    for layer, (color, lit) in enumerate(((rgb("2a3450"), rgb("8b7f74")), (rgb("1f2840"), rgb("d8b272")), (rgb("182034"), rgb("e8bf78")))):
        x = -60.0 - layer * 40
        while x < WIDTH:
            w = chance(180, 380)
            h = chance(500, 1350) * (1 - layer * 0.22)
            c.draw.rectangle((x, ground - h, x + w, ground), fill=color)
            c.draw.rectangle((x, ground - h, x + w, ground - h + 10), fill=mix(color, rgb("5a6480"), 0.35))
            cols, rows = int(w // 52), int(h // 66)
            for i in range(cols):
                for j in range(rows):
                    left, top = x + 18 + i * 52, ground - h + 30 + j * 66
                    u = chance()
                    if u < 0.20:
                        c.draw.rectangle((left, top, left + 24, top + 32), fill=mix(lit, color, chance(0, 0.5)))
                    elif u < 0.8:
                        c.draw.rectangle((left, top, left + 24, top + 32), fill=mix(color, (0, 0, 0), 0.22))
            x += w + chance(10, 90)
    for _ in range(7):  # far lamps out of focus
        x, y, r = chance(0.0, 1.0) * WIDTH, ground - chance(60, 320), chance(20, 46)
        c.oval((x - r, y - r, x + r, y + r), chance.pick([rgb("e2a44f"), rgb("c9584a"), rgb("7fb09a")]), 0.35, 4)
    # pavement and road
    c.shape([(0, ground), (WIDTH, ground), (WIDTH, HEIGHT), (0, HEIGHT)], rgb("262b39"))
    c.image.paste(gradient((WIDTH, HEIGHT - ground), [(0, rgb("343847")), (0.3, rgb("242938")), (1, rgb("12161f"))]), (0, ground))
    c = Canvas(c.image)
    kerb = ground + 250
    # the shelter
    left, right, top = WIDTH * 0.36, WIDTH * 0.80, HEIGHT * 0.37
    base = ground + 60
    warm = rgb("f7d79b")
    c.glow((left + right) / 2, (top + base) / 2, 1500, 1000, rgb("ffc873"), 0.55)
    c.draw.rectangle((left, top, right, base), fill=rgb("37424a"))
    room = gradient((round(right - left) - 60, round(base - top) - 170), [(0, rgb("fff0c6")), (0.5, warm), (1, rgb("d8a765"))])
    c.image.paste(room, (round(left) + 30, round(top) + 130))
    # inside: shelf, counter, people who rest, charging lockers
    ix, iy = left + 30, top + 130
    floor_in = base - 40
    c.draw.rectangle((ix, floor_in - 40, right - 30, floor_in), fill=rgb("a57b4a"))
    for i in range(6):
        for j in range(5):
            x, y = right - 330 + i * 48, iy + 150 + j * 84
            c.draw.rectangle((x, y, x + 42, y + 78), fill=rgb("5f7a78"))
            c.draw.rectangle((x + 30, y + 8, x + 36, y + 14), fill=rgb("c7e39a") if chance() < 0.6 else rgb("e0a050"))
    for i in range(2):
        y = iy + 120 + i * 120
        c.draw.rectangle((ix + 60, y, ix + 330, y + 12), fill=rgb("9a6f42"))
        x = ix + 70
        while x < ix + 310:
            w, h = chance(10, 24), chance(50, 84)
            c.draw.rectangle((x, y - h, x + w, y), fill=chance.pick([rgb("8a4a3c"), rgb("3f5f70"), rgb("b58f52"), rgb("6b7a62"), rgb("e6dcc0")]))
            x += w + 3
    c.draw.rectangle((ix + 40, floor_in - 190, ix + 560, floor_in - 168), fill=rgb("8a5f38"))
    for x in (ix + 60, ix + 530):
        c.draw.rectangle((x, floor_in - 170, x + 14, floor_in - 20), fill=rgb("6d4a2b"))
    for x, tone_, down in ((ix + 150, "3d5a72", 0), (ix + 390, "7a4f45", 26)):
        c.shape(spline([(x - 90, floor_in - 150), (x - 84, floor_in - 270 + down), (x - 30, floor_in - 312 + down), (x + 30, floor_in - 312 + down), (x + 84, floor_in - 270 + down), (x + 90, floor_in - 150)]), rgb(tone_))
        c.oval((x - 42, floor_in - 408 + down, x + 42, floor_in - 300 + down), rgb("b98a66"))
        c.draw.pieslice((x - 46, floor_in - 418 + down, x + 46, floor_in - 320 + down), 175, 365, fill=rgb("2a2322"))
    c.draw.rectangle((ix + 40, floor_in - 190, ix + 560, floor_in - 168), fill=rgb("8a5f38"))
    c.draw.rectangle((ix + 250, floor_in - 226, ix + 280, floor_in - 190), fill=rgb("e9e2cd"))
    # frames, door, roof, sign
    frame = rgb("242c33")
    door_l, door_r = left + 700, left + 990
    for x in (left, left + 640, door_l - 16, door_r, right - 30):
        c.draw.rectangle((x, top + 110, x + 30, base), fill=frame)
    c.draw.rectangle((left, top + 110, right, top + 138), fill=frame)
    c.draw.rectangle((left, base - 46, door_l, base), fill=frame)
    c.draw.rectangle((door_r, base - 46, right, base), fill=frame)
    c.shape([(door_l + 14, top + 138), (door_l + 150, top + 138), (door_l + 60, base), (door_l + 14, base)], rgb("ffffff"), 0.16)
    c.draw.rectangle((left - 70, top - 40, right + 70, top + 24), fill=rgb("1d242c"))
    c.draw.rectangle((left - 70, top + 18, right + 70, top + 28), fill=rgb("f3cf8a"))
    c.draw.rectangle((left + 40, top + 34, right - 40, top + 108), fill=rgb("a5382f"))
    cream = rgb("f8e7c4")  # signs without words: a cup, a bolt, a bed
    x = left + 470
    c.draw.rounded_rectangle((x, top + 52, x + 52, top + 98), radius=12, fill=cream)
    c.draw.arc((x + 40, top + 58, x + 74, top + 86), 270, 90, fill=cream, width=8)
    x += 170
    c.shape([(x + 30, top + 42), (x, top + 78), (x + 24, top + 78), (x + 12, top + 104), (x + 48, top + 64), (x + 24, top + 64)], cream)
    x += 140
    c.draw.rectangle((x, top + 48, x + 8, top + 98), fill=cream)
    c.draw.rounded_rectangle((x, top + 72, x + 92, top + 88), radius=5, fill=cream)
    c.draw.rectangle((x + 84, top + 76, x + 92, top + 98), fill=cream)
    c.oval((x + 14, top + 52, x + 34, top + 70), cream)
    for x in (left + 80, right - 280):
        for k in range(4):
            c.draw.rectangle((x + k * 50, top + 66, x + 34 + k * 50, top + 76), fill=mix(cream, rgb("a5382f"), 0.35))
    c.oval((left + 300, top + 42, left + 362, top + 102), rgb("f8e7c4"))
    c.oval((left + 314, top + 54, left + 348, top + 90), rgb("a5382f"))
    for x in (left + 300, left + 850, right - 200):
        c.glow(x, top + 60, 210, 140, rgb("ffe3a8"), 0.5)
    # light on the ground
    c.shape([(left, base), (right, base), (right + 420, HEIGHT), (left - 420, HEIGHT)], rgb("e9b468"), 0.30, 60)
    c.shape([(door_l, base), (door_r, base), (door_r + 180, HEIGHT), (door_l - 60, HEIGHT)], rgb("ffdf9f"), 0.42, 40)
    c.shape([(0, kerb), (WIDTH, kerb - 16), (WIDTH, kerb + 8), (0, kerb + 26)], rgb("0f131b"), 0.75, 3)
    c.line([(0, kerb), (WIDTH, kerb - 16)], 5, rgb("7a6f66"))
    for _ in range(240):
        y = base + 30 + chance() ** 0.8 * (HEIGHT - base - 40)
        x = left - 300 + chance() * (right - left + 600)
        w = chance(20, 110)
        c.oval((x - w, y - 3, x + w, y + 3), rgb("ffd591"), chance(0.05, 0.2))
    for k in range(6):
        c.shape([(k * 620 - 100, HEIGHT - 90), (k * 620 + 230, HEIGHT - 92), (k * 620 + 190, HEIGHT - 40), (k * 620 - 160, HEIGHT - 38)], rgb("c8c4b8"), 0.35)

    def scooter(x: float, y: float, s: float, box: Color, flip: int) -> None:
        def p(px: float, py: float) -> Point:
            return x + flip * px * s, y - py * s

        shadow = [p(-190, -4), p(200, -4), p(170, -26), p(-170, -26)]
        c.shape(shadow, rgb("05070b"), 0.6, 8)
        for wx in (-135, 140):
            for r, color in ((62, rgb("0c0f15")), (38, rgb("565c66")), (26, rgb("14181f"))):
                qx, qy = p(wx, 62)
                c.oval((qx - r * s, qy - r * s, qx + r * s, qy + r * s), color)
        body = rgb("20303f")
        c.shape([p(-190, 110), p(-160, 175), p(-20, 180), p(10, 150), p(20, 90), p(70, 84), p(96, 150), p(112, 250), p(135, 252), p(150, 130), p(120, 56), p(-20, 52), p(-70, 100)], body)
        c.shape([p(96, 150), p(112, 250), p(135, 252), p(146, 150)], mix(body, rgb("f3c98b"), 0.25))
        c.limb(p(118, 250), p(108, 300), 14 * s, 12 * s, rgb("14181f"))
        c.limb(p(108, 300), p(70, 306), 13 * s, 13 * s, rgb("0d1016"))
        c.shape([p(-150, 175), p(-20, 180), p(-6, 200), p(-140, 204)], rgb("0f1319"))
        c.shape([p(-215, 205), p(-75, 205), p(-75, 345), p(-215, 345)], box)
        c.shape([p(-215, 318), p(-75, 318), p(-75, 345), p(-215, 345)], mix(box, (255, 255, 255), 0.2))
        c.shape([p(-215, 250), p(-75, 250), p(-75, 264), p(-215, 264)], rgb("e9e4d6"))
        lx, ly = p(150, 190)
        c.glow(lx, ly, 90 * s, 70 * s, rgb("fff2cf"), 0.8)
        tx, ty = p(-196, 160)
        c.oval((tx - 11 * s, ty - 9 * s, tx + 11 * s, ty + 9 * s), rgb("d4483c"))

    rim = rgb("ffdca0")
    scooter(left + 330, base + 120, 1.15, rgb("3f6c8e"), -1)
    fx, fy = door_l + 70, base + 66
    rider_look = Look(rgb("38607f"), rgb("1c222d"), rgb("a87b5a"), rgb("dcd8cc"), rim, rgb("e6d089"))
    c.shape([(fx - 60, fy), (fx + 60, fy), (fx + 20, fy + 330), (fx - 130, fy + 330)], rgb("0b0e14"), 0.5, 16)
    figure(c, fx, fy, 620, "lean", rider_look)
    scooter(WIDTH * 0.245, base + 205, 1.5, rgb("b5562f"), 1)
    fx = WIDTH * 0.125
    c.shape([(fx - 70, base + 210), (fx + 70, base + 210), (fx - 150, base + 420), (fx - 300, base + 420)], rgb("05070b"), 0.5, 16)
    figure(c, fx, base + 215, 760, "carry", Look(rgb("9c4a2c"), rgb("171c26"), rgb("7d5c46"), rgb("c4693a"), rim, rgb("e6d9b0")))
    bag = (fx - 78, base + 215 - 0.66 * 760, fx + 92, base + 215 - 0.53 * 760)
    c.draw.rectangle(bag, fill=rgb("d9c9a4"))
    c.draw.rectangle((bag[0], bag[1], bag[2], bag[1] + 20), fill=rgb("b8a47c"))
    # street lamp and traffic light
    c.line([(WIDTH * 0.925, ground + 180), (WIDTH * 0.925, HEIGHT * 0.10)], 18, rgb("0f141d"))
    c.line([(WIDTH * 0.925, HEIGHT * 0.11), (WIDTH * 0.86, HEIGHT * 0.10)], 14, rgb("0f141d"))
    c.oval((WIDTH * 0.835, HEIGHT * 0.095, WIDTH * 0.87, HEIGHT * 0.112), rgb("fff1cc"))
    c.glow(WIDTH * 0.852, HEIGHT * 0.105, 460, 420, rgb("ffe1a8"), 0.6)
    c.draw.rectangle((WIDTH * 0.913, HEIGHT * 0.37, WIDTH * 0.939, HEIGHT * 0.50), fill=rgb("0b0f16"))
    for k, tint in enumerate(("d24a3c", "3a2e20", "1d2f26")):
        y = HEIGHT * (0.375 + k * 0.042)
        c.oval((WIDTH * 0.9175, y, WIDTH * 0.9345, y + 54), rgb(tint))
    c.glow(WIDTH * 0.926, HEIGHT * 0.387, 130, 130, rgb("ff6a55"), 0.8)
    return c.image


def run(chance: Chance) -> Image.Image:
    """A morning run by the lake, hills behind."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("9db7c4")), (0.22, rgb("cfd8d2")), (0.40, rgb("f3e3c2")), (0.5, rgb("f7ebd0")), (1, rgb("f7ebd0"))]))
    c.glow(WIDTH * 0.24, HEIGHT * 0.30, 1500, 1000, rgb("fff3cf"), 0.7)
    c.oval((WIDTH * 0.24 - 85, HEIGHT * 0.26 - 85, WIDTH * 0.24 + 85, HEIGHT * 0.26 + 85), rgb("fffaea"), 0.95, 4)
    for i, (color, base, high) in enumerate((("b9c4c3", 0.40, 0.20), ("9db0b1", 0.43, 0.17), ("7e9896", 0.46, 0.13), ("5f7f77", 0.485, 0.085))):
        pts: list[Point] = [(0, HEIGHT * 0.56)]
        phase = chance(0, 7)
        for k in range(161):
            t = k / 160
            y = 0.5 * math.sin(t * (5 + i) + phase) + 0.28 * math.sin(t * (13 + 3 * i) + phase * 2) + 0.12 * math.sin(t * 31 + phase) + 0.05 * math.sin(t * 73 + phase * 3)
            pts.append((WIDTH * t, HEIGHT * (base - high * (0.5 + y * 0.55)) + chance(-3, 3)))
        pts.append((WIDTH, HEIGHT * 0.56))
        c.shape(pts, rgb(color))
        mist = Image.new("L", (1, 256))
        for k in range(256):
            mist.putpixel((0, k), round(130 * (k / 255) ** 1.4))
        band = round(HEIGHT * 0.16)
        c.image.paste(rgb("f2e7cf"), (0, round(HEIGHT * 0.55) - band), mist.resize((WIDTH, band)))
    shore = round(HEIGHT * 0.55)
    lake = gradient((WIDTH, 260), [(0, rgb("dfe3d6")), (0.5, rgb("a9c0c2")), (1, rgb("86a5a8"))])
    c.image.paste(lake, (0, shore - 60))
    for _ in range(150):
        y = shore - 56 + chance() ** 1.5 * 220
        x, w = chance() * WIDTH, chance(20, 120)
        c.oval((x - w, y - 2, x + w, y + 2), rgb("fff6df"), chance(0.15, 0.5))
    # banks, road
    c.shape(spline([(-60, shore + 60), (WIDTH * 0.2, shore + 30), (WIDTH * 0.42, shore + 16), (WIDTH * 0.46, shore + 22), (WIDTH * 0.40, HEIGHT + 60), (-60, HEIGHT + 60)]), rgb("7f935f"))
    c.shape(spline([(WIDTH + 60, shore - 20), (WIDTH * 0.8, shore + 0), (WIDTH * 0.56, shore + 14), (WIDTH * 0.52, shore + 24), (WIDTH * 0.6, HEIGHT + 60), (WIDTH + 60, HEIGHT + 60)]), rgb("6f8757"))
    vx = WIDTH * 0.49
    c.shape([(vx - 30, shore + 16), (vx + 40, shore + 16), (WIDTH * 1.12, HEIGHT), (-WIDTH * 0.12, HEIGHT)], rgb("8d8f8c"))
    c.shape([(vx - 30, shore + 16), (vx - 22, shore + 16), (-WIDTH * 0.09, HEIGHT), (-WIDTH * 0.12, HEIGHT)], rgb("e9e4d4"))
    c.shape([(vx + 32, shore + 16), (vx + 40, shore + 16), (WIDTH * 1.12, HEIGHT), (WIDTH * 1.09, HEIGHT)], rgb("e9e4d4"))
    # trees along the right bank
    for k in range(11):
        t = k / 10
        x = WIDTH * (0.56 + 0.46 * t**1.4)
        foot = shore + 24 + 330 * t**1.7
        size = 60 + 430 * t**1.5
        c.line([(x, foot), (x + 4, foot - size * 1.1)], 8 + size * 0.05, rgb("4d4636"))
        for _ in range(16):
            a, r = chance(0, 6.28), chance(0, 0.55) * size
            bx, by = x + math.cos(a) * r, foot - size * 1.35 + math.sin(a) * r * 0.8
            b = size * chance(0.22, 0.38)
            leaf = mix(rgb("4d6a45"), rgb("9fae6c"), max(0.0, min(1.0, (foot - size * 1.2 - by) / size)) * 0.8 + chance(0, 0.2))
            c.oval((bx - b, by - b, bx + b, by + b), leaf)
    # flags on the left bank
    for k in range(6):
        t = k / 5
        x = WIDTH * (0.425 - 0.40 * t**1.3)
        foot = shore + 30 + 420 * t**1.6
        size = 130 + 640 * t**1.4
        c.line([(x, foot), (x, foot - size)], 4 + size * 0.012, rgb("6b6a63"))
        banner = rgb(("b5493a", "d09a3e", "4b6f8a")[k % 3])
        curl = spline(
            [(x, foot - size), (x + size * 0.10, foot - size * 0.975), (x + size * 0.20, foot - size), (x + size * 0.30, foot - size * 0.965)], False
        )
        low = [(px - (px - x) * 0.06, py + size * (0.20 - (px - x) / size * 0.12)) for px, py in reversed(curl)]
        c.shape(curl + low, banner)
        c.shape(curl[12:26] + low[-27:-13], mix(banner, (0, 0, 0), 0.14), 0.8, 3)
    # the crowd, far to near
    shirts = [rgb(s) for s in ("b5493a", "d6a24a", "4b6f8a", "e7e0d0", "6f8a6a", "c9755a", "37526b", "8f5a63", "e0c58f")]
    rows = 15
    haze = rgb("efe3c8")
    for row in range(rows):
        t = row / (rows - 1)
        foot = shore + 34 + 640 * t**1.75
        size = 58 + 690 * t**1.6
        road = 40 + (WIDTH * 0.56) * ((foot - shore - 16) / (HEIGHT - shore - 16))
        count = 4 + int(5 * min(1.0, t * 2.2)) - (3 if t > 0.9 else 0)
        for i in range(count):
            x = vx + 5 + road * 0.92 * ((i + 0.5 + chance(-0.28, 0.28)) / count * 2 - 1)
            fy = foot + chance(-0.04, 0.05) * size
            fade = (1 - t) ** 1.6 * 0.65
            shirt = mix(chance.pick(shirts), haze, fade)
            short = mix(chance.pick([rgb("2e3440"), rgb("3f4650"), rgb("5a4a45")]), haze, fade)
            skin = mix(chance.pick([rgb("c4966d"), rgb("b5845c"), rgb("d3a97f")]), haze, fade)
            tall = size * chance(0.93, 1.06)
            c.oval((x - tall * 0.16, fy - tall * 0.02, x + tall * 0.30, fy + tall * 0.035), rgb("4a4c4c"), 0.35 * (0.4 + 0.6 * t), tall * 0.012 + 1)
            runner(c, x, fy, tall, shirt, short, skin, chance)
    c.glow(WIDTH * 0.24, HEIGHT * 0.34, 1300, 1000, rgb("fff0c8"), 0.3)
    return c.image


def runner(
    c: Canvas, x: float, foot: float, h: float, shirt: Color, short: Color, skin: Color, chance: Chance
) -> None:
    """Someone who runs towards us: bare arms and legs, a number on the shirt."""
    side = 1 if chance() < 0.5 else -1
    hop = chance(0.0, 0.03) * h

    def p(px: float, py: float) -> Point:
        return x + side * px * h, foot - py * h - hop

    dark = mix(skin, (40, 20, 10), 0.22)
    shoe = chance.pick([rgb("e9e4d8"), rgb("b5493a"), rgb("2f3540")])
    # trailing leg, folded back; leading leg planted
    c.limb(p(-0.055, 0.50), p(-0.065, 0.33), 0.085 * h, 0.07 * h, dark)
    c.limb(p(-0.065, 0.33), p(-0.05, 0.26), 0.065 * h, 0.05 * h, mix(dark, (0, 0, 0), 0.15))
    c.limb(p(-0.05, 0.245), p(-0.05, 0.20), 0.05 * h, 0.045 * h, shoe)
    c.limb(p(0.05, 0.50), p(0.055, 0.28), 0.09 * h, 0.068 * h, skin)
    c.limb(p(0.055, 0.28), p(0.035, 0.06), 0.066 * h, 0.042 * h, skin)
    c.limb(p(0.035, 0.04), p(0.03, 0.015), 0.05 * h, 0.05 * h, shoe)
    c.shape([p(-0.112, 0.54), p(0.112, 0.54), p(0.12, 0.385), p(0.012, 0.395), p(0.0, 0.44), p(-0.012, 0.395), p(-0.118, 0.40)], short)
    # far arm, torso, near arm
    c.limb(p(-0.125, 0.795), p(-0.185, 0.655), 0.062 * h, 0.05 * h, dark)
    c.limb(p(-0.185, 0.655), p(-0.10, 0.70), 0.05 * h, 0.04 * h, dark)
    torso = [p(-0.04, 0.865), p(-0.13, 0.83), p(-0.135, 0.76), p(-0.11, 0.64), p(-0.113, 0.515), p(0.113, 0.515), p(0.11, 0.64), p(0.135, 0.76), p(0.13, 0.83), p(0.04, 0.865)]
    c.shape(torso, shirt)
    shade = mix(shirt, (20, 20, 30), 0.22)
    edge = 0.02 * side
    c.shape([p(edge * 1.5 + 0.03 * side, 0.85), p(0.13 * side, 0.83), p(0.135 * side, 0.76), p(0.11 * side, 0.64), p(0.113 * side, 0.515), p(0.05 * side, 0.515)], shade)
    c.shape([p(-0.06, 0.735), p(0.06, 0.735), p(0.06, 0.655), p(-0.06, 0.655)], rgb("efe9da"))
    if h > 200:
        for k in range(3):
            c.shape([p(-0.036 + k * 0.028, 0.715), p(-0.020 + k * 0.028, 0.715), p(-0.020 + k * 0.028, 0.675), p(-0.036 + k * 0.028, 0.675)], rgb("5a5f66"))
    c.limb(p(0.125, 0.80), p(0.14, 0.76), 0.078 * h, 0.07 * h, shirt)
    c.limb(p(-0.125, 0.80), p(-0.14, 0.765), 0.078 * h, 0.07 * h, mix(shirt, (20, 20, 30), 0.12))
    c.limb(p(0.15, 0.745), p(0.185, 0.65), 0.056 * h, 0.05 * h, skin)
    c.limb(p(0.185, 0.65), p(0.15, 0.56), 0.05 * h, 0.042 * h, skin)
    # head
    c.limb(p(0, 0.85), p(0, 0.89), 0.06 * h, 0.056 * h, dark)
    hx, hy = p(0, 0.94)
    woman = chance() < 0.4
    hair = chance.pick([rgb("2a2422"), rgb("3a2f2a"), rgb("1f1d20")])
    if woman:
        c.limb((hx - side * 0.03 * h, hy - 0.02 * h), (hx - side * 0.085 * h, hy + 0.05 * h), 0.05 * h, 0.02 * h, hair)
    c.oval((hx - 0.048 * h, hy - 0.06 * h, hx + 0.048 * h, hy + 0.062 * h), skin)
    if chance() < 0.25:
        cap = chance.pick([rgb("e9e4d8"), rgb("b5493a"), rgb("37526b")])
        c.draw.pieslice((hx - 0.054 * h, hy - 0.072 * h, hx + 0.054 * h, hy + 0.04 * h), 180, 360, fill=cap)
        c.limb((hx - 0.045 * h, hy - 0.017 * h), (hx + 0.045 * h, hy - 0.017 * h), 0.015 * h, 0.015 * h, mix(cap, (0, 0, 0), 0.2))
    else:
        locks = [(-0.053, 0.0), (-0.055, -0.045), (-0.02, -0.078), (0.03, -0.075), (0.055, -0.04), (0.053, 0.0), (0.042, -0.022), (0.01, -0.034), (-0.02, -0.042), (-0.042, -0.02)]
        c.shape(spline([(hx + side * a * h, hy + b * h) for a, b in locks], steps=6), hair)
    if h > 260:
        for s in (-1, 1):
            c.oval((hx + s * 0.018 * h - 0.005 * h, hy - 0.004 * h, hx + s * 0.018 * h + 0.005 * h, hy + 0.006 * h), rgb("2a2422"))
        c.draw.arc((hx - 0.02 * h, hy + 0.012 * h, hx + 0.02 * h, hy + 0.036 * h), 20, 160, fill=mix(dark, (80, 20, 10), 0.4), width=max(2, round(0.007 * h)))


# ---- portraits ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sitter:
    """Who sits for a portrait; lengths are shares of the picture's width."""

    hair: str  # crew, part, swept, bald, thin, bob, bun, tail, curls
    clothes: str  # jacket, shirt, coat, polo, vest, knit
    cloth: str
    ground: str
    skin: str = "d9ab84"
    hair_color: str = "26211f"
    age: float = 0.3  # 0 young … 1 old
    wide: float = 1.0
    jaw: float = 1.0
    smile: float = 0.5
    glasses: str = ""
    hat: str = ""
    hat_color: str = "d9b13b"
    woman: bool = False
    turn: float = 0.0


PORTRAIT = (480 * 3, 600 * 3)


def portrait(sitter: Sitter) -> Image.Image:
    """A bust in flat tones, lit from the left."""
    w = PORTRAIT[0]
    ground = rgb(sitter.ground)
    c = Canvas(gradient(PORTRAIT, [(0, mix(ground, (255, 255, 255), 0.22)), (1, mix(ground, (20, 24, 30), 0.16))]))
    c.glow(w * 0.32, w * 0.40, w * 0.75, w * 0.75, mix(ground, (255, 255, 255), 0.6), 0.35)
    skin, hair = rgb(sitter.skin), rgb(sitter.hair_color)
    shade, deep = mix(skin, rgb("7a3d28"), 0.30), mix(skin, rgb("4a2418"), 0.55)
    light = mix(skin, rgb("fff0da"), 0.35)
    cx, cy, turn = 0.5, 0.545, sitter.turn

    def p(x: float, y: float) -> Point:
        return (cx + x * 1.16) * w, (cy + y * 1.16) * w

    def bust(x: float, y: float) -> Point:
        return p(x, y - 0.088)

    def both(points: Sequence[Point], at: Callable[[float, float], Point] = p) -> list[Point]:
        """A closed outline from its right half, top to bottom."""
        right = [at(x, y) for x, y in points]
        left = [at(-x, y) for x, y in reversed(points) if x > 0]
        return spline(right + left)

    wide, jaw = 0.158 * sitter.wide, 0.112 * sitter.jaw * (0.94 if sitter.woman else 1.04)
    face = both([(0, -0.225), (wide * 0.62, -0.205), (wide * 0.97, -0.10), (wide, 0.02), (wide * 0.93, 0.095), (jaw, 0.165), (jaw * 0.52, 0.222), (0, 0.236)])

    # hair behind
    if sitter.hair == "bob":
        c.shape(both([(0, -0.285), (wide * 0.9, -0.255), (wide * 1.28, -0.12), (wide * 1.32, 0.06), (wide * 1.28, 0.20), (wide * 0.9, 0.235), (0, 0.2)]), mix(hair, (0, 0, 0), 0.25))
    elif sitter.hair == "tail":
        c.shape(spline([p(0.06, -0.2), p(0.2, -0.14), p(0.235, 0.05), p(0.225, 0.24), p(0.265, 0.42), p(0.2, 0.47), p(0.155, 0.3), p(0.13, 0.05)]), mix(hair, (0, 0, 0), 0.2))
    elif sitter.hair == "bun":
        c.oval((*p(-0.085, -0.375), *p(0.085, -0.215)), mix(hair, (0, 0, 0), 0.15))
    elif sitter.hair == "curls":
        for k in range(15):
            a = math.pi * (0.82 + 1.36 * k / 14)
            x, y = p(math.cos(a) * wide * 1.18, -0.02 + math.sin(a) * 0.235)
            r = 0.064 * w
            c.oval((x - r, y - r, x + r, y + r), mix(hair, (0, 0, 0), 0.18))
        for s in (-1, 1):
            x, y = p(s * wide * 1.16, 0.09)
            c.oval((x - 0.05 * w, y - 0.065 * w, x + 0.05 * w, y + 0.065 * w), mix(hair, (0, 0, 0), 0.18))

    # neck and shoulders
    neck = 0.082 if sitter.woman else 0.104
    slope = 0.395 if sitter.woman else 0.445
    cloth = rgb(sitter.cloth)
    dim, edge = mix(cloth, (14, 16, 24), 0.28), mix(cloth, (255, 255, 255), 0.16)
    body = both([(0, 0.36), (neck + 0.03, 0.365), (slope * 0.62, 0.43), (slope * 0.93, 0.50), (slope * 1.04, 0.62), (slope * 1.10, 0.86), (0, 0.92)], bust)
    c.shape(body, cloth)
    c.clipped(body, lambda d: in_turn(
        lambda: d.shape([bust(0.12, 0.3), bust(0.6, 0.3), bust(0.6, 0.95), bust(0.06, 0.95)], dim, 0.62, 40),
        lambda: d.shape([bust(-0.6, 0.35), bust(-0.28, 0.40), bust(-0.42, 0.95), bust(-0.6, 0.95)], edge, 0.5, 40),
    ))
    c.shape([p(-neck, 0.12), p(neck, 0.12), bust(neck * 1.02, 0.33), bust(neck * 1.28, 0.395), bust(0, 0.50), bust(-neck * 1.28, 0.395), bust(-neck * 1.02, 0.33)], skin)
    c.clipped([p(-neck, 0.12), p(neck, 0.12), bust(neck * 1.02, 0.33), bust(neck * 1.28, 0.395), bust(0, 0.50), bust(-neck * 1.28, 0.395), bust(-neck * 1.02, 0.33)], lambda d: in_turn(
        lambda: d.shape(spline([p(-0.2, 0.1), p(0.2, 0.1), p(0.2, 0.26), p(0.05, 0.315), p(-0.09, 0.255)]), deep, 0.62, 7),
        lambda: d.shape([p(0.03, 0.2), p(0.2, 0.2), bust(0.2, 0.5), bust(0.0, 0.5)], shade, 0.7, 14),
    ))
    clothing(c, bust, sitter, cloth, dim, edge)

    # ears
    if sitter.hair not in {"bob", "curls"}:
        for s in (-1, 1):
            ear = spline([p(s * wide * 0.95, -0.045), p(s * wide * 1.14, -0.05), p(s * wide * 1.16, 0.02), p(s * wide * 1.06, 0.085), p(s * wide * 0.95, 0.07)])
            c.shape(ear, shade if s > 0 else mix(skin, shade, 0.4))
            c.line(spline([p(s * wide * 1.07, -0.025), p(s * wide * 1.10, 0.015), p(s * wide * 1.04, 0.05)], False), 0.006 * w, deep)
            if sitter.woman:
                x, y = p(s * wide * 1.06, 0.092)
                c.oval((x - 0.008 * w, y - 0.008 * w, x + 0.008 * w, y + 0.008 * w), rgb("e9dfc8"))

    # the face and its shadow side
    c.shape(face, skin)

    def model(d: Canvas) -> None:
        d.shape([p(0.055, -0.3), p(0.3, -0.3), p(0.3, 0.3), p(0.04, 0.3), p(0.075, 0.16), p(0.115, 0.06), p(0.10, -0.06), p(0.085, -0.16)], shade, 0.62, 22)
        d.shape(spline([p(-0.1, 0.20), p(0, 0.225), p(0.12, 0.17), p(0.12, 0.26), p(-0.1, 0.27)]), shade, 0.5, 12)
        d.oval((*p(-0.10, -0.185), *p(0.02, -0.09)), light, 0.55, 26)
        d.oval((*p(-wide * 0.86, 0.0), *p(-0.045, 0.075)), light, 0.5, 20)
        for s in (-1, 1):
            x, y = p(s * 0.088, 0.062)
            d.oval((x - 0.042 * w, y - 0.03 * w, x + 0.042 * w, y + 0.03 * w), rgb("c8654e"), 0.22 if sitter.woman else 0.14, 22)
            d.oval((*p(s * 0.073 - 0.045, -0.055), *p(s * 0.073 + 0.045, 0.005)), deep, 0.16 + 0.1 * sitter.age, 16)
        if not sitter.woman:
            d.shape(spline([p(-wide * 0.9, 0.1), p(-0.06, 0.115), p(0.06, 0.115), p(wide * 0.9, 0.1), p(0.1, 0.24), p(-0.1, 0.24)]), rgb("6b6a70"), 0.10, 18)

    c.clipped(face, model)
    features(c, p, sitter, w, skin, shade, deep, light, hair, turn)
    head_of_hair(c, p, sitter, w, wide, hair, face)
    if sitter.glasses:
        glass = rgb(sitter.glasses)
        for s in (-1, 1):
            x0, y0 = p(s * 0.075 + turn - 0.056, -0.062)
            x1, y1 = p(s * 0.075 + turn + 0.056, 0.022)
            c.draw.rounded_rectangle((x0, y0, x1, y1), radius=0.03 * w, outline=glass, width=round(0.0085 * w))
            c.shape([(x0 + 0.02 * w, y1 - 0.016 * w), (x0 + 0.05 * w, y0 + 0.012 * w), (x0 + 0.068 * w, y0 + 0.012 * w), (x0 + 0.038 * w, y1 - 0.016 * w)], (255, 255, 255), 0.22)
            c.line([p(s * 0.131 + turn, -0.034), p(s * wide * 1.04, -0.03)], 0.008 * w, glass)
        c.line(spline([p(-0.02 + turn, -0.024), p(turn, -0.034), p(0.02 + turn, -0.024)], False), 0.0085 * w, glass)
    if sitter.hat:
        headgear(c, p, sitter, w, wide)
    return c.image


def features(
    c: Canvas, p: Callable[[float, float], Point], sitter: Sitter, w: int, skin: Color, shade: Color,
    deep: Color, light: Color, hair: Color, turn: float,
) -> None:
    """Brows, eyes, nose, mouth, and the lines that age brings."""
    brow = mix(hair, skin, 0.18 if not sitter.woman else 0.3)
    thick = 0.0075 if sitter.woman else 0.0115
    for s in (-1, 1):
        ex = s * 0.074 + turn
        droop = 0.008 * sitter.age
        c.shape(spline([p(ex - s * 0.042, -0.066 + thick * 0.6), p(ex - s * 0.038, -0.078 - thick * 0.4), p(ex, -0.088 - thick * 0.4), p(ex + s * 0.052, -0.072 + droop), p(ex, -0.081 + thick)]), brow)
        eye = spline([p(ex - s * 0.036, -0.016), p(ex - s * 0.012, -0.034), p(ex + s * 0.016, -0.033), p(ex + s * 0.040, -0.020 + droop * 0.5), p(ex + s * 0.014, -0.008), p(ex - s * 0.014, -0.008)])
        c.shape(eye, rgb("f2ebe0"))

        def iris(d: Canvas, ex: float = ex) -> None:
            x, y = p(ex + 0.002, -0.022)
            r = 0.0175 * w
            d.oval((x - r, y - r, x + r, y + r), rgb("2a1c16"))
            d.oval((x - r * 0.5, y - r * 0.65, x - r * 0.05, y - r * 0.2), rgb("f6efe4"))
            d.shape([p(ex - 0.06, -0.045), p(ex + 0.06, -0.045), p(ex + 0.06, -0.028), p(ex - 0.06, -0.028)], deep, 0.35, 3)

        c.clipped(eye, iris)
        lid = spline([p(ex - s * 0.038, -0.015), p(ex - s * 0.012, -0.035), p(ex + s * 0.016, -0.034), p(ex + s * 0.044, -0.019 + droop * 0.5)], False)
        c.line(lid, (0.0085 if sitter.woman else 0.0065) * w, rgb("2a1a16"))
        c.line(spline([p(ex - s * 0.030, -0.033), p(ex, -0.047), p(ex + s * 0.036, -0.036 + droop)], False), 0.0035 * w, mix(skin, deep, 0.65))
        if sitter.age > 0.35:
            c.line(spline([p(ex - s * 0.03, 0.012), p(ex, 0.019), p(ex + s * 0.032, 0.010)], False), 0.004 * w, mix(skin, shade, 0.85))
        if sitter.age > 0.6:
            for k in range(2):
                c.line([p(ex + s * 0.050, -0.012 + k * 0.012), p(ex + s * 0.066, -0.017 + k * 0.022)], 0.0035 * w, mix(skin, deep, 0.4))
    # nose: its shadow side, its foot, a light on the tip
    n = turn * 1.3
    c.shape(spline([p(0.012 + n, -0.05), p(0.022 + n, 0.02), p(0.040 + n, 0.062), p(0.030 + n, 0.078), p(0.004 + n, 0.080), p(0.012 + n, 0.04)]), shade, 0.75, 4)
    c.line(spline([p(-0.031 + n, 0.066), p(-0.022 + n, 0.080), p(0.0 + n, 0.083), p(0.024 + n, 0.080), p(0.033 + n, 0.064)], False), 0.0055 * w, mix(skin, deep, 0.8))
    c.oval((*p(-0.014 + n, 0.040), *p(0.008 + n, 0.062)), light, 0.6, 5)
    # mouth
    m, lift = turn * 1.1, 0.012 * sitter.smile
    half = 0.052 + 0.014 * sitter.smile
    lip = mix(skin, rgb("a8433c"), 0.62 if sitter.woman else 0.36)
    y = 0.130
    c.shape(spline([p(-half + m, y - lift), p(-0.02 + m, y - 0.011), p(m, y - 0.007), p(0.02 + m, y - 0.011), p(half + m, y - lift), p(0.03 + m, y + 0.019), p(m, y + 0.023), p(-0.03 + m, y + 0.019)]), lip)
    if sitter.smile > 0.75:
        c.shape(spline([p(-half * 0.8 + m, y - lift * 0.5), p(m, y - 0.001), p(half * 0.8 + m, y - lift * 0.5), p(half * 0.4 + m, y + 0.011), p(m, y + 0.013), p(-half * 0.4 + m, y + 0.011)]), rgb("f4ede2"))
    c.line(spline([p(-half + m, y - lift), p(-0.026 + m, y + 0.001), p(m, y + 0.002), p(0.026 + m, y + 0.001), p(half + m, y - lift)], False), 0.0052 * w, mix(lip, rgb("3a1512"), 0.65))
    c.shape(spline([p(-0.026 + m, 0.168), p(m, 0.163), p(0.026 + m, 0.168), p(m, 0.176)]), shade, 0.7, 5)
    if sitter.age > 0.3 or sitter.smile > 0.7:
        for s in (-1, 1):
            c.line(spline([p(s * 0.043 + n, 0.072), p(s * 0.068 + m, 0.098), p(s * 0.074 + m, 0.128)], False), 0.0042 * w, mix(skin, deep, 0.25 + 0.3 * sitter.age))
    if sitter.age > 0.6:
        for k in range(2):
            yy = -0.140 - k * 0.026
            c.line(spline([p(-0.06, yy), p(0, yy - 0.004), p(0.06, yy)], False), 0.0035 * w, mix(skin, deep, 0.3))


def head_of_hair(
    c: Canvas, p: Callable[[float, float], Point], sitter: Sitter, w: int, wide: float, hair: Color,
    face: Sequence[Point],
) -> None:
    """The hair over the forehead and at the temples, with a few strands of light."""
    r, style = wide, sitter.hair
    gleam = mix(hair, rgb("e8dccb"), 0.22)
    c.clipped(face, lambda d: d.shape([p(-0.3, -0.3), p(0.3, -0.3), p(0.3, -0.135), p(-0.3, -0.135)], rgb("4a2418"), 0.22 if style != "bald" else 0.0, 14))
    if style in {"crew", "part", "swept", "thin"}:
        top = {"crew": -0.262, "part": -0.285, "swept": -0.292, "thin": -0.258}[style]
        line = {
            "crew": [(r * 0.80, -0.150), (r * 0.45, -0.168), (0.0, -0.164), (-r * 0.45, -0.168), (-r * 0.80, -0.150)],
            "part": [(r * 0.84, -0.135), (r * 0.55, -0.150), (r * 0.10, -0.158), (-r * 0.34, -0.200), (-r * 0.80, -0.150)],
            "swept": [(r * 0.82, -0.155), (r * 0.50, -0.190), (0.0, -0.198), (-r * 0.50, -0.176), (-r * 0.84, -0.135)],
            "thin": [(r * 0.86, -0.165), (r * 0.60, -0.212), (0.0, -0.196), (-r * 0.60, -0.214), (-r * 0.86, -0.165)],
        }[style]
        outline = [p(-r * 1.015, 0.02), p(-r * 1.07, -0.08), p(-r * 1.03, -0.19), p(-r * 0.66, top + 0.018), p(0.0, top), p(r * 0.66, top + 0.018), p(r * 1.03, -0.19), p(r * 1.07, -0.08), p(r * 1.015, 0.02), p(r * 0.955, -0.045), p(r * 0.92, -0.105), *(p(*q) for q in line), p(-r * 0.92, -0.105), p(-r * 0.955, -0.045)]
        shape = spline(outline)
        c.shape(shape, hair)
        count = 9 if style != "thin" else 6

        def strands(d: Canvas) -> None:
            for k in range(count):
                x = r * (-0.85 + 1.5 * k / count)
                lean = 0.05 if style == "part" else (-0.04 if style == "swept" else 0.01)
                d.shape(spline([p(x, -0.165), p(x + lean * 0.5, -0.22), p(x + lean, top - 0.02), p(x + lean + 0.012, top - 0.02), p(x + lean * 0.5 + 0.010, -0.22)]), gleam, 0.5, 4)
            d.shape([p(0.05, -0.35), p(0.3, -0.35), p(0.3, 0.1), p(0.12, 0.1)], (0, 0, 0), 0.22, 24)

        c.clipped(shape, strands)
    elif style == "bald":
        for s in (-1, 1):
            c.shape(spline([p(s * r * 1.01, 0.02), p(s * r * 1.075, -0.05), p(s * r * 1.03, -0.135), p(s * r * 0.93, -0.155), p(s * r * 0.955, -0.06)]), hair)
        x, y = p(-0.04, -0.165)
        c.oval((x - 0.05 * w, y - 0.024 * w, x + 0.05 * w, y + 0.024 * w), rgb("fff3e0"), 0.4, 16)
    elif style in {"bob", "bun", "tail", "curls"}:
        if style == "bob":  # a fringe to one side, locks beside the face
            outline = [p(0, -0.288), p(r * 0.75, -0.262), p(r * 1.20, -0.14), p(r * 1.27, 0.05), p(r * 1.22, 0.20), p(r * 0.99, 0.215), p(r * 0.97, 0.08), p(r * 0.90, -0.06), p(r * 0.62, -0.145), p(r * 0.10, -0.185), p(-r * 0.30, -0.205), p(-r * 0.66, -0.13), p(-r * 0.90, -0.04), p(-r * 0.97, 0.08), p(-r * 0.99, 0.215), p(-r * 1.22, 0.20), p(-r * 1.27, 0.05), p(-r * 1.20, -0.14), p(-r * 0.75, -0.262)]
        elif style == "curls":
            outline = [p(0, -0.285), p(r * 0.75, -0.262), p(r * 1.16, -0.13), p(r * 1.10, 0.03), p(r * 0.96, 0.0), p(r * 0.84, -0.09), p(r * 0.5, -0.145), p(r * 0.1, -0.15), p(-r * 0.4, -0.175), p(-r * 0.82, -0.09), p(-r * 0.96, 0.0), p(-r * 1.10, 0.03), p(-r * 1.16, -0.13), p(-r * 0.75, -0.262)]
        else:
            outline = [p(0, -0.276), p(r * 0.72, -0.248), p(r * 1.08, -0.13), p(r * 1.03, 0.03), p(r * 0.955, -0.01), p(r * 0.86, -0.095), p(r * 0.45, -0.160), p(-r * 0.18, -0.205), p(-r * 0.55, -0.158), p(-r * 0.87, -0.085), p(-r * 0.955, -0.01), p(-r * 1.03, 0.03), p(-r * 1.08, -0.13), p(-r * 0.72, -0.248)]
        shape = spline(outline)
        c.shape(shape, hair)

        def sheen(d: Canvas) -> None:
            for k in range(5):
                x = -r * 0.9 + k * r * 0.17
                d.line(spline([p(-r * 0.2 + k * 0.01, -0.205), p(x * 0.9, -0.215), p(x * 1.1, -0.10)], False), 0.004 * w, gleam)
            for k in range(5):
                x = r * 0.3 + k * r * 0.16
                d.line(spline([p(-r * 0.2 + k * 0.01, -0.215), p(x * 0.8, -0.220), p(x * 1.1, -0.11)], False), 0.004 * w, mix(hair, gleam, 0.55))
            d.shape([p(0.07, -0.35), p(0.4, -0.35), p(0.4, 0.3), p(0.14, 0.3)], (0, 0, 0), 0.25, 24)

        c.clipped(shape, sheen)


def clothing(
    c: Canvas, p: Callable[[float, float], Point], sitter: Sitter, cloth: Color, dim: Color, edge: Color
) -> None:
    """Collars, plackets, straps."""
    w = PORTRAIT[0]
    white = rgb("eef0ec")
    seam = mix(cloth, (0, 0, 0), 0.38)
    if sitter.clothes in {"jacket", "coat", "shirt", "vest"}:
        inner = {"jacket": white, "coat": rgb("a9bfc9"), "shirt": cloth, "vest": rgb("5f7388")}[sitter.clothes]
        if sitter.clothes in {"jacket", "coat"}:
            c.shape([p(-0.13, 0.375), p(0, 0.50), p(0.13, 0.375), p(0.05, 0.70), p(0, 0.80), p(-0.05, 0.70)], inner)
            c.shape([p(0.01, 0.50), p(0.13, 0.375), p(0.05, 0.70), p(0, 0.80)], mix(inner, (30, 34, 44), 0.22))
        if sitter.clothes == "vest":
            c.shape([p(-0.2, 0.40), p(0, 0.50), p(0.2, 0.40), p(0.16, 0.95), p(-0.16, 0.95)], inner)
            for s in (-1, 1):
                strap = [p(s * 0.215, 0.405), p(s * 0.275, 0.435), p(s * 0.285, 0.95), p(s * 0.225, 0.95)]
                c.shape(strap, rgb("e8e2c6"))
                c.shape([p(s * 0.232, 0.416), p(s * 0.258, 0.428), p(s * 0.268, 0.95), p(s * 0.242, 0.95)], rgb("b9b8a8"))
            inner = mix(inner, (255, 255, 255), 0.08)
        for s in (-1, 1):  # the shirt's or jacket's collar
            flap = [p(s * 0.088, 0.325), p(s * 0.125, 0.355), p(s * 0.165, 0.455), p(s * 0.085, 0.505), p(0.0, 0.495), p(s * 0.055, 0.42)]
            tone = inner if sitter.clothes != "shirt" else mix(cloth, (255, 255, 255), 0.14)
            c.shape(flap, mix(tone, (30, 34, 44), 0.2) if s > 0 else tone)
            c.line([flap[2], flap[3], flap[4]], 0.004 * w, mix(tone, (0, 0, 0), 0.35))
        if sitter.clothes in {"jacket", "coat"}:
            for s in (-1, 1):
                lapel = [p(s * 0.135, 0.365), p(s * 0.205, 0.415), p(s * 0.215, 0.55), p(s * 0.165, 0.575), p(s * 0.04, 0.80), p(s * 0.05, 0.66), p(s * 0.13, 0.45)]
                c.shape(lapel, mix(cloth, (0, 0, 0), 0.12) if s > 0 else edge)
                c.line([lapel[1], lapel[2], lapel[3], lapel[4]], 0.0045 * w, seam)
        if sitter.clothes in {"shirt", "vest", "coat"}:
            c.line([p(0.004, 0.50), p(0.004, 0.95)], 0.004 * w, seam if sitter.clothes == "shirt" else mix(inner, (0, 0, 0), 0.3))
            for k in range(3):
                x, y = p(-0.012, 0.56 + k * 0.09)
                c.oval((x - 0.007 * w, y - 0.007 * w, x + 0.007 * w, y + 0.007 * w), mix(cloth, (0, 0, 0), 0.4) if sitter.clothes == "shirt" else rgb("6b747c"))
        if sitter.clothes in {"jacket", "coat", "shirt"}:
            c.line([p(-0.27, 0.635), p(-0.155, 0.635)], 0.005 * w, seam)
            c.shape([p(-0.262, 0.575), p(-0.205, 0.575), p(-0.205, 0.603), p(-0.262, 0.603)], rgb("b3392f"))
    elif sitter.clothes == "polo":
        for s in (-1, 1):
            flap = [p(s * 0.095, 0.33), p(s * 0.135, 0.36), p(s * 0.18, 0.44), p(s * 0.07, 0.50), p(s * 0.01, 0.475), p(s * 0.07, 0.43)]
            c.shape(flap, edge if s < 0 else mix(cloth, (0, 0, 0), 0.08))
            c.line([flap[2], flap[3], flap[4]], 0.004 * w, seam)
        c.line([p(0.0, 0.48), p(0.0, 0.66)], 0.005 * w, seam)
        for k in range(2):
            x, y = p(0.0, 0.545 + k * 0.07)
            c.oval((x - 0.008 * w, y - 0.008 * w, x + 0.008 * w, y + 0.008 * w), rgb("e9e4d8"))
    elif sitter.clothes == "knit":
        ring = spline([p(-0.128, 0.365), p(-0.085, 0.435), p(0, 0.475), p(0.085, 0.435), p(0.128, 0.365)], False)
        c.line(ring, 0.030 * w, mix(cloth, (0, 0, 0), 0.18))
        c.line(ring, 0.012 * w, edge)


def headgear(c: Canvas, p: Callable[[float, float], Point], sitter: Sitter, w: int, wide: float) -> None:
    """A hard hat, a work cap or a cook's cap."""
    color, r = rgb(sitter.hat_color), wide
    dark, lit = mix(color, (20, 16, 12), 0.30), mix(color, (255, 255, 255), 0.35)
    if sitter.hat == "hard":
        dome = spline([p(-r * 1.16, -0.135), p(-r * 1.14, -0.25), p(-r * 0.72, -0.345), p(0, -0.375), p(r * 0.72, -0.345), p(r * 1.14, -0.25), p(r * 1.16, -0.135), p(0, -0.118)])
        c.shape(dome, color)
        c.clipped(dome, lambda d: in_turn(
            lambda: d.shape([p(0.07, -0.42), p(0.4, -0.42), p(0.4, -0.1), p(0.11, -0.1)], dark, 0.75, 16),
            lambda: d.oval((*p(-0.15, -0.345), *p(-0.06, -0.22)), lit, 0.7, 14),
        ))
        c.line(spline([p(-0.035, -0.372), p(-0.04, -0.26), p(-0.04, -0.15)], False), 0.006 * w, dark)
        c.line(spline([p(0.035, -0.372), p(0.04, -0.26), p(0.04, -0.15)], False), 0.006 * w, dark)
        brim = spline([p(-r * 1.30, -0.128), p(-r * 0.7, -0.160), p(0, -0.168), p(r * 0.7, -0.160), p(r * 1.30, -0.128), p(r * 0.8, -0.112), p(0, -0.104), p(-r * 0.8, -0.112)])
        c.shape(brim, dark)
        c.shape(spline([p(-r * 1.28, -0.132), p(-r * 0.7, -0.158), p(0, -0.166), p(r * 0.7, -0.158), p(r * 1.28, -0.132), p(0, -0.134)]), mix(color, lit, 0.3))
    elif sitter.hat == "cap":
        dome = spline([p(-r * 1.09, -0.12), p(-r * 1.06, -0.24), p(-r * 0.6, -0.31), p(0, -0.325), p(r * 0.6, -0.31), p(r * 1.06, -0.24), p(r * 1.09, -0.12), p(0, -0.125)])
        c.shape(dome, color)
        c.clipped(dome, lambda d: d.shape([p(0.06, -0.4), p(0.4, -0.4), p(0.4, -0.05), p(0.1, -0.05)], dark, 0.7, 18))
        c.line(spline([p(0, -0.322), p(-0.01, -0.24), p(-0.008, -0.15)], False), 0.004 * w, dark)
        c.shape(spline([p(-r * 1.0, -0.138), p(0, -0.168), p(r * 1.0, -0.138), p(r * 0.98, -0.105), p(r * 0.5, -0.092), p(0, -0.088), p(-r * 0.5, -0.092), p(-r * 0.98, -0.105)]), dark)
        x, y = p(-0.005, -0.225)
        c.oval((x - 0.03 * w, y - 0.03 * w, x + 0.03 * w, y + 0.03 * w), lit)
        c.oval((x - 0.018 * w, y - 0.018 * w, x + 0.018 * w, y + 0.018 * w), dark)
    elif sitter.hat == "cook":
        band = spline([p(-r * 1.08, -0.115), p(-r * 1.08, -0.215), p(0, -0.225), p(r * 1.08, -0.215), p(r * 1.08, -0.115), p(0, -0.135)])
        puff = spline([p(-r * 1.0, -0.205), p(-r * 1.28, -0.29), p(-r * 0.85, -0.365), p(-r * 0.2, -0.375), p(r * 0.35, -0.385), p(r * 0.95, -0.36), p(r * 1.27, -0.285), p(r * 1.0, -0.205)])
        c.shape(puff, color)
        c.clipped(puff, lambda d: d.shape([p(0.05, -0.42), p(0.4, -0.42), p(0.4, -0.1), p(0.09, -0.1)], dark, 0.5, 18))
        for k in range(4):
            x = -r * 0.75 + k * r * 0.5
            c.line(spline([p(x, -0.21), p(x * 1.1, -0.26), p(x * 1.15, -0.31)], False), 0.004 * w, mix(color, dark, 0.6))
        c.shape(band, mix(color, dark, 0.12))
        c.line(spline([p(-r * 1.07, -0.118), p(0, -0.138), p(r * 1.07, -0.118)], False), 0.005 * w, dark)


SITTERS: dict[str, Sitter] = {
    "tabloid/images/xing-chengkun.jpg": Sitter("crew", "jacket", "3d5670", "a8b3b3", hair_color="4a4745", age=0.7, wide=1.04, jaw=1.08, smile=0.4, skin="cf9c74"),
    "tabloid/images/tang-ruorong.jpg": Sitter("bob", "coat", "dfe3e0", "c9b59a", age=0.4, woman=True, smile=0.85, skin="e0b48e"),
    "tabloid/images/wu-qicheng.jpg": Sitter("part", "shirt", "c9d3d8", "8fa0a6", age=0.4, glasses="2b2b30", smile=0.5, skin="dcae86"),
    "tabloid/images/chu-dai.jpg": Sitter("crew", "polo", "34495a", "b9a58c", age=0.45, wide=1.05, jaw=1.12, smile=0.8, skin="c08b62"),
    "tabloid/images/kan-yusheng.jpg": Sitter("thin", "vest", "c9762f", "9fb0b4", hair_color="3a3735", age=0.65, smile=0.35, hat="hard", skin="bd8a60"),
    "tabloid/images/ran-xizhe.jpg": Sitter("tail", "jacket", "2f5d78", "c3b9a6", age=0.1, woman=True, smile=0.6, wide=0.97, skin="e2b892"),
    "tabloid/images/lin-wanqing.jpg": Sitter("bun", "coat", "e6ebea", "93a9a4", hair_color="2d2826", age=0.5, woman=True, glasses="7a4a3c", smile=0.45, skin="dfb48f"),
    "tabloid/images/qiu-lirong.jpg": Sitter("part", "vest", "c2622d", "8fa3ad", hair_color="4d4946", age=0.7, hat="hard", hat_color="e8c64a", wide=1.03, jaw=1.06, smile=0.55, skin="b98457"),
    "broadsheet/images/kuang-jiuchou.jpg": Sitter("crew", "jacket", "47525c", "b7b2a3", hair_color="807c78", age=0.85, glasses="3a3230", smile=0.35, wide=1.02, skin="cc9a72"),
    "broadsheet/images/yu-manqing.jpg": Sitter("tail", "jacket", "5a6b4f", "c2a98c", age=0.25, woman=True, smile=0.7, skin="d8a880"),
    "broadsheet/images/kuang-boyao.jpg": Sitter("part", "vest", "b5552f", "9aabb3", age=0.5, hat="hard", hat_color="e4e2d8", wide=1.05, jaw=1.1, smile=0.5, skin="bc865c"),
    "broadsheet/images/qi-xiaozheng.jpg": Sitter("bun", "coat", "d5b3b0", "aebcb4", age=0.05, woman=True, smile=0.9, wide=0.98, skin="e6bd98"),
    "broadsheet/images/bo-rongsheng.jpg": Sitter("bald", "shirt", "6d6353", "bfb39c", hair_color="a5a19b", age=1.0, smile=0.55, wide=1.03, skin="c99870"),
    "broadsheet/images/lou-yinuo.jpg": Sitter("swept", "polo", "3f6c78", "c4c0b2", age=0.0, glasses="20242a", smile=0.45, wide=0.96, jaw=0.96, skin="e0b28a"),
    "broadsheet/images/chen-suqiu.jpg": Sitter("bun", "coat", "eceae2", "a9937c", hair_color="3a3230", age=0.6, woman=True, hat="cook", hat_color="f0ede4", smile=0.8, wide=1.05, skin="deb08a"),
    "broadsheet/images/zhai-ling.jpg": Sitter("crew", "jacket", "2f4f74", "b5b9b4", age=0.25, hat="cap", hat_color="35587e", smile=0.6, skin="b9855d"),
    "broadsheet/images/yan-xiaotang.jpg": Sitter("curls", "knit", "8a4f52", "98a6ac", hair_color="332824", age=0.4, woman=True, glasses="5a3a30", smile=0.5, skin="e0b590"),
}

SCENES: dict[str, Callable[[Chance], Image.Image]] = {
    "tabloid/images/factory.jpg": factory,
    "tabloid/images/construction.jpg": construction,
    "tabloid/images/station-night.jpg": station_night,
    "tabloid/images/reading-room.jpg": reading_room,
    "tabloid/images/harbour.jpg": harbour,
    "tabloid/images/run.jpg": run,
}


def main(
    names: Sequence[str],
    scenes: dict[str, Callable[[Chance], Image.Image]] = SCENES,
    sitters: dict[str, Sitter] = SITTERS,
    shares: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Draws the pictures whose path contains one of the names, all without names: half of what is drawn, or a share of their own."""
    work: list[tuple[str, Callable[[], Image.Image], float, float]] = []
    for path, scene in scenes.items():
        work.append((path, partial(scene, Chance(path)), shares.get(path, 1 / 2), 0.05 if "reading" in path else 0.075))
    for path, sitter in sitters.items():
        work.append((path, partial(portrait, sitter), 480 / PORTRAIT[0], 0.06))
    for path, draw, share, tooth in work:
        if names and not any(name in path for name in names):
            continue
        drawn = draw()
        image = drawn.resize((round(drawn.width * share), round(drawn.height * share)), Image.Resampling.LANCZOS)
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        grain(image, path, tooth, 0.06 if path in sitters else 0.18).save(target, quality=85, optimize=True)
        print(target, target.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
