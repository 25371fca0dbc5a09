"""Evaluate: compares a class map with reference labels; writes figures, a page and a map of errors."""

from __future__ import annotations

import contextlib
import math
from typing import Any

from ..core.clock import now_iso
from ..core.thumbnail import fit, labelled_part
from ..evaluation import result
from ..evaluation.checks import log_comparison, require_common_classes
from ..evaluation.comparison import Comparison, compare
from ..evaluation.error_map import ErrorKinds, write_error_map
from ..evaluation.inputs import Inputs, open_inputs
from ..evaluation.result import Evaluation, RegionFigures
from ..evaluation.worst_blocks import closeups, find_worst_blocks, write_worst_blocks
from ..files import atomic
from ..metrics.bootstrap import intervals
from ..metrics.confusion import Metrics
from ..metrics.probability import ProbabilityMetrics
from ..metrics.stratified import StratifiedEstimate
from ..protocol import Emit, EngineError, EvaluateJob, Started, joined, message, warning
from ..reports import evaluation
from .log_recorder import LogRecorder
from .versions import versions


def evaluate(job: EvaluateJob, emit: Emit) -> dict[str, Any]:
    """Compare ``job.class_map`` with ``job.references`` and write what was asked for.

    Returns the headline figures. Raises `EngineError` for a map that is no class map, a reference with no
    class or no pixel in common with it, and outputs that cannot be written; `Cancelled` when ``emit`` does.
    """
    emit(Started("CPU", message("counting pixels needs no GPU")))
    log = LogRecorder(emit)
    with open_inputs(job, log) as inputs:
        counted = compare(inputs, log)
        require_common_classes(job, inputs, counted)
        log_comparison(job, inputs, counted, log)
        estimate = _estimate(inputs, counted, log)
        found = _describe(job, inputs, counted, estimate, log)
        _write(found, inputs, counted, log)
    return _headline(found)


def _estimate(inputs: Inputs, counted: Comparison, emit: Emit) -> StratifiedEstimate | None:
    """Figures of the whole map, if the reference is a sample of points and holds enough of them."""
    if not inputs.is_sample:
        return None
    size_m = inputs.grid.pixel_size_m()
    names = [c.name for c in inputs.reference.classes]
    pixel_area_m2 = math.prod(size_m) if size_m else None
    try:
        return StratifiedEstimate.of(counted.confusion_KK, counted.mapped_px_K, pixel_area_m2, names)
    except EngineError as error:
        emit(
            warning(
                "Figures are of the points alone, not of the whole map. {reason}",
                reason=joined(error.message, error.remedy),
            )
        )
        return None


def _describe(
    job: EvaluateJob,
    inputs: Inputs,
    counted: Comparison,
    estimate: StratifiedEstimate | None,
    log: LogRecorder,
) -> Evaluation:
    part = labelled_part(counted.reference_picture.ids_HW)
    pixel_size_m = inputs.grid.pixel_size_m()
    shape = pixel_size_m or (1.0, 1.0)
    confusion_KK, probability_counts = counted.confusion_KK, counted.probability_counts
    inner_KK = confusion_KK - counted.border_KK
    worst_blocks = find_worst_blocks(counted, inputs.reference.classes)
    probability_metrics = None
    if probability_counts is not None and probability_counts.pixels:
        probability_metrics = ProbabilityMetrics.of(probability_counts)
    return Evaluation(
        job=job,
        classes=tuple(inputs.reference.classes),
        metrics=Metrics.of(confusion_KK),
        eroded=Metrics.of(inner_KK) if job.erode_px and inner_KK.any() else None,
        regions=_of_regions(inputs, counted),
        probability_metrics=probability_metrics,
        intervals=None if estimate else intervals(counted.blocks_NKK),
        block_px=counted.block_px,
        estimate=estimate,
        worst_blocks=worst_blocks,
        closeups=() if estimate else closeups(worst_blocks, inputs),
        without_class_px=counted.without_class_px,
        pixel_size_m=pixel_size_m,
        map_HW=fit(counted.map_picture.ids_HW[part], shape),
        reference_HW=fit(counted.reference_picture.ids_HW[part], shape),
        notes=tuple(log.notes),
        warnings=tuple(log.warnings),
        versions=versions(),
        date=now_iso(),
    )


def _of_regions(inputs: Inputs, counted: Comparison) -> tuple[RegionFigures, ...]:
    """The figures of the regions in which something was compared."""
    named = zip(inputs.regions.classes, counted.regions_RKK) if inputs.regions else ()
    return tuple(
        RegionFigures(region.name, Metrics.of(region_KK)) for region, region_KK in named if region_KK.any()
    )


def _write(found: Evaluation, inputs: Inputs, counted: Comparison, emit: Emit) -> None:
    """Write the outputs asked for; all texts are on disk before the first takes its name."""
    job = found.job
    makers = ((job.report, evaluation.evaluation_html), (job.json, result.to_json), (job.csv, result.to_csv))
    texts = [(path, make(found)) for path, make in makers if path]
    if job.errors:
        kinds = ErrorKinds.of(counted.confusion_KK, counted.border_KK, found.classes)
        write_error_map(job.errors, inputs, kinds, emit)
    if job.places:
        write_worst_blocks(job.places, inputs.grid, found.worst_blocks)
    with contextlib.ExitStack() as stack:
        for path, text in texts:
            stack.enter_context(atomic.atomic_write(path)).write_bytes(text.encode("utf-8"))


def _headline(found: Evaluation) -> dict[str, Any]:
    """The figures of the map, None where they were not asked for or are undefined, and the files."""
    eroded, estimated = found.eroded, found.estimate and found.estimate.overall_accuracy.value
    return {
        **found.metrics.overall,
        **({} if estimated is None else {"overall_accuracy": estimated}),
        "pixels": found.metrics.pixels,
        "eroded_overall_accuracy": eroded and eroded.overall_accuracy,
        "eroded_mean_f1": eroded and eroded.mean_f1,
        "estimated_overall_accuracy": estimated,
        "auc": found.probability_metrics and found.probability_metrics.mean_auc,
        **{kind: getattr(found.job, kind) for kind in ("report", "json", "csv", "errors", "places")},
    }
