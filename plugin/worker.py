"""One job, one engine process: start it, feed it, read its events, stop it.

The process reads the job as a line on its standard input and answers with events, one line each.
Two threads read its pipes, so the loop below is free to look every tenth of a second whether the
user has cancelled. Whatever happens, no process and no unfinished output is left behind.
"""

from __future__ import annotations

import collections
import contextlib
import glob
import queue
import subprocess  # nosec B404 (the engine is a process of its own)
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from ..engine.protocol import (
    CANCEL_LINE,
    EngineError,
    Event,
    Failure,
    Job,
    Result,
    encode_job,
    parse_event,
    partial_path,
)
from . import environment
from .reporter import Reporter
from .text import tr

Listener = Callable[[Event], None]
_POLL_S = 0.1
_CANCEL_S = 5.0
"""How long a cancelled engine may take to stop by itself."""
_EXIT_S = 30.0
"""How long an engine may take to end after its last event."""
_CANCELLED_EXIT_S = 0.5
"""The same when nobody waits for its exit code."""
_LAST_LINES_S = 2.0
"""How long the lines of an engine that has ended may take to arrive."""
_TAIL_LINES = 15


def run_job(job: Job, feedback: QgsProcessingFeedback, listener: Listener | None = None) -> dict[str, Any]:
    """The values of the job's result. Raises `QgsProcessingException` for everything else, cancelling included.

    ``listener`` gets every event as well, in the thread of this call.
    """
    try:
        with Engine(environment.find()) as engine:
            last = _converse(engine, job, feedback, listener)
            engine.end(_CANCELLED_EXIT_S if feedback.isCanceled() else _EXIT_S)
    except EngineError as error:
        raise QgsProcessingException(str(error)) from error
    finally:
        _remove_partials(job)
    if feedback.isCanceled():
        raise QgsProcessingException(tr("The run was cancelled."))
    if isinstance(last, Result) and engine.exit_code == 0:
        return last.values
    if isinstance(last, Failure):
        feedback.pushDebugInfo(engine.last_words())
        raise QgsProcessingException(f"{last.message}\n{last.remedy}".strip())
    text = tr("The engine stopped without a result (exit code {code}).").format(code=engine.exit_code)
    raise QgsProcessingException(f"{text}\n{engine.last_words()}".strip())


def _converse(engine: Engine, job: Job, feedback: QgsProcessingFeedback, listener: Listener | None) -> Event | None:
    """Send ``job`` and follow its events. Returns the last one, or None if the engine stopped without one."""
    reporter = Reporter(feedback)
    engine.send(encode_job(job))
    for line in _until_over(engine, feedback):
        event = parse_event(line)
        if listener:
            listener(event)
        if isinstance(event, (Result, Failure)):
            return event
        reporter.report(event)
    return None


def _until_over(engine: Engine, feedback: QgsProcessingFeedback) -> Iterator[str]:
    """The engine's lines until it closes its output, or its time is up because it was cancelled or has died."""
    deadline_s = None
    while deadline_s is None or time.monotonic() < deadline_s:
        if deadline_s is None and feedback.isCanceled():
            engine.send(CANCEL_LINE)
            deadline_s = time.monotonic() + _CANCEL_S
        elif deadline_s is None and engine.exit_code is not None:
            # Its last lines may still be on their way; processes that it has started may hold its output open for ever.
            deadline_s = time.monotonic() + _LAST_LINES_S
        with contextlib.suppress(queue.Empty):
            line = engine.lines.get(timeout=_POLL_S)
            if line is None:
                return
            yield line


class Engine:
    """An engine process and the two threads that read what it writes. Leaving the block ends it."""

    def __init__(self, interpreter: environment.Interpreter) -> None:
        self.lines: queue.Queue[str | None] = queue.Queue()
        """What it wrote to its standard output; None after the last line."""
        self._errors: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        self._process = subprocess.Popen(  # noqa: S603 # nosec B603 (the interpreter the user has named)
            [interpreter.path, "-m", "engine", "serve"],
            cwd=environment.ROOT,
            env=environment.child_environment(interpreter),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            creationflags=environment.NO_WINDOW,
        )
        self._input = cast("IO[str]", self._process.stdin)
        self._readers = [
            threading.Thread(target=self._read_output, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(self._process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exception: object) -> None:
        self._close_input()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join(_LAST_LINES_S)

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def send(self, line: str) -> None:
        """Write ``line`` to the engine. One that has died cannot read it; its exit code will tell."""
        with contextlib.suppress(OSError):
            self._input.write(f"{line}\n")
            self._input.flush()

    def end(self, patience_s: float) -> None:
        """Close its input, which asks it to end, and give it the time to do so."""
        self._close_input()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_s)

    def last_words(self) -> str:
        """The last lines it wrote for the eyes of programmers."""
        return "".join(self._errors).strip()

    def _close_input(self) -> None:
        with contextlib.suppress(OSError):
            self._input.close()

    def _read_output(self, output: IO[str]) -> None:
        with output:
            for line in output:
                self.lines.put(line)
        self.lines.put(None)

    def _read_errors(self, errors: IO[str]) -> None:
        with errors:
            self._errors.extend(errors)


def _remove_partials(job: Job) -> None:
    """Remove what a killed engine could not: unfinished outputs and the files beside them."""
    for output in filter(None, job.outputs()):
        partial = partial_path(output)
        for path in partial.parent.glob(f"{glob.escape(partial.stem)}.*"):
            path.unlink()
