"""The inputs of an evaluation: opens and checks the class map, the reference and the other layers.

Legend: K classes (the map's, then those that only the reference has), H height, W width. Ids are indices into
that list of classes, 255 = no class.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.classified import NO_PERCENT
from ..core.counting import class_ids
from ..core.legend import IGNORE, LegendClass
from ..core.windows import Window
from ..files.atomic import check_apart
from ..labels import AreaOfInterest, Labels, ReferenceOptions, rasterize
from ..metrics.borders import near_border
from ..protocol import Emit, EngineError, EvaluateJob, message
from ..raster import Grid, RasterFile, Source, read_classes

ERROR_BORDER_PX = 3
"""Errors within this distance count as errors at a border, if the job leaves out no borders."""
_CHOOSE_MAP = message(
    "Choose a class map: a raster with one band of whole numbers, as Classify raster writes it."
)
_CHOOSE_PROBABILITIES = message("Choose the probabilities that Classify raster wrote together with this map.")


@dataclass(frozen=True)
class WindowPair:
    """One window of the map and of everything that it is compared with."""

    window: Window
    map_HW: NDArray[np.uint8]
    reference_HW: NDArray[np.uint8]
    near_border_HW: NDArray[np.bool_] | None
    """Labelled pixels near a border between classes of the reference."""
    region_HW: NDArray[np.uint8] | None
    probabilities_KHW: NDArray[Any] | None
    unknown_values: tuple[int, ...]
    """Values of the map that its legend does not name."""


@dataclass(frozen=True)
class Inputs:
    """Everything that an evaluation compares, on the grid of the class map."""

    source: Source
    """The class map."""
    map_classes: tuple[LegendClass, ...]
    reference: Labels
    border_px: int = 0
    """Pixels within this distance of a border count as near it; 0 for none."""
    regions: Labels | None = None
    """Polygons, each of which gets figures of its own."""
    probabilities: Source | None = None
    """The probabilities of the map's classes, one band for each, in the order of the classes."""
    area: AreaOfInterest | None = None
    """Pixels outside it do not count. Any thread may use it, so it is neither reopened nor closed."""
    is_sample: bool = False
    """Whether the reference consists of points, each of which stands for many pixels."""

    @property
    def grid(self) -> Grid:
        """The grid of the class map."""
        return self.source.grid

    def reopen(self) -> Inputs:
        """The same inputs opened once more, to be read by another thread."""
        return Inputs(
            source=self.source.reopen(),
            map_classes=self.map_classes,
            reference=self.reference.reopen(),
            border_px=self.border_px,
            regions=self.regions and self.regions.reopen(),
            probabilities=self.probabilities and self.probabilities.reopen(),
            area=self.area,
            is_sample=self.is_sample,
        )

    def close(self) -> None:
        """Close all files."""
        for one in (self.source, self.reference, self.regions, self.probabilities):
            if one is not None:
                one.close()

    def read(self, window: Window) -> WindowPair:
        """Read everything in ``window``, and ``border_px`` of the reference beyond it."""
        image_CHW, valid_HW = self.source.read(window)
        map_HW = class_ids(image_CHW[0], [c.value for c in self.map_classes])
        unknown: tuple[int, ...] = ()
        if map_HW.max(initial=0) == IGNORE:
            unknown = tuple(np.unique(image_CHW[0][valid_HW & (map_HW == IGNORE)]).tolist())
        if self.area is not None:
            valid_HW &= self.area.inside(window)
        if not valid_HW.all():
            map_HW[~valid_HW] = IGNORE
        around = window.grow(self.border_px)
        labels_HW, inside = self.reference.read(around), window.within(around)
        return WindowPair(
            window=window,
            map_HW=map_HW,
            reference_HW=labels_HW[inside],
            near_border_HW=near_border(labels_HW, self.border_px)[inside] if self.border_px else None,
            region_HW=self.regions.read(window) if self.regions is not None else None,
            probabilities_KHW=self._read_probabilities(window),
            unknown_values=unknown,
        )

    def _read_probabilities(self, window: Window) -> NDArray[Any] | None:
        """Read probabilities; they have the value for no data where they are not valid."""
        if self.probabilities is None:
            return None
        image_KHW, valid_HW = self.probabilities.read(window)
        if not valid_HW.all():
            image_KHW[:, ~valid_HW] = np.nan if image_KHW.dtype.kind == "f" else NO_PERCENT
        return image_KHW


@contextlib.contextmanager
def open_inputs(job: EvaluateJob, emit: Emit) -> Iterator[Inputs]:
    """Everything that ``job`` compares, open while the ``with`` block runs.

    Raises `EngineError` for a map that is no class map, a reference with no class, probabilities that do not
    belong to the map, and outputs that would replace an input.
    """
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(RasterFile.open(job.class_map))
        classes = read_map_classes(source, job.class_map)
        probabilities = regions = area = None
        if job.probabilities:
            probabilities = stack.enter_context(RasterFile.open(job.probabilities))
            check_probabilities(probabilities, job.probabilities, source, classes)
        options = ReferenceOptions.of(job)
        reference = stack.enter_context(
            rasterize(job.references, source.grid, options, classes=classes, in_order=True, emit=emit)
        )
        if job.regions:
            options = ReferenceOptions(job.region_field, by_name=True)
            regions = stack.enter_context(rasterize([job.regions], source.grid, options, emit=emit))
        parts = [file for path in (*job.references, job.regions, job.area) if path for file in _parts(path)]
        parts += [*source.files, *(probabilities.files if probabilities else ())]
        check_apart([path for path in job.outputs() if path], [*job.inputs(), *parts])
        is_sample = reference.points and job.unlabelled == "ignore"
        if job.area and is_sample:
            area = stack.enter_context(AreaOfInterest.open(source.grid, job.area, "", emit))
        border_px = job.erode_px or (ERROR_BORDER_PX if job.errors else 0)
        yield Inputs(source, classes, reference, border_px, regions, probabilities, area, is_sample)


def _parts(path: str) -> tuple[str, ...]:
    """The files that a raster consists of, such as those of a mosaic; empty for a vector layer."""
    try:
        with RasterFile.open(path) as found:
            return tuple(found.files)
    except EngineError:
        return ()


def read_map_classes(source: Source, path: str) -> tuple[LegendClass, ...]:
    """The classes of the class map at ``path``.

    Raises `EngineError` for a raster that is no class map, such as an image or an elevation model.
    """
    if source.bands != 1:
        raise EngineError(
            "not_classes",
            "{path} has {bands} bands; a class map has one.",
            _CHOOSE_MAP,
            path=path,
            bands=source.bands,
        )
    if not np.issubdtype(np.dtype(source.dtype), np.integer):
        raise EngineError(
            "not_classes",
            "{path} holds {dtype} values; classes are whole numbers.",
            _CHOOSE_MAP,
            path=path,
            dtype=source.dtype,
        )
    classes = read_classes(path)
    if not classes:
        raise EngineError("not_classes", "{path} holds no class at all.", _CHOOSE_MAP, path=path)
    return classes


def check_probabilities(found: Source, path: str, class_map: Source, classes: Sequence[LegendClass]) -> None:
    """Raise `EngineError` unless ``found`` holds the probabilities of ``class_map``.

    They have one band per class, in the order of ``classes``, on the grid of the map.
    """
    _check_grid(found, path, class_map)
    if found.bands != len(classes):
        raise EngineError(
            "bands_differ",
            "{path} has {bands} band(s), but {map} has {classes} class(es).",
            _CHOOSE_PROBABILITIES,
            path=path,
            map=class_map.name,
            bands=found.bands,
            classes=len(classes),
        )
    names, bands = [c.name for c in classes], list(found.band_names)
    if bands != names and sorted(bands) == sorted(names):
        raise EngineError(
            "band_order",
            "The bands of {path} are {bands}, not {classes}.",
            _CHOOSE_PROBABILITIES,
            path=path,
            bands=", ".join(bands),
            classes=", ".join(names),
        )
    if np.dtype(found.dtype).kind != "f" and found.dtype != "uint8":
        raise EngineError(
            "bad_dtype",
            "{path} holds {dtype}; probabilities are percentages as 8-bit integers, or numbers from 0 to 1.",
            _CHOOSE_PROBABILITIES,
            path=path,
            dtype=found.dtype,
        )


def _check_grid(found: Source, path: str, class_map: Source) -> None:
    ours, theirs = class_map.grid, found.grid
    same_size = (theirs.width, theirs.height) == (ours.width, ours.height)
    if not same_size or (theirs.crs_wkt and ours.crs_wkt and not theirs.same_pixels(ours)):
        raise EngineError(
            "grids_differ",
            "{path} is not on the grid of {map} ({width} × {height} px and {map_width} × {map_height} px).",
            _CHOOSE_PROBABILITIES,
            path=path,
            map=class_map.name,
            width=theirs.width,
            height=theirs.height,
            map_width=ours.width,
            map_height=ours.height,
        )
