"""What becomes of a classified window: the one interface between the classifier and everything that it writes.

Legend: K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .windows import Window

NO_PERCENT = 255
"""In maps of per cent: no data."""


@dataclass(frozen=True)
class Classified:
    """A finished window. What no sink wants is None, and so may all per cent be where no pixel is valid.

    Per cent are whole, from 0 to 100; `NO_PERCENT` where not valid.
    """

    window: Window
    valid_HW: NDArray[np.bool_]
    ids_HW: NDArray[np.uint8]
    """Positions in the list of classes; anything where not valid."""
    confidence_HW: NDArray[np.uint8] | None = None
    """By how many per cent the best class is more probable than the second."""
    percent_KHW: NDArray[np.uint8] | None = None
    """Probability of each class."""
    checksum: int | None = None
    """Of all that was read for it, context included; None where there was nothing to compute."""


class Sink(Protocol):
    """Takes windows in any order, each once, one at a time; several sinks work side by side. Used with ``with``: what it writes
    appears whole at the end, or not at all.

    A run that goes on from an earlier one gives it the windows of that one again, out of the `journal.Journal`.
    """

    wants_confidence: bool
    wants_percent: bool

    def write(self, part: Classified) -> None: ...

    def __enter__(self) -> Any: ...

    def __exit__(self, *error: Any) -> None: ...


class InTurns:
    """Several sinks as one, for those that must not work side by side. Entered and left by whoever entered those."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        self._sinks = tuple(sinks)
        self.wants_confidence = any(sink.wants_confidence for sink in sinks)
        self.wants_percent = any(sink.wants_percent for sink in sinks)

    def write(self, part: Classified) -> None:
        for sink in self._sinks:
            sink.write(part)

    def __enter__(self) -> InTurns:
        return self

    def __exit__(self, *_: object) -> None:
        """It holds nothing open."""
