"""Outputs appear whole or not at all: they are written beside their final name and renamed at the end."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .protocol import EngineError, Job, partial_path


def check_writable(path: str) -> None:
    """Refuse an output that cannot be written, before any work: `EngineError` with the path and the reason."""
    folder = Path(path).absolute().parent
    if Path(path).is_dir():
        raise EngineError("unwritable", f"The output {path} is a folder.", "Give the name of a file.")
    if not folder.is_dir():
        raise EngineError("unwritable", f"The output folder {folder} does not exist.", "Create it, or choose another one.")
    partial = partial_path(path)
    # A name of its own: the partial file itself may be that of a run that is writing it now.
    probe = partial.with_name(f"{partial.stem}.{secrets.token_hex(4)}{partial.suffix}")
    try:
        with open(probe, "xb"):
            pass
        probe.unlink()
        if partial.exists() and not os.access(partial, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise EngineError(
            "unwritable", f"The output {path} cannot be written: {error.strerror}.", "Choose a folder you may write to."
        ) from None


def check_apart(outputs: Sequence[str], inputs: Iterable[str], beside: Mapping[str, Iterable[Path]] | None = None) -> None:
    """Refuse outputs that would replace an input or each other, be it by what is written ``beside`` them: `EngineError`."""
    taken = {_place(path.partition("|")[0]) for path in inputs if path}
    for output in outputs:
        for written in (Path(output), partial_path(output), *(beside or {}).get(output, ())):
            place = _place(written)
            if place in taken:
                what = f"The output {output}" if written == Path(output) else f"{written}, which the output {output} needs,"
                raise EngineError("same_file", f"{what} is also an input, or of another output.", "Choose another name.")
            taken.add(place)


def _place(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))


@contextlib.contextmanager
def disk_errors(path: str | Path) -> Iterator[None]:
    """Turn the system's write errors into an `EngineError` that names ``path``."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EngineError(
                "disk_full", f"The disk is full: {path} could not be written.", "Free some space, or write elsewhere."
            ) from error
        raise EngineError(
            "unwritable", f"{path} could not be written: {error.strerror or error}.", "Check the folder."
        ) from error


@contextlib.contextmanager
def whole(path: str | Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; renamed to ``path`` when the block ends well, removed when not."""
    partial = partial_path(path)
    try:
        with disk_errors(path):
            yield partial
            os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def check_outputs(job: Job) -> None:
    """`EngineError` where an output of ``job`` cannot be written, or would replace an input or another output."""
    wanted = [path for path in job.outputs() if path]
    check_apart(wanted, job.inputs())
    for path in wanted:
        check_writable(path)
