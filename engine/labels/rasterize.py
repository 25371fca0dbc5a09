"""Burning references on a grid: every pixel's class id, in one temporary file that is read by windows.

``ids_HW`` is uint8. While burning, ids are those of the `Catalogue`, `UNKNOWN` marks pixels covered
by something without a class and IGNORE pixels that nothing covers; `BurnedLabels` translates on reading.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window, cover
from ..files.atomic import temporary_folder
from ..protocol import Emit, EngineError, Log, Progress
from ..raster import Grid, RasterFile
from ..raster.gdal import created, gdal, open_dataset, write_errors
from .class_catalogue import BACKGROUND, UNKNOWN, Catalogue, settle
from .colour_raster import ColourReference, is_coloured
from .label_raster import RasterReference
from .labels import BurnedLabels, Labels
from .reference import Reference, no_overlap, overlaps
from .vector import VectorReference

_WINDOW_PX = 1024
_OPTIONS = [
    "TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "ZLEVEL=1", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER",
]  # fmt: skip


def rasterize(
    references: Sequence[str],
    grid: Grid,
    *,
    field: str = "",
    unlabelled: str = "ignore",
    area: str = "",
    classes: Sequence[LegendClass] = (),
    renames: Mapping[str, str] | None = None,
    legends: Mapping[str, Mapping[str, str]] | None = None,
    in_order: bool = False,
    by_name: bool = False,
    emit: Emit,
) -> Labels:
    """The references' labels on ``grid``; where they overlap, later references win, and of one layer later
    features.

    ``field`` holds the class of vector features (without it a layer is one class); ``by_name`` takes numbers
    in it as names, so that they may be any. What no reference covers is ignored, or is ``background``.
    Outside ``area``'s polygons all is ignored. ``renames`` gives classes, by their names or codes, other
    names; alike ones are one class. ``legends`` says what references call their classes (`Catalogue`). With
    ``in_order`` a class raster on the grid itself is read where it is: faster, unless windows at random are
    asked for. ``classes`` given come first in the result, and the references' own are matched to them.
    Classes without a pixel on the grid are left out. Raises `EngineError` for what cannot be labels of this
    grid.
    """
    catalogue = Catalogue(renames, legends, {c.value for c in classes})
    background = catalogue.add(BACKGROUND, "the background") if unlabelled == "background" else None
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        layers = _overlapping(
            [_examined(_open(path, grid, field, by_name), catalogue, stack, emit) for path in references],
            emit,
        )
        outline = (
            _overlapping([_examined(VectorReference(area, grid), Catalogue(), stack, emit)], emit)
            if area
            else []
        )
        for layer in layers + outline:
            layer.prepare(folder, emit)
        only = _only_raster(layers, outline) if in_order else None
        counts = only.count() if only else _burn_windows(folder / "labels.tif", grid, layers, outline, emit)
        if not (occurring := _occurring(counts, background)):
            raise _no_labels(references, area)
        final, index = settle(catalogue.found, classes, occurring)
        _tell_renamed(catalogue, final, index, len(classes), emit)
        translation = _translation(index, background)
        if only:
            return only.labels(final, translation, stack.pop_all())
        features = [
            sum(layer.features[i] for layer in layers for i in index if index[i] == k)
            for k in range(len(final))
        ]
        points = all(layer.points for layer in layers)
        return BurnedLabels(
            grid, final, folder / "labels.tif", translation, stack.pop_all(), features, points
        )


def _occurring(counts: npt.NDArray[np.int64], background: int | None) -> set[int]:
    """The ids that have pixels."""
    found = set(np.flatnonzero(counts[:UNKNOWN]).tolist())
    return found | {background} if background is not None and counts[IGNORE] else found


def _translation(index: Mapping[int, int], background: int | None) -> npt.NDArray[np.uint8]:
    """The place among the classes of each id of the catalogue; what nothing covers is background, if that is
    a class.
    """
    translation = np.full(256, IGNORE, np.uint8)
    translation[list(index)] = list(index.values())
    if background is not None:
        translation[IGNORE] = index[background]
    return translation


def _only_raster(layers: Sequence[Reference], outline: Sequence[Reference]) -> RasterReference | None:
    """The one raster that says all, if it lies on the grid and holds plain codes."""
    only = layers[0] if len(layers) == 1 and not outline else None
    return only if type(only) is RasterReference and only.is_plain else None


def _tell_overlaps(hidden: Counter[str], layers: Sequence[Reference], emit: Emit) -> None:
    """Say where labels of different classes lay over each other, and which were taken."""
    for layer in layers:
        if layer.overlapping_px:
            text = f"{layer.name}: features of different classes overlap on {layer.overlapping_px:,} px; later ones were taken."
            emit(Log(text, warning=True))
    for name, pixels in hidden.items():
        text = f"{name} has other classes on {pixels:,} px than references before it, and was taken there, as the later one."
        emit(Log(text, warning=True))


def _tell_renamed(
    catalogue: Catalogue, final: Sequence[LegendClass], index: dict[int, int], given: int, emit: Emit
) -> None:
    """Warn of new names for classes that there are not, and of labels taken for a class of another name: of a
    single kind, like that class, but perhaps not the same.
    """
    for old in catalogue.not_found:
        emit(Log(f"There is no class {old!r} among the labels to be renamed.", warning=True))
    for i, labels in enumerate(catalogue.found):
        names = labels.name.casefold(), labels.own.casefold()
        if labels.value is None and index[i] < given and final[index[i]].name.casefold() not in names:
            text = f"{labels.name!r} is compared as {final[index[i]].name!r}, the only class beside background: check that it is."
            emit(Log(text, warning=True))


def _open(path: str, grid: Grid, field: str, by_name: bool) -> Reference:
    dataset = open_dataset(
        path.partition("|")[0], gdal().OF_VECTOR | gdal().OF_RASTER, "a vector layer or a raster"
    )
    is_vector = dataset.GetLayerCount() > 0
    dataset.close()
    if is_vector:
        return VectorReference(path, grid, field, by_name)
    source = RasterFile.open(path)
    return ColourReference(source, grid) if is_coloured(source) else RasterReference(source, grid)


def _examined(
    reference: Reference, catalogue: Catalogue, stack: contextlib.ExitStack, emit: Emit
) -> Reference:
    stack.callback(reference.close)
    reference.examine(catalogue, emit)
    return reference


def _overlapping(references: Sequence[Reference], emit: Emit) -> list[Reference]:
    """The references that share something with the grid; a warning for each that does not, an error for
    all.
    """
    near = [reference for reference in references if overlaps(reference)]
    if not near:
        raise no_overlap(references)
    for reference in references:
        if reference not in near:
            emit(Log(f"{reference.name} does not overlap the image and was left out.", warning=True))
    return near


def _burn_windows(
    path: Path, grid: Grid, layers: Sequence[Reference], outline: Sequence[Reference], emit: Emit
) -> npt.NDArray[np.int64]:
    """Write catalogue ids to ``path``, window by window; returns how many pixels have each id. Tells what was
    hidden.
    """
    counts, hidden = np.zeros(256, np.int64), Counter[str]()
    shape = (grid.width, grid.height, 1, gdal().GDT_Byte, _OPTIONS)
    done = 0
    with created("GTiff", path, *shape) as dataset:
        band = dataset.GetRasterBand(1)
        band.SetNoDataValue(IGNORE)  # what blocks that are never written read as
        for window in cover(grid.width, grid.height, _WINDOW_PX):
            ids_HW = _burn_window(window, layers, outline, hidden)
            counts += np.bincount(ids_HW.ravel(), minlength=256)
            if (ids_HW != IGNORE).any():
                with write_errors(path):
                    band.WriteArray(ids_HW, window.x, window.y)
            done += window.pixels
            if window != grid.window:
                emit(Progress(done, grid.window.pixels, "px"))
        with write_errors(path):
            dataset.FlushCache()
    _tell_overlaps(hidden, layers, emit)
    return counts


def _burn_window(
    window: Window, layers: Sequence[Reference], outline: Sequence[Reference], hidden: Counter[str]
) -> npt.NDArray[np.uint8]:
    ids_HW = np.full((window.height, window.width), IGNORE, np.uint8)
    outside_HW = np.zeros_like(ids_HW, bool)
    for area in outline:
        outside_HW |= area.read(window) == IGNORE
    for layer in layers if not outside_HW.all() else []:
        layer_HW = layer.read(window)
        hidden_px = ((ids_HW < UNKNOWN) & (layer_HW < UNKNOWN) & (ids_HW != layer_HW) & ~outside_HW).sum()
        hidden.update({layer.name: int(hidden_px)} if hidden_px else {})
        # A feature without a class hides no label of another reference, only the background.
        np.copyto(ids_HW, layer_HW, where=(layer_HW < UNKNOWN) | ((layer_HW == UNKNOWN) & (ids_HW == IGNORE)))
    ids_HW[outside_HW] = UNKNOWN
    return ids_HW


def _no_labels(references: Sequence[str], area: str) -> EngineError:
    inside = f" inside {area}" if area else ""
    return EngineError(
        "no_labels",
        f"No pixel of the image{inside} gets a class from {', '.join(references)}.",
        "Check that labelled features or pixels lie on the image and are at least a pixel in size.",
    )
