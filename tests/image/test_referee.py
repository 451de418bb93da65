#!/usr/bin/env python3
"""cairo is the referee: the official PDF, rasterised by poppler, looks as cairo's PNG of the same pages.

Both are turned to grey and made coarse (blocks of pixels), since the two rasterisers smooth edges in
ways of their own; what must agree is where there is ink, and how much.
"""

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import plansats  # noqa: E402

DPI = 96
BLOCK = 12           # pixels a side
WORST_BLOCK = 36     # of 255, in any block
MEAN = 1.5           # of 255, over the page


def read_pgm(path):
    data = path.read_bytes()
    fields, at = [], 0
    while len(fields) < 4:
        while data[at:at + 1].isspace():
            at += 1
        end = at
        while not data[end:end + 1].isspace():
            end += 1
        fields.append(data[at:end])
        at = end
    width, height = int(fields[1]), int(fields[2])
    return width, height, data[at + 1:at + 1 + width * height]


def unfilter(kind, line, before, step):
    if kind == 1:
        for i in range(step, len(line)):
            line[i] = (line[i] + line[i - step]) & 255
    elif kind == 2:
        for i, up in enumerate(before):
            line[i] = (line[i] + up) & 255
    elif kind == 3:
        for i, up in enumerate(before):
            left = line[i - step] if i >= step else 0
            line[i] = (line[i] + (left + up) // 2) & 255
    elif kind == 4:
        for i, up in enumerate(before):
            left = line[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            guess = left + up - corner
            a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
            line[i] = (line[i] + (left if a <= b and a <= c else up if b <= c else corner)) & 255


def read_png(path):
    data = path.read_bytes()
    at, packed, width, height, channels = 8, b"", 0, 0, 3
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8, "8 bits a channel"
            channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
        elif name == b"IDAT":
            packed += body
        at += 12 + length
    raw = zlib.decompress(packed)
    stride = width * channels
    before, grey = bytearray(stride), bytearray()
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1:start + 1 + stride])
        unfilter(raw[start], line, before, channels)
        before = line
        if channels >= 3:
            red, green, blue = line[0::channels], line[1::channels], line[2::channels]
            grey += bytes((299 * r + 587 * g + 114 * b) // 1000 for r, g, b in zip(red, green, blue))
        else:
            grey += line[0::channels]
    return width, height, bytes(grey)


def blocks(width, height, grey):
    """Mean darkness of each block."""
    rows = []
    for top in range(0, height - BLOCK + 1, BLOCK):
        sums = [0] * (width // BLOCK)
        for y in range(top, top + BLOCK):
            line = grey[y * width:(y + 1) * width]
            for column in range(len(sums)):
                sums[column] += sum(line[column * BLOCK:(column + 1) * BLOCK])
        rows.append([total / (BLOCK * BLOCK) for total in sums])
    return rows


def compare(name, ours, theirs):
    worst, total, count = 0.0, 0.0, 0
    for left, right in zip(blocks(*ours), blocks(*theirs)):
        for a, b in zip(left, right):
            worst = max(worst, abs(a - b))
            total += abs(a - b)
            count += 1
    mean = total / max(count, 1)
    ok = worst <= WORST_BLOCK and mean <= MEAN
    print(f"{'ok' if ok else 'DIFFERS'} {name}: mean {mean:.2f}, worst block {worst:.0f}")
    return ok


def pages_of(plan, scratch):
    """Pairs of (official PDF by poppler, cairo's PNG), page by page."""
    pdf, png = scratch / "x.pdf", scratch / "x.png"
    for form, path in (("pdf", pdf), ("png", png)):
        result = plansats.run("render", plan, "--format", form, "--dpi", str(DPI), "-o", path)
        assert result.returncode == 0, result.stderr.decode()
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-thinlinemode", "shape", pdf, scratch / "p"], check=True)
    official = sorted(scratch.glob("p-*.pgm"))
    drawn = sorted(scratch.glob("x-*.png")) or [png]
    assert len(official) == len(drawn), "as many pages"
    return list(zip(official, drawn))


def main():
    plans = plansats.examples()
    if not plans:
        return 77
    ok = True
    for plan in plans:
        with tempfile.TemporaryDirectory() as folder:
            for number, (pgm, png) in enumerate(pages_of(plan, Path(folder)), 1):
                if number > 6 and number % 5 != 0:
                    continue  # enough of a long document
                ok = compare(f"{plansats.name_of(plan)} page {number}", read_pgm(pgm), read_png(png)) and ok
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
