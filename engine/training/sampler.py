"""Draws the windows that training sees: at random from the training blocks, or one by one from a grid.

Legend: N blocks, K classes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..core.windows import Window, round_up
from .splitting import Block, Split

_TRIES = 50


class WindowSampler:
    """Draws training windows from the blocks of the training part.

    ``balanced`` picks blocks by the rarity of the classes they hold, then a place near a label of the block;
    ``uniform`` treats every labelled place alike; ``grid`` goes through all places ``grid_px`` apart in
    random order, again and again. A window never touches a validation block, nor leaves its image unless the
    image is smaller.

    Args:
        split: the blocks of both parts.
        sizes: width and height of each image, in pixels.
        patch_px: side of the windows.
        margin_px: of the network, whose image is larger than the window by this on each side.
        sampling: `balanced`, `uniform` or `grid`.
        grid_px: distance of the grid's places; 0 = ``patch_px``.
    """

    def __init__(
        self,
        split: Split,
        sizes: Sequence[tuple[int, int]],
        patch_px: int,
        *,
        margin_px: int = 0,
        sampling: str = "balanced",
        grid_px: int = 0,
    ) -> None:
        self._blocks = split.training
        self._images = [Window(0, 0, *size) for size in sizes]
        self._patch_px, self._margin_px = patch_px, margin_px
        self._spread_px = patch_px // 4 if sampling == "balanced" else 0
        self._validation_N4 = [
            np.array(
                [
                    (block.window.x, block.window.y, block.window.right, block.window.bottom)
                    for block in split.validation
                    if block.image == image
                ]
            ).reshape(-1, 4)
            for image in range(len(sizes))
        ]
        """Left, top, right and bottom of the validation blocks of each image."""
        self._probability_N = (
            _by_rarity(split.training) if sampling == "balanced" else _by_labels(split.training)
        )
        self._grid = self._grid_windows(grid_px or patch_px) if sampling == "grid" else []
        self._queue: list[tuple[int, Window]] = []

    def draw(self, number: int, rng: np.random.Generator) -> list[tuple[int, Window]]:
        """``number`` windows as (image, window of patch size)."""
        if self._grid:
            return [self._next_of_grid(rng) for _ in range(number)]
        return [
            self._near(self._blocks[n], rng)
            for n in rng.choice(len(self._blocks), number, p=self._probability_N)
        ]

    @property
    def places(self) -> int:
        """The number of windows in a round of the grid; 0 if windows are drawn at random."""
        return len(self._grid)

    def _grid_windows(self, step_px: int) -> list[tuple[int, Window]]:
        """Windows ``step_px`` apart from the image's corner on, with their middle in a training block.

        Those that miss the window of the block's labels are left out. Where the steps are so wide that none
        is left, there is one window for each block.
        """
        half = self._patch_px // 2
        found = []
        for block in self._blocks:
            rows = range(round_up(block.window.y - half, step_px) + half, block.window.bottom, step_px)
            columns = range(round_up(block.window.x - half, step_px) + half, block.window.right, step_px)
            windows = (self._allowed(block, x, y) for y in rows for x in columns)
            found += [(image, window) for image, window in windows if window.overlaps(block.labelled)]
        if found:
            return list(dict.fromkeys(found))
        return [
            self._allowed(b, b.labelled.x + b.labelled.width // 2, b.labelled.y + b.labelled.height // 2)
            for b in self._blocks
        ]

    @property
    def queue(self) -> list[list[int]]:
        """The rest of the round of the grid, as (image, x, y), for another sampler of the same split."""
        return [[image, window.x, window.y] for image, window in self._queue]

    @queue.setter
    def queue(self, corners: Sequence[Sequence[int]]) -> None:
        self._queue = [(image, Window(x, y, self._patch_px, self._patch_px)) for image, x, y in corners]

    def _next_of_grid(self, rng: np.random.Generator) -> tuple[int, Window]:
        if not self._queue:
            self._queue = [self._grid[n] for n in rng.permutation(len(self._grid))]
        return self._queue.pop()

    def _near(self, block: Block, rng: np.random.Generator) -> tuple[int, Window]:
        """A window about a random place in the window of the block's labels, shifted a little at random."""
        spread = self._spread_px
        for _ in range(_TRIES):
            x = int(rng.integers(block.labelled.x, block.labelled.right))
            y = int(rng.integers(block.labelled.y, block.labelled.bottom))
            off_x, off_y = rng.integers(-spread, spread + 1, 2).tolist()
            window = self._patch_in(self._images[block.image], x + off_x, y + off_y)
            if not self._touches_validation(block.image, window.grow(self._margin_px)):
                return block.image, window
        return block.image, self._patch_in(block.window, x, y)

    def _allowed(self, block: Block, x: int, y: int) -> tuple[int, Window]:
        """The patch about (x, y), or the nearest one in ``block`` where that would touch validation."""
        window = self._patch_in(self._images[block.image], x, y)
        if self._touches_validation(block.image, window.grow(self._margin_px)):
            window = self._patch_in(block.window, x, y)
        return block.image, window

    def _touches_validation(self, image: int, window: Window) -> bool:
        x, y, right, bottom = self._validation_N4[image].T
        return bool(
            ((x < window.right) & (right > window.x) & (y < window.bottom) & (bottom > window.y)).any()
        )

    def _patch_in(self, outer: Window, x: int, y: int) -> Window:
        """The patch about (x, y), shifted into ``outer``; centred on that where it is smaller."""
        patch = self._patch_px

        def start(middle: int, low: int, size: int) -> int:
            if size < patch:
                return low - (patch - size) // 2
            return min(max(middle - patch // 2, low), low + size - patch)

        return Window(start(x, outer.x, outer.width), start(y, outer.y, outer.height), patch, patch)


def _by_rarity(blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Probabilities of blocks by their shares of classes: rare classes are as likely as common ones."""
    counts_NK = np.array([block.counts for block in blocks], dtype=np.float64)
    weight_N: NDArray[np.float64] = (counts_NK / np.maximum(counts_NK.sum(0), 1)).sum(1)
    return weight_N / weight_N.sum()


def _by_labels(blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Probabilities of blocks in proportion to their labelled pixels."""
    weight_N = np.array([sum(block.counts) for block in blocks], dtype=np.float64)
    return weight_N / weight_N.sum()
