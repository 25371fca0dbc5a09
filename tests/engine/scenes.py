"""Synthetic scenes with known answers, for tests that need an image, its labels and no files."""

from __future__ import annotations

import numpy as np

from engine.core.legend import LegendClass

CLASSES = (LegendClass(0, "field", (220, 220, 220)), LegendClass(7, "disc", (200, 30, 30)))


def discs(
    width: int, height: int, seed: int = 0, bands: int = 3, dtype: str = "uint8"
) -> tuple[np.ndarray, np.ndarray]:
    """Noisy image_CHW and its ids_HW: discs (id 1), about a third of the area and 40 % brighter than the
    field (id 0).
    """
    rng = np.random.default_rng(seed)
    ids_HW = np.zeros((height, width), np.uint8)
    rows, columns = np.mgrid[:height, :width]
    while ids_HW.mean() < 0.3:
        x, y, radius = rng.integers(width), rng.integers(height), rng.integers(4, 14)
        ids_HW[(rows - y) ** 2 + (columns - x) ** 2 <= radius**2] = 1
    scale = 1 if dtype == "uint8" else 40
    image_CHW = (100 + 40 * ids_HW + rng.normal(0, 12, (bands, height, width))) * scale
    return np.clip(image_CHW, 0, 255 * scale).astype(dtype), ids_HW


TEXTURES = (
    LegendClass(1, "bright", (250, 250, 210)),
    LegendClass(2, "fine", (60, 140, 60)),
    LegendClass(3, "coarse", (140, 90, 40)),
)


def textures(width: int, height: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """image_CHW and ids_HW of three strips: one bright; two of the very same values, as grains of 1 px and of
    10 px.

    So a single pixel tells the first class, and nothing about which of the other two it is.
    """
    rng = np.random.default_rng(seed)
    ids_HW = np.broadcast_to(np.arange(width) * 3 // width, (height, width)).astype(np.uint8)
    fine_HW = rng.integers(0, 2, (height, width))
    coarse_HW = np.kron(rng.integers(0, 2, (height // 10 + 1, width // 10 + 1)), np.ones((10, 10), int))[
        :height, :width
    ]
    grains_HW = np.choose(ids_HW, [np.full_like(fine_HW, 2), fine_HW, coarse_HW])
    image_CHW = 60 + 70 * grains_HW + rng.normal(0, 6, (3, height, width))
    return np.clip(image_CHW, 0, 255).astype(np.uint8), ids_HW
