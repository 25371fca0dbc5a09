"""Checks of a finished comparison: errors if it cannot be evaluated, and logs for the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..core.legend import LegendClass
from ..protocol import Emit, EngineError, EvaluateJob, info, joined, message, warning
from .comparison import Comparison
from .inputs import Inputs

_WARN_SHARE = 0.01
"""The share of left-out pixels from which on the log warns of them."""


def require_common_classes(job: EvaluateJob, inputs: Inputs, found: Comparison) -> None:
    """Raise `EngineError` if there is nothing to count, or if no class of the reference is in the map."""
    if not found.confusion_KK.any():
        problem = message(
            "The class map {map} and the reference {reference} have no labelled pixel in common.",
            map=job.class_map,
            reference=_names(job.references),
        )
        without_px = found.without_class_px
        outside = message("All {px:,} labelled pixels lie where the map has no class.", px=without_px)
        remedy = message(
            "Choose a reference that lies on the map, and check the CRS of the reference and of the map."
        )
        raise EngineError("no_overlap", problem, joined(outside, remedy) if without_px else remedy)
    classes, map_count = inputs.reference.classes, len(inputs.map_classes)
    in_reference = found.confusion_KK.any(axis=1)
    if not in_reference[:map_count].any():
        raise EngineError(
            "no_common_class",
            "No class of the reference ({found}) is a class of the map ({classes}).",
            "Choose the field that holds the map's class codes or names.",
            found=_list(c for c, present in zip(classes, in_reference) if present),
            classes=_list(classes[:map_count]),
        )


def log_comparison(job: EvaluateJob, inputs: Inputs, found: Comparison, emit: Emit) -> None:
    """Log which classes were compared, which only the map or the reference has, and what was left out."""
    _log_classes(inputs.reference.classes, len(inputs.map_classes), found, emit)
    if found.unknown_values:
        values = ", ".join(map(str, sorted(found.unknown_values)[:10]))
        emit(
            warning(
                "The map holds values that its legend does not name ({values}); their pixels are left out.",
                values=values,
            )
        )
    if job.erode_px and not (found.confusion_KK - found.border_KK).any():
        emit(
            warning(
                "All pixels compared have another class within {px} px: there are no figures without "
                "borders.",
                px=job.erode_px,
            )
        )
    if found.probability_counts and not found.probability_counts.pixels:
        emit(warning("No pixel that was compared has probabilities: there are no figures of them."))
    _log_left_out(found, emit)
    named = zip(inputs.regions.classes, found.regions_RKK) if inputs.regions else ()
    if empty := [region.name for region, region_KK in named if not region_KK.any()]:
        regions = ", ".join(empty[:10])
        emit(
            warning("Nothing was compared in the region(s) {regions}: they have no figures.", regions=regions)
        )


def _log_classes(classes: Sequence[LegendClass], map_count: int, found: Comparison, emit: Emit) -> None:
    in_reference, in_map = found.confusion_KK.any(axis=1), found.confusion_KK.any(axis=0)
    shared = [c for c, present in zip(classes[:map_count], in_reference) if present]
    emit(info("Classes compared: {classes}.", classes=_list(shared)))
    if in_reference[map_count:].any():
        missing = _list(c for c, present in zip(classes[map_count:], in_reference[map_count:]) if present)
        px = int(found.confusion_KK[map_count:].sum())
        emit(
            warning(
                "Only the reference has {classes}: its {px:,} pixels count as errors.", classes=missing, px=px
            )
        )
    if (in_map & ~in_reference).any():
        extra = _list(c for c, only_map in zip(classes, in_map & ~in_reference) if only_map)
        emit(
            info(
                "Only the map has {classes} where they were compared; the means leave them out.",
                classes=extra,
            )
        )


def _log_left_out(found: Comparison, emit: Emit) -> None:
    without_px = found.without_class_px
    if without_px:
        share = without_px / (without_px + int(found.confusion_KK.sum()))
        log = warning if share > _WARN_SHARE else info
        emit(
            log(
                "{px:,} reference pixels ({share:.1%}) lie where the map has no class; they are left out.",
                px=without_px,
                share=share,
            )
        )


def _names(paths: Sequence[str]) -> str:
    return ", ".join(Path(path).name for path in paths)


def _list(classes: Iterable[LegendClass]) -> str:
    return ", ".join(f"{c.value} {c.name}" for c in classes)
