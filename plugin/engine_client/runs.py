"""What running jobs say, for those who look on: written in the job's thread, read in the window's."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterator

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.protocol import Event, Frame, Job, Outlines, Tile

Listener = Callable[[Event], None]


class Run:
    """One job at work, and what it has said since somebody last looked.

    Of events that replace each other only the last is kept, so what waits never outgrows a picture of the
    raster.
    """

    def __init__(self, title: str, job: Job) -> None:
        self.title, self.job = title, job
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Event] = {}
        self._heard = 0

    def on_event(self, event: Event) -> None:
        with self._lock:
            self._heard += 1
            key = _replacement_key(event) or (self._heard,)
            self._waiting.pop(key, None)  # so that the order is that of the last ones
            self._waiting[key] = event

    def drain(self) -> list[Event]:
        """All that waits, oldest first; it waits no longer."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        return list(waiting.values())


def _replacement_key(event: Event) -> tuple[Hashable, ...]:
    """What an event is about; empty for one that no later one replaces."""
    if isinstance(event, Tile):
        return "tile", event.frame, event.x, event.y, event.width, event.height
    if isinstance(event, Outlines):
        return "outlines", event.kind
    if isinstance(event, Frame):
        return "frame", event.number
    return () if type(event).__name__ in _LASTING else (type(event).__name__,)


_LASTING = ("Epoch", "Log")


class Runs(QObject):  # type: ignore[misc]  # Qt has no types
    """The jobs of this QGIS session that are at work. Without anyone ``watching`` nothing is kept of what
    they say.
    """

    begun = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.watching = False
        self._lock = threading.Lock()
        self._cancels: list[Callable[[], object]] = []

    @property
    def active(self) -> int:
        """How many there are."""
        return len(self._cancels)

    def cancel(self) -> None:
        """Ask all of them to stop."""
        with self._lock:
            cancels = list(self._cancels)
        for cancel in cancels:
            cancel()

    @contextlib.contextmanager
    def show(
        self, title: str, job: Job, cancel: Callable[[], object] = lambda: None
    ) -> Iterator[Listener | None]:
        """While the block runs, whoever watches sees what the job says to the listener; None where nobody
        does. Any thread.

        ``cancel`` asks it to stop.
        """
        run = Run(title, job) if self.watching else None
        with self._lock:
            self._cancels.append(cancel)
        if run:
            self.begun.emit(run)
        try:
            yield run.on_event if run else None
        finally:
            with self._lock:
                self._cancels.remove(cancel)
            if run:
                self.ended.emit(run)


runs = Runs()
