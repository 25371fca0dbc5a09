"""The page of an evaluation: one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.legend import LegendClass, hex_color
from ..evaluation.result import Evaluation, definitions
from ..evaluation.worst_blocks import Closeup
from ..metrics.bootstrap import Interval
from ..protocol import Figure
from .html import figure_value, largest_confusions, percent, render
from .pictures import RIGHT_COLOR, WRONG_COLOR, class_picture, error_picture
from .probability_charts import accuracy_chart, class_reliability_chart, reliability_chart, roc_chart

_MOST_REGION_CLASSES = 6


def evaluation_html(evaluation: Evaluation) -> str:
    """The page: figures with intervals, pictures, classes, matrix, what was compared, and how to cite it."""
    job, classes, probability = evaluation.job, evaluation.classes, evaluation.probability_metrics
    return render(
        "evaluation.html",
        evaluation=evaluation,
        metrics=evaluation.metrics,
        classes=classes,
        map_name=Path(job.class_map).name,
        reference_name=", ".join(Path(reference).name for reference in job.references),
        date=evaluation.date,
        map_picture=class_picture(evaluation.map_HW, classes),
        reference_picture=class_picture(evaluation.reference_HW, classes),
        error_picture=error_picture(evaluation.reference_HW, evaluation.map_HW),
        right_color=hex_color(RIGHT_COLOR),
        wrong_color=hex_color(WRONG_COLOR),
        confusions=largest_confusions(evaluation.metrics, classes),
        closeups=[_drawn(closeup, classes) for closeup in evaluation.closeups],
        region_classes=_shown_by_region(evaluation),
        between=between,
        probability_charts=[
            roc_chart(probability, classes),
            accuracy_chart(probability, classes),
            reliability_chart(probability),
            class_reliability_chart(probability, classes),
        ]
        if probability
        else [],
        definitions=definitions(evaluation),
    )


def between(interval: Interval, figure: Figure | None = None) -> str:
    """``(0.801, 0.834)`` as ``80.1 % to 83.4 %``; empty if there is no interval."""
    if interval is None:
        return ""
    return " to ".join(figure_value(end, figure) if figure else percent(end) for end in interval)


def _drawn(closeup: Closeup, classes: Sequence[LegendClass]) -> dict[str, object]:
    return {
        "block": closeup.block,
        "reference": class_picture(closeup.reference_HW, classes),
        "map": class_picture(closeup.map_HW, classes),
        "errors": error_picture(closeup.reference_HW, closeup.map_HW),
    }


def _shown_by_region(evaluation: Evaluation) -> list[int]:
    """The classes whose IoU is in the table of regions: of two, not the background; of very many, none."""
    present = [number for number, pixels in enumerate(evaluation.metrics.reference_pixels) if pixels]
    if len(present) == 2:
        positive = [
            number for number in present if evaluation.classes[number].name.casefold() != "background"
        ]
        return positive if len(positive) == 1 else present
    return present if len(present) <= _MOST_REGION_CLASSES else []
