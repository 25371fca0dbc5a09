"""Where training looks: the images are cut into blocks, the blocks split, then windows are drawn.

Splitting first, and by area, keeps the validation figures honest: no pixel of a validation block
is ever part of a training window's labels or, save for the margin a network asks for, its image.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE, LegendClass
from .protocol import EngineError
from .windows import Window

FEWEST_BLOCKS = 16
SMALLEST_PATCH_PX = 32
_TRIES = 50


@dataclass(frozen=True)
class Block:
    """A rectangle of one image with the labelled pixels of each class in it."""

    image: int
    window: Window
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Split:
    training: tuple[Block, ...]
    validation: tuple[Block, ...]


def block_windows(width: int, height: int, patch_px: int) -> list[Window]:
    """Blocks that share the image evenly, none smaller than a patch unless the image is."""
    columns, rows = max(1, width // patch_px), max(1, height // patch_px)
    xs = [width * i // columns for i in range(columns + 1)]
    ys = [height * i // rows for i in range(rows + 1)]
    return [Window(x, y, right - x, bottom - y) for y, bottom in zip(ys, ys[1:]) for x, right in zip(xs, xs[1:])]


def survey(sizes: Sequence[tuple[int, int]], patch_px: int, count: Callable[[int, Window], Sequence[int]]) -> list[Block]:
    """The blocks that hold labels, over images of ``(width, height)`` sizes.

    ``count(image, window)`` counts each class's pixels.
    """
    blocks = []
    for image, (width, height) in enumerate(sizes):
        for window in block_windows(width, height, patch_px):
            counts = tuple(int(n) for n in count(image, window))
            if sum(counts):
                blocks.append(Block(image, window, counts))
    return blocks


def count_classes(ids_HW: NDArray[Any], classes: int) -> tuple[int, ...]:
    """Pixels of each class id in ``ids_HW``; `legend.IGNORE` is not counted."""
    return tuple(int(n) for n in np.bincount(ids_HW.ravel(), minlength=IGNORE + 1)[:classes])


def automatic_patch_px(sizes: Sequence[tuple[int, int]], wished_px: int, multiple_px: int, labelled_px: int) -> int:
    """The wished patch size, halved while images or labels are too small for about `FEWEST_BLOCKS` blocks."""
    smallest = max(SMALLEST_PATCH_PX, multiple_px)
    patch_px = max(smallest, wished_px)
    while patch_px // 2 >= smallest and (
        sum(len(block_windows(w, h, patch_px)) for w, h in sizes) < FEWEST_BLOCKS or labelled_px < FEWEST_BLOCKS * patch_px**2
    ):
        patch_px //= 2
    return patch_px // multiple_px * multiple_px


def split(blocks: Sequence[Block], classes: Sequence[LegendClass], fraction: float, rng: np.random.Generator) -> Split:
    """Give ``fraction`` of each class's pixels to validation, as near as whole blocks allow, rarest class first.

    Raises `EngineError` where a class cannot be learnt because the training part has none of it, or
    nothing is left to validate on.
    """
    counts_NK = np.array([block.counts for block in blocks], dtype=np.int64).reshape(len(blocks), len(classes))
    total_K = counts_NK.sum(0)
    held_back = np.zeros(len(blocks), dtype=bool)

    def leaves_all_classes(n: int) -> bool:
        rest_K = total_K - counts_NK[held_back].sum(0) - counts_NK[n]
        return bool((rest_K[total_K > 0] > 0).all())

    for k in np.argsort(total_K, kind="stable"):
        for n in rng.permutation(len(blocks)):
            wanted = counts_NK[held_back, k].sum() + counts_NK[n, k] / 2 <= fraction * total_K[k]
            if counts_NK[n, k] and not held_back[n] and wanted and leaves_all_classes(n):
                held_back[n] = True
        if not counts_NK[held_back, k].any():  # all its blocks exceed the share: the smallest is nearest to it
            smallest_first = (n for n in np.argsort(counts_NK[:, k], kind="stable") if counts_NK[n, k])
            held_back[[n for n in smallest_first if leaves_all_classes(n)][:1]] = True
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


class WindowSampler:
    """Draws training windows: blocks by the rarity of what they hold, then a place in or near the block.

    A window never touches a validation block, nor leaves its image unless the image is smaller.
    """

    def __init__(self, parts: Split, sizes: Sequence[tuple[int, int]], patch_px: int, margin_px: int = 0) -> None:
        self._blocks = parts.training
        self._sizes = sizes
        self._patch_px, self._margin_px = patch_px, margin_px
        self._forbidden = [[b.window for b in parts.validation if b.image == image] for image in range(len(sizes))]
        counts_NK = np.array([block.counts for block in parts.training], dtype=np.float64)
        share_NK = counts_NK / np.maximum(counts_NK.sum(0), 1)
        weight_N = share_NK.sum(1)
        self._probability_N = weight_N / weight_N.sum()

    def draw(self, number: int, rng: np.random.Generator) -> list[tuple[int, Window]]:
        """``number`` windows as (image, window of patch size)."""
        return [self._near(self._blocks[n], rng) for n in rng.choice(len(self._blocks), number, p=self._probability_N)]

    def _near(self, block: Block, rng: np.random.Generator) -> tuple[int, Window]:
        for _ in range(_TRIES):
            centre = rng.integers(block.window.x, block.window.right), rng.integers(block.window.y, block.window.bottom)
            window = self._inside(block.image, int(centre[0]), int(centre[1]))
            if not any(window.grow(self._margin_px).overlaps(other) for other in self._forbidden[block.image]):
                return block.image, window
        middle = block.window.x + block.window.width // 2, block.window.y + block.window.height // 2
        return block.image, self._inside(block.image, *middle)

    def _inside(self, image: int, x: int, y: int) -> Window:
        """The patch about (x, y), shifted into the image; centred on it where the image is smaller."""
        half, patch = self._patch_px // 2, self._patch_px
        width, height = self._sizes[image]
        place = [
            min(max(at - half, 0), size - patch) if size >= patch else -((patch - size) // 2)
            for at, size in ((x, width), (y, height))
        ]
        return Window(place[0], place[1], patch, patch)
