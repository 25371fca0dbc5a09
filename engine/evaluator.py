"""Compare a class map with reference labels: one pass over the map, window by window, in flat memory.

Legend: ids index the map's classes followed by those only the reference has; 255 = no class.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import evaluation, labels, outputs, raster, report
from .evaluation import Evaluation
from .legend import IGNORE, LegendClass
from .metrics import Metrics, confusion
from .pictures import Decimated, fit, labelled_part
from .protocol import EngineError, EvaluateJob, Event, Log, Progress, Started
from .versions import versions
from .windows import cover

Emit = Callable[[Event], None]
_WINDOW_PX = 2048
_TOLD_SHARE = 0.01


@dataclass(frozen=True)
class Comparison:
    """What one pass counts and keeps for the pictures. ``without_class_px``: reference pixels where the map has no class."""

    confusion_KK: NDArray[np.int64]
    without_class_px: int
    unknown_values: tuple[int, ...]
    map_picture: Decimated
    reference_picture: Decimated


def evaluate(job: EvaluateJob, emit: Emit) -> dict[str, Any]:
    """Compare ``job.class_map`` with ``job.references`` and write what was asked for; returns the headline figures.

    Raises `EngineError` for a map that is no class map, a reference with no class or no pixel in common with it, and
    outputs that cannot be written; `Cancelled` when ``emit`` does.
    """
    emit(Started("CPU", "counting pixels needs no GPU"))
    told: list[Log] = []

    def tell(event: Event) -> None:
        if isinstance(event, Log):
            told.append(event)
        emit(event)

    with raster.RasterFile.open(job.class_map) as source:
        map_classes = _map_classes(source, job.class_map)
        with labels.burn(
            job.references,
            source.grid,
            field=job.field,
            unlabelled=job.unlabelled,
            area=job.area,
            classes=map_classes,
            renames=job.renames,
            legends=job.legends,
            emit=tell,
        ) as reference:
            classes = tuple(reference.classes)
            comparison = compare(source, map_classes, reference, tell)
        pixel_size_m = source.grid.pixel_size_m()
    _require_common(job, comparison, classes, len(map_classes))
    _tell_classes(comparison, classes, len(map_classes), tell)
    found = _describe(job, comparison, classes, pixel_size_m, told)
    _write(found)
    figures = found.metrics
    return {
        "overall_accuracy": figures.overall_accuracy,
        "kappa": figures.kappa,
        "mean_f1": figures.mean_f1,
        "mean_iou": figures.mean_iou,
        "pixels": figures.pixels,
        **{kind: getattr(job, kind) for kind in ("report", "json", "csv")},
    }


def compare(
    source: raster.Source,
    map_classes: Sequence[LegendClass],
    reference: labels.Labels,
    emit: Emit,
    window_px: int = _WINDOW_PX,
) -> Comparison:
    """Count the classes of map and reference against each other over the whole map, telling progress per window."""
    grid, classes = source.grid, len(reference.classes)
    assert tuple(reference.classes[: len(map_classes)]) == tuple(map_classes)
    counts_KK = np.zeros((classes, classes), np.int64)
    map_picture, reference_picture = Decimated(grid.width, grid.height), Decimated(grid.width, grid.height)
    without_class_px, done_px, unknown = 0, 0, set[int]()
    started = time.monotonic()
    for window in cover(grid.width, grid.height, window_px):
        image_CHW, valid_HW = source.read(window)
        map_HW = _ids_of(image_CHW[0], [c.value for c in map_classes])
        unknown.update(np.unique(image_CHW[0][valid_HW & (map_HW == IGNORE)]).tolist())
        map_HW[~valid_HW] = IGNORE
        reference_HW = reference.read(window)
        counts_KK += confusion(reference_HW, map_HW, classes)
        without_class_px += int(np.count_nonzero((reference_HW != IGNORE) & (map_HW == IGNORE)))
        map_picture.add(window, map_HW)
        reference_picture.add(window, reference_HW)
        done_px += window.pixels
        rate = done_px / max(time.monotonic() - started, 1e-6)
        total_px = grid.width * grid.height
        emit(Progress(done_px, total_px, "px", rate, (total_px - done_px) / rate))
    return Comparison(counts_KK, without_class_px, tuple(sorted(unknown)), map_picture, reference_picture)


def _ids_of(values_HW: NDArray[Any], class_values: Sequence[int]) -> NDArray[np.uint8]:
    """The index of each pixel's value in ``class_values``, 255 where it is not among them."""
    order = np.argsort(class_values).astype(np.uint8)
    ordered = np.asarray(class_values)[order]
    at_HW = np.searchsorted(ordered, values_HW)
    at_HW[at_HW == len(ordered)] = 0
    return np.where(ordered[at_HW] == values_HW, order[at_HW], IGNORE).astype(np.uint8)


def _map_classes(source: raster.Source, path: str) -> tuple[LegendClass, ...]:
    """The classes of the map; `EngineError` for a raster that is no class map, such as an image or an elevation model."""
    remedy = "Choose a class map: a raster with one band of whole numbers, as Classify raster writes it."
    if source.bands != 1:
        raise EngineError("not_classes", f"{path} has {source.bands} bands; a class map has one.", remedy)
    if not np.issubdtype(np.dtype(source.dtype), np.integer):
        raise EngineError("not_classes", f"{path} holds {source.dtype} values; classes are whole numbers.", remedy)
    classes = raster.read_classes(path)
    if not classes:
        raise EngineError("not_classes", f"{path} holds no class at all.", remedy)
    return classes


def _require_common(job: EvaluateJob, comparison: Comparison, classes: Sequence[LegendClass], map_count: int) -> None:
    """Refuse a comparison that has nothing to count, or in which no reference class could ever be right."""
    if not comparison.confusion_KK.any():
        where = f"All {comparison.without_class_px:,} labelled pixels lie where the map has no class. "
        raise EngineError(
            "no_overlap",
            f"The class map {job.class_map} and the reference {_names(job.references)} have no labelled pixel in common.",
            (where if comparison.without_class_px else "") + "Choose a reference that lies on the map, and check both CRSs.",
        )
    in_reference = comparison.confusion_KK.any(axis=1)
    if not in_reference[:map_count].any():
        found = _list(c for c, present in zip(classes, in_reference) if present)
        raise EngineError(
            "no_common_class",
            f"No class of the reference ({found}) is a class of the map ({_list(classes[:map_count])}).",
            "Choose the field that holds the map's class codes or names.",
        )


def _tell_classes(comparison: Comparison, classes: Sequence[LegendClass], map_count: int, emit: Emit) -> None:
    """Say which classes were compared, which only one side has, and what was left out."""
    counts_KK = comparison.confusion_KK
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
    if comparison.unknown_values:
        values = ", ".join(map(str, comparison.unknown_values[:10]))
        emit(Log(f"The map holds values that its legend does not name ({values}); their pixels are left out.", warning=True))
    without_px = comparison.without_class_px
    if without_px:
        share = without_px / (without_px + int(counts_KK.sum()))
        text = f"{without_px:,} reference pixels ({share:.1%}) lie where the map has no class; they are left out."
        emit(Log(text, warning=share > _TOLD_SHARE))


def _describe(
    job: EvaluateJob,
    comparison: Comparison,
    classes: tuple[LegendClass, ...],
    pixel_size_m: tuple[float, float] | None,
    told: Sequence[Log],
) -> Evaluation:
    part = labelled_part(comparison.reference_picture.ids_HW)
    shape = pixel_size_m or (1.0, 1.0)
    return Evaluation(
        job=job,
        classes=classes,
        metrics=Metrics.of(comparison.confusion_KK),
        without_class_px=comparison.without_class_px,
        pixel_size_m=pixel_size_m,
        map_HW=fit(comparison.map_picture.ids_HW[part], shape),
        reference_HW=fit(comparison.reference_picture.ids_HW[part], shape),
        notes=tuple(log.text for log in told if not log.warning),
        warnings=tuple(log.text for log in told if log.warning),
        versions=versions(),
        date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _write(found: Evaluation) -> None:
    """Write the outputs asked for; all are on disk before the first takes its name."""
    makers = (
        (found.job.report, report.evaluation_html),
        (found.job.json, evaluation.to_json),
        (found.job.csv, evaluation.to_csv),
    )
    texts = [(path, make(found)) for path, make in makers if path]
    with contextlib.ExitStack() as stack:
        for path, text in texts:
            stack.enter_context(outputs.whole(path)).write_bytes(text.encode("utf-8"))


def _names(paths: Sequence[str]) -> str:
    return ", ".join(Path(path).name for path in paths)


def _list(classes: Any) -> str:
    return ", ".join(f"{c.value} {c.name}" for c in classes)
