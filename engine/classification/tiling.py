"""Tiles: windows that cover an area, every pixel once, with as little context read twice as possible.

This module only computes; it opens no files.
"""

from __future__ import annotations

import math
from itertools import product

from ..core.windows import Window, round_up

BLOCK_PX = 256
"""Side of a block in the file of a map; blocks that two tiles share would be compressed twice."""
_LEAST_PX = 32

Intervals = list[tuple[int, int]]
"""First pixel and end of the tiles along one axis."""


def plan_tiles(
    area: Window, halo_px: int, multiple_px: int, max_tile_px: int, tile_px: int = 0
) -> list[Window]:
    """Tiles that cover ``area`` exactly once, row by row.

    With ``halo_px`` on each side, none has more than ``max_tile_px`` pixels. Borders between tiles lie at
    multiples of `BLOCK_PX` and of ``multiple_px`` on the raster, wherever ``area`` lies. The sides of the
    tiles are those with which the fewest pixels are read in all, and all tiles have about the same size. If
    ``max_tile_px`` is less than one block with its halo, tiles are single blocks, or halves, quarters, ... of
    blocks as long as the halo is small beside them.

    With ``tile_px`` they are squares of that side, rounded up to ``multiple_px``, however large.
    """
    assert area.pixels > 0 and halo_px >= 0 and multiple_px > 0  # nosec B101 (empty areas are refused before)
    if tile_px:
        step_px = round_up(tile_px, multiple_px)
        return _grid(_cuts(area.x, area.right, step_px, 1), _cuts(area.y, area.bottom, step_px, 1))
    step_px, context_px = math.lcm(BLOCK_PX, multiple_px), 2 * halo_px
    least_px = max(_LEAST_PX, 2 * context_px)
    while (
        (step_px + context_px) ** 2 > max_tile_px
        and BLOCK_PX >= step_px > least_px
        and step_px % (2 * multiple_px) == 0
    ):
        step_px //= 2

    def cost(axes: tuple[Intervals, Intervals]) -> tuple[int, int, int]:
        xs, ys = axes
        too_large = max(0, (_longest(xs) + context_px) * (_longest(ys) + context_px) - max_tile_px)
        read = (area.width + len(xs) * context_px) * (area.height + len(ys) * context_px)
        return too_large, read, len(xs)

    columns, rows = _divisions(area.x, area.right, step_px), _divisions(area.y, area.bottom, step_px)
    return _grid(*min(product(columns, rows), key=cost))


def halve_tile(tile: Window, multiple_px: int) -> list[Window]:
    """The two halves of ``tile`` along its longer side, for when memory runs out; empty if it is too small.

    The halves meet at a block's border if there is one inside, else at a multiple of ``multiple_px``.
    """
    wide = tile.width >= tile.height
    start, stop = (tile.x, tile.right) if wide else (tile.y, tile.bottom)
    for step_px in (math.lcm(BLOCK_PX, multiple_px), multiple_px):
        cut = round((start + stop) / 2 / step_px) * step_px
        if start < cut < stop:
            if wide:
                return [
                    Window(start, tile.y, cut - start, tile.height),
                    Window(cut, tile.y, stop - cut, tile.height),
                ]
            return [
                Window(tile.x, start, tile.width, cut - start),
                Window(tile.x, cut, tile.width, stop - cut),
            ]
    return []


def _divisions(start: int, stop: int, step_px: int) -> list[Intervals]:
    """Cut ``start`` to ``stop`` into one interval, into two, and so on, down to one step each."""
    steps = _steps(start, stop, step_px)
    longest = sorted({-(-steps // count) for count in range(1, steps + 1)}, reverse=True)
    return [_cuts(start, stop, step_px, most_steps) for most_steps in longest]


def _cuts(start: int, stop: int, step_px: int, most_steps: int) -> Intervals:
    """Cut ``start`` to ``stop`` into as few intervals as possible, of ``most_steps`` steps at most each."""
    first, steps = start // step_px, _steps(start, stop, step_px)
    count = -(-steps // most_steps)
    borders = [(first + number * steps // count) * step_px for number in range(1, count)]
    return list(zip([start, *borders], [*borders, stop]))


def _steps(start: int, stop: int, step_px: int) -> int:
    """The number of steps that ``start`` to ``stop`` meet; steps begin at multiples of ``step_px``."""
    return -(-stop // step_px) - start // step_px


def _longest(intervals: Intervals) -> int:
    return max(stop - start for start, stop in intervals)


def _grid(xs: Intervals, ys: Intervals) -> list[Window]:
    return [Window(x, y, right - x, bottom - y) for y, bottom in ys for x, right in xs]
