"""Idle engines, kept for the next job because it takes seconds to start another one."""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
from collections.abc import Callable, Hashable, Iterator

from .interpreter import ROOT, Interpreter, child_environment
from .process import Engine

_IDLE_S = 180.0
"""Seconds that an idle engine lives: it holds a model, and on a GPU some hundred MB of memory."""
_MOST_IDLE = 2


class Pool:
    """Lends engines to jobs in any thread, each to one job at a time.

    Idle engines end after some time, and with QGIS.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[Engine, tuple[Hashable, threading.Timer]] = {}
        """The idle engines, the last one used last, each with the fingerprint of its start and the timer of
        its end.
        """
        self._busy = 0
        self._generation = 0
        """Counts calls of `close`: an engine lent before the last one does not come back."""

    @contextlib.contextmanager
    def acquire(self, interpreter: Interpreter, on_busy: Callable[[], None]) -> Iterator[Engine]:
        """An engine for one job: an idle one, else a new one.

        ``on_busy`` is called if another job runs at the same time. The engine is kept only if the block
        succeeds and the engine is idle at its end.
        """
        fingerprint = _fingerprint(interpreter)
        with self._lock:
            generation, alone = self._generation, self._busy == 0
            self._busy += 1
        engine = None
        try:
            if not alone:
                on_busy()
            engine = self._take(fingerprint) or Engine(interpreter)
            yield engine
            if self._keep(engine, fingerprint, generation):
                engine = None
        finally:
            with self._lock:
                self._busy -= 1
            if engine:
                engine.close()

    def close(self) -> None:
        """End the idle engines now. Those at work end with their job."""
        with self._lock:
            self._generation += 1
            engines = list(self._idle)
        self._end(engines)

    def _take(self, fingerprint: Hashable) -> Engine | None:
        """Take out the idle engine that was used last; None if there is none.

        Engines with another fingerprint, and dead ones, are ended.
        """
        with self._lock:
            unfit = [
                engine
                for engine, (theirs, _) in self._idle.items()
                if theirs != fingerprint or not engine.is_idle
            ]
            fit = [engine for engine in self._idle if engine not in unfit]
            if fit:
                _, clock = self._idle.pop(fit[-1])
                clock.cancel()
        self._end(unfit)
        return fit[-1] if fit else None

    def _keep(self, engine: Engine, fingerprint: Hashable, generation: int) -> bool:
        with self._lock:
            if not engine.is_idle or generation != self._generation or len(self._idle) >= _MOST_IDLE:
                return False
            clock = threading.Timer(_IDLE_S, self._end, [[engine]])
            clock.daemon = True  # QGIS does not wait for it
            clock.start()
            self._idle[engine] = fingerprint, clock
        return True

    def _end(self, engines: list[Engine]) -> None:
        """End those of ``engines`` that are still idle."""
        with self._lock:
            ended = {engine: self._idle.pop(engine) for engine in engines if engine in self._idle}
        for engine, (_, clock) in ended.items():
            clock.cancel()
            engine.close()


def _fingerprint(interpreter: Interpreter) -> Hashable:
    """Everything that an engine is started from: interpreter, environment variables and code.

    An engine is not used for another job once one of them has changed.
    """
    variables = frozenset(child_environment(interpreter).items())
    files = [path.stat() for path in (ROOT / "engine").rglob("*.py")]
    code = len(files), max(file.st_mtime_ns for file in files), sum(file.st_size for file in files)
    return interpreter, os.stat(interpreter.path).st_mtime_ns, variables, code


pool = Pool()
"""The pool of this QGIS session."""
atexit.register(pool.close)
