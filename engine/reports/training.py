"""The report of a training: data, learning curves, validation figures, settings, and example windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..core.clock import now_iso
from ..core.legend import IGNORE, LegendClass
from ..core.thumbnail import fit
from ..metrics.confusion import DEFINITIONS, Metrics
from ..protocol import Recipe, TrainJob, describe_recipe, figures
from .charts import Chart, epoch_chart
from .html import job_json, largest_confusions, render
from .pictures import class_picture, photo

if TYPE_CHECKING:
    from ..model_files.model_file import ModelCard
    from ..raster import Grid, Source
    from ..training.examples import Example
    from ..training.splitting import Split

PARTS = (LegendClass(0, "training", (31, 111, 139)), LegendClass(1, "validation", (230, 159, 0)))
"""Colours of the blocks of both parts, which colour-blind readers distinguish, too."""
_MOST_MAPS, _MAP_PX = 4, 512
_NOT_IN_TRAINING = {"row_normalised", *(figure.name for figure in figures("map") if not figure.headline)}
"""Figures that the page of a training does not show."""


@dataclass(frozen=True)
class TrainingPictures:
    """The pictures of the page, made while the data are open; each is a ``data:`` URL."""

    blocks: list[tuple[str, str]]
    """Name of each image, and a map of its training and validation blocks."""
    worst: list[tuple[str, str, str, float]]
    """Image, reference, prediction and accuracy of the windows that are classified worst; the worst first."""
    best: list[tuple[str, str, str, float]]
    """Image, reference, prediction and accuracy of the windows that are classified best; the best first."""

    @classmethod
    def of(
        cls,
        split: Split,
        sources: Sequence[Source],
        worst: Sequence[Example],
        best: Sequence[Example],
        classes: Sequence[LegendClass],
    ) -> TrainingPictures:
        """Draw the blocks of the first few images, and the example windows."""
        maps = [
            (Path(source.name).name, class_picture(fit(_blocks_map(split, number, source.grid)), PARTS))
            for number, source in enumerate(sources[:_MOST_MAPS])
        ]
        return cls(
            blocks=maps,
            worst=[_drawn(example, classes) for example in worst],
            best=[_drawn(example, classes) for example in best],
        )


def _blocks_map(split: Split, image: int, grid: Grid) -> NDArray[np.uint8]:
    """``ids_HW``, small: 0 in training blocks, 1 in validation blocks, `IGNORE` elsewhere."""
    step = max(1, max(grid.width, grid.height) // _MAP_PX)
    ids_HW = np.full((-(-grid.height // step), -(-grid.width // step)), IGNORE, np.uint8)
    for number, blocks in enumerate((split.training, split.validation)):
        for window in (block.window for block in blocks if block.image == image):
            rows = slice(window.y // step, -(-window.bottom // step))
            columns = slice(window.x // step, -(-window.right // step))
            ids_HW[rows, columns] = number
    return ids_HW


def _drawn(example: Example, classes: Sequence[LegendClass]) -> tuple[str, str, str, float]:
    reference, predicted = (
        class_picture(ids_HW, classes) for ids_HW in (example.reference_HW, example.predicted_HW)
    )
    return photo(example.image_HW3), reference, predicted, example.accuracy


def training_html(card: ModelCard, pictures: TrainingPictures | None = None) -> str:
    """The page of a training: data, learning curves, validation figures, settings and how to run it again."""
    metrics = Metrics.of(np.array(card.confusion, np.int64))
    return render(
        "training.html",
        card=card,
        model_name=Path(str(card.job.get("model", card.network))).name,
        metrics=metrics,
        confusions=largest_confusions(metrics, card.classes),
        classes=card.classes,
        options=", ".join(f"{name} = {value:g}" for name, value in card.options.items()),
        seconds=sum(epoch["seconds"] for epoch in card.history),
        charts=learning_curves(card.history, card.best_epoch),
        settings=describe_recipe(Recipe(**card.recipe)) if card.recipe else (),
        samples=[(c, *card.samples.get(c.name, (0, 0)), card.features.get(c.name, 0)) for c in card.classes],
        job_json=job_json(TrainJob.kind, card.job),
        pictures=pictures,
        parts=PARTS,
        date=now_iso(),
        definitions={name: text for name, text in DEFINITIONS.items() if name not in _NOT_IN_TRAINING},
    )


def learning_curves(history: Sequence[Mapping[str, Any]], best_epoch: int) -> tuple[Chart, Chart]:
    """Loss of both parts, and the validation part's mean F1 and IoU, over the epochs of ``history``."""

    def column(key: str) -> list[float]:
        return [epoch[key] for epoch in history]

    numbers = column("number")
    losses = {"training": column("training_loss"), "validation": column("validation_loss")}
    scores = {"mean F1": column("mean_f1"), "mean IoU": column("mean_iou")}
    return (
        epoch_chart("Loss", [int(n) for n in numbers], losses, best_epoch),
        epoch_chart("Validation accuracy", [int(n) for n in numbers], scores, best_epoch),
    )
