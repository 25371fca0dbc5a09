"""One pass over a class map and its reference, window by window, in flat memory: everything that an
evaluation counts.

Legend: K classes (the map's, then those only the reference has), N blocks, R regions, H height, W width. Ids
are classes by their place, 255 = no class. Rows of matrices are the reference's classes, columns the map's.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.class_ids import class_ids
from ..core.classified import NO_PERCENT
from ..core.legend import IGNORE, LegendClass
from ..core.prefetch import Prefetcher
from ..core.thumbnail import Decimated
from ..core.windows import Window, cover, round_up
from ..labels import AreaOfInterest, Labels
from ..metrics.borders import near_border
from ..metrics.confusion import confusion, joint_counts
from ..metrics.probability_counts import FINE_LEVELS, PERCENT_LEVELS, ScoreCounts
from ..protocol import Emit, EngineError, Progress
from ..raster import Grid, Source

_WINDOW_PX = 1024
_BLOCKS, _SMALLEST_BLOCK_PX, _TILE_PX = 400, 64, 256
"""How many blocks, and of what side; the tiles of most files."""
_MOST_OVER = 1.5
_MOST_COUNTS = 2**22
"""In the matrices of all blocks together: with very many classes, blocks become larger."""


@dataclass(frozen=True)
class WindowPair:
    """A window of everything that is compared, as ids."""

    window: Window
    map_HW: NDArray[np.uint8]
    reference_HW: NDArray[np.uint8]
    near_HW: NDArray[np.bool_] | None
    """Labelled pixels near a border between classes of the reference."""
    region_HW: NDArray[np.uint8] | None
    scores_KHW: NDArray[Any] | None
    unknown_values: tuple[int, ...]
    """Of the map, where its legend does not name them."""


@dataclass(frozen=True)
class Inputs:
    """What is compared. ``probabilities`` have one band per class of the map, in its order, on its grid."""

    source: Source
    map_classes: tuple[LegendClass, ...]
    reference: Labels
    border_px: int = 0
    """How near a border counts as near."""
    regions: Labels | None = None
    probabilities: Source | None = None
    region: AreaOfInterest | None = None
    """Outside it the map counts for nothing. Any thread may ask, so it is not reopened nor closed."""

    @property
    def grid(self) -> Grid:
        return self.source.grid

    def reopen(self) -> Inputs:
        """The same, to be read by another thread."""
        return Inputs(
            self.source.reopen(),
            self.map_classes,
            self.reference.reopen(),
            self.border_px,
            self.regions and self.regions.reopen(),
            self.probabilities and self.probabilities.reopen(),
            self.region,
        )

    def close(self) -> None:
        """Let go of all files."""
        for side in (self.source, self.reference, self.regions, self.probabilities):
            if side is not None:
                side.close()

    def read(self, window: Window) -> WindowPair:
        """Everything in ``window``; the reference is looked at beyond it as far as its borders reach."""
        image_CHW, valid_HW = self.source.read(window)
        map_HW = class_ids(image_CHW[0], [c.value for c in self.map_classes])
        unknown: tuple[int, ...] = ()
        if map_HW.max(initial=0) == IGNORE:
            unknown = tuple(np.unique(image_CHW[0][valid_HW & (map_HW == IGNORE)]).tolist())
        if self.region is not None:
            valid_HW &= self.region.inside(window)
        if not valid_HW.all():
            map_HW[~valid_HW] = IGNORE
        around = window.grow(self.border_px)
        labels_HW, inside = self.reference.read(around), window.within(around)
        return WindowPair(
            window=window,
            map_HW=map_HW,
            reference_HW=labels_HW[inside],
            near_HW=near_border(labels_HW, self.border_px)[inside] if self.border_px else None,
            region_HW=self.regions.read(window) if self.regions is not None else None,
            scores_KHW=_scores(*self.probabilities.read(window)) if self.probabilities is not None else None,
            unknown_values=unknown,
        )


def _scores(image_KHW: NDArray[Any], valid_HW: NDArray[np.bool_]) -> NDArray[Any]:
    """Probabilities, with the mark of no data where they do not hold."""
    if not valid_HW.all():
        image_KHW[:, ~valid_HW] = np.nan if image_KHW.dtype.kind == "f" else NO_PERCENT
    return image_KHW


def each(sides: Inputs, window_px: int = _WINDOW_PX) -> Iterator[WindowPair]:
    """All windows, read by a thread of its own while the last one is looked at."""
    with contextlib.closing(sides.reopen()) as apart, Prefetcher(apart.read) as reader:
        yield from reader.each(cover(sides.grid.width, sides.grid.height, window_px))


@dataclass
class Comparison:
    """What one pass counts, and keeps for the pictures."""

    grid: Grid
    block_px: int
    """Side of the blocks that are counted apart."""
    joint_NLL: NDArray[np.int64]
    """Block by block, as `windows.cover` puts them: `joint_counts`, so L is one more than K."""
    border_KK: NDArray[np.int64]
    """Of the pixels near a border."""
    regions_RKK: NDArray[np.int64]
    scores: ScoreCounts | None
    map_picture: Decimated
    reference_picture: Decimated
    unknown_values: set[int] = field(default_factory=set)

    @classmethod
    def empty(cls, sides: Inputs, block_px: int) -> Comparison:
        """Nothing counted yet."""
        grid, classes = sides.grid, len(sides.reference.classes)
        blocks = math.ceil(grid.width / block_px) * math.ceil(grid.height / block_px)
        regions = len(sides.regions.classes) if sides.regions is not None else 0
        joint_NLL = np.zeros((blocks, classes + 1, classes + 1), np.int64)
        border_KK, regions_RKK = (
            np.zeros((classes, classes), np.int64),
            np.zeros((regions, classes, classes), np.int64),
        )
        scores = None
        if sides.probabilities is not None:
            scores = ScoreCounts(
                len(sides.map_classes),
                PERCENT_LEVELS if sides.probabilities.dtype == "uint8" else FINE_LEVELS,
            )
        map_picture, reference_picture = (Decimated(grid.width, grid.height) for _ in range(2))
        return cls(grid, block_px, joint_NLL, border_KK, regions_RKK, scores, map_picture, reference_picture)

    @property
    def blocks_NKK(self) -> NDArray[np.int64]:
        """The confusion matrix of each block."""
        return self.joint_NLL[:, :-1, :-1]

    @property
    def confusion_KK(self) -> NDArray[np.int64]:
        total_KK: NDArray[np.int64] = self.blocks_NKK.sum(axis=0)
        return total_KK

    @property
    def mapped_px_K(self) -> NDArray[np.int64]:
        """Pixels of each class in the whole map, labelled or not."""
        mapped_px_L: NDArray[np.int64] = self.joint_NLL.sum(axis=(0, 1))
        return mapped_px_L[:-1]

    @property
    def without_class_px(self) -> int:
        """Reference pixels where the map has no class."""
        return int(self.joint_NLL[:, :-1, -1].sum())

    def add(self, part: WindowPair) -> None:
        """Count a window, which holds whole blocks or lies in one."""
        classes, columns = len(self.border_KK), math.ceil(self.grid.width / self.block_px)
        for block in cover(part.window.width, part.window.height, self.block_px):
            at = block.within(Window(0, 0, part.window.width, part.window.height))
            row, column = (
                (part.window.y + block.y) // self.block_px,
                (part.window.x + block.x) // self.block_px,
            )
            self.joint_NLL[row * columns + column] += joint_counts(
                part.reference_HW[at], part.map_HW[at], classes
            )
        if part.near_HW is not None:
            self.border_KK += confusion(_only(part.reference_HW, part.near_HW), part.map_HW, classes)
        if part.region_HW is not None:
            for region in set(np.unique(part.region_HW).tolist()) - {IGNORE}:
                inside_HW = _only(part.reference_HW, part.region_HW == region)
                self.regions_RKK[region] += confusion(inside_HW, part.map_HW, classes)
        if self.scores is not None and part.scores_KHW is not None:
            _add_scores(self.scores, part.reference_HW, part.scores_KHW)
        self.unknown_values.update(part.unknown_values)
        self.map_picture.add(part.window, part.map_HW)
        self.reference_picture.add(part.window, part.reference_HW)


def _add_scores(scores: ScoreCounts, reference_HW: NDArray[np.uint8], scores_KHW: NDArray[Any]) -> None:
    try:
        scores.add(reference_HW, scores_KHW)
    except ValueError as error:
        remedy = (
            "Choose the probabilities that Classify raster wrote: per cent in bytes, or numbers from 0 to 1."
        )
        raise EngineError("no_probability", f"Among the probabilities {error}.", remedy) from None


def _only(ids_HW: NDArray[np.uint8], inside_HW: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(inside_HW, ids_HW, np.uint8(IGNORE))


def block_side(grid: Grid, classes: int) -> int:
    """Side in px of the blocks to count apart: some hundreds of them, whatever the size of the map."""
    blocks = max(1, min(_BLOCKS, _MOST_COUNTS // classes**2))
    side_px = _rounded(max(_SMALLEST_BLOCK_PX, math.ceil(math.sqrt(grid.window.pixels / blocks))))
    while (
        math.ceil(grid.width / side_px) * math.ceil(grid.height / side_px) > _MOST_OVER * blocks
    ):  # long and narrow
        side_px = _rounded(2 * side_px)
    return side_px


def _rounded(side_px: int) -> int:
    """Large blocks end where tiles end, and those larger than a window where windows do."""
    if side_px < _TILE_PX:
        return side_px
    return round_up(side_px, _TILE_PX if side_px <= _WINDOW_PX else _WINDOW_PX)


def compare(sides: Inputs, emit: Emit, block_px: int | None = None) -> Comparison:
    """Count the classes of map and reference against each other over the whole map, telling progress per
    window.
    """
    block_px = block_px or block_side(sides.grid, len(sides.reference.classes))
    found, started, done_px, total_px = (
        Comparison.empty(sides, block_px),
        time.monotonic(),
        0,
        sides.grid.window.pixels,
    )
    for part in each(sides, block_px * (_WINDOW_PX // block_px) or _WINDOW_PX):
        found.add(part)
        done_px += part.window.pixels
        rate = done_px / max(time.monotonic() - started, 1e-6)
        emit(Progress(done_px, total_px, "px", rate, (total_px - done_px) / rate))
    return found
