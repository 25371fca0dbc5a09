"""Sample points: a class map in, points out whose labels tell how good all of the map is."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import labels, raster
from ..core.legend import LegendClass
from ..evaluation.map_classes import map_classes
from ..evaluation.point_sampling import Population, write_sample
from ..files.atomic import check_apart
from ..metrics.stratified import FEWEST_POINTS, allocate, expected_error, points_needed
from ..protocol import Emit, EngineError, Log, SamplePointsJob, Started

_TOLD_AREAS = 1.02


def sample_points(job: SamplePointsJob, emit: Emit) -> dict[str, Any]:
    """Draw a stratified random sample of the map's pixels, as many as its classes and the wished standard
    error ask for.
    """
    emit(Started("CPU", "drawing points needs no GPU"))
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(raster.RasterFile.open(job.class_map))
        check_apart([job.output], [*job.inputs(), *source.files])
        if not source.grid.crs_wkt:
            text = f"{job.class_map} has no coordinate reference system: set it first, or the points cannot be evaluated."
            emit(Log(text, warning=True))
        classes = map_classes(source, job.class_map)
        region = stack.enter_context(labels.AreaOfInterest.open(source.grid, job.area, "", emit))
        population = Population(source, classes, region, emit)
        px_K, weights_K = population.px_K, population.weights_K
        _require_pixels(job, int(px_K.sum()))
        counts_K = _counts(job, px_K, weights_K)
        _tell(job, population, classes, counts_K, emit)
        _tell_areas(source.grid, region.window.y, region.window.bottom, emit)
        sample = population.draw(counts_K, job.seed, emit)
        write_sample(job.output, source.grid, sample, classes, weights_K)
    return {"output": job.output, "count": int(counts_K.sum()), "pixels": int(px_K.sum())}


def _require_pixels(job: SamplePointsJob, pixels: int) -> None:
    if not pixels:
        where = f" within {job.area}" if job.area else ""
        message = f"No pixel of {job.class_map}{where} has a class."
        raise EngineError("no_pixels", message, "Choose another class map, or an area that it covers.")


def _counts(
    job: SamplePointsJob, px_K: NDArray[np.int64], weights_K: NDArray[np.float64]
) -> NDArray[np.int64]:
    """How many points each class has; `EngineError` where fewer are asked for than its classes need
    together.
    """
    needed = points_needed(weights_K, np.full(len(weights_K), job.accuracy), job.standard_error)
    counts_K = allocate(job.points or needed, px_K, max(FEWEST_POINTS, job.fewest))
    if job.points and counts_K.sum() > job.points:
        strata = int(np.count_nonzero(px_K))
        most = job.points // strata
        lower = f"lower FEWEST to {most}" if most >= FEWEST_POINTS else "join classes"
        raise EngineError(
            "too_few_points",
            f"{job.points} points are too few for {strata} classes with {job.fewest} points each.",
            f"Ask for {counts_K.sum()} points or more, or {lower}.",
        )
    return counts_K


def _tell(
    job: SamplePointsJob,
    population: Population,
    classes: Sequence[LegendClass],
    counts_K: NDArray[np.int64],
    emit: Emit,
) -> None:
    """Say what is drawn from each class, and what the sample will be good for."""
    px_K, weights_K = population.px_K, population.weights_K
    for c, px, weight, count in zip(classes, px_K.tolist(), weights_K.tolist(), counts_K.tolist()):
        drawn = f"{px:,} px ({weight:.2%}), {count} points" if px else "no pixel, so no points"
        emit(Log(f"{c.value} {c.name}: {drawn}."))
    error = expected_error(weights_K, np.full(len(classes), job.accuracy), counts_K)
    expected = f"If {job.accuracy:.0%} of each class are right, overall accuracy will have a standard error of {error:.4f}."
    emit(Log(f"{counts_K.sum()} points in all. {expected}"))
    if population.unnamed_px:
        text = f"{population.unnamed_px:,} px hold values that the map's legend does not name; no point is drawn there."
        emit(Log(text, warning=True))


def _tell_areas(grid: raster.Grid, top: int, bottom: int, emit: Emit) -> None:
    """Warn where pixels cover so different areas that shares of pixels are no shares of ground."""
    areas_m2 = raster.row_areas_m2(grid)
    if areas_m2 is None:
        return
    ratio = float(areas_m2[top:bottom].max() / areas_m2[top:bottom].min())
    if ratio > _TOLD_AREAS:
        text = f"Some pixels cover {100 * (ratio - 1):.0f} % more ground than others; points stand for pixels, not for ground."
        emit(
            Log(f"{text} Reproject the map to an equal-area projection for figures of ground.", warning=True)
        )
