"""Rectangles on the test grid, and what burning makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.core.legend import IGNORE
from engine.labels import ReferenceOptions, rasterize
from engine.protocol import EngineError

X0, Y0, PIXEL_M = 300000.0, 3060000.0, 2.0
"""Corner and pixel size of `utm_grid`."""


def box(x, y, width, height):
    """Well-known text of a rectangle given in pixels of `utm_grid`."""
    left, top = X0 + x * PIXEL_M, Y0 - y * PIXEL_M
    right, bottom = left + width * PIXEL_M, top - height * PIXEL_M
    return f"POLYGON (({left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}))"


def boxes(**codes):
    """``codes_HW`` of `utm_grid` with rectangles x_y_width_height of a code, as burning should give it."""
    codes_HW = np.full((40, 60), -1)
    for name, code in codes.items():
        x, y, width, height = map(int, name[1:].split("_"))
        codes_HW[y : y + height, x : x + width] = code
    return codes_HW


def rasterized(references, grid, events=None, classes=(), in_order=False, **options):
    """``codes_HW`` (-1 = ignored) and the classes."""
    references = [references] if isinstance(references, str) else references
    emit = [].append if events is None else events.append
    with rasterize(
        references, grid, ReferenceOptions(**options), classes=classes, in_order=in_order, emit=emit
    ) as labels:
        ids_HW = labels.read(grid.window)
        values = np.array([c.value for c in labels.classes])
        return np.where(ids_HW == IGNORE, -1, values[np.minimum(ids_HW, len(values) - 1)]), labels.classes


def refused(references, grid, **options):
    with pytest.raises(EngineError) as caught:
        rasterized(references, grid, **options)
    assert caught.value.remedy
    return caught.value
