#!/usr/bin/env python3
"""Write srgb.icc: a small ICC version 2 display profile of sRGB (IEC 61966-2-1).

The numbers are those of the standard: primaries and white point D65, adapted to the profile
connection space (D50) by the Bradford transform, and the sRGB transfer curve sampled at 1024
points, shared by the three channels. The result is the same bytes each time.

    make_srgb.py [OUTPUT]        default: srgb.icc beside this script
"""

import struct
import sys
from pathlib import Path

POINTS = 1024
DATE = (2020, 1, 1, 0, 0, 0)
D50 = (0.9642, 1.0, 0.8249)
# Columns of the RGB to XYZ matrix, adapted to D50 (IEC 61966-2-1 with Bradford).
RED = (0.43607, 0.22249, 0.01392)
GREEN = (0.38515, 0.71687, 0.09708)
BLUE = (0.14307, 0.06061, 0.71410)
BRADFORD_D65_TO_D50 = (
    1.04788, 0.02292, -0.05022,
    0.02959, 0.99048, -0.01707,
    -0.00925, 0.01508, 0.75168,
)


def s15_fixed16(values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def text(value):
    return b"text\0\0\0\0" + value.encode("ascii") + b"\0"


def description(value):
    ascii_part = value.encode("ascii") + b"\0"
    return (
        b"desc\0\0\0\0" + struct.pack(">I", len(ascii_part)) + ascii_part
        + struct.pack(">II", 0, 0)  # no Unicode text
        + struct.pack(">HB", 0, 0) + bytes(67)  # no ScriptCode text
    )


def xyz(values):
    return b"XYZ \0\0\0\0" + s15_fixed16(values)


def srgb_to_linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def curve():
    samples = [round(srgb_to_linear(i / (POINTS - 1)) * 65535) for i in range(POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{POINTS}H", POINTS, *samples)


def profile():
    trc = curve()
    tags = [
        (b"desc", description("sRGB IEC61966-2.1 (plansats)")),
        (b"cprt", text("CC0 1.0: no copyright, use freely")),
        (b"wtpt", xyz(D50)),
        (b"chad", b"sf32\0\0\0\0" + s15_fixed16(BRADFORD_D65_TO_D50)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", trc),
        (b"gTRC", trc),
        (b"bTRC", trc),
    ]
    offset = 128 + 4 + 12 * len(tags)
    table, data, placed = struct.pack(">I", len(tags)), b"", {}
    for signature, payload in tags:
        if payload not in placed:
            placed[payload] = offset + len(data)
            data += payload + bytes(-len(payload) % 4)
        table += signature + struct.pack(">II", placed[payload], len(payload))
    header = (
        struct.pack(">I", offset + len(data))
        + b"\0\0\0\0" + bytes((2, 0x10, 0, 0)) + b"mntrRGB XYZ "
        + struct.pack(">6H", *DATE) + b"acsp" + bytes(4)
        + struct.pack(">I", 0) + bytes(8)  # flags, manufacturer, model
        + bytes(8) + struct.pack(">I", 0)  # attributes, perceptual intent
        + s15_fixed16(D50) + bytes(4) + bytes(44)
    )
    assert len(header) == 128
    return header + table + data


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("srgb.icc")
    target.write_bytes(profile())
