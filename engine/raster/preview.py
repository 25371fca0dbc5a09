"""Previews of a run: class ids of every n-th pixel, and the outlines of windows.

Legend: H height, W width.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..core.counting import histogram
from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window
from ..protocol import Classes, Frame, Outlines, Tile
from . import Grid

_MOST_PX = 4096
"""Longest side in pixels of the image of a frame: finer than screens are, and at most 16 MB."""
_MOST_OUTLINES = 2000
_FASTEST = 1


def classes_of(classes: Sequence[LegendClass]) -> Classes:
    """Names and colours of the classes as an event."""
    return Classes(tuple(c.name for c in classes), tuple(c.hex_color for c in classes))


def frame_of(number: int, grid: Grid, window: Window | None = None) -> Frame:
    """``window`` of ``grid``, or the whole grid, as a frame that shows at most `_MOST_PX` pixels a side."""
    window = window or grid.window
    step = -(-max(window.width, window.height) // _MOST_PX)
    place = window.x, window.y, window.width, window.height
    return Frame(number, grid.crs_wkt, tuple(grid.transform), *place, step)


def tile_of(
    frame: Frame,
    window: Window,
    classes: int,
    ids_HW: NDArray[np.uint8],
    valid_HW: NDArray[np.bool_] | None = None,
) -> Tile:
    """The class ids of ``window``, which lies in ``frame``, as an event; ids are below ``classes``."""
    thinned = (
        slice((frame.y - window.y) % frame.step, None, frame.step),
        slice((frame.x - window.x) % frame.step, None, frame.step),
    )
    shown_HW = (
        ids_HW[thinned]
        if valid_HW is None
        else np.where(valid_HW[thinned], ids_HW[thinned], np.uint8(IGNORE))
    )
    preview = base64.b64encode(zlib.compress(np.ascontiguousarray(shown_HW).tobytes(), _FASTEST)).decode(
        "ascii"
    )
    valid_N = ids_HW.ravel() if valid_HW is None or valid_HW.all() else ids_HW[valid_HW]
    counts = tuple(histogram(valid_N, IGNORE + 1)[:classes].tolist())
    return Tile(frame.number, window.x, window.y, window.width, window.height, preview, counts)


def outlines_of(kind: str, windows: Iterable[tuple[int, Window]]) -> Outlines:
    """The outlines of windows, each with the number of its frame; evenly thinned out to `_MOST_OUTLINES`."""
    boxes = [(frame, window.x, window.y, window.width, window.height) for frame, window in windows]
    return Outlines(kind, tuple(boxes[:: -(-len(boxes) // _MOST_OUTLINES) or 1]))
