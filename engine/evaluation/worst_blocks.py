"""The blocks of a map with the most wrong pixels among those that were compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..core.legend import LegendClass
from ..core.thumbnail import Decimated, Ids, fit
from ..core.windows import Window, cover
from ..files.qgis_style import outline_qml
from ..raster import Grid
from ..raster.geopackage import Row, outline, write_features
from .comparison import Comparison
from .inputs import Inputs

_MOST, _DRAWN, _PICTURE_PX, _WINDOW_PX = 20, 4, 220, 1024
_FIELDS = {"rank": int, "wrong": float, "wrong_px": int, "compared_px": int, "mostly": str}


@dataclass(frozen=True)
class Block:
    """A block of the map; its position and side are in pixels of the map."""

    window: Window
    wrong_px: int
    compared_px: int
    most_frequent_error: str
    """The pair of classes that is the most frequent one among its wrong pixels."""

    @property
    def error_rate(self) -> float:
        """Share of the compared pixels that are wrong."""
        return self.wrong_px / self.compared_px

    def figures(self) -> dict[str, Any]:
        """The figures of the block under the names that JSON files and GeoPackages have."""
        return {
            "wrong": self.error_rate,
            "wrong_px": self.wrong_px,
            "compared_px": self.compared_px,
            "mostly": self.most_frequent_error,
        }


@dataclass(frozen=True)
class Closeup:
    """Small pictures of a block in the map and in the reference."""

    block: Block
    map_HW: Ids
    reference_HW: Ids


def find_worst_blocks(found: Comparison, classes: Sequence[LegendClass]) -> tuple[Block, ...]:
    """At most twenty blocks with wrong pixels, the worst first."""
    wrong_NKK = found.blocks_NKK.copy()
    wrong_NKK[:, range(len(classes)), range(len(classes))] = 0
    wrong_N = wrong_NKK.sum(axis=(1, 2))
    windows = list(cover(found.grid.width, found.grid.height, found.block_px))
    blocks = []
    for number in np.argsort(-wrong_N, kind="stable")[:_MOST]:
        if wrong_N[number]:
            row, column = np.unravel_index(wrong_NKK[number].argmax(), wrong_NKK.shape[1:])
            block = Block(
                window=windows[number],
                wrong_px=int(wrong_N[number]),
                compared_px=int(found.blocks_NKK[number].sum()),
                most_frequent_error=f"{classes[row].name} mapped as {classes[column].name}",
            )
            blocks.append(block)
    return tuple(blocks)


def closeups(blocks: Sequence[Block], inputs: Inputs) -> tuple[Closeup, ...]:
    """Small pictures of the first few blocks, read once more."""
    bare = replace(inputs, probabilities=None, regions=None)
    return tuple(_closeup(block, bare) for block in blocks[:_DRAWN])


def _closeup(block: Block, inputs: Inputs) -> Closeup:
    box = block.window
    map_picture, reference_picture = (Decimated(box.width, box.height) for _ in range(2))
    for piece in cover(box.width, box.height, _WINDOW_PX):
        pair = inputs.read(Window(box.x + piece.x, box.y + piece.y, piece.width, piece.height))
        map_picture.add(piece, pair.map_HW)
        reference_picture.add(piece, pair.reference_HW)
    map_HW, reference_HW = (
        fit(one.ids_HW, longest_px=_PICTURE_PX) for one in (map_picture, reference_picture)
    )
    return Closeup(block, map_HW, reference_HW)


def write_worst_blocks(path: str, grid: Grid, blocks: Sequence[Block]) -> None:
    """Write the blocks as polygons with their rank and figures, whole or not at all."""
    outlines = (outline(block.window) for block in blocks)
    rows: Iterator[Row] = ({"rank": rank, **block.figures()} for rank, block in enumerate(blocks, 1))
    write_features(path, grid, "Polygon", _FIELDS, zip(outlines, rows), outline_qml())
