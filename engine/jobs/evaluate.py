"""Evaluate: a class map, reference labels and what else is asked for in; figures, pages, a map of errors
out.
"""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import labels, raster
from ..core.legend import LegendClass
from ..core.thumbnail import fit, labelled_part
from ..evaluation import result
from ..evaluation.comparison import Comparison, Inputs, compare
from ..evaluation.error_map import ErrorKinds, write_error_map
from ..evaluation.inputs import open_probabilities
from ..evaluation.map_classes import map_classes
from ..evaluation.result import Evaluation, RegionFigures
from ..evaluation.worst_blocks import closeups, worst_places, write_places
from ..files import atomic
from ..metrics.bootstrap import intervals
from ..metrics.confusion import Metrics
from ..metrics.probability import Scores
from ..metrics.stratified import Estimate
from ..protocol import Emit, EngineError, EvaluateJob, Event, Log, Started
from ..reports import evaluation
from .versions import versions

_TOLD_SHARE = 0.01
ERROR_BORDER_PX = 3
"""How near a border errors count as errors at it, where no erosion says so."""


def evaluate(job: EvaluateJob, emit: Emit) -> dict[str, Any]:
    """Compare ``job.class_map`` with ``job.references`` and write what was asked for; returns the headline
    figures.

    Raises `EngineError` for a map that is no class map, a reference with no class or no pixel in common with it, and
    outputs that cannot be written; `Cancelled` when ``emit`` does.
    """
    emit(Started("CPU", "counting pixels needs no GPU"))
    told: list[Log] = []

    def tell(event: Event) -> None:
        if isinstance(event, Log):
            told.append(event)
        emit(event)

    with contextlib.ExitStack() as stack:
        sides = _open(job, stack, tell)
        counted = compare(sides, tell)
        classes = tuple(sides.reference.classes)
        _require_common(job, counted, classes, len(sides.map_classes))
        _tell_classes(counted, classes, len(sides.map_classes), job.erode_px, tell)
        estimate = _estimate(job, sides, counted, tell)
        _tell_regions(sides, counted, tell)
        found = _describe(job, sides, counted, estimate, told)
        _write(found, sides, counted, tell)
    return _headline(found)


def _open(job: EvaluateJob, stack: contextlib.ExitStack, emit: Emit) -> Inputs:
    """Everything that is compared, closed by ``stack``."""
    source = stack.enter_context(raster.RasterFile.open(job.class_map))
    classes = map_classes(source, job.class_map)
    probabilities = (
        open_probabilities(job.probabilities, source, classes, stack) if job.probabilities else None
    )
    options = labels.ReferenceOptions.of(job)
    reference = stack.enter_context(
        labels.rasterize(job.references, source.grid, options, classes=classes, in_order=True, emit=emit)
    )
    regions = None
    if job.regions:
        options = labels.ReferenceOptions(job.region_field, by_name=True)
        regions = stack.enter_context(labels.rasterize([job.regions], source.grid, options, emit=emit))
    parts = [file for path in (*job.references, job.regions, job.area) if path for file in _parts(path)]
    parts += [*source.files, *(probabilities.files if probabilities else ())]
    atomic.check_apart([path for path in job.outputs() if path], [*job.inputs(), *parts])
    border_px = job.erode_px or (ERROR_BORDER_PX if job.errors else 0)
    region = None
    if job.area and _is_sample(job, reference):
        region = stack.enter_context(labels.AreaOfInterest.open(source.grid, job.area, "", emit))
    return Inputs(source, classes, reference, border_px, regions, probabilities, region)


def _parts(path: str) -> tuple[str, ...]:
    """The files of a raster, such as those of a mosaic; vector layers have none but their own."""
    try:
        with raster.RasterFile.open(path) as found:
            return tuple(found.files)
    except EngineError:
        return ()


def _is_sample(job: EvaluateJob, reference: labels.Labels) -> bool:
    """Whether the reference is points, each of which stands for many pixels."""
    return reference.points and job.unlabelled == "ignore"


def _require_common(
    job: EvaluateJob, counted: Comparison, classes: Sequence[LegendClass], map_count: int
) -> None:
    """Refuse a comparison that has nothing to count, or in which no reference class could ever be right."""
    if not counted.confusion_KK.any():
        where = f"All {counted.without_class_px:,} labelled pixels lie where the map has no class. "
        raise EngineError(
            "no_overlap",
            f"The class map {job.class_map} and the reference {_names(job.references)} have no labelled pixel in common.",
            (where if counted.without_class_px else "")
            + "Choose a reference that lies on the map, and check both CRSs.",
        )
    in_reference = counted.confusion_KK.any(axis=1)
    if not in_reference[:map_count].any():
        found = _list(c for c, present in zip(classes, in_reference) if present)
        raise EngineError(
            "no_common_class",
            f"No class of the reference ({found}) is a class of the map ({_list(classes[:map_count])}).",
            "Choose the field that holds the map's class codes or names.",
        )


def _tell_classes(
    counted: Comparison, classes: Sequence[LegendClass], map_count: int, erode_px: int, emit: Emit
) -> None:
    """Say which classes were compared, which only one side has, and what was left out."""
    counts_KK = counted.confusion_KK
    in_reference, in_map = counts_KK.any(axis=1), counts_KK.any(axis=0)
    shared = [c for c, present in zip(classes[:map_count], in_reference) if present]
    emit(Log(f"Classes compared: {_list(shared)}."))
    if in_reference[map_count:].any():
        missing = _list(c for c, present in zip(classes[map_count:], in_reference[map_count:]) if present)
        px = int(counts_KK[map_count:].sum())
        emit(Log(f"Only the reference has {missing}: its {px:,} pixels count as errors.", warning=True))
    if (in_map & ~in_reference).any():
        extra = _list(c for c, only_map in zip(classes, in_map & ~in_reference) if only_map)
        emit(Log(f"Only the map has {extra} where they were compared; the means leave them out."))
    if counted.unknown_values:
        values = ", ".join(map(str, sorted(counted.unknown_values)[:10]))
        emit(
            Log(
                f"The map holds values that its legend does not name ({values}); their pixels are left out.",
                warning=True,
            )
        )
    if erode_px and not (counts_KK - counted.border_KK).any():
        text = f"All pixels compared have another class within {erode_px} px: there are no figures without borders."
        emit(Log(text, warning=True))
    if counted.scores and not counted.scores.pixels:
        emit(Log("No pixel that was compared has probabilities: there are no figures of them.", warning=True))
    without_px = counted.without_class_px
    if without_px:
        share = without_px / (without_px + int(counts_KK.sum()))
        text = f"{without_px:,} reference pixels ({share:.1%}) lie where the map has no class; they are left out."
        emit(Log(text, warning=share > _TOLD_SHARE))


def _estimate(job: EvaluateJob, sides: Inputs, counted: Comparison, emit: Emit) -> Estimate | None:
    """Figures of the whole map from points; None, and said why, where there are no points or too few of
    them.
    """
    if not _is_sample(job, sides.reference):
        return None
    size_m = sides.grid.pixel_size_m()
    names = [c.name for c in sides.reference.classes]
    try:
        return Estimate.of(
            counted.confusion_KK, counted.mapped_px_K, math.prod(size_m) if size_m else None, names
        )
    except EngineError as error:
        emit(
            Log(
                f"Figures are of the points alone, not of the whole map. {error.message} {error.remedy}",
                warning=True,
            )
        )
        return None


def _describe(
    job: EvaluateJob, sides: Inputs, counted: Comparison, estimate: Estimate | None, told: Sequence[Log]
) -> Evaluation:
    part = labelled_part(counted.reference_picture.ids_HW)
    pixel_size_m = sides.grid.pixel_size_m()
    shape = pixel_size_m or (1.0, 1.0)
    confusion_KK = counted.confusion_KK
    inner_KK = confusion_KK - counted.border_KK
    places = worst_places(counted, sides.reference.classes)
    return Evaluation(
        job=job,
        classes=tuple(sides.reference.classes),
        metrics=Metrics.of(confusion_KK),
        eroded=Metrics.of(inner_KK) if job.erode_px and inner_KK.any() else None,
        regions=_of_regions(sides, counted),
        scores=Scores.of(counted.scores) if counted.scores and counted.scores.pixels else None,
        intervals=None if estimate else intervals(counted.blocks_NKK),
        block_px=counted.block_px,
        estimate=estimate,
        places=places,
        closeups=() if estimate else closeups(places, sides),
        without_class_px=counted.without_class_px,
        pixel_size_m=pixel_size_m,
        map_HW=fit(counted.map_picture.ids_HW[part], shape),
        reference_HW=fit(counted.reference_picture.ids_HW[part], shape),
        notes=tuple(log.text for log in told if not log.warning),
        warnings=tuple(log.text for log in told if log.warning),
        versions=versions(),
        date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _tell_regions(sides: Inputs, counted: Comparison, emit: Emit) -> None:
    """Warn of regions that have no figures."""
    named = zip(sides.regions.classes, counted.regions_RKK) if sides.regions else ()
    if empty := [region.name for region, region_KK in named if not region_KK.any()]:
        emit(
            Log(
                f"Nothing was compared in the region(s) {', '.join(empty[:10])}: they have no figures.",
                warning=True,
            )
        )


def _of_regions(sides: Inputs, counted: Comparison) -> tuple[RegionFigures, ...]:
    """The regions in which something was compared."""
    named = zip(sides.regions.classes, counted.regions_RKK) if sides.regions else ()
    return tuple(
        RegionFigures(region.name, Metrics.of(region_KK)) for region, region_KK in named if region_KK.any()
    )


def _write(found: Evaluation, sides: Inputs, counted: Comparison, emit: Emit) -> None:
    """Write the outputs asked for; all texts are on disk before the first takes its name."""
    job = found.job
    makers = ((job.report, evaluation.evaluation_html), (job.json, result.to_json), (job.csv, result.to_csv))
    texts = [(path, make(found)) for path, make in makers if path]
    if job.errors:
        write_error_map(
            job.errors, sides, ErrorKinds.of(counted.confusion_KK, counted.border_KK, found.classes), emit
        )
    if job.places:
        write_places(job.places, sides.grid, found.places)
    with contextlib.ExitStack() as stack:
        for path, text in texts:
            stack.enter_context(atomic.whole(path)).write_bytes(text.encode("utf-8"))


def _headline(found: Evaluation) -> dict[str, Any]:
    """The figures of all pixels and, None where not asked for, those without borders and of probabilities;
    the files.
    """
    eroded, estimated = found.eroded, found.estimate and found.estimate.overall_accuracy.value
    return {
        **found.metrics.overall,
        **({} if estimated is None else {"overall_accuracy": estimated}),
        "pixels": found.metrics.pixels,
        "eroded_overall_accuracy": eroded and eroded.overall_accuracy,
        "eroded_mean_f1": eroded and eroded.mean_f1,
        "estimated_overall_accuracy": estimated,
        "auc": found.scores and found.scores.mean_auc,
        **{kind: getattr(found.job, kind) for kind in ("report", "json", "csv", "errors", "places")},
    }


def _names(paths: Sequence[str]) -> str:
    return ", ".join(Path(path).name for path in paths)


def _list(classes: Any) -> str:
    return ", ".join(f"{c.value} {c.name}" for c in classes)
