"""Remembers the messages that a run logs, for its report."""

from __future__ import annotations

from ..protocol import Emit, Event, Log


class LogRecorder:
    """An ``emit`` that passes all events on and remembers the sentences of the log."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.notes: list[str] = []
        self.warnings: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Log):
            (self.warnings if event.warning else self.notes).append(event.text)
        self._emit(event)
