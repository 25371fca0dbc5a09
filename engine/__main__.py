"""``python -m engine serve`` runs jobs from stdin; ``python -m engine JOB_KIND job.json`` runs one by hand.

Events go to stdout, one JSON line each. Whatever else prints goes to stderr, so no library can
garble the protocol.
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

from .core.cache import release_memory, settle, tidy
from .protocol import (
    AT_REST,
    JOBS,
    Cancelled,
    EngineError,
    Event,
    Failure,
    Job,
    Log,
    Progress,
    Result,
    encode_event,
    is_cancel,
    parse_job,
)
from .runtime.libraries import prepare

# Heeded by PyTorch when it first asks for memory: Linux then gives it by 2 MiB, in half the time, where it
# may.
os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")
# Heeded by GNU's OpenMP when it is loaded: threads that wait for each other soon let others work. By its
# default they spin on, and two runs on the same cores take several times as long as one after the other.
os.environ.setdefault("GOMP_SPINCOUNT", "3000")

_USAGE = f"usage: python -m engine serve | python -m engine {'|'.join(JOBS)} job.json"
_JSON_ADVICE = r"Check the path and the JSON in it, where C:\maps is written as C:/maps or C:\\maps."
_EVERY_S = 0.2
_GRACE_S = 10.0
_SOON_S = 1.0


class Channel:
    """Writes events to ``stream``, those that the next one replaces no oftener than anyone can see; raises
    `Cancelled` once cancelled.
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
        """Write ``event`` whatever the state: for the last event of a run."""
        with self._lock:
            self._stream.write(encode_event(event) + "\n")
            self._stream.flush()


def run_line(text: str, channel: Channel) -> bool:
    """Run the job in ``text``; its last event is a `Result` or a `Failure`. True when it succeeded."""
    try:
        job = parse_job(text)
        if f"{__package__}.jobs" not in sys.modules:
            channel.emit(Log("Starting the engine."))
            _load_libraries(job, channel)
        # It takes a while: after bad jobs were refused and the first sign of life was sent.
        from .jobs import run  # noqa: PLC0415

        settle()
        values = run(job, channel.emit)
    except EngineError as error:
        channel.send(Failure(error.code, error.message, error.remedy))
    except Exception as error:
        traceback.print_exc()
        channel.send(
            Failure(
                "internal",
                f"The engine failed: {type(error).__name__}: {error}.",
                "Please report it with the log's last lines.",
            )
        )
    else:
        channel.send(Result(values))
        return True
    return False


def _load_libraries(job: Job, channel: Channel) -> None:
    """Load what every job needs. If that fails, this process ends: what it has half loaded would spoil a
    second attempt.
    """
    try:
        prepare(job)
    except EngineError as error:
        channel.send(Failure(error.code, error.message, error.remedy))
        sys.exit(1)


def serve(lines: IO[str], channel: Channel) -> int:
    """Run jobs, each sent when the one before has ended, until ``lines`` end.

    A cancel line stops the running job; so does the end. After each job stderr says when all is ready for the
    next.
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
        # Whoever started us is gone: a step that does not come back must not outlive them.
        time.sleep(_GRACE_S)
        os._exit(1)

    threading.Thread(target=listen, name="listener", daemon=True).start()
    succeeded = True
    while (line := _next(jobs)) is not None:
        succeeded = run_line(line, channel)
        tidy()
        print(AT_REST, file=sys.stderr, flush=True)
    return 0 if succeeded else 1


def _next(jobs: queue.Queue[str | None]) -> str | None:
    """The next job. One of a batch comes at once, and finds the last one's memory; else that is given back
    meanwhile.
    """
    try:
        return jobs.get(timeout=_SOON_S)
    except queue.Empty:
        release_memory()
        return jobs.get()


def run_file(kind: str, path: str, channel: Channel) -> int:
    """Run the job of ``kind`` in the JSON file ``path``."""
    try:
        values: dict[str, Any] = json.loads(
            Path(path).read_bytes()
        )  # in UTF-8 or UTF-16, with or without a mark of which
        text = json.dumps({"job": kind, **values})
    except (OSError, ValueError, TypeError) as error:
        channel.send(Failure("bad_job", f"The job file {path} cannot be read: {error}.", _JSON_ADVICE))
        return 1
    return 0 if run_line(text, channel) else 1


def main(arguments: list[str]) -> int:
    # What a cluster or a shell sends to stop us. As an exception it lets every file be tidied away.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    channel = Channel(_guard_stdout())
    faulthandler.enable(all_threads=False)  # so that a crash says on stderr where it was
    if arguments == ["serve"]:
        return serve(sys.stdin, channel)
    if len(arguments) == 2 and arguments[0] in JOBS:
        return run_file(arguments[0], arguments[1], channel)
    print(_USAGE, file=sys.stderr)
    return 2


def _guard_stdout() -> IO[str]:
    """The real stdout for events alone; file descriptor 1 becomes stderr for everyone else, C libraries
    too.
    """
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return events


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
