"""Sample points: draws a stratified random sample of a class map's pixels, to be labelled in QGIS.

With the labels, an evaluation estimates how good the whole map is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import labels, raster
from ..core.legend import LegendClass
from ..evaluation.inputs import read_map_classes
from ..evaluation.point_sampling import Population, write_sample
from ..files.atomic import check_apart
from ..metrics.sample_size import allocate, expected_error, points_needed
from ..metrics.stratified import FEWEST_POINTS
from ..protocol import Emit, EngineError, SamplePointsJob, Started, info, message, warning

_WARN_AREA_RATIO = 1.02
"""The ratio of the largest to the smallest ground area of a pixel from which the log warns."""


def sample_points(job: SamplePointsJob, emit: Emit) -> dict[str, Any]:
    """Draw as many points as the map's classes need for the standard error that ``job`` asks for."""
    emit(Started("CPU", message("drawing points needs no GPU")))
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(raster.RasterFile.open(job.class_map))
        check_apart([job.output], [*job.inputs(), *source.files])
        if not source.grid.crs_wkt:
            emit(
                warning(
                    "{path} has no coordinate reference system: set it first, or the points cannot be "
                    "evaluated.",
                    path=job.class_map,
                )
            )
        classes = read_map_classes(source, job.class_map)
        area = stack.enter_context(labels.AreaOfInterest.open(source.grid, job.area, "", emit))
        population = Population(source, classes, area, emit)
        px_K, weights_K = population.px_K, population.weights_K
        _require_pixels(job, int(px_K.sum()))
        counts_K = _counts(job, px_K, weights_K)
        _log_sample(job, population, classes, counts_K, emit)
        _log_pixel_areas(source.grid, area.window.y, area.window.bottom, emit)
        sample = population.draw(counts_K, job.seed, emit)
        write_sample(job.output, source.grid, sample, classes, weights_K)
    return {"output": job.output, "count": int(counts_K.sum()), "pixels": int(px_K.sum())}


def _require_pixels(job: SamplePointsJob, pixels: int) -> None:
    if pixels:
        return
    remedy = message("Choose another class map, or an area that it covers.")
    if job.area:
        raise EngineError(
            "no_pixels",
            "No pixel of {path} within {area} has a class.",
            remedy,
            path=job.class_map,
            area=job.area,
        )
    raise EngineError("no_pixels", "No pixel of {path} has a class.", remedy, path=job.class_map)


def _counts(
    job: SamplePointsJob, px_K: NDArray[np.int64], weights_K: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The number of points in each class.

    Raises `EngineError` where the job asks for fewer points than its classes need together.
    """
    needed = points_needed(weights_K, np.full(len(weights_K), job.accuracy), job.standard_error)
    counts_K = allocate(job.points or needed, px_K, max(FEWEST_POINTS, job.fewest))
    if job.points and counts_K.sum() > job.points:
        strata = int(np.count_nonzero(px_K))
        most = job.points // strata
        lower = (
            message("lower FEWEST to {most}", most=most) if most >= FEWEST_POINTS else message("join classes")
        )
        raise EngineError(
            "too_few_points",
            "{points} points are too few for {classes} classes with {fewest} points each.",
            "Ask for {needed} points or more, or {lower}.",
            points=job.points,
            classes=strata,
            fewest=job.fewest,
            needed=counts_K.sum(),
            lower=lower,
        )
    return counts_K


def _log_sample(
    job: SamplePointsJob,
    population: Population,
    classes: Sequence[LegendClass],
    counts_K: NDArray[np.int64],
    emit: Emit,
) -> None:
    """Log the number of points drawn from each class, and the standard error to expect."""
    px_K, weights_K = population.px_K, population.weights_K
    for c, px, weight, count in zip(classes, px_K.tolist(), weights_K.tolist(), counts_K.tolist()):
        drawn = message("no pixels, so no points are drawn")
        if px:
            drawn = message("{px:,} px ({share:.2%}), {points} points", px=px, share=weight, points=count)
        emit(info("{value} {name}: {drawn}.", value=c.value, name=c.name, drawn=drawn))
    expected = message(
        "If {accuracy:.0%} of the pixels of each class are correct, overall accuracy will have a standard "
        "error of {error:.4f}.",
        accuracy=job.accuracy,
        error=expected_error(weights_K, np.full(len(classes), job.accuracy), counts_K),
    )
    emit(info("{points} points in all. {expected}", points=counts_K.sum(), expected=expected))
    if population.unnamed_px:
        emit(
            warning(
                "{px:,} px hold values that the map's legend does not name; no point is drawn there.",
                px=population.unnamed_px,
            )
        )


def _log_pixel_areas(grid: raster.Grid, top: int, bottom: int, emit: Emit) -> None:
    """Warn if the ground area of pixels differs so much that shares of pixels are no shares of the ground."""
    areas_m2 = raster.row_areas_m2(grid)
    if areas_m2 is None:
        return
    ratio = float(areas_m2[top:bottom].max() / areas_m2[top:bottom].min())
    if ratio > _WARN_AREA_RATIO:
        emit(
            warning(
                "Some pixels cover {percent:.0f} % more ground than others; points stand for pixels, not for "
                "ground. Reproject the map to an equal-area projection for figures of ground.",
                percent=100 * (ratio - 1),
            )
        )
