"""An interpreter is asked what it has, in a short run of its own."""

from __future__ import annotations

import errno
import json
import subprocess  # nosec B404 (the engine is a process of its own)
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...engine.protocol import EngineError, Message, crash, joined, message

# Readable for any Python: the engine's package says itself which one it needs.
_PROBE = """
import json, sys
try:
    from engine.probe import answer
except ImportError as error:
    print(json.dumps([sys.prefix, [], ["old_python", str(error), ""]]))
else:
    print(answer())
"""
_PATIENCE_S = 30


@dataclass(frozen=True)
class Answer:
    """The result of an interpreter's check of itself."""

    missing: tuple[str, ...] = ()
    """The modules that it lacks."""
    failure: EngineError | None = None
    """Any other error of the interpreter."""


def probe(path: str, source: str, folder: Path, variables: Mapping[str, str], no_window: int) -> Answer:
    """Ask the interpreter at ``path``, named in ``source``, to check itself in the plugin's ``folder``.

    Raises `EngineError` without a remedy if it does not run, gives another answer, or crashes.
    """
    try:
        run = subprocess.run(  # noqa: S603 # nosec B603 (the user's own choice of interpreter)
            [path, "-c", _PROBE],
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            creationflags=no_window,
            check=False,
        )
        if ended := crash(run.returncode):
            raise EngineError(
                "no_engine",
                "The engine's Python {path} ({source}) crashes as it loads GDAL: {crash}.",
                path=path,
                source=source,
                crash=ended,
            )
        if run.returncode:
            stderr_tail = run.stderr.decode(errors="replace").strip().splitlines()[-1:]
            ended = message("it ends with exit code {code}", code=run.returncode)
            raise OSError(joined(ended, *stderr_tail, separator="; "))
        _, missing, *failure = json.loads(run.stdout.strip().splitlines()[-1])
        wrong = _error(*failure[0]) if failure and failure[0] else None
    except (OSError, ValueError, TypeError, LookupError, subprocess.SubprocessError) as error:
        raise EngineError(
            "no_engine",
            "The engine's Python {path} ({source}) does not run as a Python 3: {error}.",
            path=path,
            source=source,
            error=_why(error),
        ) from error
    return Answer(tuple(missing), wrong)


def _error(code: str, *sentences: Any) -> EngineError:
    """The error that the engine's `answer` names; its sentences are texts, or messages as JSON has them."""
    return EngineError(code, *(Message.from_json(one) if isinstance(one, dict) else one for one in sentences))


def _why(error: Exception) -> str:
    """Why a program cannot be the engine's Python, for its user; without a full stop at its end."""
    if isinstance(error, subprocess.TimeoutExpired):
        return message("it gives no answer within {seconds} seconds", seconds=_PATIENCE_S)
    if isinstance(error, PermissionError):
        return message("it is not a program, or may not be run")
    if isinstance(error, OSError) and error.errno == errno.ENOEXEC:
        return message("it is not a program for this system")
    if isinstance(error, OSError):
        text = error.strerror or error.args[0]
        return text if isinstance(text, Message) else str(text).rstrip(".")
    return message("its answer is not that of a Python")
