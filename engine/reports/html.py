"""Renders templates into self-contained HTML pages, and writes figures in the same way in all of them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from ..core.legend import LegendClass
from ..metrics.confusion import Metrics
from ..protocol import VERSION, Figure, figures

_NARROW_SPACE = "\u202f"
_TITLES = {
    **{figure.name: str(figure.title) for figure in figures()},
    "auc": "AUC",
    "mean_auc": "Mean AUC",
    "roc": "ROC curve",
    "confusion": "Confusion matrix",
    "row_normalised": "Confusion matrix by rows",
    "area_ha": "Area in hectares",
    "eroded": "Without borders",
    "intervals": "Confidence intervals",
    "scores": "Probabilities",
    "share_right": "Share that is right",
    "accuracy_at_half": "Accuracy at 0.5",
    "places": "Worst places",
}
_RIGHT_TINT, _WRONG_TINT, _MOST_TINT = (31, 111, 139), (200, 60, 40), 0.6


def job_json(kind: str, values: Mapping[str, Any]) -> str:
    """A job as JSON, to be saved to a file and run again."""
    return json.dumps({"job": kind, "version": VERSION, **values}, indent=2, ensure_ascii=False)


def figure_value(value: float | None, figure: Figure) -> str:
    """A value of ``figure`` as reports write it: ``83.1 %`` or ``0.831``; a dash where it is undefined."""
    if figure.as_percent or value is None:
        return percent(value)
    return f"{value:.3f}"


def figure_title(name: str) -> str:
    """The title of the figure ``name``: ``mean_f1`` is Mean F1."""
    return _TITLES.get(name, name.replace("_", " ").capitalize())


def swatch(legend_class: LegendClass) -> str:
    """The colour of a class as HTML writes it: ``#rrggbb``."""
    return legend_class.hex_color


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
    """The most frequent errors, as phrases; empty where all is correct."""
    confusion_KK = np.array(metrics.confusion)
    np.fill_diagonal(confusion_KK, 0)
    wrong = confusion_KK.sum()
    pairs = [
        np.unravel_index(at, confusion_KK.shape)
        for at in np.argsort(-confusion_KK, axis=None, kind="stable")[:most]
    ]
    return [
        f"{classes[row].name} mapped as {classes[column].name} "
        f"({percent(confusion_KK[row, column] / wrong)} of all errors)"
        for row, column in pairs
        if confusion_KK[row, column]
    ]


def duration(seconds: float) -> str:
    """Seconds in the usual units: ``48 s``, ``12 min 5 s``, ``3 h 20 min``."""
    whole_s = round(seconds)
    if whole_s < 60:
        return f"{seconds:.3g} s"
    if whole_s < 3600:
        return f"{whole_s // 60} min {whole_s % 60} s"
    return f"{whole_s // 3600} h {whole_s % 3600 // 60} min"


def tint(share: float, right: bool) -> str:
    """Background of a cell: darker for a larger ``share`` of the row; blue where right, red where wrong."""
    red, green, blue = _RIGHT_TINT if right else _WRONG_TINT
    return f"rgba({red}, {green}, {blue}, {share * _MOST_TINT:.3f})"


def readable_date(date: str) -> str:
    """``2026-11-20T15:04:05+01:00`` as ``20 November 2026, 15:04``."""
    moment = datetime.datetime.fromisoformat(date)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def environment() -> jinja2.Environment:
    """The templates, with the filters that they write figures with; texts are escaped."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["figures"] = figures
    for filter_ in (percent, figure_value, figure_title, count, area, duration, swatch, readable_date, tint):
        found.filters[filter_.__name__] = filter_
    return found


def render(template: str, **values: Any) -> str:
    """The page ``template`` with ``values``."""
    return environment().get_template(template).render(**values)
