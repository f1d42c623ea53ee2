"""Drawn papers: cards and faces that look the part and belong to nobody."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw, ImageFont

CARD = (680, 430)
SKIN = ("#8d5a3a", "#6f4327", "#a06a45", "#5a3520")
CLOTH = ("#c8553d", "#2f6f73", "#d9a441", "#5b4b8a", "#3c6e47")
PAPER = "#eef3ea"
INK = "#22302a"


def id_card(name: str, id_number: str, *, front: bool, look: int) -> bytes:
    """One side of an invented identity card, marked as a specimen."""
    card = Image.new("RGB", CARD, PAPER)
    draw = ImageDraw.Draw(card)
    for y in range(0, CARD[1], 9):
        draw.line([(0, y), (CARD[0], y + 40)], fill="#dfe9df")
    draw.rectangle((0, 0, CARD[0], 58), fill="#2f6f54")
    draw.text((24, 16), "SPECIMEN  ·  DEMO IDENTITY CARD", font=_font(24), fill="white")
    if front:
        card.paste(_face(name, look).resize((180, 220)), (24, 90))
        rows = (("NAME", name.upper()), ("ID NUMBER", id_number), ("COUNTRY", "DEMO"))
        for number, (label, value) in enumerate(rows):
            y = 96 + number * 78
            draw.text((236, y), label, font=_font(16), fill="#5d6d64")
            draw.text((236, y + 22), value, font=_font(28), fill=INK)
        draw.text((24, 350), "Drawn for a demonstration. Not a document.", font=_font(18), fill=INK)
    else:
        _stripes(draw, id_number)
        draw.text((24, 330), f"DEMO<<{id_number}<<<<<<<<<<<", font=_font(26), fill=INK)
        draw.text((24, 368), name.upper().replace(" ", "<"), font=_font(26), fill=INK)
    return _jpeg(card)


def portrait(name: str, look: int) -> bytes:
    """A face made of a few shapes."""
    return _jpeg(_face(name, look))


def signature(name: str) -> bytes:
    """A line that loops along, different for each name."""
    rng = random.Random(name)
    sheet = Image.new("RGB", (480, 180), "white")
    narrow, tall, slant = rng.uniform(4.5, 7.5), rng.uniform(18, 40), rng.uniform(-0.6, 0.6)
    points = []
    for step in range(160):
        turn = step / narrow
        height = tall * (1 + 0.6 * math.sin(step / 19 + slant))
        x = 40 + step * 2.3 + 14 * math.cos(turn) + slant * height * math.sin(turn)
        points.append((x, 95 + height * math.sin(turn)))
    ImageDraw.Draw(sheet).line(points, fill="#1d2b53", width=3, joint="curve")
    return _jpeg(sheet)


def _face(name: str, look: int) -> Image.Image:
    rng = random.Random(f"{name}{look}")
    face = Image.new("RGB", (360, 440), "#cfdad3")
    draw = ImageDraw.Draw(face)
    skin, cloth = rng.choice(SKIN), rng.choice(CLOTH)
    draw.ellipse((40, 330, 320, 620), fill=cloth)
    draw.rectangle((148, 270, 212, 350), fill=skin)
    draw.ellipse((88, 66, 272, 250), fill="#1c1512")
    draw.ellipse((104, 92, 256, 300), fill=skin)
    if rng.random() < 0.5:
        draw.chord((84, 52, 276, 240), 180, 360, fill=cloth)
    for x in (146, 202):
        draw.ellipse((x, 178, x + 14, 190), fill="#16100d")
    draw.arc((150, 216, 210, 258), 20, 160, fill="#3b1f14", width=5)
    return face


def _stripes(draw: ImageDraw.ImageDraw, id_number: str) -> None:
    rng = random.Random(id_number)
    x = 60
    while x < CARD[0] - 80:
        width = rng.choice((2, 3, 5))
        draw.rectangle((x, 100, x + width, 210), fill=INK)
        x += width + rng.choice((3, 4, 6))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
