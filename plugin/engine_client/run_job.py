"""Runs one job by an engine: sends it, reads its events, and stops it.

The engine reads the job as a line on its standard input and answers with events, one line each. Two threads
read its pipes, so the loop below can check every tenth of a second whether the user has cancelled. Whatever
happens, it leaves no process that anyone waits for, and no unfinished output except for the parts from which
the next run of the job continues.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterator
from typing import Any

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from ...engine.protocol import (
    CANCEL_LINE,
    EngineError,
    Event,
    Failure,
    Job,
    Result,
    is_held,
    parse_event,
    remove_file,
    unfinished,
)
from ..text import error_text, tr, translated
from . import interpreter
from .exit_codes import exit_text
from .feedback import Reporter
from .pool import pool
from .process import LAST_LINES_S, POLL_S, Engine

Listener = Callable[[Event], None]
_CANCEL_S = 5.0
"""Seconds that a cancelled engine may take to stop by itself."""
_REST_S = 30.0
"""Seconds that an engine may take after its last event to clean up or to end."""
_CANCELLED_REST_S = 0.5
"""Seconds for the same after a cancel, when nobody waits for it."""


def run_job(job: Job, feedback: QgsProcessingFeedback, listener: Listener | None = None) -> dict[str, Any]:
    """Run ``job``, and return the values of its result.

    ``listener`` gets every event as well, in the thread of this call. Raises `QgsProcessingException` if
    there is no result, also because the run was cancelled.
    """
    try:
        with pool.acquire(interpreter.find(), lambda: feedback.pushInfo(_busy_text())) as engine:
            last = _exchange(engine, job, feedback, listener)
            _release(engine, last, _CANCELLED_REST_S if feedback.isCanceled() else _REST_S)
            exit_code, words = engine.exit_code, engine.stderr_tail()
    except EngineError as error:
        raise QgsProcessingException(error_text(error)) from error
    finally:
        _remove_partials(job, feedback)
    if feedback.isCanceled():
        left = translated(last.remedy) if isinstance(last, Failure) else ""
        raise QgsProcessingException(
            "\n".join(filter(None, (tr("The run was cancelled."), left, _resume_hint(job, cancelled=True))))
        )
    if isinstance(last, Result) and not exit_code:
        return last.values
    if isinstance(last, Failure):
        feedback.pushDebugInfo(words)
        raise QgsProcessingException(f"{translated(last.message)}\n{translated(last.remedy)}".strip())
    raise QgsProcessingException(
        "\n".join(filter(None, (exit_text(exit_code), _resume_hint(job, cancelled=False), words)))
    )


def _resume_hint(job: Job, *, cancelled: bool) -> str:
    """A sentence on how to use the finished part that a run has left, if it has left one."""
    if not job.keeps_partial(cancelled) or not any(
        unfinished(output) for output in filter(None, job.outputs())
    ):
        return ""
    return tr("The finished part was kept: run it again with the same parameters to continue from there.")


def _busy_text() -> str:
    return tr("Another job is running, so this one starts a second engine. Both will be slower.")


def _exchange(
    engine: Engine, job: Job, feedback: QgsProcessingFeedback, listener: Listener | None
) -> Event | None:
    """Send ``job`` and follow its events. Returns the last one, or None if the engine stopped without one."""
    reporter = Reporter(feedback)
    engine.start(job)
    for line in _until_over(engine, feedback):
        event = parse_event(line)
        if listener:
            listener(event)
        if isinstance(event, (Result, Failure)):
            return event
        reporter.report(event)
    return None


def _until_over(engine: Engine, feedback: QgsProcessingFeedback) -> Iterator[str]:
    """The engine's lines until it closes its output.

    After a cancel, or the death of the engine, they end when its time is up.
    """
    deadline_s = None
    while deadline_s is None or time.monotonic() < deadline_s:
        if deadline_s is None and feedback.isCanceled():
            engine.send(CANCEL_LINE)
            deadline_s = time.monotonic() + _CANCEL_S
        elif deadline_s is None and engine.exit_code is not None:
            # Its last lines may still be on their way; processes that it has started may hold its output open
            # for ever.
            deadline_s = time.monotonic() + LAST_LINES_S
        with contextlib.suppress(queue.Empty):
            line = engine.lines.get(timeout=POLL_S)
            if line is None:
                return
            yield line


def _release(engine: Engine, last: Event | None, patience_s: float) -> None:
    """Wait until the engine is idle if the job ended as it should; otherwise end it.

    All its output about the job is read.
    """
    sound = last and not (isinstance(last, Failure) and last.code == "internal")
    if sound:
        engine.wait_until_idle(patience_s)
    if not (sound and engine.is_idle):
        engine.end(patience_s)
        engine.close()


def _remove_partials(job: Job, feedback: QgsProcessingFeedback) -> None:
    """Remove unfinished outputs that a killed engine has left, unless the next run can use them.

    Those that another run is writing stay.
    """
    if job.keeps_partial(feedback.isCanceled()):
        return
    for output in filter(None, job.outputs()):
        for path in unfinished(output) if not is_held(output) else ():
            try:
                remove_file(path)
            except OSError as error:  # shown in QGIS, say, where the system is Windows
                reason = error.strerror or str(error)
                feedback.pushWarning(
                    tr("{path} could not be removed: {reason}.").format(path=path, reason=reason)
                )
