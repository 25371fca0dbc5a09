"""Cuts an area into windows to classify: every pixel once, with as little context read twice as possible.
Pure arithmetic.
"""

from __future__ import annotations

import math
from itertools import product

from ..core.windows import Window, round_up

BLOCK_PX = 256
"""Side of a block of the map's file: windows that end between blocks would have it compressed twice."""
_LEAST_PX = 32

Pieces = list[tuple[int, int]]
"""First pixel and end of each, along one axis."""


def cores(area: Window, halo_px: int, multiple_px: int, budget_px: int, tile_px: int = 0) -> list[Window]:
    """Rectangles that cover ``area`` exactly once, row by row; with ``halo_px`` around it none holds over
    ``budget_px`` pixels.

    Their inner borders lie at multiples of `BLOCK_PX` and of ``multiple_px`` on the raster, however ``area``
    lies. Their sides are those that read the fewest pixels in all: as large as the budget allows, long ones
    in a narrow area, all about alike, so that no sliver is left at an end. A budget below one block with its
    halo gives single blocks all the same, or parts of them (halves, quarters, ...) where the halo is small
    beside those. With ``tile_px`` they are squares of that side, rounded up to ``multiple_px``, and the
    budget is the user's own affair.
    """
    assert area.pixels > 0 and halo_px >= 0 and multiple_px > 0  # nosec B101 (empty areas are refused before)
    if tile_px:
        step_px = round_up(tile_px, multiple_px)
        return _grid(_cuts(area.x, area.right, step_px, 1), _cuts(area.y, area.bottom, step_px, 1))
    step_px, context_px = math.lcm(BLOCK_PX, multiple_px), 2 * halo_px
    least_px = max(_LEAST_PX, 2 * context_px)
    while (
        (step_px + context_px) ** 2 > budget_px
        and BLOCK_PX >= step_px > least_px
        and step_px % (2 * multiple_px) == 0
    ):
        step_px //= 2

    def cost(xs: Pieces, ys: Pieces) -> tuple[int, int, int]:
        too_large = max(0, (_longest(xs) + context_px) * (_longest(ys) + context_px) - budget_px)
        read = (area.width + len(xs) * context_px) * (area.height + len(ys) * context_px)
        return too_large, read, len(xs)

    return _grid(
        *min(
            product(_ways(area.x, area.right, step_px), _ways(area.y, area.bottom, step_px)),
            key=lambda way: cost(*way),
        )
    )


def halves(core: Window, multiple_px: int) -> list[Window]:
    """``core`` in two across its longer side, for when memory did not suffice; empty if it is too small to be
    halved.

    They meet at a block's border where there is one inside, else at a multiple of ``multiple_px``.
    """
    wide = core.width >= core.height
    start, stop = (core.x, core.right) if wide else (core.y, core.bottom)
    for step_px in (math.lcm(BLOCK_PX, multiple_px), multiple_px):
        cut = round((start + stop) / 2 / step_px) * step_px
        if start < cut < stop:
            if wide:
                return [
                    Window(start, core.y, cut - start, core.height),
                    Window(cut, core.y, stop - cut, core.height),
                ]
            return [
                Window(core.x, start, core.width, cut - start),
                Window(core.x, cut, core.width, stop - cut),
            ]
    return []


def _ways(start: int, stop: int, step_px: int) -> list[Pieces]:
    """``start`` to ``stop`` in one piece, and in ever more, down to one step each."""
    steps = _steps(start, stop, step_px)
    longest = sorted({-(-steps // pieces) for pieces in range(1, steps + 1)}, reverse=True)
    return [_cuts(start, stop, step_px, most_steps) for most_steps in longest]


def _cuts(start: int, stop: int, step_px: int, most_steps: int) -> Pieces:
    """``start`` to ``stop`` in as few pieces as can be of at most ``most_steps`` steps each, evenly
    spread.
    """
    first, steps = start // step_px, _steps(start, stop, step_px)
    pieces = -(-steps // most_steps)
    borders = [(first + piece * steps // pieces) * step_px for piece in range(1, pieces)]
    return list(zip([start, *borders], [*borders, stop]))


def _steps(start: int, stop: int, step_px: int) -> int:
    """How many steps ``start`` to ``stop`` meet; steps begin at multiples of ``step_px``."""
    return -(-stop // step_px) - start // step_px


def _longest(pieces: Pieces) -> int:
    return max(stop - start for start, stop in pieces)


def _grid(xs: Pieces, ys: Pieces) -> list[Window]:
    return [Window(x, y, right - x, bottom - y) for y, bottom in ys for x, right in xs]
