"""Where training looks and where validation does: the images are cut into blocks, and the blocks split.

Splitting first, and by area, keeps the validation figures honest: no pixel of a validation block
is ever part of a training window's labels or, save for the margin a network asks for, its image.
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


@dataclass(frozen=True)
class Block:
    """A rectangle of one image, the labelled pixels of each class in it, and the smallest window around
    those.
    """

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

    @property
    def validated_px(self) -> int:
        """Pixels of the validation part."""
        return sum(block.window.pixels for block in self.validation)


def block_windows(width: int, height: int, patch_px: int) -> list[Window]:
    """Blocks that share the image evenly, none smaller than a patch unless the image is."""
    columns, rows = max(1, width // patch_px), max(1, height // patch_px)
    xs = [width * i // columns for i in range(columns + 1)]
    ys = [height * i // rows for i in range(rows + 1)]
    return [
        Window(x, y, right - x, bottom - y) for y, bottom in zip(ys, ys[1:]) for x, right in zip(xs, xs[1:])
    ]


def count_labels(
    sizes: Sequence[tuple[int, int]],
    patch_px: int,
    classes: int,
    read_ids: Callable[[int, Window], NDArray[np.uint8]],
    emit: Emit,
) -> list[Block]:
    """The blocks that hold labels, over images of ``(width, height)`` sizes. ``read_ids(image, window)``
    gives ids_HW.
    """
    windows = [
        (image, window) for image, size in enumerate(sizes) for window in block_windows(*size, patch_px)
    ]
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
    """The sides of blocks to try until one gives `FEWEST_BLOCKS_PER_CLASS`: room for a patch, then halved
    again and again.
    """
    sizes = [max(USUAL_BLOCK_PX, patch_px)]
    while sizes[-1] // 2 >= smallest_px:
        sizes.append(sizes[-1] // 2)
    return sizes


def split(
    blocks: Sequence[Block], classes: Sequence[LegendClass], fraction: float, rng: np.random.Generator
) -> Split:
    """Give ``fraction`` of each class's pixels and of all pixels to validation, as near as whole blocks
    allow.

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
    """Blocks with labels ``inside`` an area are for validation, with these alone; those that it does not
    touch for training.
    """
    training, validation = [], []
    for block in blocks:
        inside_HW = inside(block.image, block.window)
        if not inside_HW.any():
            training.append(block)
            continue
        ids_HW = np.where(inside_HW, read_ids(block.image, block.window), np.uint8(IGNORE))
        if (labelled_HW := ids_HW != IGNORE).any():
            counts = np.bincount(ids_HW.ravel(), minlength=IGNORE + 1)[:classes]
            validation.append(
                Block(block.image, block.window, tuple(counts.tolist()), _around(labelled_HW, block.window))
            )
    for part, what, remedy in (
        (
            validation,
            "No labelled pixel lies inside the validation area.",
            "Draw it over labels of the image.",
        ),
        (
            training,
            "The validation area leaves no labels to learn from.",
            "Draw it smaller, or label more places outside it.",
        ),
    ):
        if not part:
            raise EngineError("no_validation" if part is validation else "no_training", what, remedy)
    return Split(tuple(training), tuple(validation))


def _choose_validation(
    counts_NK: NDArray[np.int64], fraction: float, rng: np.random.Generator
) -> tuple[float, NDArray[np.bool_]]:
    """Misfit and blocks of a choice that no single block, moved to the other part, would better."""
    held_back, total_K = np.zeros(len(counts_NK), bool), counts_NK.sum(0)
    held_K = np.zeros_like(total_K)
    misfit = _imbalance(held_K, total_K, fraction)
    for _ in range(_SWEEPS):
        for n in rng.permutation(len(counts_NK)):
            moved_K = held_K - counts_NK[n] if held_back[n] else held_K + counts_NK[n]
            moved_misfit = _imbalance(moved_K, total_K, fraction)
            if moved_misfit < misfit:
                held_back[n], held_K, misfit = not held_back[n], moved_K, moved_misfit
    return misfit, held_back


def _imbalance(held_K: NDArray[np.int64], total_K: NDArray[np.int64], fraction: float) -> float:
    """How far the shares held back are from ``fraction``: squares of each class's and of the whole; classes
    count alike.

    A class that cannot be validated weighs more than any share; one that cannot be learnt is out of the
    question.
    """
    if (held_K == total_K).any():
        return math.inf
    off_K = held_K / total_K - fraction
    off = held_K.sum() / total_K.sum() - fraction
    return float(off_K @ off_K) / len(off_K) + float(off * off) + 2 * int((held_K == 0).sum())


def validated(parts: Split, classes: Sequence[LegendClass], rng: np.random.Generator) -> Split:
    """The same with at most about `MOST_VALIDATION_BLOCKS` to validate on each epoch, every class still among
    them.
    """
    share = MOST_VALIDATION_BLOCKS / len(parts.validation)
    return (
        parts
        if share >= 1
        else Split(parts.training, split(parts.validation, classes, share, rng).validation)
    )
