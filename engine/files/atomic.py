"""Outputs appear whole or not at all: they are written beside their final name and renamed at the end."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..protocol import (
    EngineError,
    Job,
    in_use,
    is_free,
    is_held,
    is_in_use,
    partial_path,
    remove_file,
    replace_file,
)
from ..runtime.system import objection, place

TEMPORARY_PREFIX = "raster-segmenter-"
"""How the names of temporary folders begin."""
_WINDOWS_DISK_FULL = (39, 112)
_LONGEST_ENDING = 24
"""What is put behind the name of a partial file at most: ``.cog.tif.msk.ovr.tmp``, or ``.unfinished`` and
more.
"""
_WINDOWS_MOST_LETTERS = 260
"""Longer paths do not exist for Windows, unless it is set to allow them."""


def check_writable(path: str) -> None:
    """Refuse an output that cannot be written, before any work: `EngineError` with the path and the
    reason.
    """
    folder = Path(path).absolute().parent
    if Path(path).is_dir():
        raise EngineError("unwritable", f"The output {path} is a folder.", "Give the name of a file.")
    if not folder.is_dir():
        raise EngineError(
            "unwritable", f"The output folder {folder} does not exist.", "Create it, or choose another one."
        )
    if reason := objection(Path(path).name):
        raise EngineError(
            "unwritable", f"The output {path} cannot be written: {reason}.", "Choose another name."
        )
    partial = partial_path(path)
    # A name of its own: the partial file itself may be that of a run that is writing it now. And the longest
    # that is needed.
    probe = partial.with_name(f"{partial.name}.{secrets.token_hex(_LONGEST_ENDING // 2)}")
    try:
        with open(probe, "xb"):
            pass
        remove_file(probe)
        if busy := next(
            (file for file in (Path(path), *([] if is_held(path) else [partial])) if not is_free(file)), None
        ):
            raise in_use(busy)
        if partial.exists() and not os.access(partial, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        reason, remedy = _refusal(error, probe)
        raise EngineError("unwritable", f"The output {path} cannot be written: {reason}.", remedy) from None


def _refusal(error: OSError, probe: Path) -> tuple[str, str]:
    """Why ``probe`` cannot be in its folder, which is there, and what to do."""
    missing = isinstance(error, FileNotFoundError)
    if error.errno == errno.ENAMETOOLONG or (missing and len(str(probe)) >= _WINDOWS_MOST_LETTERS):
        letters = len(probe.name)
        return (
            "its path is too long",
            f"Choose a shorter one: files of the run beside it have names of up to {letters} letters.",
        )
    if missing:
        kept = "Windows may be set to keep programs from writing to this one (controlled folder access)"
        return str(error.strerror), f"Choose another folder: {kept}."
    return str(error.strerror), "Choose a folder you may write to."


def check_apart(
    outputs: Sequence[str], inputs: Iterable[str], beside: Mapping[str, Iterable[Path]] | None = None
) -> None:
    """Refuse outputs that would replace an input or each other, be it by what is written ``beside`` them:
    `EngineError`.
    """
    taken = {place(path.partition("|")[0]) for path in inputs if path}
    for output in outputs:
        for written in (Path(output), partial_path(output), *(beside or {}).get(output, ())):
            where = place(written)
            if where in taken:
                what = (
                    f"The output {output}"
                    if written == Path(output)
                    else f"{written}, which the output {output} needs,"
                )
                raise EngineError(
                    "same_file", f"{what} is also an input, or of another output.", "Choose another name."
                )
            taken.add(where)


@contextlib.contextmanager
def disk_errors(path: str | Path) -> Iterator[None]:
    """Turn the system's write errors into an `EngineError` that names ``path``."""
    try:
        yield
    except OSError as error:
        if (
            error.errno in (errno.ENOSPC, errno.EDQUOT)
            or getattr(error, "winerror", None) in _WINDOWS_DISK_FULL
        ):
            raise EngineError(
                "disk_full",
                f"The disk is full: {path} could not be written.",
                "Free some space, or write elsewhere.",
            ) from error
        if is_in_use(error):
            raise in_use(error.filename or path) from error
        raise EngineError(
            "unwritable", f"{path} could not be written: {error.strerror or error}.", "Check the folder."
        ) from error


@contextlib.contextmanager
def atomic_write(path: str | Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; renamed to ``path`` when the block ends well, removed when not.

    Where another program has ``path`` open (Windows), the result is kept beside it: `final_path`.
    """
    partial = partial_path(path)
    try:
        with disk_errors(path):
            yield partial
            with final_path(path) as final:
                replace_file(partial, final)
    finally:
        discard(partial)


@contextlib.contextmanager
def final_path(path: str | Path) -> Iterator[Path]:
    """The name that a finished output takes: ``path``, or where that stays in use a free name beside it.

    In the second case, `EngineError` "in_use" says where the result is once the block has put it there.
    """
    path = Path(path)
    if is_free(path):
        yield path
        return
    names = (path.with_name(f"{path.stem}.new{number}{path.suffix}") for number in ("", *range(2, 1000)))
    instead = next(name for name in names if not name.exists())
    yield instead
    raise in_use(path, instead)


def discard(path: Path) -> None:
    """Remove what is of no use any more. It stays where another program has it open: that must hide no other
    error.
    """
    try:
        remove_file(path)
    except OSError as error:
        if not is_in_use(error):
            raise


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder for files that are needed while the block runs. What another program has open then stays
    in it.
    """
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX))
    try:
        yield folder
    finally:
        for path in folder.rglob("*"):
            if path.is_file():
                discard(path)
        shutil.rmtree(folder, ignore_errors=True)


def check_outputs(job: Job) -> None:
    """`EngineError` where an output of ``job`` cannot be written, or would replace an input or another
    output.
    """
    for path in (*job.inputs(), *job.outputs()):
        _require_text(path)
    wanted = [path for path in job.outputs() if path]
    check_apart(wanted, job.inputs())
    for path in wanted:
        check_writable(path)


def _require_text(path: str) -> None:
    """`EngineError` for a path that is no text: neither GDAL nor a report could hold it, and each would say
    so in other words.
    """
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        message = f"The path {shown} holds bytes that are no text in UTF-8."
        raise EngineError("bad_path", message, "Rename the file or folder.") from None
