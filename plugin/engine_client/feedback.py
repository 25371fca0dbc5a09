"""The engine's events as words and numbers in Processing's progress bar and log."""

from __future__ import annotations

import time

from qgis.core import QgsProcessingFeedback

from ...engine.protocol import Epoch, Event, Log, Message, Progress, Started, message
from ..text import tr, translated

_LINE_EVERY_S = 10.0
"""Seconds between progress lines. Processing keeps each of them in its log: more would hide the rest."""


class Reporter:
    """Reports events to ``feedback``, with a progress line only every few seconds and at the end of a step.

    It remembers only the time of the last progress line, and the step that the line reported as done.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._last_line_s = time.monotonic()
        self._ended: tuple[float, str] | None = None

    def report(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._progress(event)
        elif isinstance(event, Started):
            self._feedback.pushInfo(device_line(event))
        elif isinstance(event, Log) and event.warning:
            self._feedback.pushWarning(translated(event.text))
        elif isinstance(event, Log):
            self._feedback.pushInfo(translated(event.text))
        elif isinstance(event, Epoch):
            self._feedback.pushInfo(epoch_line(event))

    def _progress(self, progress: Progress) -> None:
        """Move the bar at each event; write a line every few seconds, and one at the end of a step."""
        self._feedback.setProgress(100.0 * progress.done / progress.total if progress.total else 0.0)
        now_s = time.monotonic()
        ended = (progress.total, progress.unit) if progress.done >= progress.total else None
        ends, self._ended = ended is not None and ended != self._ended, ended
        if ends or (not ended and now_s - self._last_line_s >= _LINE_EVERY_S):
            self._last_line_s = now_s
            self._feedback.setProgressText(progress_line(progress))


def device_line(started: Started) -> str:
    """The device and the reason why it was chosen: ``CPU: no GPU was found``."""
    return f"{translated(started.device)}: {translated(started.reason)}"


def progress_line(progress: Progress) -> str:
    """``1,200 of 4,000 pixels, 310/s, 0:09 remaining``, without the estimates while they are unknown."""
    parts = [
        tr("{done} of {total} {unit}").format(
            done=_number(progress.done), total=_number(progress.total), unit=translated(progress.unit)
        )
    ]
    if progress.rate > 0:
        parts.append(f"{_number(progress.rate)}/s")
    if progress.remaining_s > 0:
        parts.append(tr("{time} remaining").format(time=clock(progress.remaining_s)))
    return ", ".join(parts)


def epoch_line(epoch: Epoch) -> str:
    """The epoch's figures in one line, with the F1 of the classes at its end."""
    line = message(
        "Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, "
        "mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)",
        number=epoch.number,
        training=epoch.training_loss,
        validation=epoch.validation_loss,
        f1=epoch.mean_f1,
        iou=epoch.mean_iou,
        accuracy=epoch.overall_accuracy,
        seconds=epoch.seconds,
    )
    classes = ", ".join(f"{name} {_number(value, '.3f')}" for name, value in epoch.f1.items())
    return f"{translated(line)}; F1: {classes}" if classes else translated(line)


def _number(value: float, spec: str = "") -> str:
    """``value`` with the separators of the user's language."""
    spec = spec or (",.0f" if value >= 100 or value == int(value) else ".3g")
    return translated(Message("{value:{spec}}", value=value, spec=spec))


def clock(seconds: float) -> str:
    """A duration as ``1:02:05``, or as ``2:05`` if it is less than an hour."""
    minutes, rest_s = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest_s:02}" if hours else f"{minutes}:{rest_s:02}"
