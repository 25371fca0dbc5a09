"""Sinks: the one interface between the classifier and everything that writes or counts its results.

Legend: K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ..core.classified import Classified


class Sink(Protocol):
    """Takes classified windows in any order, each once, one at a time; several sinks work at the same time.

    It is used with ``with``: its output appears whole at the end, or not at all. A run that resumes an
    earlier one gives it the windows of that one again, from the `journal.Journal`.
    """

    wants_confidence: bool
    wants_percent: bool

    def write(self, part: Classified) -> None: ...

    def __enter__(self) -> Any: ...

    def __exit__(self, *error: Any) -> None: ...


class InTurns:
    """One sink made of several that must not work at the same time; the caller enters and leaves those."""

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
        """Do nothing: there is nothing to close."""
