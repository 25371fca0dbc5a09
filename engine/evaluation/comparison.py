"""Counts a class map against its reference in one pass, window by window, in constant memory.

Legend: K classes (the map's, then those that only the reference has), N blocks, R regions. Ids are indices
into that list of classes, 255 = no class. Rows of matrices are the reference's classes, columns the map's.
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

from ..core.legend import IGNORE
from ..core.prefetch import Prefetcher
from ..core.thumbnail import Decimated
from ..core.windows import Window, cover, round_up
from ..metrics.confusion import confusion, joint_counts
from ..metrics.probability_counts import FINE_LEVELS, PERCENT_LEVELS, ProbabilityCounts
from ..protocol import Emit, EngineError, Progress
from ..raster import Grid
from .inputs import Inputs, WindowPair

_WINDOW_PX = 1024
_BLOCKS, _SMALLEST_BLOCK_PX, _TILE_PX = 400, 64, 256
"""The number of blocks, their smallest side, and the side of the tiles of most files."""
_MOST_OVER = 1.5
_MOST_COUNTS = 2**22
"""The most counts in the matrices of all blocks; with very many classes, blocks become larger."""


def window_pairs(inputs: Inputs, window_px: int = _WINDOW_PX) -> Iterator[WindowPair]:
    """Yield all windows of the map in turn, while a thread reads the next one."""
    with contextlib.closing(inputs.reopen()) as reopened, Prefetcher(reopened.read) as reader:
        yield from reader.map(cover(inputs.grid.width, inputs.grid.height, window_px))


@dataclass
class Comparison:
    """Everything that one pass counts, and keeps for the pictures."""

    grid: Grid
    block_px: int
    """Side of the blocks that are counted apart."""
    joint_NLL: NDArray[np.int64]
    """`joint_counts` of each block, in the order of `windows.cover`; L is one more than K."""
    border_KK: NDArray[np.int64]
    """The confusion matrix of the pixels near a border."""
    regions_RKK: NDArray[np.int64]
    """The confusion matrix of each region."""
    probability_counts: ProbabilityCounts | None
    map_picture: Decimated
    reference_picture: Decimated
    unknown_values: set[int] = field(default_factory=set)

    @classmethod
    def empty(cls, inputs: Inputs, block_px: int) -> Comparison:
        """A comparison that has counted nothing yet."""
        grid, classes = inputs.grid, len(inputs.reference.classes)
        blocks = math.ceil(grid.width / block_px) * math.ceil(grid.height / block_px)
        regions = len(inputs.regions.classes) if inputs.regions is not None else 0
        probability_counts = None
        if inputs.probabilities is not None:
            levels = PERCENT_LEVELS if inputs.probabilities.dtype == "uint8" else FINE_LEVELS
            probability_counts = ProbabilityCounts(len(inputs.map_classes), levels)
        return cls(
            grid=grid,
            block_px=block_px,
            joint_NLL=np.zeros((blocks, classes + 1, classes + 1), np.int64),
            border_KK=np.zeros((classes, classes), np.int64),
            regions_RKK=np.zeros((regions, classes, classes), np.int64),
            probability_counts=probability_counts,
            map_picture=Decimated(grid.width, grid.height),
            reference_picture=Decimated(grid.width, grid.height),
        )

    @property
    def blocks_NKK(self) -> NDArray[np.int64]:
        """The confusion matrix of each block."""
        return self.joint_NLL[:, :-1, :-1]

    @property
    def confusion_KK(self) -> NDArray[np.int64]:
        """The confusion matrix of the whole map."""
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

    def add(self, pair: WindowPair) -> None:
        """Count a window, which contains whole blocks or lies in one."""
        self._add_to_blocks(pair)
        classes = len(self.border_KK)
        if pair.near_border_HW is not None:
            self.border_KK += confusion(_only(pair.reference_HW, pair.near_border_HW), pair.map_HW, classes)
        if pair.region_HW is not None:
            for region in set(np.unique(pair.region_HW).tolist()) - {IGNORE}:
                inside_HW = _only(pair.reference_HW, pair.region_HW == region)
                self.regions_RKK[region] += confusion(inside_HW, pair.map_HW, classes)
        if self.probability_counts is not None and pair.probabilities_KHW is not None:
            _add_probabilities(self.probability_counts, pair.reference_HW, pair.probabilities_KHW)
        self.unknown_values.update(pair.unknown_values)
        self.map_picture.add(pair.window, pair.map_HW)
        self.reference_picture.add(pair.window, pair.reference_HW)

    def _add_to_blocks(self, pair: WindowPair) -> None:
        window, columns = pair.window, math.ceil(self.grid.width / self.block_px)
        for block in cover(window.width, window.height, self.block_px):
            at = block.within(Window(0, 0, window.width, window.height))
            row, column = (window.y + block.y) // self.block_px, (window.x + block.x) // self.block_px
            counts_LL = joint_counts(pair.reference_HW[at], pair.map_HW[at], len(self.border_KK))
            self.joint_NLL[row * columns + column] += counts_LL


def _add_probabilities(
    counts: ProbabilityCounts, reference_HW: NDArray[np.uint8], probabilities_KHW: NDArray[Any]
) -> None:
    try:
        counts.add(reference_HW, probabilities_KHW)
    except ValueError as error:
        raise EngineError(
            "no_probability",
            "A value of the probabilities is outside 0 to 100 % and is not nodata.",
            "Choose the probabilities that Classify raster wrote: percentages as 8-bit integers, or "
            "numbers from 0 to 1.",
        ) from error


def _only(ids_HW: NDArray[np.uint8], inside_HW: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(inside_HW, ids_HW, np.uint8(IGNORE))


def block_side_px(grid: Grid, classes: int) -> int:
    """Side in pixels of the blocks that are counted apart: some hundreds, whatever the size of the map."""
    blocks = max(1, min(_BLOCKS, _MOST_COUNTS // classes**2))
    side_px = _rounded(max(_SMALLEST_BLOCK_PX, math.ceil(math.sqrt(grid.window.pixels / blocks))))
    while math.ceil(grid.width / side_px) * math.ceil(grid.height / side_px) > _MOST_OVER * blocks:
        side_px = _rounded(2 * side_px)  # a long and narrow map
    return side_px


def _rounded(side_px: int) -> int:
    """``side_px``, rounded up so that large blocks end where tiles of the file or windows end."""
    if side_px < _TILE_PX:
        return side_px
    return round_up(side_px, _TILE_PX if side_px <= _WINDOW_PX else _WINDOW_PX)


def compare(inputs: Inputs, emit: Emit, block_px: int | None = None) -> Comparison:
    """Count the classes of map and reference against each other over the whole map.

    ``block_px`` is the side of the blocks that are counted apart; without it, it follows from the map's size.
    """
    block_px = block_px or block_side_px(inputs.grid, len(inputs.reference.classes))
    comparison = Comparison.empty(inputs, block_px)
    started, done_px, total_px = time.monotonic(), 0, inputs.grid.window.pixels
    for pair in window_pairs(inputs, block_px * (_WINDOW_PX // block_px) or _WINDOW_PX):
        comparison.add(pair)
        done_px += pair.window.pixels
        emit(Progress.after(time.monotonic() - started, done_px, total_px, "px"))
    return comparison
