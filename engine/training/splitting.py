"""The training and validation parts: images are cut into blocks, and whole blocks go to one part.

Splitting first, and by area, keeps the validation figures honest: no pixel of a validation block is ever part
of a training window's labels or, save for the margin a network asks for, of its image.
Legend: N blocks, K classes, H height, W width.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window
from ..protocol import Emit, EngineError, Progress

FEWEST_BLOCKS_PER_CLASS = 8
SMALLEST_BLOCK_PX, USUAL_BLOCK_PX = 32, 128
MOST_VALIDATION_BLOCKS = 256
_SWEEPS = 3
_FLIPS = 4000

ReadIds = Callable[[int, Window], NDArray[np.uint8]]
"""Class ids of a window of an image, as ``ids_HW``."""


@dataclass(frozen=True)
class Block:
    """A rectangle of one image, the labelled pixels of each class in it, and the window that holds them."""

    image: int
    window: Window
    counts: tuple[int, ...]
    labelled: Window
    """The smallest window that holds all labels of the block."""

    @classmethod
    def of(cls, image: int, window: Window, ids_HW: NDArray[np.uint8], classes: int) -> Block | None:
        """The block of these labels, or None if there are none."""
        labelled_HW = ids_HW != IGNORE
        if not labelled_HW.any():
            return None
        counts = np.bincount(ids_HW.ravel(), minlength=IGNORE + 1)[:classes]
        rows, columns = np.flatnonzero(labelled_HW.any(1)), np.flatnonzero(labelled_HW.any(0))
        x, y, right, bottom = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
        labelled = Window(window.x + x, window.y + y, right - x, bottom - y)
        return cls(image, window, tuple(counts.tolist()), labelled)


@dataclass(frozen=True)
class Split:
    """The blocks of the training part and those of the validation part."""

    training: tuple[Block, ...]
    validation: tuple[Block, ...]

    @property
    def class_frequencies(self) -> tuple[float, ...]:
        """Each class's share of the training labels."""
        counts_K = np.sum([block.counts for block in self.training], axis=0)
        return tuple((counts_K / counts_K.sum()).tolist())

    @property
    def validation_px(self) -> int:
        """Pixels of the validation blocks, labelled or not."""
        return sum(block.window.pixels for block in self.validation)


def block_windows(width: int, height: int, block_px: int) -> list[Window]:
    """Blocks that share the image evenly, none smaller than ``block_px`` unless the image is."""
    columns, rows = max(1, width // block_px), max(1, height // block_px)
    xs = [width * i // columns for i in range(columns + 1)]
    ys = [height * i // rows for i in range(rows + 1)]
    return [
        Window(x, y, right - x, bottom - y) for y, bottom in zip(ys, ys[1:]) for x, right in zip(xs, xs[1:])
    ]


def count_labels(
    sizes: Sequence[tuple[int, int]], block_px: int, classes: int, read_ids: ReadIds, emit: Emit
) -> list[Block]:
    """The blocks that hold labels, of images with these ``sizes`` (width, height)."""
    windows = [
        (image, window) for image, size in enumerate(sizes) for window in block_windows(*size, block_px)
    ]
    blocks = []
    for done, (image, window) in enumerate(windows, 1):
        if block := Block.of(image, window, read_ids(image, window), classes):
            blocks.append(block)
        emit(Progress(done, len(windows), "blocks surveyed"))
    return blocks


def block_sizes(patch_px: int, smallest_px: int = SMALLEST_BLOCK_PX) -> list[int]:
    """Sides of blocks to try, the largest first, until one gives `FEWEST_BLOCKS_PER_CLASS`.

    The first has room for a patch; each of the others is half as long.
    """
    sizes = [max(USUAL_BLOCK_PX, patch_px)]
    while sizes[-1] // 2 >= smallest_px:
        sizes.append(sizes[-1] // 2)
    return sizes


def split_at_random(
    blocks: Sequence[Block], classes: Sequence[LegendClass], fraction: float, rng: np.random.Generator
) -> Split:
    """Give ``fraction`` of each class's pixels and of all pixels to validation, as nearly as blocks allow.

    Raises `EngineError` where nothing can be kept for validation without losing a class for training.
    """
    counts_NK = np.array([block.counts for block in blocks], dtype=np.int64).reshape(
        len(blocks), len(classes)
    )
    counts_NK = counts_NK[:, counts_NK.any(0)]
    # A search from several random orders: with few blocks, the first one found may be far off.
    found = [
        _choose_validation(counts_NK, fraction, rng)
        for _ in range(max(1, _FLIPS // (_SWEEPS * max(1, len(blocks)))))
    ]
    _, chosen = min(found, key=lambda imbalance_and_blocks: imbalance_and_blocks[0])
    if not chosen.any():
        raise EngineError(
            "no_validation",
            "The labels lie in {blocks} block(s) of the image: none can be kept for validation without "
            "losing a class.",
            "Label each class in more places, or set a smaller PATCH_PX.",
            blocks=len(blocks),
        )
    return Split(
        tuple(block for block, is_chosen in zip(blocks, chosen) if not is_chosen),
        tuple(block for block, is_chosen in zip(blocks, chosen) if is_chosen),
    )


def split_by_area(
    blocks: Sequence[Block],
    classes: int,
    read_ids: ReadIds,
    inside: Callable[[int, Window], NDArray[np.bool_]],
) -> Split:
    """Validate on the labels ``inside`` an area, and train on the blocks that it does not touch.

    Raises `EngineError` where either part would have no labels.
    """
    training, validation = [], []
    for block in blocks:
        inside_HW = inside(block.image, block.window)
        if not inside_HW.any():
            training.append(block)
            continue
        ids_HW = np.where(inside_HW, read_ids(block.image, block.window), np.uint8(IGNORE))
        if within := Block.of(block.image, block.window, ids_HW, classes):
            validation.append(within)
    if not validation:
        raise EngineError(
            "no_validation",
            "No labelled pixel lies inside the validation area.",
            "Draw the validation area over labels of the image.",
        )
    if not training:
        raise EngineError(
            "no_training",
            "The validation area leaves no labels to learn from.",
            "Make the validation area smaller, or label more places outside it.",
        )
    return Split(tuple(training), tuple(validation))


def _choose_validation(
    counts_NK: NDArray[np.int64], fraction: float, rng: np.random.Generator
) -> tuple[float, NDArray[np.bool_]]:
    """A choice of blocks, and its imbalance: no single block moved to the other part would lower it."""
    chosen_N, total_K = np.zeros(len(counts_NK), bool), counts_NK.sum(0)
    chosen_K = np.zeros_like(total_K)
    imbalance = _imbalance(chosen_K, total_K, fraction)
    for _ in range(_SWEEPS):
        for n in rng.permutation(len(counts_NK)):
            moved_K = chosen_K - counts_NK[n] if chosen_N[n] else chosen_K + counts_NK[n]
            moved_imbalance = _imbalance(moved_K, total_K, fraction)
            if moved_imbalance < imbalance:
                chosen_N[n], chosen_K, imbalance = not chosen_N[n], moved_K, moved_imbalance
    return imbalance, chosen_N


def _imbalance(chosen_K: NDArray[np.int64], total_K: NDArray[np.int64], fraction: float) -> float:
    """The distance of the chosen shares from ``fraction``: mean square over the classes, plus all pixels'.

    A class without validation labels weighs more than any distance. If a class has no training labels, the
    distance is infinite.
    """
    if (chosen_K == total_K).any():
        return math.inf
    off_K = chosen_K / total_K - fraction
    off = chosen_K.sum() / total_K.sum() - fraction
    return float(off_K @ off_K) / len(off_K) + float(off * off) + 2 * int((chosen_K == 0).sum())


def limit_validation(split: Split, classes: Sequence[LegendClass], rng: np.random.Generator) -> Split:
    """The split with at most about `MOST_VALIDATION_BLOCKS` for validation, every class still among them."""
    fraction = MOST_VALIDATION_BLOCKS / len(split.validation)
    if fraction >= 1:
        return split
    return Split(split.training, split_at_random(split.validation, classes, fraction, rng).validation)
