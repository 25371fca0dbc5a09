"""An engine's process, and the two threads that read its output."""

from __future__ import annotations

import collections
import contextlib
import queue
import subprocess  # nosec B404 (the engine is a process of its own)
import threading
import time
from typing import IO, cast

from ...engine.protocol import IDLE_MARK, Job, encode_job
from .interpreter import NO_WINDOW, ROOT, Interpreter, child_environment

POLL_S = 0.1
"""Seconds between two checks while waiting; an event ends the wait at once."""
LAST_LINES_S = 2.0
"""Seconds that the last lines of an engine that has ended may take to arrive."""
_TAIL_LINES = 15


class Engine:
    """The process ``python -m engine serve``, which runs jobs one after the other until `close`."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.lines: queue.Queue[str | None] = queue.Queue()
        """The lines that it wrote to its standard output; None after the last one."""
        self._idle = threading.Event()
        self._errors: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        self._process = subprocess.Popen(  # noqa: S603 # nosec B603 (the interpreter the user has named)
            [interpreter.path, "-m", "engine", "serve"],
            cwd=ROOT,
            env=child_environment(interpreter),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            creationflags=NO_WINDOW,
        )
        self._input = cast("IO[str]", self._process.stdin)
        self._readers = [
            threading.Thread(target=self._read_output, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(self._process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    @property
    def is_idle(self) -> bool:
        """Whether it is alive and waits for a job, with its last job done and cleaned up."""
        return self._idle.is_set() and self.exit_code is None

    def start(self, job: Job) -> None:
        """Send it a job. Its output from the last job is forgotten."""
        self._idle.clear()
        self._errors.clear()
        self.send(encode_job(job))

    def send(self, line: str) -> None:
        """Write ``line`` to the engine. If it is dead the line is lost, and its exit code says why."""
        with contextlib.suppress(OSError):
            self._input.write(f"{line}\n")
            self._input.flush()

    def wait_until_idle(self, patience_s: float) -> None:
        """Wait until it is idle after a job and all its output is read, or until it has ended.

        It waits no longer than ``patience_s`` seconds.
        """
        deadline_s = time.monotonic() + patience_s
        while self.exit_code is None and time.monotonic() < deadline_s:
            if self._idle.wait(POLL_S):
                return

    def end(self, patience_s: float) -> None:
        """Close its input, which asks it to end, and wait for that at most ``patience_s`` seconds."""
        self._close_input()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_s)

    def close(self) -> None:
        """End it now, whatever it is doing, and read the rest of its output."""
        self._close_input()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        while self._readers:
            self._readers.pop().join(LAST_LINES_S)

    def stderr_tail(self) -> str:
        """The last lines that it wrote to stderr, for programmers, since `start`."""
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
            for line in errors:
                words, mark, _ = line.partition(IDLE_MARK)
                if words:
                    self._errors.append(words)
                if mark:
                    self._idle.set()
