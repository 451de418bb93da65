"""Pictures of the blocks for docs/template-format.md: each template in blocks/, its first page cut to its ink."""

import os
import struct
import subprocess
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent / "blocks"
PICTURES = ROOT / "docs/images/blocks"
DPI = 72
MARGIN = 8  # px around the ink
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # of PNG's colour types


def chunks(data):
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length]
        at += 12 + length


def paeth(a, b, c):
    pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def unfilter(kind, line, above, step):
    out = bytearray(line)
    for i in range(len(out)):
        a = out[i - step] if i >= step else 0
        b = above[i]
        c = above[i - step] if i >= step else 0
        out[i] = (out[i] + (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) & 255
    return out


def read_png(data):
    """Width, height and rows of RGB pixels, on white."""
    packed = b""
    for kind, content in chunks(data):
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", content)
        elif kind == b"IDAT":
            packed += content
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise ValueError(f"PNG of depth {depth}, colour type {colour}, interlace {interlaced}")
    step = CHANNELS[colour]
    raw, rows, above = zlib.decompress(packed), [], bytes(width * step)
    for y in range(height):
        start = y * (width * step + 1)
        above = unfilter(raw[start], raw[start + 1:start + 1 + width * step], above, step)
        rows.append([rgb(above[i:i + step]) for i in range(0, len(above), step)])
    return width, height, rows


def rgb(pixel):
    grey, alpha = len(pixel) < 3, pixel[-1] if len(pixel) in (2, 4) else 255
    values = (pixel[0],) * 3 if grey else pixel[:3]
    return tuple(255 - (255 - v) * alpha // 255 for v in values)


def crop(width, height, rows):
    """The part with ink on it, and the margin around."""
    white = (255, 255, 255)
    inked = [y for y in range(height) if any(p != white for p in rows[y])]
    if not inked:
        raise ValueError("an empty page")
    columns = [x for x in range(width) if any(rows[y][x] != white for y in inked)]
    blank = [white] * (columns[-1] - columns[0] + 1 + 2 * MARGIN)
    side = [white] * MARGIN
    inner = [side + rows[y][columns[0]:columns[-1] + 1] + side for y in range(inked[0], inked[-1] + 1)]
    return [blank] * MARGIN + inner + [blank] * MARGIN


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def write_png(rows):
    """With a palette when the colours are few enough."""
    colours = sorted({p for row in rows for p in row})
    head = struct.pack(">II", len(rows[0]), len(rows))
    if len(colours) <= 256:
        number = {c: i for i, c in enumerate(colours)}
        raw = b"".join(b"\0" + bytes(number[p] for p in row) for row in rows)
        parts = [(b"IHDR", head + b"\x08\x03\0\0\0"), (b"PLTE", bytes(v for c in colours for v in c))]
    else:
        raw = b"".join(b"\0" + bytes(v for p in row for v in p) for row in rows)
        parts = [(b"IHDR", head + b"\x08\x02\0\0\0")]
    parts += [(b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def make(program, scratch):
    """Makes every picture; returns how many."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, PLANSATS_TEMPLATES=str(TEMPLATES))
    templates = sorted(TEMPLATES.glob("*.yaml"))
    for template in templates:
        plan, page = scratch / f"{template.stem}-plan.yaml", scratch / f"{template.stem}.png"
        plan.write_text(f"mall: {template.stem}\n", encoding="utf-8")
        subprocess.run([program, "render", plan, "--format", "png", "--dpi", str(DPI), "--pages", "1", "-o", page,
                        "--quiet"], check=True, env=environment)
        (PICTURES / page.name).write_bytes(write_png(crop(*read_png(page.read_bytes()))))
    return len(templates)
