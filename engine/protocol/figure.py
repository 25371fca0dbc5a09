"""The accuracy figures that `engine/metrics/figures` holds, listed without numpy."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from .messages import Message
from .registry import literals


@dataclass(frozen=True)
class Figure:
    """One accuracy figure: its name in results and JSON files, and how reports show it."""

    name: str
    module: str
    """The file in `engine/metrics/figures` that computes it."""
    title: Message
    definition: str
    """The meaning of the figure, in one or two sentences."""
    of: str
    """`map` for one value, `class` for one per class."""
    headline: bool = False
    """Shown in large type at the top of a report."""
    as_percent: bool = True
    """Whether 0.5 is shown as 50 %, else as 0.500."""
    interval: bool = True
    """Whether a bootstrap over blocks gives a confidence interval for it."""
    rank: int = 100
    """Reports show figures of lower rank first."""


@functools.cache
def figures(of: str = "") -> tuple[Figure, ...]:
    """All figures, or only those of the ``map`` or of the ``class``, in the order of reports."""
    found = [
        Figure(name=name, module=module, **{**literal, "title": Message(literal["title"])})
        for name, (module, literal) in literals("metrics/figures", "FIGURES").items()
        if of in ("", literal["of"])
    ]
    return tuple(sorted(found, key=lambda figure: (figure.of == "class", figure.rank, figure.name)))
