"""Line charts for reports: where the ink goes. The templates draw it as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 460, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 16, 34
COLORS = ("#1f5f99", "#c4570a", "#2e7d4f")


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where along it (in the picture's own units) and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Line:
    """One series as SVG points; ``best`` is where it stands at the marked epoch."""

    name: str
    color: str
    points: str
    best: tuple[float, float]
    best_value: float


@dataclass(frozen=True)
class Chart:
    """A chart over epochs, ready to draw. ``marked`` is the x of the best epoch."""

    title: str
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    marked: float
    epoch: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


def epoch_chart(title: str, epochs: Sequence[int], series: Mapping[str, Sequence[float]], best: int) -> Chart:
    """Lay out ``series`` (name -> one value per epoch) with the epoch ``best`` marked."""
    assert best in epochs and all(len(values) == len(epochs) for values in series.values())
    y_marks = nice_ticks(min(min(v) for v in series.values()), max(max(v) for v in series.values()))
    x_marks = [mark for mark in nice_ticks(epochs[0], epochs[-1]) if mark == int(mark) and epochs[0] <= mark <= epochs[-1]]

    def x(epoch: float) -> float:
        share = (epoch - epochs[0]) / (epochs[-1] - epochs[0]) if len(epochs) > 1 else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        share = (value - y_marks[0]) / (y_marks[-1] - y_marks[0])
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    at = list(epochs).index(best)
    lines = tuple(
        Line(
            name=name,
            color=color,
            points=" ".join(f"{x(epoch)},{y(value)}" for epoch, value in zip(epochs, values)),
            best=(x(best), y(values[at])),
            best_value=values[at],
        )
        for (name, values), color in zip(series.items(), COLORS)
    )
    return Chart(
        title=title,
        lines=lines,
        x_ticks=tuple(Tick(x(mark), f"{mark:g}") for mark in x_marks or [best]),
        y_ticks=tuple(Tick(y(mark), f"{mark:g}") for mark in y_marks),
        marked=x(best),
        epoch=best,
    )


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) that enclose ``low`` to ``high``; at least two."""
    span = high - low if high > low else max(abs(low), 1.0) * 0.1
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{index * step:.10g}") for index in range(first, max(last, first + 1) + 1)]
