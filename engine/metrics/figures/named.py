"""Values of all figures, found by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NamedFigures:
    """A value of each figure, which is also an attribute: ``values.kappa``, ``values.f1[k]``."""

    overall: dict[str, Any]
    """The values of the figures of the map."""
    of_class: dict[str, tuple[Any, ...]]
    """The values of the figures of the class, with one entry per class."""

    def __getattr__(self, name: str) -> Any:
        for values in (vars(self).get("overall", {}), vars(self).get("of_class", {})):
            if name in values:
                return values[name]
        raise AttributeError(f"{type(self).__name__} has no figure {name!r}")
