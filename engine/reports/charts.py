"""Line charts for reports: positions of lines and ticks, which the templates draw as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..core.legend import hex_color

WIDTH, HEIGHT = 460, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 16, 34
COLORS = ("#1f5f99", "#c4570a", "#2e7d4f")
UNIT_WIDTH, UNIT_HEIGHT = 460, 440
_UNIT_LEFT, _UNIT_TOP, _UNIT_SIDE = 58, 12, 380
_LEAST_CONTRAST = 3.0
"""The least contrast of a line to the white page (WCAG 2.1, 1.4.11)."""


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its position in the picture's own units, and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Line:
    """One series as SVG points; ``best`` is its point at the marked epoch."""

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
    assert best in epochs  # nosec B101 (models' records are checked where they are read)
    # One value is taken from each epoch.
    assert {len(values) for values in series.values()} == {len(epochs)}  # nosec B101
    y_marks = nice_ticks(min(min(v) for v in series.values()), max(max(v) for v in series.values()))
    x_marks = [
        mark
        for mark in nice_ticks(epochs[0], epochs[-1])
        if mark == int(mark) and epochs[0] <= mark <= epochs[-1]
    ]

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


@dataclass(frozen=True)
class Curve:
    """A line of a `UnitChart` in SVG units. ``tag`` is the position of its number, apart from other tags."""

    name: str
    note: str
    color: str
    pale: bool
    """Whether the colour is hard to see on white, so that the line gets an outline."""
    points: str
    dots: tuple[tuple[float, float, float], ...]
    """x, y and radius; the area grows with the pixels that a point stands for, from a visible least size."""
    tag: tuple[float, float]


@dataclass(frozen=True)
class UnitChart:
    """Lines over a square with axes from 0 to 1, ready to draw; ``left_out`` lines have no room."""

    title: str
    x_title: str
    y_title: str
    curves: tuple[Curve, ...]
    diagonal: bool
    left_out: int
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    width: int = UNIT_WIDTH
    height: int = UNIT_HEIGHT
    left: int = _UNIT_LEFT
    right: int = _UNIT_LEFT + _UNIT_SIDE
    top: int = _UNIT_TOP
    bottom: int = _UNIT_TOP + _UNIT_SIDE


@dataclass(frozen=True)
class Series:
    """One line of a `UnitChart`: points in [0, 1] x [0, 1], and the pixels that each stands for, if any."""

    name: str
    note: str
    color: tuple[int, int, int]
    xs: Sequence[float]
    ys: Sequence[float]
    pixels: Sequence[int] = ()


def unit_chart(
    title: str,
    x_title: str,
    y_title: str,
    series: Sequence[Series],
    diagonal: bool = False,
    left_out: int = 0,
) -> UnitChart:
    """Lay out ``series``, each of at least one point."""
    marks = nice_ticks(0.0, 1.0)
    return UnitChart(
        title=title,
        x_title=x_title,
        y_title=y_title,
        curves=tuple(_curve(one, (number + 0.5) / len(series)) for number, one in enumerate(series)),
        diagonal=diagonal,
        left_out=left_out,
        x_ticks=tuple(Tick(_unit_x(mark), f"{mark:g}") for mark in marks),
        y_ticks=tuple(Tick(_unit_y(mark), f"{mark:g}") for mark in marks),
    )


def _curve(series: Series, tag_at: float) -> Curve:
    """Lay out one line; ``tag_at`` is the position of its tag as a share of its length."""
    points = [(_unit_x(x), _unit_y(y)) for x, y in zip(series.xs, series.ys)]
    distance = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    tag_x, tag_y = (float(np.interp(tag_at * distance[-1], distance, values)) for values in zip(*points))
    radii = [max(2.5, 9 * math.sqrt(pixels / max(series.pixels))) for pixels in series.pixels]
    return Curve(
        name=series.name,
        note=series.note,
        color=hex_color(series.color),
        pale=_contrast_to_white(series.color) < _LEAST_CONTRAST,
        points=" ".join(f"{x},{y}" for x, y in points),
        dots=tuple((x, y, round(radius, 1)) for (x, y), radius in zip(points, radii)),
        tag=(round(tag_x, 1), round(tag_y, 1)),
    )


def _contrast_to_white(color: tuple[int, int, int]) -> float:
    """Contrast from 1 (white) to 21 (black), with the exponent 2.2 instead of sRGB's exact curve."""
    luminance = sum(weight * (value / 255) ** 2.2 for weight, value in zip((0.2126, 0.7152, 0.0722), color))
    return 1.05 / (luminance + 0.05)


def _unit_x(value: float) -> float:
    return round(_UNIT_LEFT + value * _UNIT_SIDE, 1)


def _unit_y(value: float) -> float:
    return round(_UNIT_TOP + (1 - value) * _UNIT_SIDE, 1)


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) that enclose ``low`` to ``high``; at least two."""
    span = high - low if high > low else max(abs(low), 1.0) * 0.1
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{index * step:.10g}") for index in range(first, max(last, first + 1) + 1)]
