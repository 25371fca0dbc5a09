"""Reports for people: one self-contained HTML file each, for a training, a class map and a network; and what all pages share."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
from numpy.typing import NDArray

from .charts import Chart, epoch_chart
from .legend import IGNORE, LegendClass
from .metrics import DEFINITIONS, Metrics
from .pictures import class_picture, fit, photo
from .protocol import VERSION, Recipe, TrainJob, in_words

if TYPE_CHECKING:
    from .description import Description
    from .examples import Example
    from .model_file import ModelCard
    from .raster import Grid, Source
    from .splitting import Split
    from .summary import Summary

PARTS = (LegendClass(0, "training", (31, 111, 139)), LegendClass(1, "validation", (230, 159, 0)))
"""Colours of the blocks of both parts, told apart by the colour-blind too."""
_MOST_MAPS, _MAP_PX = 4, 512
_NARROW_SPACE = "\u202f"
_OF_EVALUATIONS = ("quantity_disagreement", "allocation_disagreement", "matthews", "weighted_iou", "row_normalised")
"""Figures that pages of a training do not show."""
_RIGHT_TINT, _WRONG_TINT, _MOST_TINT = (31, 111, 139), (200, 60, 40), 0.6


@dataclass(frozen=True)
class TrainingPictures:
    """What can be drawn only while the data are at hand; pictures are ``data:`` addresses."""

    parts: list[tuple[str, str]]
    """Name of each image, and where in it training and validation looked."""
    worst: list[tuple[str, str, str, float]]
    """Image, reference, prediction, and the share of labels that are right; the worst window first."""
    best: list[tuple[str, str, str, float]]

    @classmethod
    def of(
        cls,
        parts: Split,
        sources: Sequence[Source],
        worst: Sequence[Example],
        best: Sequence[Example],
        classes: Sequence[LegendClass],
    ) -> TrainingPictures:
        maps = [
            (Path(source.name).name, class_picture(fit(_blocks_map(parts, number, source.grid)), PARTS))
            for number, source in enumerate(sources[:_MOST_MAPS])
        ]
        return cls(maps, *([_drawn(example, classes) for example in some] for some in (worst, best)))


def _blocks_map(parts: Split, image: int, grid: Grid) -> NDArray[np.uint8]:
    """0 where blocks are for training, 1 for validation; small."""
    step = max(1, max(grid.width, grid.height) // _MAP_PX)
    ids_HW = np.full((-(-grid.height // step), -(-grid.width // step)), IGNORE, np.uint8)
    for number, blocks in enumerate((parts.training, parts.validation)):
        for window in (block.window for block in blocks if block.image == image):
            rows = slice(window.y // step, -(-window.bottom // step))
            columns = slice(window.x // step, -(-window.right // step))
            ids_HW[rows, columns] = number
    return ids_HW


def _drawn(example: Example, classes: Sequence[LegendClass]) -> tuple[str, str, str, float]:
    reference, predicted = (class_picture(ids_HW, classes) for ids_HW in (example.reference_HW, example.predicted_HW))
    return photo(example.image_HW3), reference, predicted, example.right


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
        settings=in_words(Recipe(**card.recipe)) if card.recipe else (),
        samples=[(c, *card.samples.get(c.name, (0, 0)), card.features.get(c.name, 0)) for c in card.classes],
        job_json=_job_json(TrainJob.kind, card.job),
        pictures=pictures,
        parts=PARTS,
        date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        definitions={name: text for name, text in DEFINITIONS.items() if name not in _OF_EVALUATIONS},
    )


def classification_html(summary: Summary) -> str:
    """The page of a class map: picture, areas of its classes, what made it and how to run that again."""
    return render(
        "classification.html",
        summary=summary,
        classes=[row.legend for row in summary.rows],
        map_name=Path(summary.job.output).name,
        image_name=Path(summary.job.image).name,
        map_picture=class_picture(summary.map_HW, [row.legend for row in summary.rows]),
        job_json=_job_json(summary.job.kind, dataclasses.asdict(summary.job)),
        date=summary.date,
    )


def network_html(told: Description) -> str:
    """The page of a network: what it is, how it is trained, and what its paper says of it."""
    return render("network.html", told=told, date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"))


def _job_json(kind: str, values: Mapping[str, Any]) -> str:
    return json.dumps({"job": kind, "version": VERSION, **values}, indent=2, ensure_ascii=False)


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


def hex_color(color: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def swatch(legend_class: LegendClass) -> str:
    return hex_color(legend_class.color)


def percent(share: float | None, decimals: int = 1) -> str:
    """``0.8314`` as ``83.1 %``; a dash for an undefined figure."""
    if share is None:
        return "–"
    least = 0.1**decimals
    small = 0 < share < least / 200
    return f"{'< ' if small else ''}{least if small else 100 * share:.{decimals}f}{_NARROW_SPACE}%"


def count(number: float, decimals: int = 0) -> str:
    """A number with narrow spaces between thousands."""
    return f"{number:,.{decimals}f}".replace(",", _NARROW_SPACE)


def area(hectares: float) -> str:
    """An area in the unit that suits its size: m², ha or km²."""
    for unit, size in (("km²", 100.0), ("ha", 1.0)):
        if hectares >= size:
            return f"{float(f'{hectares / size:.4g}'):,.10g}".replace(",", _NARROW_SPACE) + f" {unit}"
    return f"{hectares * 10_000:.4g} m²"


def largest_confusions(metrics: Metrics, classes: Sequence[LegendClass], most: int = 3) -> list[str]:
    """The pairs of classes that account for most errors, as phrases; empty where all is correct."""
    confusion_KK = np.array(metrics.confusion)
    np.fill_diagonal(confusion_KK, 0)
    wrong = confusion_KK.sum()
    pairs = [np.unravel_index(at, confusion_KK.shape) for at in np.argsort(-confusion_KK, axis=None, kind="stable")[:most]]
    return [
        f"{classes[row].name} mapped as {classes[column].name} ({percent(confusion_KK[row, column] / wrong)} of all errors)"
        for row, column in pairs
        if confusion_KK[row, column]
    ]


def duration(seconds: float) -> str:
    """Seconds as a reader says them: ``48 s``, ``12 min 5 s``, ``3 h 20 min``."""
    whole_s = round(seconds)
    if whole_s < 60:
        return f"{seconds:.3g} s"
    if whole_s < 3600:
        return f"{whole_s // 60} min {whole_s % 60} s"
    return f"{whole_s // 3600} h {whole_s % 3600 // 60} min"


def tint(share: float, right: bool) -> str:
    """A cell's background: the deeper, the larger its share of the row; blue where right, red where wrong."""
    red, green, blue = _RIGHT_TINT if right else _WRONG_TINT
    return f"rgba({red}, {green}, {blue}, {share * _MOST_TINT:.3f})"


def readable_date(date: str) -> str:
    """``2026-11-20T15:04:05+01:00`` as ``20 November 2026, 15:04``."""
    moment = datetime.datetime.fromisoformat(date)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def render(template: str, **values: Any) -> str:
    """The page ``template`` with ``values``; texts are escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for filter_ in (percent, count, area, duration, swatch, readable_date, tint):
        environment.filters[filter_.__name__] = filter_
    return environment.get_template(template).render(**values)
