"""Draws the pictures of samples/weekly, and what the weekend of samples/broadsheet shows: `python samples/draw_scenes.py [NAME ...]`, by the means of draw_pictures.py."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from draw_pictures import (
    HEIGHT,
    HERE,
    WIDTH,
    Canvas,
    Chance,
    Color,
    Look,
    Point,
    Sitter,
    construction,
    factory,
    figure,
    gradient,
    harbour,
    main,
    mix,
    portrait,
    reading_room,
    rgb,
    run,
    spline,
    station_night,
)
from PIL import Image, ImageChops, ImageFilter

# coordinates read better several to a line
# fmt: off


def mirror(c: Canvas, shore: int, tint: list[tuple[float, Color]], share: float, waves: float = 1.0) -> None:
    """Water from the shore down: what stands over it, turned over and broken into ripples."""
    deep = HEIGHT - shore
    over = c.image.crop((0, max(0, shore - deep), WIDTH, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    over = over.resize((WIDTH, deep)).filter(ImageFilter.GaussianBlur(6))
    water = Image.blend(over, gradient((WIDTH, deep), tint), share)
    broken, y = water.copy(), 0.0
    while y < deep:
        step = 3 + y * 0.018
        shift = round(math.sin(y * 0.09 + math.sin(y * 0.027) * 3) * (3 + y * 0.028) * waves)
        broken.paste(water.crop((0, int(y), WIDTH, min(deep, int(y + step) + 1))), (shift, int(y)))
        y += step
    c.image.paste(broken, (0, shore))


def ridge(c: Canvas, chance: Chance, base: float, high: float, color: Color, bends: float) -> None:
    """A row of hills over the whole width."""
    phase = chance(0, 7)
    pts: list[Point] = [(0, HEIGHT)]
    for k in range(161):
        t = k / 160
        y = 0.55 * math.sin(t * bends + phase) + 0.3 * math.sin(t * bends * 2.3 + phase * 2) + 0.1 * math.sin(t * bends * 6 + phase)
        pts.append((WIDTH * t, HEIGHT * (base - high * (0.5 + y * 0.5))))
    c.shape([*pts, (WIDTH, HEIGHT)], color)


def house(c: Canvas, x: float, foot: float, wide: float, high: float, wall: Color, roof: Color, lit: Color, chance: Chance) -> None:
    """A house by the river: white wall, dark eaves, windows of which some are lit."""
    c.draw.rectangle((x, foot - high, x + wide, foot), fill=wall)
    eave = high * 0.10
    c.draw.polygon([(x - eave * 1.4, foot - high + eave * 0.5), (x + wide * 0.08, foot - high - eave * 2.2), (x + wide * 0.92, foot - high - eave * 2.2), (x + wide + eave * 1.4, foot - high + eave * 0.5)], fill=roof)
    c.line([(x + wide * 0.06, foot - high - eave * 2.3), (x + wide * 0.94, foot - high - eave * 2.3)], eave * 0.5, mix(roof, (0, 0, 0), 0.3))
    floors = 2 if high > wide * 0.8 else 1
    for floor in range(floors):
        for k in range(3):
            wx, wy = x + wide * (0.12 + 0.29 * k), foot - high * (0.80 if floors == 2 and not floor else 0.42)
            on = chance() < 0.62
            c.draw.rectangle((wx, wy, wx + wide * 0.18, wy + high * 0.2), fill=lit if on else mix(wall, (20, 24, 34), 0.7))
            for j in (1, 2):
                c.line([(wx + wide * 0.06 * j, wy), (wx + wide * 0.06 * j, wy + high * 0.2)], 3, roof)
            if on:
                c.glow(wx + wide * 0.09, wy + high * 0.1, wide * 0.32, high * 0.3, lit, 0.35)


def lantern(c: Canvas, x: float, y: float, size: float) -> None:
    """A red lantern that shines."""
    c.glow(x, y, size * 4, size * 4, rgb("ff8a4a"), 0.55)
    c.oval((x - size, y - size * 0.85, x + size, y + size * 0.85), rgb("d8432c"))
    c.oval((x - size * 0.5, y - size * 0.8, x + size * 0.5, y + size * 0.8), rgb("f78a4c"), 0.9, 4)
    for s in (-0.95, 0.8):
        c.draw.rectangle((x - size * 0.4, y + size * s, x + size * 0.4, y + size * (s + 0.16)), fill=rgb("e9c06a"))
    c.line([(x, y + size), (x, y + size * 1.7)], max(2, size * 0.16), rgb("d8432c"))


def ferry(chance: Chance) -> Image.Image:
    """A ferry crosses a river by night, under a stone bridge with lanterns and a full moon."""
    shore = round(HEIGHT * 0.60)
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("101a33")), (0.3, rgb("1f3157")), (0.52, rgb("3d5076")), (0.6, rgb("5f6a85")), (1, rgb("5f6a85"))]))
    for _ in range(170):
        x, y, s = chance() * WIDTH, chance() ** 1.3 * HEIGHT * 0.5, chance(1.5, 4)
        c.oval((x - s, y - s, x + s, y + s), rgb("e8ecf4"), chance(0.25, 0.9))
    moon = (WIDTH * 0.70, HEIGHT * 0.17)
    c.glow(*moon, 900, 800, rgb("c8d4f0"), 0.6)
    c.oval((moon[0] - 122, moon[1] - 122, moon[0] + 122, moon[1] + 122), rgb("f8f1d8"), 1, 2)
    for dx, dy, r in ((-40, -20, 34), (28, 30, 26), (10, -52, 18)):
        c.oval((moon[0] + dx - r, moon[1] + dy - r, moon[0] + dx + r, moon[1] + dy + r), rgb("e3dabb"), 0.7, 6)
    for base, high, color in ((0.56, 0.20, "33456a"), (0.58, 0.13, "28385a"), (0.60, 0.07, "1e2c49")):
        ridge(c, chance, base, high, rgb(color), 6 + high * 20)
    c.draw.rectangle((0, shore, WIDTH, HEIGHT), fill=rgb("1b2740"))
    for k in range(9):  # the far bank
        house(c, WIDTH * (0.36 + k * 0.072), shore - 6, 190 + chance(-20, 30), 170 + chance(-20, 90), mix(rgb("c9ccd0"), rgb("24314f"), 0.62), rgb("172138"), rgb("ffcf7c"), chance)
    for k in range(4):  # the near one
        house(c, -60 + k * 300, shore + 30, 290, 360 - k * 50, mix(rgb("d6d6d2"), rgb("1f2b47"), 0.5), rgb("121a2c"), rgb("ffc76b"), chance)
    left, right, top = WIDTH * 0.30, WIDTH * 0.82, shore - 330  # the bridge: three arches
    deck = spline([(left - 160, shore - 40), (left + 60, shore - 170), ((left + right) / 2, top), (right - 60, shore - 170), (right + 160, shore - 40)], False)
    stone = rgb("56607a")
    c.shape([*deck, (right + 160, shore + 20), (left - 160, shore + 20)], stone)
    c.line(deck, 22, mix(stone, (255, 255, 255), 0.25))
    c.line([(x, y - 62) for x, y in deck], 9, mix(stone, (255, 255, 255), 0.18))
    for i in range(3, len(deck) - 3, 4):
        c.line([deck[i], (deck[i][0], deck[i][1] - 66)], 9, mix(stone, (255, 255, 255), 0.12))
    for cx, r in ((left + 150, 130), ((left + right) / 2, 225), (right - 150, 130)):
        c.draw.pieslice((cx - r, shore - r * 1.02, cx + r, shore + r), 180, 360, fill=rgb("2a3856"))
        c.draw.arc((cx - r - 14, shore - r * 1.02 - 14, cx + r + 14, shore + r), 180, 360, fill=mix(stone, (255, 255, 255), 0.3), width=14)
    for i in range(4, len(deck) - 3, 6):
        lantern(c, deck[i][0], deck[i][1] - 112, 24)
    mirror(c, shore, [(0, rgb("3a4a6c")), (0.4, rgb("1f2c4a")), (1, rgb("0e1629"))], 0.42)
    for _ in range(420):  # the moon on the water
        t = chance() ** 1.4
        y = shore + 16 + t * (HEIGHT - shore - 30)
        x, w, h = moon[0] + (chance() + chance() - 1) * (90 + t * 420), chance(12, 54) * (0.5 + t * 1.4), 2 + t * 5
        c.oval((x - w, y - h / 2, x + w, y + h / 2), rgb("f3ead0"), chance(0.2, 0.6))
    # the ferry: a hull, a cabin whose light falls on those who sit in it
    x, y = WIDTH * 0.20, shore + 430
    c.glow(x + 640, y - 150, 900, 420, rgb("ffbf66"), 0.45)
    c.draw.polygon([(x, y - 70), (x + 1320, y - 80), (x + 1230, y + 96), (x + 110, y + 96)], fill=rgb("31241f"))
    c.draw.polygon([(x, y - 70), (x + 1320, y - 80), (x + 1304, y - 40), (x + 24, y - 32)], fill=rgb("a8432f"))
    c.draw.rectangle((x + 230, y - 330, x + 1080, y - 74), fill=rgb("ffd58a"))
    shirts = [rgb(s) for s in ("35557a", "8a3d35", "4f6b52", "6a5376", "b07a3a", "3f4a5c")]
    for k in range(7):
        hx = x + 310 + k * 112
        look = Look(shirts[k % 6], rgb("2a2c36"), rgb("c79a72"), hat=rgb("d9b24a") if k in (1, 4) else None)
        figure(c, hx, y + 96, 330 + chance(-14, 14), "lean" if k % 2 else "stand", look, bool(k % 3))
    c.draw.polygon([(x + 10, y - 66), (x + 1310, y - 76), (x + 1230, y + 96), (x + 110, y + 96)], fill=rgb("3a2a24"))
    c.draw.polygon([(x, y - 70), (x + 1320, y - 80), (x + 1304, y - 40), (x + 24, y - 32)], fill=rgb("a8432f"))
    for px in (230, 514, 797, 1080):
        c.line([(x + px, y - 330), (x + px, y - 72)], 16, rgb("5a3c2a"))
    c.draw.polygon([(x + 170, y - 326), (x + 1140, y - 326), (x + 1090, y - 396), (x + 220, y - 396)], fill=rgb("2b2220"))
    for px in (190, 420, 655, 890, 1120):
        lantern(c, x + px, y - 282, 26)
    look = Look(rgb("2c4763"), rgb("23252e"), rgb("b98a62"), hat=rgb("e7dfc8"))
    figure(c, x + 1200, y - 70, 330, "point", look)
    c.shape([(x + 60, y + 96), (x + 1290, y + 96), (x + 1150, y + 230), (x + 220, y + 230)], rgb("0b1120"), 0.55, 18)
    for _ in range(160):
        wx, wy = x + chance(80, 1280), y + 110 + chance() ** 1.5 * 420
        w = chance(14, 70)
        c.oval((wx - w, wy - 3, wx + w, wy + 3), rgb("ffbd68"), chance(0.15, 0.5))
    return c.image


def tea_hills(chance: Chance) -> Image.Image:
    """Terraces of tea in the morning's mist, with those who pick."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("a9c4cc")), (0.25, rgb("d9e2d6")), (0.42, rgb("f6ecd0")), (1, rgb("f6ecd0"))]))
    c.glow(WIDTH * 0.8, HEIGHT * 0.2, 1400, 1000, rgb("fff2c6"), 0.8)
    for base, high, hill in ((0.36, 0.20, "b7c8c6"), (0.41, 0.16, "94b0aa"), (0.46, 0.13, "74978a")):
        ridge(c, chance, base, high, rgb(hill), 7)
        mist = gradient((WIDTH, 220), [(0, (0, 0, 0)), (1, (150, 150, 150))]).convert("L")
        c.image.paste(rgb("f4ecd6"), (0, round(HEIGHT * base) - 60), mist)
    roofs = [(0.12, 0.452, 150), (0.20, 0.462, 190), (0.66, 0.45, 140)]
    for x, y, w in roofs:
        house(c, WIDTH * x, HEIGHT * y, w, w * 0.55, rgb("eee9dc"), rgb("4b5252"), rgb("7d8a8a"), chance)
    greens = [rgb(s) for s in ("6f9457", "648b4f", "5a8248", "507841", "466d3a", "3d6234", "34562d", "2c4a27")]
    rows = 17
    for row in range(rows):  # from far to near, each a hedge along the slope
        t = row / (rows - 1)
        y = HEIGHT * (0.47 + 0.53 * t**1.45)
        thick = 26 + 150 * t**1.4
        color = greens[min(7, int(t * 8))]
        bend = 70 + 190 * t
        crest: list[Point] = []
        for k in range(101):
            s = k / 100
            lift = math.sin(s * 3.3 + 0.6 + t * 0.9) * bend + math.sin(s * 9 + row) * thick * 0.10
            crest.append((WIDTH * s, y - lift * 0.8 + abs(math.sin(s * 130 + row * 2)) * thick * -0.10))
        soil = mix(rgb("a98d62"), rgb("d9c39a"), 1 - t)
        c.shape([*crest, (WIDTH, HEIGHT), (0, HEIGHT)], mix(soil, color, 0.35))
        hedge = [*crest, *((px, py + thick * 0.72) for px, py in reversed(crest))]
        c.shape(hedge, color)
        c.line([(px, py + thick * 0.06) for px, py in crest], max(3, thick * 0.13), mix(color, rgb("d7e39a"), 0.5))
        for _ in range(int(150 - 60 * t)):
            k = int(chance(0, 100))
            px, py = crest[k]
            r = thick * chance(0.04, 0.10)
            bx, by = px + chance(-16, 16), py + chance(0.05, 0.6) * thick
            c.oval((bx - r, by - r * 0.7, bx + r, by + r * 0.7), mix(color, rgb("cfe08c") if chance() < 0.5 else rgb("1f351c"), 0.35), 0.8)
        if row in (4, 6, 8, 10, 12):
            shirts = ("b5493a", "d7d2c2", "3f6d8c", "c98a3c", "7c5a86")
            for i in range((5, 5, 4, 4, 3)[(row - 4) // 2]):
                k = int(8 + (84 / (5 if row < 8 else 4)) * (i + chance(0.15, 0.85)))
                px, py = crest[min(99, k)]
                tall = thick * 1.75
                figure(c, px, py + tall * 0.42, tall, "carry" if i % 2 else "lean", Look(rgb(shirts[(i + row) % 5]), rgb("38404a"), rgb("c3946b"), hat=rgb("e6d39b")), bool(i % 2))
                c.oval((px + tall * 0.10, py - tall * 0.26, px + tall * 0.34, py + tall * 0.02), rgb("b98d52"))
                c.oval((px + tall * 0.12, py - tall * 0.28, px + tall * 0.32, py - tall * 0.19), rgb("7fae4f"))
                low = list(crest[max(0, k - 6):k + 7])
                c.shape([*low, *((qx, qy + thick * 0.72) for qx, qy in reversed(low))], color)
    c.glow(WIDTH * 0.8, HEIGHT * 0.3, 1500, 1300, rgb("fff0c4"), 0.4)
    return c.image


def wash(chance: Chance) -> Image.Image:
    """Ink and a little colour: hills in the mist, a moon, a boat at rest, reeds, a seal."""
    paper, ink = rgb("f3ecdc"), rgb("23262b")
    c = Canvas(Image.new("RGB", (WIDTH, HEIGHT), paper))
    c.oval((WIDTH * 0.66 - 150, HEIGHT * 0.20 - 150, WIDTH * 0.66 + 150, HEIGHT * 0.20 + 150), rgb("e9c98d"), 0.55, 5)
    for base, high, dark, bends in ((0.44, 0.24, 0.16, 5.0), (0.50, 0.20, 0.28, 7.0), (0.56, 0.13, 0.44, 9.0)):
        phase = chance(0, 6)
        crest = [(WIDTH * k / 160, HEIGHT * (base - high * (0.45 + 0.4 * math.sin(k / 160 * bends + phase) + 0.18 * math.sin(k / 160 * bends * 2.7 + phase * 3)))) for k in range(161)]
        for step in range(26):  # each wash a little lower and paler, down into the mist
            fall = step * 15
            c.shape([*((x, y + fall) for x, y in crest), *((x, y + fall + 34) for x, y in reversed(crest))], ink, dark * (1 - step / 26) ** 1.6, 8)
        for _ in range(60):
            k = int(chance(0, 160))
            x, y = crest[k]
            c.oval((x - 9, y - chance(6, 34), x + 9, y + 16), ink, dark * chance(0.5, 1.1), 3)
    for _ in range(46):  # ripples
        y = HEIGHT * chance(0.60, 0.93)
        x, w = WIDTH * chance(0.05, 0.95), chance(60, 380)
        c.line(spline([(x - w, y), (x - w / 3, y - 5), (x + w / 3, y + 4), (x + w, y)], False), chance(2, 5), mix(paper, ink, chance(0.10, 0.26)))
    x, y = WIDTH * 0.44, HEIGHT * 0.72  # the boat
    c.shape(spline([(x - 420, y - 44), (x - 250, y + 6), (x + 230, y + 4), (x + 450, y - 66), (x + 300, y + 66), (x - 270, y + 70)]), ink, 0.92, 2)
    c.shape(spline([(x - 150, y + 2), (x - 140, y - 92), (x + 20, y - 138), (x + 170, y - 92), (x + 180, y + 2)]), mix(ink, paper, 0.22), 0.95, 2)
    for k in range(6):
        bx = x - 120 + k * 52
        c.line([(bx, y - 90 - 30 * math.sin(k / 5 * math.pi)), (bx + 4, y)], 5, mix(ink, paper, 0.5))
    c.line([(x + 330, y - 40), (x + 520, y - 420)], 7, ink)
    c.oval((x + 205, y - 46, x + 245, y - 6), rgb("d5432e"), 0.9, 3)
    c.glow(x + 225, y - 26, 120, 110, rgb("f0a060"), 0.2)
    figure(c, x + 300, y - 16, 210, "lean", Look(mix(ink, paper, 0.2), ink, mix(ink, paper, 0.5), hat=mix(ink, paper, 0.1)))
    c.shape(spline([(x - 380, y + 90), (x + 380, y + 86), (x + 250, y + 140), (x - 260, y + 140)]), ink, 0.16, 12)
    for side in (0, 1):  # reeds at the two corners
        for _ in range(34):
            fx = WIDTH * (chance(0.0, 0.2) if not side else chance(0.78, 1.0))
            fy, tall, lean = HEIGHT * chance(0.93, 1.02), HEIGHT * chance(0.18, 0.44), chance(-0.14, 0.2) * (1 if not side else -1)
            tip = (fx + tall * lean, fy - tall)
            stalk = spline([(fx, fy), (fx + tall * lean * 0.25, fy - tall * 0.55), tip], False)
            tone = mix(ink, paper, chance(0.0, 0.45))
            c.line(stalk, chance(4, 8), tone)
            if chance() < 0.6:
                for j in range(9):
                    px, py = stalk[-1 - j]
                    c.oval((px - 9 - j * 1.4, py - 14, px + 9 + j * 1.4, py + 16), mix(tone, rgb("8a6a45"), 0.5), 0.75, 2)
            mx, my = stalk[len(stalk) // 2]
            c.shape(spline([(mx, my), (mx + tall * 0.14 * (1 if lean > 0 else -1), my - tall * 0.10), (mx + tall * 0.26 * (1 if lean > 0 else -1), my + tall * 0.02)]), tone, 0.8, 1)
    for i, (bx, by) in enumerate(((0.24, 0.20), (0.28, 0.17), (0.32, 0.19), (0.35, 0.15))):  # geese
        gx, gy, s = WIDTH * bx, HEIGHT * by, 34 - i * 3
        c.line(spline([(gx - s * 1.5, gy - s * 0.5), (gx - s * 0.5, gy - s * 0.15), (gx, gy + s * 0.2), (gx + s * 0.6, gy - s * 0.3), (gx + s * 1.6, gy - s * 0.7)], False), 7, mix(ink, paper, 0.1))
    sx, sy = WIDTH * 0.90, HEIGHT * 0.10
    c.draw.rectangle((sx, sy, sx + 130, sy + 130), fill=rgb("b8352a"))
    for a in ((22, 30, 108, 30), (22, 64, 108, 64), (22, 98, 108, 98), (30, 22, 30, 108), (66, 30, 66, 98), (100, 22, 100, 108)):
        c.line([(sx + a[0], sy + a[1]), (sx + a[2], sy + a[3])], 9, paper)
    return c.image


def stall(chance: Chance) -> Image.Image:
    """A noodle stall before dawn: a lamp, steam, three at the table."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("1a2238")), (0.4, rgb("39415e")), (0.62, rgb("7d6a73")), (0.7, rgb("a98576")), (1, rgb("5a4a48"))]))
    for k in range(13):
        w, h = 200 + chance(0, 160), 420 + chance(0, 560)
        x, y = k * WIDTH / 12 - 120, HEIGHT * 0.70
        c.draw.rectangle((x, y - h, x + w, y), fill=mix(rgb("2a3147"), rgb("59566c"), chance(0, 0.5)))
        for i in range(int(h // 84)):
            for j in range(int(w // 64)):
                if chance() < 0.16:
                    c.draw.rectangle((x + 18 + j * 62, y - h + 26 + i * 82, x + 44 + j * 62, y - h + 60 + i * 82), fill=rgb("e8bd72"))
    c.draw.rectangle((0, HEIGHT * 0.70, WIDTH, HEIGHT), fill=rgb("4a4144"))
    for k in range(60):
        y = HEIGHT * (0.71 + 0.28 * (k / 60))
        c.oval((WIDTH * 0.5 - 900 - k * 8, y, WIDTH * 0.5 + 900 + k * 8, y + 9), rgb("f3b868"), 0.05)
    left, right, roof, foot = WIDTH * 0.16, WIDTH * 0.72, HEIGHT * 0.30, HEIGHT * 0.80
    c.glow((left + right) / 2, HEIGHT * 0.55, 1500, 900, rgb("ffb65a"), 0.62)
    c.draw.rectangle((left + 40, roof + 120, right - 40, foot - 40), fill=rgb("a9713c"))
    for k in range(9):
        c.line([(left + 40 + k * 215, roof + 120), (left + 40 + k * 215, foot - 40)], 5, rgb("8a5930"))
    c.draw.rectangle((left + 140, roof + 220, left + 760, roof + 560), fill=rgb("6b4326"))
    for j in range(3):
        c.line([(left + 140, roof + 330 + j * 112), (left + 760, roof + 330 + j * 112)], 12, rgb("4c2f1b"))
        for k in range(9):
            bx = left + 176 + k * 64
            c.draw.pieslice((bx, roof + 268 + j * 112, bx + 50, roof + 330 + j * 112), 0, 180, fill=rgb(("e9e1cf", "7fa0b3", "d9cfb8")[k % 3]))
    c.draw.rectangle((right - 470, roof + 230, right - 160, roof + 500), fill=rgb("2e3d33"))
    for k in range(5):
        c.line([(right - 430, roof + 275 + k * 46), (right - 430 + chance(120, 230), roof + 275 + k * 46)], 7, rgb("dcdccb"))
    cook = Look(rgb("e9e4d6"), rgb("39404c"), rgb("c8986e"), hat=rgb("f2efe6"))
    figure(c, left + 1010, foot + 30, 760, "carry", cook)
    c.draw.rectangle((left, foot - 190, right, foot + 120), fill=rgb("71452a"))
    c.draw.rectangle((left - 30, foot - 214, right + 30, foot - 170), fill=rgb("c08a52"))
    for k in range(12):
        c.line([(left + 60 + k * 150, foot - 165), (left + 60 + k * 150, foot + 120)], 5, rgb("583420"))
    for px, w in ((left + 640, 190), (left + 1330, 230)):  # two pots
        c.draw.rectangle((px - w, foot - 330, px + w, foot - 214), fill=rgb("8c9296"))
        c.oval((px - w, foot - 372, px + w, foot - 300), rgb("cfd4d4"))
        c.oval((px - w + 24, foot - 360, px + w - 24, foot - 312), rgb("f3ead2"))
        for i in range(46):
            t = i / 45
            sx = px + math.sin(t * 5 + px) * 90 * t + chance(-80, 80) * (0.4 + t)
            r = 50 + 110 * t
            c.oval((sx - r, foot - 380 - t * 720 - r, sx + r, foot - 380 - t * 720 + r), rgb("f6eee0"), 0.13 * (1 - t), 30)
    stripes = (right - left + 240) / 14
    for k in range(14):
        x = left - 120 + k * stripes
        tone = rgb("b8402f") if k % 2 else rgb("efe2c8")
        c.draw.polygon([(x + 60, roof - 90), (x + stripes + 60, roof - 90), (x + stripes, roof + 96), (x, roof + 96)], fill=tone)
        c.draw.pieslice((x, roof + 66, x + stripes, roof + 136), 0, 180, fill=tone)
    for px in (left - 60, right + 50):
        c.line([(px, roof + 90), (px, HEIGHT * 0.9)], 20, rgb("4a3324"))
    for px in (left + 380, left + 1080, left + 1560):
        c.line([(px, roof + 110), (px, roof + 190)], 5, rgb("2c2420"))
        c.glow(px, roof + 215, 420, 360, rgb("ffd591"), 0.8)
        c.oval((px - 30, roof + 186, px + 30, roof + 246), rgb("fff6dd"))
    table = HEIGHT * 0.86  # three at a table in front
    vests = (rgb("e0792f"), rgb("2f5d8a"), rgb("3e7a56"))
    for k, px in enumerate((0.50, 0.635, 0.77)):
        look = Look(vests[k], rgb("2c313b"), rgb("c08f66"), hat=rgb("e9c64a") if k != 1 else None, vest=rgb("f2ecd0") if k != 1 else None)
        figure(c, WIDTH * px, HEIGHT * 1.06, 760, "lean", look, k == 2)
    c.draw.polygon([(WIDTH * 0.43, table), (WIDTH * 0.86, table), (WIDTH * 0.89, table + 64), (WIDTH * 0.40, table + 64)], fill=rgb("b98552"))
    c.draw.rectangle((WIDTH * 0.40, table + 64, WIDTH * 0.89, table + 92), fill=rgb("7c5432"))
    for px in (0.43, 0.86):
        c.line([(WIDTH * px, table + 90), (WIDTH * px, HEIGHT)], 30, rgb("6a4628"))
    for px in (0.50, 0.635, 0.77):
        bx = WIDTH * px
        c.draw.pieslice((bx - 80, table - 54, bx + 80, table + 54), 0, 180, fill=rgb("e8ecec"))
        c.oval((bx - 80, table - 20, bx + 80, table + 20), rgb("f6e7c4"))
        for i in range(12):
            c.oval((bx - 50 + chance(-20, 20), table - 60 - i * 26, bx + 50 + chance(-20, 20), table + 20 - i * 26), rgb("fff6e6"), 0.07, 18)
    return c.image.crop((0, round(HEIGHT * 0.24), WIDTH, round(HEIGHT * 0.92)))


def linesmen(chance: Chance) -> Image.Image:
    """Two at work on a pole over the roofs, against the evening: an upright picture."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("24365a")), (0.3, rgb("5b6a8c")), (0.55, rgb("c78f7d")), (0.72, rgb("f0b878")), (0.86, rgb("f9d79a")), (1, rgb("f9d79a"))]))
    sun = (WIDTH * 0.56, HEIGHT * 0.76)
    c.glow(*sun, 1200, 1000, rgb("ffdf9c"), 0.85)
    c.oval((sun[0] - 130, sun[1] - 130, sun[0] + 130, sun[1] + 130), rgb("fff2cc"), 0.97, 3)
    for _ in range(16):
        x, y, w, t = WIDTH * chance(0.2, 0.8), HEIGHT * chance(0.05, 0.6), chance(160, 620), chance(8, 26)
        c.shape(spline([(x - w, y), (x - w * 0.3, y - t), (x + w * 0.5, y - t * 0.6), (x + w, y + 3), (x, y + t * 0.5)]), mix(rgb("51587a"), rgb("f2a878"), y / HEIGHT * 1.5), chance(0.25, 0.5), 9)
    ridge(c, chance, 0.82, 0.10, rgb("b47e73"), 8)
    for k in range(16):
        x, w, h = WIDTH * (0.22 + k * 0.036), chance(110, 210), chance(120, 380)
        c.draw.rectangle((x, HEIGHT * 0.92 - h, x + w, HEIGHT), fill=mix(rgb("6b4c58"), rgb("9c6b66"), chance()))
        c.draw.polygon([(x - 16, HEIGHT * 0.92 - h + 6), (x + w / 2, HEIGHT * 0.92 - h - 44), (x + w + 16, HEIGHT * 0.92 - h + 6)], fill=rgb("4d3846"))
    dark = rgb("231f2b")

    def pole(x: float, top: float, thick: float, color: Color) -> list[Point]:
        c.line([(x, HEIGHT), (x, top)], thick, color)
        ends: list[Point] = []
        for j, half in enumerate((13, 10)):
            y = top + thick * (2.2 + j * 5.5)
            c.line([(x - half * thick, y), (x + half * thick, y)], thick * 0.62, color)
            for s in (-0.92, -0.5, 0.5, 0.92):
                px = x + s * half * thick
                c.line([(px, y), (px, y - thick * 1.3)], thick * 0.4, color)
                c.oval((px - thick * 0.42, y - thick * 1.9, px + thick * 0.42, y - thick * 1.1), mix(color, rgb("e8d9c8"), 0.4))
                ends.append((px, y - thick * 1.6))
        return ends

    far, mid, near = pole(WIDTH * 0.62, HEIGHT * 0.60, 13, rgb("6a4a52")), pole(WIDTH * 0.575, HEIGHT * 0.45, 24, rgb("44323f")), pole(WIDTH * 0.47, HEIGHT * 0.10, 58, dark)
    for one, other, thick in ((far, mid, 3), (mid, near, 5)):
        for a, b in zip(one, other, strict=True):
            sag = abs(a[0] - b[0]) * 0.35 + 30
            c.line(spline([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + sag), b], False), thick, dark)
    for px, py in near:
        c.line(spline([(px, py), (px - 500, py + 40), (px - 1200, py - 160)], False), 7, dark)
    x = WIDTH * 0.47
    for k in range(16):  # steps
        y = HEIGHT * (0.36 + k * 0.042)
        c.line([(x - 62, y), (x + 62, y)], 12, dark)
    look = Look(rgb("d9702c"), rgb("2d3444"), rgb("b98259"), hat=rgb("f0c945"), rim=rgb("ffd9a0"), vest=rgb("f7ebc0"))
    for dx, y, flip, pose in ((150, 0.475, True, "point"), (-150, 0.60, False, "point")):
        figure(c, x + dx, HEIGHT * y, 580, pose, look, flip)
        c.line(spline([(x + dx * 0.9, HEIGHT * y - 300), (x + dx * 0.3, HEIGHT * y - 250), (x, HEIGHT * y - 300)], False), 12, rgb("e8d8a8"))
        c.line([(x - 20, HEIGHT * y + 4), (x + dx * 1.5, HEIGHT * y + 4)], 20, dark)
    return c.image.crop((round(WIDTH * 0.255), 0, round(WIDTH * 0.715), HEIGHT))


def slipway(chance: Chance) -> Image.Image:
    """A ship's bow on the slip, scaffolds at both sides, those who built it before it."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("8fb0c4")), (0.4, rgb("c9d8dc")), (0.66, rgb("f2e6cc")), (1, rgb("c8bfae"))]))
    c.glow(WIDTH * 0.2, HEIGHT * 0.25, 1500, 1100, rgb("fff4d6"), 0.7)
    for k in range(14):
        x, h = WIDTH * k / 13 - 90, chance(150, 420)
        c.draw.rectangle((x, HEIGHT * 0.70 - h, x + 220, HEIGHT * 0.72), fill=mix(rgb("a9b6ba"), rgb("8b9ba2"), chance()))
    for x, lean in ((0.10, 1), (0.90, -1)):  # cranes
        px = WIDTH * x
        c.line([(px, HEIGHT * 0.74), (px, HEIGHT * 0.12)], 46, rgb("d49a36"))
        c.line([(px - lean * 180, HEIGHT * 0.16), (px + lean * 900, HEIGHT * 0.09)], 34, rgb("d49a36"))
        c.line([(px, HEIGHT * 0.04), (px + lean * 860, HEIGHT * 0.09)], 9, rgb("6b5a3a"))
        c.line([(px + lean * 700, HEIGHT * 0.10), (px + lean * 700, HEIGHT * 0.30)], 6, rgb("4d4d4d"))
        c.draw.rectangle((px - lean * 60 - 50, HEIGHT * 0.15, px - lean * 60 + 50, HEIGHT * 0.21), fill=rgb("5b6770"))
    c.draw.rectangle((0, HEIGHT * 0.72, WIDTH, HEIGHT), fill=rgb("a79f90"))
    for k in range(24):
        y = HEIGHT * (0.735 + 0.265 * (k / 24) ** 1.6)
        c.line([(0, y), (WIDTH, y)], 3, rgb("958d7f"))
    for s in (-1, 1):
        c.draw.polygon([(WIDTH * 0.5 + s * 120, HEIGHT * 0.74), (WIDTH * 0.5 + s * 190, HEIGHT * 0.74), (WIDTH * 0.5 + s * 620, HEIGHT), (WIDTH * 0.5 + s * 380, HEIGHT)], fill=rgb("7e5f42"))
    mid = WIDTH * 0.5
    half = [(0, 0.02), (340, 0.075), (560, 0.10), (640, 0.13), (600, 0.30), (480, 0.48), (320, 0.62), (150, 0.72), (26, 0.765)]
    left = spline([(mid - x, HEIGHT * y) for x, y in half], False)
    right = spline([(mid + x, HEIGHT * y) for x, y in half], False)
    c.shape([*left, *reversed(right)], rgb("27476b"))
    c.shape([*right, (mid, HEIGHT * 0.765), (mid, HEIGHT * 0.02)], rgb("1c3450"), 0.85, 6)
    water = [(x, y) for x, y in left if y > HEIGHT * 0.46]
    wet = [(x, y) for x, y in right if y > HEIGHT * 0.46]
    c.shape([*water, *reversed(wet)], rgb("9c3a2e"))
    c.shape([*wet, (mid, HEIGHT * 0.765), (mid, HEIGHT * 0.46)], rgb("782a22"), 0.8, 6)
    c.line([water[0], wet[0]], 16, rgb("ece6d8"))
    c.line([(mid, HEIGHT * 0.03), (mid, HEIGHT * 0.765)], 10, rgb("6f8aa6"))
    for k in range(9):  # plates and draught marks
        y = HEIGHT * (0.14 + k * 0.06)
        c.line([(mid - 420 + k * 26, y), (mid + 420 - k * 26, y + 6)], 3, rgb("35587e"))
    for s in (-1, 1):
        for k in range(6):
            c.draw.rectangle((mid + s * 96 - 16, HEIGHT * (0.49 + k * 0.036), mid + s * 96 + 16, HEIGHT * (0.49 + k * 0.036) + 26), fill=rgb("f1ebdc"))
        c.oval((mid + s * 300 - 44, HEIGHT * 0.22 - 60, mid + s * 300 + 44, HEIGHT * 0.22 + 60), rgb("101e30"))
        c.line([(mid + s * 300, HEIGHT * 0.23), (mid + s * 300, HEIGHT * 0.34)], 22, rgb("20242c"))
        for k in range(3):
            c.line([(mid + s * 300 - 60 + k * 60, HEIGHT * 0.345), (mid + s * 300, HEIGHT * 0.365)], 20, rgb("20242c"))
    banner = spline([(mid - 520, HEIGHT * 0.115), (mid - 260, HEIGHT * 0.15), (mid, HEIGHT * 0.162), (mid + 260, HEIGHT * 0.15), (mid + 520, HEIGHT * 0.115)], False)
    c.line(banner, 30, rgb("c93a2b"))
    c.oval((mid - 84, HEIGHT * 0.162 - 70, mid + 84, HEIGHT * 0.162 + 90), rgb("d8432f"))
    c.oval((mid - 40, HEIGHT * 0.162 - 30, mid + 40, HEIGHT * 0.162 + 46), rgb("ef7a55"))
    pole = rgb("8b7a5c")
    for s in (-1, 1):  # scaffolds
        for k in range(5):
            x = mid + s * (700 + k * 130)
            c.line([(x, HEIGHT * 0.80), (x, HEIGHT * 0.20)], 14, pole)
        for j in range(7):
            y = HEIGHT * (0.22 + j * 0.085)
            c.line([(mid + s * 650, y), (mid + s * 1260, y)], 17, mix(pole, (255, 255, 255), 0.2))
            c.line([(mid + s * (700 + 130 * (j % 4)), y), (mid + s * (830 + 130 * (j % 4)), y + HEIGHT * 0.085)], 9, pole)
        for j, k in ((1, 1), (3, 0), (4, 3), (5, 2)):
            y = HEIGHT * (0.22 + j * 0.085) - 8
            tone = Look(rgb(("d9702c", "3d6788", "5b7d55", "b5493a")[(j + k) % 4]), rgb("2f3744"), rgb("bd8a60"), hat=rgb("f0c945"))
            figure(c, mid + s * (740 + k * 130), y, 176, "point" if k % 2 else "lean", tone, s > 0)
    tones = ("3d6788", "d9702c", "5b7d55", "6d5b7d", "b5493a", "47606e", "c08a3a")
    for row, (y, tall, count) in enumerate(((0.86, 330, 13), (0.955, 430, 11))):
        for k in range(count):
            x = WIDTH * (0.14 + 0.72 * (k + 0.5 * (row % 2)) / (count - 1)) + chance(-24, 24)
            hat = rgb("f0c945") if chance() < 0.62 else rgb("eef0f0")
            look = Look(rgb(tones[int(chance(0, 7))]), rgb("2c3340"), rgb("bf8d64"), hat=hat, vest=rgb("f2ecd0") if k % 3 == 0 else None)
            c.oval((x - tall * 0.2, HEIGHT * y - 12, x + tall * 0.3, HEIGHT * y + 22), rgb("6c655a"), 0.5, 10)
            figure(c, x, HEIGHT * y, tall * chance(0.94, 1.05), ("stand", "lean", "carry", "stand")[int(chance(0, 4))], look, chance() < 0.5)
    return c.image


def bends(chance: Chance) -> Image.Image:
    """A mail van on a mountain road by full moon; one window is lit above."""
    c = Canvas(gradient((WIDTH, HEIGHT), [(0, rgb("0f1c38")), (0.35, rgb("243a63")), (0.6, rgb("4a628a")), (1, rgb("4a628a"))]))
    for _ in range(150):
        x, y, s = chance() * WIDTH, chance() ** 1.2 * HEIGHT * 0.45, chance(1.5, 4)
        c.oval((x - s, y - s, x + s, y + s), rgb("e8ecf4"), chance(0.25, 0.9))
    moon = (WIDTH * 0.27, HEIGHT * 0.22)
    c.glow(*moon, 1000, 900, rgb("cdd8f2"), 0.65)
    c.oval((moon[0] - 150, moon[1] - 150, moon[0] + 150, moon[1] + 150), rgb("f8f1d8"), 1, 2)
    for dx, dy, r in ((-50, -24, 40), (36, 38, 32), (14, -64, 22)):
        c.oval((moon[0] + dx - r, moon[1] + dy - r, moon[0] + dx + r, moon[1] + dy + r), rgb("e3dabb"), 0.7, 6)
    for base, high, hill in ((0.56, 0.30, "3a5078"), (0.62, 0.24, "2c4065"), (0.68, 0.18, "213354")):
        ridge(c, chance, base, high, rgb(hill), 6)
        mist = gradient((WIDTH, 260), [(0, (0, 0, 0)), (1, (110, 110, 110))]).convert("L")
        c.image.paste(rgb("8fa3c4"), (0, round(HEIGHT * base) - 40), mist)
    slope = spline([(-80, HEIGHT * 0.80), (WIDTH * 0.25, HEIGHT * 0.70), (WIDTH * 0.55, HEIGHT * 0.52), (WIDTH * 0.80, HEIGHT * 0.36), (WIDTH + 80, HEIGHT * 0.30)], False)
    c.shape([*slope, (WIDTH + 80, HEIGHT), (-80, HEIGHT)], rgb("16273f"))
    for _ in range(70):  # pines along the crest and on the slope
        i = int(chance(4, len(slope) - 4))
        fx, fy = slope[i][0] + chance(-40, 40), slope[i][1] + chance(0, 1) ** 2 * 700 + 16
        tall = chance(90, 190) * (0.7 + (fy / HEIGHT) * 0.7)
        tone = mix(rgb("0f1d31"), rgb("24405c"), chance(0, 0.55))
        for j in range(3):
            w, top = tall * (0.16 + 0.09 * j), fy - tall + j * tall * 0.26
            c.draw.polygon([(fx, top), (fx - w, top + tall * 0.42), (fx + w, top + tall * 0.42)], fill=tone)
        c.line([(fx, fy - 6), (fx, fy + 10)], tall * 0.06, rgb("0c1626"))
    bends_at = [(0.98, 0.40), (0.70, 0.47), (0.62, 0.53), (0.80, 0.575), (0.93, 0.62), (0.78, 0.675), (0.42, 0.70), (0.24, 0.76), (0.40, 0.83), (0.72, 0.87), (0.88, 0.95), (0.70, 1.05)]
    road = spline([(WIDTH * x, HEIGHT * y) for x, y in bends_at], False, 26)
    for i in range(len(road) - 1):
        (ax, ay), (bx, by) = road[i], road[i + 1]
        wide = 22 + 120 * max(0.0, ay / HEIGHT - 0.38) ** 1.1 * 1.7
        c.line([(ax, ay + wide * 0.22), (bx, by + wide * 0.22)], wide * 1.18, rgb("0d1828"))
    for i in range(len(road) - 1):
        (ax, ay), (bx, by) = road[i], road[i + 1]
        wide = 22 + 120 * max(0.0, ay / HEIGHT - 0.38) ** 1.1 * 1.7
        c.line([(ax, ay), (bx, by)], wide, rgb("8593ab"))
        c.oval((bx - wide / 2, by - wide / 2, bx + wide / 2, by + wide / 2), rgb("8593ab"))
    for i in range(0, len(road) - 3, 7):
        c.line([road[i], road[i + 2]], 4 + 8 * (i / len(road)), rgb("e6e2cf"))
    for x, y, w in ((0.845, 0.29, 190), (0.90, 0.31, 150)):  # the house of the window
        house(c, WIDTH * x, HEIGHT * y + 60, w, w * 0.62, rgb("2a3a55"), rgb("101b2e"), rgb("ffc866") if w > 160 else rgb("2f3f5c"), chance)
    c.glow(WIDTH * 0.875, HEIGHT * 0.30, 340, 260, rgb("ffc868"), 0.5)
    x, y = WIDTH * 0.315, HEIGHT * 0.775  # the van, its lights on the bend before it
    c.shape([(x + 300, y - 40), (x + 1250, y - 200), (x + 1240, y + 200), (x + 310, y + 44)], rgb("ffe9ae"), 0.16, 90)
    c.glow(x + 330, y, 420, 240, rgb("ffe3a0"), 0.75)
    green, dark = rgb("2f8a5a"), rgb("14202f")
    c.oval((x - 300, y + 66, x + 340, y + 150), rgb("060c16"), 0.6, 20)
    c.draw.rounded_rectangle((x - 300, y - 230, x + 150, y + 96), 30, fill=green)
    c.draw.polygon([(x + 140, y - 200), (x + 232, y - 190), (x + 306, y - 66), (x + 322, y + 96), (x + 140, y + 96)], fill=mix(green, (255, 255, 255), 0.06))
    c.draw.polygon([(x + 164, y - 172), (x + 226, y - 164), (x + 282, y - 66), (x + 164, y - 66)], fill=rgb("bfd3dc"))
    c.oval((x + 186, y - 150, x + 234, y - 98), rgb("2b2a30"))
    c.draw.rectangle((x + 176, y - 98, x + 240, y - 66), fill=rgb("33506e"))
    c.draw.rectangle((x - 300, y - 40, x + 320, y - 10), fill=rgb("f0c945"))
    c.line([(x - 180, y - 168), (x - 90, y - 168), (x - 90, y - 84), (x - 180, y - 84), (x - 180, y - 168), (x - 135, y - 122), (x - 90, y - 168)], 11, rgb("eef2ea"))
    for wx in (x - 190, x + 196):
        c.oval((wx - 70, y + 34, wx + 70, y + 174), dark)
        c.oval((wx - 32, y + 72, wx + 32, y + 136), rgb("9aa6b2"))
    c.oval((x + 292, y + 4, x + 334, y + 50), rgb("fff6d8"))
    c.glow(x - 300, y + 30, 150, 120, rgb("e0452f"), 0.8)
    return c.image


def square(scene: Callable[[Chance], Image.Image], middle: float, chance: Chance) -> Image.Image:
    """A scene cut nearly square, round a place across it."""
    image = scene(chance)
    wide = round(image.height * 1.16)
    left = round(min(max(0.0, image.width * middle - wide / 2), image.width - wide))
    return image.crop((left, 0, left + wide, image.height))


def low(scene: Callable[[Chance], Image.Image], high: float, chance: Chance) -> Image.Image:
    """A scene without what is over a share of its height."""
    image = scene(chance)
    return image.crop((0, round(image.height * (1 - high)), image.width, image.height))


SCENES: dict[str, Callable[[Chance], Image.Image]] = {
    "weekly/images/linesmen.jpg": linesmen,
    "weekly/images/slipway.jpg": slipway,
    "weekly/images/bends.jpg": bends,
    "weekly/images/ferry.jpg": ferry,
    "weekly/images/tea-hills.jpg": tea_hills,
    "weekly/images/wash.jpg": wash,
    "weekly/images/stall.jpg": stall,
    "weekly/images/harbour.jpg": harbour,
    "weekly/images/mill.jpg": partial(square, factory, 0.5),
    "weekly/images/bridge-site.jpg": partial(square, construction, 0.58),
    "weekly/images/library.jpg": reading_room,
    "weekly/images/relay.jpg": partial(square, run, 0.5),
    "weekly/images/night-post.jpg": partial(square, station_night, 0.62),
    "broadsheet/images/port.jpg": harbour,
    "broadsheet/images/berth.jpg": partial(low, slipway, 0.92),
    "broadsheet/images/hall.jpg": factory,
    "broadsheet/images/tower.jpg": construction,
    "broadsheet/images/race.jpg": run,
    "broadsheet/images/reading.jpg": reading_room,
    "broadsheet/images/bay.jpg": wash,
    "broadsheet/images/line.jpg": partial(low, linesmen, 0.86),
    "broadsheet/images/corner.jpg": stall,
    "broadsheet/images/post.jpg": partial(square, station_night, 0.62),
}
SHARES = {
    "weekly/images/tea-hills.jpg": 5 / 8, "weekly/images/harbour.jpg": 5 / 8, "weekly/images/linesmen.jpg": 5 / 8,
    "broadsheet/images/port.jpg": 7 / 8, "broadsheet/images/berth.jpg": 5 / 8, "broadsheet/images/corner.jpg": 37 / 64,
    "broadsheet/images/line.jpg": 9 / 16,
} | dict.fromkeys((f"broadsheet/images/{name}.jpg" for name in ("hall", "tower", "race", "reading", "bay")), 27 / 64)
"""How much of what is drawn is kept, where that is not half: for the columns over which a picture stands."""
SITTERS = {
    "weekly/images/gu-wangchao.jpg": Sitter("thin", "jacket", "44505a", "b4b0a2", hair_color="7b7773", age=0.9, smile=0.5, skin="c4926a"),
    "weekly/images/yin-suqing.jpg": Sitter("bob", "knit", "7a4a52", "a5b0a8", age=0.4, woman=True, smile=0.8, skin="dfb38d"),
    "weekly/images/shen-mantian.jpg": Sitter("crew", "vest", "c66a2c", "9cabb0", age=0.3, hat="hard", hat_color="e8c64a", smile=0.5, skin="b98257"),
    "broadsheet/images/puyang-xue.jpg": Sitter("tail", "vest", "c66a2c", "a9b6ba", age=0.15, woman=True, hat="hard", hat_color="e8c64a", smile=0.6, skin="dfb38d"),
    "broadsheet/images/tan-xiaoqin.jpg": Sitter("bob", "polo", "2f5f8a", "bfc8c2", age=0.3, woman=True, smile=0.8, skin="e0b48f"),
    "broadsheet/images/sang-ningning.jpg": Sitter("bun", "knit", "6d5a7a", "cdc4b4", age=0.1, woman=True, smile=0.7, skin="e6bd98"),
    "weekly/images/lu-xiaoman.jpg": Sitter("tail", "polo", "2f6a72", "c6b79e", age=0.1, woman=True, smile=0.75, skin="e3b691"),
}


CUT_OUT = {
    "weekly/images/mu-jin.webp": Sitter("bun", "polo", "c2566a", "ffffff", hair_color="2a2422", age=0.0, woman=True, smile=0.7, wide=0.97, skin="e6bd98"),
}


def cut_out(sitter: Sitter) -> Image.Image:
    """A bust without its ground: what differs where the ground is another colour is not the sitter."""
    light, dark = (portrait(replace(sitter, ground=ground)).convert("L") for ground in ("ffffff", "000000"))
    alpha = ImageChops.difference(light, dark).point([max(0, min(255, (100 - v) * 4)) for v in range(256)])
    found = portrait(sitter)
    found.putalpha(alpha.filter(ImageFilter.GaussianBlur(1)))
    return found.resize((480, 600), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(sys.argv[1:], SCENES, SITTERS, SHARES)
    for path, one in CUT_OUT.items():
        if not sys.argv[1:] or any(name in path for name in sys.argv[1:]):
            cut_out(one).save(HERE / path, quality=85, method=6)
            print(HERE / path)
