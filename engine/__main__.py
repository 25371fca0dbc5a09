"""``python -m engine serve`` runs jobs from stdin; ``python -m engine JOB_KIND job.json`` runs one job.

Events go to stdout, one JSON line each. Everything that libraries print goes to stderr, so it cannot garble
the events. With ``serve``, the engine itself writes only one line to stderr: `IDLE_MARK` after each job. It
separates the output of one job from that of the next, and says that the engine waits for a job.
"""

from __future__ import annotations

import faulthandler
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import IO, Any

from .core.cache import collect, freeze_gc, release_memory
from .protocol import (
    IDLE_MARK,
    JOBS,
    Cancelled,
    EngineError,
    Event,
    Failure,
    Job,
    Progress,
    Result,
    encode_event,
    info,
    is_cancel,
    message,
    parse_job,
)
from .runtime.libraries import prepare

# PyTorch reads this when it first asks for memory. Linux then gives memory in pages of 2 MiB where it may,
# which takes half the time.
os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")
# GNU's OpenMP reads this when it is loaded: threads that wait for each other soon let others work. By default
# they spin for long, and two runs at once on the same cores take several times as long as one after the
# other.
os.environ.setdefault("GOMP_SPINCOUNT", "3000")

_USAGE = f"usage: python -m engine serve | python -m engine {'|'.join(JOBS)} job.json"
_EVERY_S = 0.2
"""Seconds between two events of a kind of which only the last one counts."""
_GRACE_S = 10.0
"""Seconds that a job may continue after the end of stdin."""
_SOON_S = 1.0
"""A job that comes within this many seconds finds the memory of the one before."""


class Channel:
    """Writes events to ``stream``, and raises `Cancelled` once the job is cancelled.

    Of events such as progress, where only the last one counts, some are left out if they come too fast to be
    read.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._last_s: dict[str, float] = {}
        self.cancelled = threading.Event()

    def emit(self, event: Event) -> None:
        if self.cancelled.is_set():
            raise Cancelled
        if not self._comes_too_soon(event):
            self.send(event)

    def _comes_too_soon(self, event: Event) -> bool:
        kind = (
            "progress"
            if isinstance(event, Progress) and event.done < event.total
            else getattr(event, "kind", "")
        )
        now_s = time.monotonic()
        if kind and now_s - self._last_s.get(kind, 0.0) < _EVERY_S:
            return True
        self._last_s[kind] = now_s
        return False

    def send(self, event: Event) -> None:
        """Write ``event`` even after a cancel: for the last event of a run."""
        with self._lock:
            self._stream.write(encode_event(event) + "\n")
            self._stream.flush()


def run_line(text: str, channel: Channel) -> bool:
    """Run the job in ``text``; its last event is a `Result` or a `Failure`. True if it succeeded."""
    try:
        job = parse_job(text)
        if f"{__package__}.jobs" not in sys.modules:
            channel.emit(info("Starting the engine."))
            _load_libraries(job, channel)
        # It takes a while: after bad jobs were refused and the first sign of life was sent.
        from .jobs import run  # noqa: PLC0415

        freeze_gc()
        values = run(job, channel.emit)
    except EngineError as error:
        channel.send(Failure(error.code, error.message, error.remedy))
    except Exception as error:
        traceback.print_exc()
        channel.send(_internal(error))
    else:
        channel.send(Result(values))
        return True
    return False


def _internal(error: Exception) -> Failure:
    text = message("The engine failed: {kind}: {error}.", kind=type(error).__name__, error=error)
    return Failure("internal", text, message("Please report it with the log's last lines."))


def _load_libraries(job: Job, channel: Channel) -> None:
    """Load the libraries. If that fails the process ends: half-loaded ones would spoil a second try."""
    try:
        prepare(job)
    except EngineError as error:
        channel.send(Failure(error.code, error.message, error.remedy))
        sys.exit(1)


def serve(lines: IO[str], channel: Channel) -> int:
    """Run jobs one after the other until ``lines`` end, and return the exit code.

    A cancel line, or the end of ``lines``, stops the running job. After each job `IDLE_MARK` is written to
    stderr.
    """
    jobs: queue.Queue[str | None] = queue.Queue()

    def listen() -> None:
        for line in lines:
            if is_cancel(line):
                channel.cancelled.set()
            elif line.strip():
                channel.cancelled.clear()
                jobs.put(line)
        channel.cancelled.set()
        jobs.put(None)
        # The program that started this one is gone: a step that never returns must not outlive it.
        time.sleep(_GRACE_S)
        os._exit(1)

    threading.Thread(target=listen, name="listener", daemon=True).start()
    succeeded = True
    while (line := _next(jobs)) is not None:
        succeeded = run_line(line, channel)
        collect()
        print(IDLE_MARK, file=sys.stderr, flush=True)
    return 0 if succeeded else 1


def _next(jobs: queue.Queue[str | None]) -> str | None:
    """Wait for the next job. If it does not come soon, give free memory back to the system meanwhile."""
    try:
        return jobs.get(timeout=_SOON_S)
    except queue.Empty:
        release_memory()
        return jobs.get()


def run_file(kind: str, path: str, channel: Channel) -> int:
    """Run the job of ``kind`` in the JSON file ``path``."""
    try:
        # In UTF-8 or UTF-16, with or without a byte order mark.
        values: dict[str, Any] = json.loads(Path(path).read_bytes())
        text = json.dumps({"job": kind, **values})
    except (OSError, ValueError, TypeError) as error:
        problem = message("The job file {path} cannot be read: {error}.", path=path, error=error)
        remedy = message(
            r"Check the path and the JSON in it, where C:\maps is written as C:/maps or C:\\maps."
        )
        channel.send(Failure("bad_job", problem, remedy))
        return 1
    return 0 if run_line(text, channel) else 1


def main(arguments: list[str]) -> int:
    """Run the engine with command-line ``arguments``. Returns its exit code: 2 for unknown arguments."""
    # A cluster or a shell sends this to stop a program. As an exception it lets every temporary file be
    # removed.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    channel = Channel(_guard_stdout())
    faulthandler.enable(all_threads=False)  # a crash then says on stderr where it was
    if arguments == ["serve"]:
        return serve(sys.stdin, channel)
    if len(arguments) == 2 and arguments[0] in JOBS:
        return run_file(arguments[0], arguments[1], channel)
    print(_USAGE, file=sys.stderr)
    return 2


def _guard_stdout() -> IO[str]:
    """The real stdout, for events alone: file descriptor 1 becomes stderr, also for C libraries."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return events


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
