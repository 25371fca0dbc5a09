"""Rasterizes references: writes the class of each pixel of a grid to a temporary file.

The file has ids of the `Catalogue` in 8 bits; `UNKNOWN` marks pixels that are covered by a feature without a
class, and `IGNORE` pixels that nothing covers. `RasterizedLabels` reads it by windows and translates the ids.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window, cover
from ..files.atomic import temporary_folder
from ..protocol import Emit, EngineError, Progress, message, warning
from ..raster import Grid, RasterFile
from ..raster.gdal import created, gdal, open_dataset, write_errors
from .class_catalogue import BACKGROUND, UNKNOWN, Catalogue
from .class_resolution import resolve_classes
from .colour_raster import ColourReference, is_coloured
from .label_raster import RasterReference
from .labels import Labels, RasterizedLabels
from .reference import Reference, ReferenceOptions, no_overlap, overlaps
from .vector import VectorReference

_WINDOW_PX = 1024
_OPTIONS = [
    "TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256",
    "COMPRESS=DEFLATE", "ZLEVEL=1", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER",
]  # fmt: skip
_DEFAULTS = ReferenceOptions()


@contextlib.contextmanager
def rasterize(
    references: Sequence[str],
    grid: Grid,
    options: ReferenceOptions = _DEFAULTS,
    *,
    classes: Sequence[LegendClass] = (),
    in_order: bool = False,
    emit: Emit,
) -> Iterator[Labels]:
    """The labels of ``references`` (paths of vector layers and rasters) on ``grid``, while the block runs.

    Where references overlap, the later one wins; within a layer, the later feature. ``classes`` come first in
    the result, and the references' own classes are matched to them (`resolve_classes`). Classes without a
    pixel on the grid are left out. With ``in_order``, a class raster on the grid itself is read directly,
    which is faster unless windows are read in random order. Raises `EngineError` if a reference cannot give
    labels for this grid.
    """
    catalogue = Catalogue(options.renames, options.legends, {c.value for c in classes})
    background = catalogue.add(BACKGROUND, "the background") if options.unlabelled == "background" else None
    opened = (_open(path, grid, options) for path in references)
    area = [VectorReference(options.area, grid)] if options.area else []
    with (
        temporary_folder() as folder,
        _on_grid(opened, catalogue, emit) as layers,
        _on_grid(area, Catalogue(), emit) as outline,
    ):
        for layer in layers + outline:
            layer.prepare(folder, emit)
        path = folder / "labels.tif"
        only = _only_raster(layers, outline) if in_order else None
        counts = only.count() if only else _write_ids(path, grid, layers, outline, emit)
        if not (occurring := _occurring(counts, background)):
            raise _no_labels(references, options.area)
        final, index = resolve_classes(catalogue.found, classes, occurring)
        _warn_renamed(catalogue, final, index, len(classes), emit)
        translation = _translation(index, background)
        with (
            only.labels(final, translation)
            if only
            else RasterizedLabels(grid, final, path, translation, *_features(layers, index, len(final)))
        ) as labels:
            yield labels


@contextlib.contextmanager
def _on_grid(references: Iterable[Reference], catalogue: Catalogue, emit: Emit) -> Iterator[list[Reference]]:
    """Examine the references, and yield those that overlap the grid; the block's end closes all.

    Warns of each reference that does not overlap the grid; raises `EngineError` if none does.
    """
    with contextlib.ExitStack() as stack:
        examined: list[Reference] = []
        for reference in references:
            stack.callback(reference.close)
            reference.examine(catalogue, emit)
            examined.append(reference)
        meeting = [reference for reference in examined if overlaps(reference)]
        if examined and not meeting:
            raise no_overlap(examined)
        for reference in examined:
            if reference not in meeting:
                emit(warning("{name} does not overlap the image and was left out.", name=reference.name))
        yield meeting


def _open(path: str, grid: Grid, options: ReferenceOptions) -> Reference:
    file, kinds = path.partition("|")[0], gdal().OF_VECTOR | gdal().OF_RASTER
    dataset = open_dataset(file, kinds, message("a vector layer or a raster"))
    is_vector = dataset.GetLayerCount() > 0
    dataset.close()
    if is_vector:
        return VectorReference(path, grid, options.field, options.by_name)
    source = RasterFile.open(path)
    return ColourReference(source, grid) if is_coloured(source) else RasterReference(source, grid)


def _only_raster(layers: Sequence[Reference], outline: Sequence[Reference]) -> RasterReference | None:
    """The single reference, if it is a raster on the grid whose codes can be read as they are."""
    only = layers[0] if len(layers) == 1 and not outline else None
    return only if type(only) is RasterReference and only.is_plain else None


def _occurring(counts: npt.NDArray[np.int64], background: int | None) -> set[int]:
    """The ids that at least one pixel has."""
    found = set(np.flatnonzero(counts[:UNKNOWN]).tolist())
    return found | {background} if background is not None and counts[IGNORE] else found


def _translation(index: Mapping[int, int], background: int | None) -> npt.NDArray[np.uint8]:
    """A table of 256 entries: for each id of the catalogue, the index among the classes.

    Pixels that nothing covers become background, if that is a class.
    """
    translation = np.full(256, IGNORE, np.uint8)
    translation[list(index)] = list(index.values())
    if background is not None:
        translation[IGNORE] = index[background]
    return translation


def _features(
    layers: Sequence[Reference], index: Mapping[int, int], classes: int
) -> tuple[tuple[int, ...], bool]:
    """The number of features of each class in the layers, and whether all of them are points."""
    counts = [0] * classes
    for layer in layers:
        for class_id, place in index.items():
            if place < classes:
                counts[place] += layer.features[class_id]
    return tuple(counts), all(layer.points for layer in layers)


def _write_ids(
    path: Path, grid: Grid, layers: Sequence[Reference], outline: Sequence[Reference], emit: Emit
) -> npt.NDArray[np.int64]:
    """Write the catalogue's ids to ``path``, window by window; return the number of pixels of each id.

    Warns of labels that are hidden by others.
    """
    counts, hidden = np.zeros(256, np.int64), Counter[str]()
    shape = (grid.width, grid.height, 1, gdal().GDT_Byte, _OPTIONS)
    done = 0
    with created("GTiff", path, *shape) as dataset:
        band = dataset.GetRasterBand(1)
        band.SetNoDataValue(IGNORE)  # what blocks that are never written read as
        for window in cover(grid.width, grid.height, _WINDOW_PX):
            ids_HW = _ids_of(window, layers, outline, hidden)
            counts += np.bincount(ids_HW.ravel(), minlength=256)
            if (ids_HW != IGNORE).any():
                with write_errors(path):
                    band.WriteArray(ids_HW, window.x, window.y)
            done += window.pixels
            if window != grid.window:
                emit(Progress(done, grid.window.pixels, "px"))
        with write_errors(path):
            dataset.FlushCache()
    _warn_overlaps(hidden, layers, emit)
    return counts


def _ids_of(
    window: Window, layers: Sequence[Reference], outline: Sequence[Reference], hidden: Counter[str]
) -> npt.NDArray[np.uint8]:
    """``ids_HW`` of a window; ``hidden`` counts the pixels on which a layer covers another class."""
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


def _warn_overlaps(hidden: Mapping[str, int], layers: Sequence[Reference], emit: Emit) -> None:
    """Warn of pixels that have labels of several classes, and say which label counts."""
    for layer in layers:
        if layer.overlapping_px:
            emit(
                warning(
                    "{name}: features of different classes overlap on {px:,} px; the later feature is used.",
                    name=layer.name,
                    px=layer.overlapping_px,
                )
            )
    for name, px in hidden.items():
        emit(
            warning(
                "On {px:,} px, {name} has other classes than the references before it. The classes of "
                "{name} are used there.",
                name=name,
                px=px,
            )
        )


def _warn_renamed(
    catalogue: Catalogue, final: Sequence[LegendClass], index: Mapping[int, int], given: int, emit: Emit
) -> None:
    """Warn of renamed classes that do not occur, and of a class matched to a given one of another name."""
    for old in catalogue.not_found:
        emit(
            warning(
                "RENAMES has a new name for the class {old!r}, but the labels have no such class.", old=old
            )
        )
    for i, found in enumerate(catalogue.found):
        names = found.name.casefold(), found.code_or_name.casefold()
        if found.value is None and index[i] < given and final[index[i]].name.casefold() not in names:
            emit(
                warning(
                    "{own!r} is compared with {name!r}, the only class besides background. Check that both "
                    "mean the same.",
                    own=found.name,
                    name=final[index[i]].name,
                )
            )


def _no_labels(references: Sequence[str], area: str) -> EngineError:
    names = ", ".join(references)
    return EngineError(
        "no_labels",
        message("No pixel of the image inside {area} gets a class from {names}.", area=area, names=names)
        if area
        else message("No pixel of the image gets a class from {names}.", names=names),
        "Check that labelled features or pixels lie on the image and are at least a pixel in size.",
    )
