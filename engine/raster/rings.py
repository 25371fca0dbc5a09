"""Sums over the pixels of a polygon, taken along its outline (Green's theorem).

With ``S[y, x]`` the sum of all pixels above and to the left of a corner,
each vertical side from row a to row b
in column x adds ``S[b, x] - S[a, x]``. So no polygon has to be rasterized for its sums.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .grid import Grid

Rings = list[NDArray[np.float64]]
"""A polygon's outlines in pixels, ``xy_N2`` each; closed, and the outer one first."""


def rings_of(wkb: bytes, grid: Grid) -> Rings:
    """The outlines of a polygon in OGR's binary form (WKB, little endian).

    That is byte order, type and number of rings, then each ring's number of points and the points.
    """
    rings: Rings = []
    at = 9
    for _ in range(int.from_bytes(wkb[5:9], "little")):
        (points,) = struct.unpack_from("<I", wkb, at)
        places_N2: Any = np.frombuffer(wkb, "<f8", 2 * points, at + 4).reshape(points, 2)
        columns_N, rows_N = grid.to_pixels(places_N2[:, 0], places_N2[:, 1])
        rings.append(np.stack((columns_N, rows_N), 1).round())
        at += 4 + 16 * points
    return rings


def sum_within(rings: Rings, above_HW: NDArray[Any], left: int, top: int) -> Any:
    """The sum of pixels within ``rings``, for a window with first column ``left`` and first row ``top``.

    ``above_HW`` has the sum of the window's pixels above and to the left of each corner of pixels.
    """
    total = 0
    for number, ring in enumerate(rings):
        x = np.clip(ring[:, 0] - left, 0, above_HW.shape[1] - 1).astype(np.intp)
        y = np.clip(ring[:, 1] - top, 0, above_HW.shape[0] - 1).astype(np.intp)
        ringed = abs((above_HW[y[1:], x[:-1]] - above_HW[y[:-1], x[:-1]]).sum())
        total += -ringed if number else ringed
    return total


def sum_of_rows(rings: Rings, above_H: NDArray[Any]) -> float:
    """The same sum as `sum_within`, if all pixels of a row have the same value.

    ``above_H`` has the sum of the rows' values above each row of corners.
    """
    ringed = [
        abs(float((ring[:-1, 0] * np.diff(above_H[ring[:, 1].astype(np.intp)])).sum())) for ring in rings
    ]
    return ringed[0] - sum(ringed[1:])
