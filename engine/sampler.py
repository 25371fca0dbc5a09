"""Where training looks: the images are cut into blocks, the blocks split, then windows are drawn.

Splitting first, and by area, keeps the validation figures honest: no pixel of a validation block
is ever part of a training window's labels or, save for the margin a network asks for, its image.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE, LegendClass
from .protocol import EngineError, Event, Progress
from .windows import Window, round_up

FEWEST_BLOCKS_PER_CLASS = 8
SMALLEST_BLOCK_PX, USUAL_BLOCK_PX = 32, 128
MOST_VALIDATION_BLOCKS = 256
_TRIES = 50
_SWEEPS = 3
_FLIPS = 4000


@dataclass(frozen=True)
class Block:
    """A rectangle of one image, the labelled pixels of each class in it, and the smallest window around those."""

    image: int
    window: Window
    counts: tuple[int, ...]
    labelled: Window


@dataclass(frozen=True)
class Split:
    training: tuple[Block, ...]
    validation: tuple[Block, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Each class's share of the training labels."""
        counts_K = np.sum([block.counts for block in self.training], axis=0)
        return tuple((counts_K / counts_K.sum()).tolist())


def block_windows(width: int, height: int, patch_px: int) -> list[Window]:
    """Blocks that share the image evenly, none smaller than a patch unless the image is."""
    columns, rows = max(1, width // patch_px), max(1, height // patch_px)
    xs = [width * i // columns for i in range(columns + 1)]
    ys = [height * i // rows for i in range(rows + 1)]
    return [Window(x, y, right - x, bottom - y) for y, bottom in zip(ys, ys[1:]) for x, right in zip(xs, xs[1:])]


def survey(
    sizes: Sequence[tuple[int, int]],
    patch_px: int,
    classes: int,
    read_ids: Callable[[int, Window], NDArray[np.uint8]],
    emit: Callable[[Event], None],
) -> list[Block]:
    """The blocks that hold labels, over images of ``(width, height)`` sizes. ``read_ids(image, window)`` gives ids_HW."""
    windows = [(image, window) for image, size in enumerate(sizes) for window in block_windows(*size, patch_px)]
    blocks = []
    for done, (image, window) in enumerate(windows, 1):
        labelled_HW = (ids_HW := read_ids(image, window)) != IGNORE
        if labelled_HW.any():
            counts = np.bincount(ids_HW.ravel(), minlength=IGNORE + 1)[:classes]
            blocks.append(Block(image, window, tuple(counts.tolist()), _around(labelled_HW, window)))
        emit(Progress(done, len(windows), "blocks surveyed"))
    return blocks


def _around(labelled_HW: NDArray[np.bool_], window: Window) -> Window:
    rows, columns = np.flatnonzero(labelled_HW.any(1)), np.flatnonzero(labelled_HW.any(0))
    x, y = int(columns[0]), int(rows[0])
    return Window(window.x + x, window.y + y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)


def block_sizes(patch_px: int, smallest_px: int = SMALLEST_BLOCK_PX) -> list[int]:
    """The sides of blocks to try until one gives `FEWEST_BLOCKS_PER_CLASS`: room for a patch, then halved again and again."""
    sizes = [max(USUAL_BLOCK_PX, patch_px)]
    while sizes[-1] // 2 >= smallest_px:
        sizes.append(sizes[-1] // 2)
    return sizes


def split(blocks: Sequence[Block], classes: Sequence[LegendClass], fraction: float, rng: np.random.Generator) -> Split:
    """Give ``fraction`` of each class's pixels and of all pixels to validation, as near as whole blocks allow.

    Raises `EngineError` where nothing can be kept for validation without losing a class for training.
    """
    counts_NK = np.array([block.counts for block in blocks], dtype=np.int64).reshape(len(blocks), len(classes))
    counts_NK = counts_NK[:, counts_NK.any(0)]
    # A search from several random orders: with few blocks, the first one found may be far off.
    found = [_held_back(counts_NK, fraction, rng) for _ in range(max(1, _FLIPS // (_SWEEPS * max(1, len(blocks)))))]
    _, held_back = min(found, key=lambda misfit_and_blocks: misfit_and_blocks[0])
    if not held_back.any():
        raise EngineError(
            "no_validation",
            f"The labels lie in {len(blocks)} block(s) of the image: none can be kept for validation without losing a class.",
            "Label each class in more places, or set a smaller PATCH_PX.",
        )
    return Split(
        tuple(block for block, held in zip(blocks, held_back) if not held),
        tuple(block for block, held in zip(blocks, held_back) if held),
    )


def split_by(
    blocks: Sequence[Block],
    classes: int,
    read_ids: Callable[[int, Window], NDArray[np.uint8]],
    inside: Callable[[int, Window], NDArray[np.bool_]],
) -> Split:
    """Blocks with labels ``inside`` an area are for validation, with these alone; those that it does not touch for training."""
    training, validation = [], []
    for block in blocks:
        inside_HW = inside(block.image, block.window)
        if not inside_HW.any():
            training.append(block)
            continue
        ids_HW = np.where(inside_HW, read_ids(block.image, block.window), np.uint8(IGNORE))
        if (labelled_HW := ids_HW != IGNORE).any():
            counts = np.bincount(ids_HW.ravel(), minlength=IGNORE + 1)[:classes]
            validation.append(Block(block.image, block.window, tuple(counts.tolist()), _around(labelled_HW, block.window)))
    for part, what, remedy in (
        (validation, "No labelled pixel lies inside the validation area.", "Draw it over labels of the image."),
        (training, "The validation area leaves no labels to learn from.", "Draw it smaller, or label more places outside it."),
    ):
        if not part:
            raise EngineError("no_validation" if part is validation else "no_training", what, remedy)
    return Split(tuple(training), tuple(validation))


def _held_back(counts_NK: NDArray[np.int64], fraction: float, rng: np.random.Generator) -> tuple[float, NDArray[np.bool_]]:
    """Misfit and blocks of a choice that no single block, moved to the other part, would better."""
    held_back, total_K = np.zeros(len(counts_NK), bool), counts_NK.sum(0)
    held_K = np.zeros_like(total_K)
    misfit = _misfit(held_K, total_K, fraction)
    for _ in range(_SWEEPS):
        for n in rng.permutation(len(counts_NK)):
            moved_K = held_K - counts_NK[n] if held_back[n] else held_K + counts_NK[n]
            moved_misfit = _misfit(moved_K, total_K, fraction)
            if moved_misfit < misfit:
                held_back[n], held_K, misfit = not held_back[n], moved_K, moved_misfit
    return misfit, held_back


def _misfit(held_K: NDArray[np.int64], total_K: NDArray[np.int64], fraction: float) -> float:
    """How far the shares held back are from ``fraction``: squares of each class's and of the whole; classes count alike.

    A class that cannot be validated weighs more than any share; one that cannot be learnt is out of the question.
    """
    if (held_K == total_K).any():
        return math.inf
    off_K = held_K / total_K - fraction
    off = held_K.sum() / total_K.sum() - fraction
    return float(off_K @ off_K) / len(off_K) + float(off * off) + 2 * int((held_K == 0).sum())


def validated(parts: Split, classes: Sequence[LegendClass], rng: np.random.Generator) -> Split:
    """The same with at most about `MOST_VALIDATION_BLOCKS` to validate on each epoch, every class still among them."""
    share = MOST_VALIDATION_BLOCKS / len(parts.validation)
    return parts if share >= 1 else Split(parts.training, split(parts.validation, classes, share, rng).validation)


class WindowSampler:
    """Draws training windows from blocks: by rarity (``balanced``), by area (``uniform``), or in turn (``grid``).

    ``balanced`` picks blocks by the rarity of what they hold, then a place about a label of the block; ``uniform``
    treats every labelled place alike; ``grid`` goes through all places ``grid_px`` apart in random order, again and again.
    A window never touches a validation block, nor leaves its image unless the image is smaller.
    """

    def __init__(
        self,
        parts: Split,
        sizes: Sequence[tuple[int, int]],
        patch_px: int,
        margin_px: int = 0,
        sampling: str = "balanced",
        grid_px: int = 0,
    ) -> None:
        self._blocks = parts.training
        self._images = [Window(0, 0, *size) for size in sizes]
        self._patch_px, self._margin_px = patch_px, margin_px
        self._spread_px = patch_px // 4 if sampling == "balanced" else 0
        forbidden = [[b.window for b in parts.validation if b.image == image] for image in range(len(sizes))]
        self._forbidden_N4 = [np.array([(w.x, w.y, w.right, w.bottom) for w in windows]).reshape(-1, 4) for windows in forbidden]
        self._probability_N = _by_rarity(parts.training) if sampling == "balanced" else _by_labels(parts.training)
        self._grid = self._places(grid_px or patch_px) if sampling == "grid" else []
        self._queue: list[tuple[int, Window]] = []

    def draw(self, number: int, rng: np.random.Generator) -> list[tuple[int, Window]]:
        """``number`` windows as (image, window of patch size)."""
        if self._grid:
            return [self._next_of_grid(rng) for _ in range(number)]
        return [self._near(self._blocks[n], rng) for n in rng.choice(len(self._blocks), number, p=self._probability_N)]

    @property
    def places(self) -> int:
        """How many windows a round of the grid has; 0 where windows are drawn at random."""
        return len(self._grid)

    def _places(self, step_px: int) -> list[tuple[int, Window]]:
        """Windows that start ``step_px`` apart from the image's corner on, and whose middle lies in a training block.

        Those far from the block's labels are left out. Where steps are so wide that none is left, one window for each block.
        """
        half = self._patch_px // 2
        found = []
        for block in self._blocks:
            (x, right), (y, bottom) = (block.window.x, block.window.right), (block.window.y, block.window.bottom)
            columns, rows = (
                range(round_up(low - half, step_px) + half, high, step_px) for low, high in ((x, right), (y, bottom))
            )
            about = (self._allowed(block, at_x, at_y) for at_y in rows for at_x in columns)
            found += [(image, window) for image, window in about if window.overlaps(block.labelled)]
        middles = ((b, b.labelled.x + b.labelled.width // 2, b.labelled.y + b.labelled.height // 2) for b in self._blocks)
        return list(dict.fromkeys(found)) or [self._allowed(*middle) for middle in middles]

    @property
    def queue(self) -> list[list[int]]:
        """What is left of the round of the grid, as (image, x, y): numbers that another sampler of the same parts can take."""
        return [[image, window.x, window.y] for image, window in self._queue]

    @queue.setter
    def queue(self, places: Sequence[Sequence[int]]) -> None:
        self._queue = [(image, Window(x, y, self._patch_px, self._patch_px)) for image, x, y in places]

    def _next_of_grid(self, rng: np.random.Generator) -> tuple[int, Window]:
        if not self._queue:
            self._queue = [self._grid[n] for n in rng.permutation(len(self._grid))]
        return self._queue.pop()

    def _near(self, block: Block, rng: np.random.Generator) -> tuple[int, Window]:
        """A window around a place where the block has labels, that place off the middle by a random bit."""
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
        x, y, right, bottom = self._forbidden_N4[image].T
        return bool(((x < window.right) & (right > window.x) & (y < window.bottom) & (bottom > window.y)).any())

    def _patch_in(self, outer: Window, x: int, y: int) -> Window:
        """The patch about (x, y), shifted into ``outer``; centred on that where it is smaller."""
        patch = self._patch_px
        place = [
            min(max(at - patch // 2, low), low + size - patch) if size >= patch else low - (patch - size) // 2
            for at, low, size in ((x, outer.x, outer.width), (y, outer.y, outer.height))
        ]
        return Window(place[0], place[1], patch, patch)


def _by_rarity(blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Chances of blocks by what share of each class they hold: rare classes come as often as common ones."""
    counts_NK = np.array([block.counts for block in blocks], dtype=np.float64)
    weight_N: NDArray[np.float64] = (counts_NK / np.maximum(counts_NK.sum(0), 1)).sum(1)
    return weight_N / weight_N.sum()


def _by_labels(blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Chances of blocks by their labelled pixels."""
    weight_N = np.array([sum(block.counts) for block in blocks], dtype=np.float64)
    return weight_N / weight_N.sum()
