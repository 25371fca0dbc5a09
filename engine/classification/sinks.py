"""Sinks take classified windows: the one interface between the classifier and everything that it writes.

Legend: K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ..core.classified import Classified


class Sink(Protocol):
    """Takes windows in any order, each once, one at a time. Several sinks work at the same time.

    Used with ``with``: what it writes appears whole at the end, or not at all. A run that resumes an earlier
    one gives it the windows of that one again, from the `journal.Journal`.
    """

    wants_confidence: bool
    wants_percent: bool

    def write(self, part: Classified) -> None: ...

    def __enter__(self) -> Any: ...

    def __exit__(self, *error: Any) -> None: ...


class InTurns:
    """Several sinks that must not work at the same time, as one. The caller enters and leaves the sinks."""

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
        """Nothing to close."""
