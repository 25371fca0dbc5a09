"""Counting and translating many small whole numbers, faster than numpy's plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE

_CHUNK = 1 << 16
"""Values of a chunk: NumPy widens indices to 64 bits, and so many still fit into the processor's cache."""


def look_up(table: NDArray[np.uint8], values: NDArray[Any]) -> NDArray[np.uint8]:
    """``table[values]``, computed fast, for unsigned values below the length of the table."""
    top = int(values.max(initial=0))
    if top <= np.iinfo(np.uint8).max and np.array_equal(table[: top + 1], np.arange(top + 1)):
        return values.astype(np.uint8)
    flat = values.reshape(-1)
    found = np.empty(flat.size, np.uint8)
    for start in range(0, flat.size, _CHUNK):
        chunk = slice(start, start + _CHUNK)
        table.take(flat[chunk], out=found[chunk], mode="clip")
    return found.reshape(values.shape)


def class_ids(values_HW: NDArray[Any], class_values: Sequence[int]) -> NDArray[np.uint8]:
    """The index in ``class_values`` of each whole number of ``values_HW``; IGNORE if it is not among them."""
    if values_HW.dtype.kind == "u" and values_HW.itemsize <= 2:
        table = np.full(np.iinfo(values_HW.dtype).max + 1, IGNORE, np.uint8)
        known = [(value, index) for index, value in enumerate(class_values) if 0 <= value < len(table)]
        table[[value for value, _ in known]] = [index for _, index in known]
        return look_up(table, values_HW)
    order = np.argsort(class_values).astype(np.uint8)
    ordered = np.asarray(class_values)[order]
    at_HW = np.searchsorted(ordered, values_HW)
    at_HW[at_HW == len(ordered)] = 0
    return np.where(ordered[at_HW] == values_HW, order[at_HW], IGNORE).astype(np.uint8)


def histogram(values_N: NDArray[Any], length: int) -> NDArray[np.int64]:
    """Count each number from 0 to ``length`` − 1, as ``numpy.bincount`` does; no other number may occur.

    Bytes are counted in pairs, in half the steps; other values may give more than ``length`` entries.
    """
    if values_N.dtype != np.uint8:
        return np.bincount(values_N, minlength=length)
    values_N = np.ascontiguousarray(values_N)
    even = values_N.size // 2 * 2
    pairs = np.bincount(values_N[:even].view(np.uint16), minlength=65_536).reshape(256, 256)
    counts = pairs.sum(axis=0) + pairs.sum(axis=1)
    counts[values_N[even:]] += 1
    return counts[:length]
