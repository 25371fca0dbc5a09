"""The places of a map that are worst, of those that were compared: blocks with the most wrong pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.legend import LegendClass
from ..core.thumbnail import Decimated, Ids, fit
from ..core.windows import Window, cover
from ..raster import Grid, Row, write_boxes
from .comparison import Comparison, Inputs

_MOST, _DRAWN, _PICTURE_PX, _WINDOW_PX = 20, 4, 220, 1024


@dataclass(frozen=True)
class Block:
    """A block of the map. ``most_frequent_error`` names its most frequent error."""

    window: Window
    wrong_px: int
    compared_px: int
    most_frequent_error: str

    @property
    def wrong(self) -> float:
        """Share of the compared pixels."""
        return self.wrong_px / self.compared_px


@dataclass(frozen=True)
class Closeup:
    """A place as it looks in the map and in the reference."""

    place: Block
    map_HW: Ids
    reference_HW: Ids


def worst_places(found: Comparison, classes: Sequence[LegendClass]) -> tuple[Block, ...]:
    """At most twenty, the worst first."""
    wrong_NKK = found.blocks_NKK.copy()
    wrong_NKK[:, range(len(classes)), range(len(classes))] = 0
    wrong_N, windows = (
        wrong_NKK.sum(axis=(1, 2)),
        list(cover(found.grid.width, found.grid.height, found.block_px)),
    )
    places = []
    for number in np.argsort(-wrong_N, kind="stable")[:_MOST]:
        if wrong_N[number]:
            row, column = np.unravel_index(wrong_NKK[number].argmax(), wrong_NKK.shape[1:])
            most_frequent_error = f"{classes[row].name} mapped as {classes[column].name}"
            places.append(
                Block(
                    windows[number],
                    int(wrong_N[number]),
                    int(found.blocks_NKK[number].sum()),
                    most_frequent_error,
                )
            )
    return tuple(places)


def closeups(places: Sequence[Block], sides: Inputs) -> tuple[Closeup, ...]:
    """The first few, looked at again; small."""
    bare = replace(sides, probabilities=None, regions=None)
    return tuple(_closeup(place, bare) for place in places[:_DRAWN])


def _closeup(place: Block, sides: Inputs) -> Closeup:
    box = place.window
    map_picture, reference_picture = (Decimated(box.width, box.height) for _ in range(2))
    for piece in cover(box.width, box.height, _WINDOW_PX):
        part = sides.read(Window(box.x + piece.x, box.y + piece.y, piece.width, piece.height))
        map_picture.add(piece, part.map_HW)
        reference_picture.add(piece, part.reference_HW)
    return Closeup(
        place, *(fit(one.ids_HW, longest_px=_PICTURE_PX) for one in (map_picture, reference_picture))
    )


def write_places(path: str, grid: Grid, places: Sequence[Block]) -> None:
    """Write the blocks as polygons with their rank and figures, to zoom to: whole or not at all."""
    rows: list[Row] = [
        {
            "rank": rank,
            "wrong": place.wrong,
            "wrong_px": place.wrong_px,
            "compared_px": place.compared_px,
            "mostly": place.most_frequent_error,
        }
        for rank, place in enumerate(places, 1)
    ]
    write_boxes(path, grid, [place.window for place in places], rows)
