"""A small job that runs while a dialog is filled in, and its result."""

from __future__ import annotations

import threading
from typing import Any

from qgis.core import QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.protocol import Event, Job, Started
from ..engine_client.run_job import run_job


class BackgroundJob(QObject):  # type: ignore[misc]  # Qt has no types
    """Runs one job at a time in a thread of its own, and reports to the window's thread."""

    started = pyqtSignal(object)
    """The `Started` event: the device, and why it is that one."""
    done = pyqtSignal(dict)
    failed = pyqtSignal(str)
    over = pyqtSignal()
    """Emitted after each of the last two signals, and after a job that was stopped: the next may begin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feedback: QgsProcessingFeedback | None = None
        self.over.connect(self._forget)

    @property
    def busy(self) -> bool:
        return self._feedback is not None

    def run(self, job: Job) -> None:
        if self.busy:
            raise RuntimeError("one job at a time")
        self._feedback = QgsProcessingFeedback(False)
        threading.Thread(
            target=self._run, args=(job, self._feedback), name="raster segmenter", daemon=True
        ).start()

    def stop(self) -> None:
        """Ask the job to end soon; the signal `over` says when it has."""
        if self._feedback:
            self._feedback.cancel()

    def _run(self, job: Job, feedback: QgsProcessingFeedback) -> None:
        def listen(event: Event) -> None:
            if isinstance(event, Started):
                self._emit("started", event)

        try:
            values: dict[str, Any] = run_job(job, feedback, listen)
        except QgsProcessingException as error:
            if not feedback.isCanceled():
                self._emit("failed", str(error))
        except Exception as error:  # whatever it is, the dialog must not wait for ever
            self._emit("failed", f"{type(error).__name__}: {error}")
        else:
            self._emit("done", values)
        finally:
            self._emit("over")

    def _emit(self, signal: str, *values: Any) -> None:
        """Emit the signal of that name, unless Qt has deleted this object along with its dialog."""
        try:
            getattr(self, signal).emit(*values)
        except RuntimeError:
            self._feedback = None

    def _forget(self) -> None:
        self._feedback = None
