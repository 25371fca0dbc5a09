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
    Message,
    in_use,
    is_free,
    is_held,
    is_in_use,
    message,
    partial_path,
    remove_file,
    replace_file,
)
from ..runtime.system import objection, place

TEMPORARY_PREFIX = "raster-segmenter-"
"""The beginning of the names of temporary folders."""
_WINDOWS_DISK_FULL = (39, 112)
_LONGEST_ENDING = 24
"""The longest ending of a partial file's name: ``.cog.tif.msk.ovr.tmp``, or ``.unfinished`` and more."""
_WINDOWS_MOST_LETTERS = 260
"""The length of paths that Windows allows, unless it is set to allow longer ones."""


def check_writable(path: str) -> None:
    """Raise `EngineError`, before any work, for an output that cannot be written."""
    folder = Path(path).absolute().parent
    if Path(path).is_dir():
        raise EngineError(
            "unwritable", "The output {path} is a folder.", "Give the name of a file.", path=path
        )
    if not folder.is_dir():
        raise EngineError(
            "unwritable",
            "The output folder {folder} does not exist.",
            "Create it, or choose another one.",
            folder=folder,
        )
    if reason := objection(Path(path).name):
        raise EngineError(
            "unwritable",
            "The output {path} cannot be written: {reason}.",
            "Choose another name.",
            path=path,
            reason=reason,
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
        why, remedy = _refusal(error, probe)
        raise EngineError(
            "unwritable", "The output {path} cannot be written: {reason}.", remedy, path=path, reason=why
        ) from None


def _refusal(error: OSError, probe: Path) -> tuple[str, Message]:
    """The error for a file ``probe`` that cannot be written to its folder, although the folder exists."""
    missing = isinstance(error, FileNotFoundError)
    if error.errno == errno.ENAMETOOLONG or (missing and len(str(probe)) >= _WINDOWS_MOST_LETTERS):
        return message("its path is too long"), message(
            "Choose a shorter one: files of the run beside it have names of up to {letters} letters.",
            letters=len(probe.name),
        )
    if missing:
        return str(error.strerror), message(
            "Choose another folder: Windows may keep programs from writing to this one "
            "(controlled folder access)."
        )
    return str(error.strerror), message("Choose a folder you may write to.")


def check_apart(
    outputs: Sequence[str], inputs: Iterable[str], beside: Mapping[str, Iterable[Path]] | None = None
) -> None:
    """Raise `EngineError` for outputs that would replace an input or each other.

    ``beside`` has, for some outputs, the files that are written beside them.
    """
    taken = {place(path.partition("|")[0]) for path in inputs if path}
    for output in outputs:
        for written in (Path(output), partial_path(output), *(beside or {}).get(output, ())):
            where = place(written)
            if where in taken:
                file = (
                    message("The output {output}", output=output)
                    if written == Path(output)
                    else message("{file}, which the output {output} needs,", file=written, output=output)
                )
                raise EngineError(
                    "same_file",
                    "{file} is also an input, or belongs to another output.",
                    "Choose another name.",
                    file=file,
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
                "The disk is full: {path} could not be written.",
                "Free some space, or write elsewhere.",
                path=path,
            ) from error
        if is_in_use(error):
            raise in_use(error.filename or path) from error
        raise EngineError(
            "unwritable",
            "{path} could not be written: {reason}.",
            "Check that the folder exists and that you may write to it.",
            path=path,
            reason=error.strerror or error,
        ) from error


@contextlib.contextmanager
def atomic_write(path: str | Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; renamed to ``path`` if the block succeeds, removed if it fails.

    If another program has ``path`` open (Windows), the result is kept under another name: `final_path`.
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
    """The name that a finished output takes: ``path``, or a free name beside it while ``path`` stays in use.

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
    """Remove a file; one that another program has open stays, so that the failure hides no other error."""
    try:
        remove_file(path)
    except OSError as error:
        if not is_in_use(error):
            raise


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder for the files of a block. At its end, only files that another program has open stay."""
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX))
    try:
        yield folder
    finally:
        for path in folder.rglob("*"):
            if path.is_file():
                discard(path)
        shutil.rmtree(folder, ignore_errors=True)


def check_outputs(job: Job) -> None:
    """Raise `EngineError` for outputs of ``job`` that cannot be written or would replace another file."""
    for path in (*job.inputs(), *job.outputs()):
        _require_text(path)
    wanted = [path for path in job.outputs() if path]
    check_apart(wanted, job.inputs())
    for path in wanted:
        check_writable(path)


def _require_text(path: str) -> None:
    """Raise `EngineError` for a path that is no text, which neither GDAL nor a report could hold."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        raise EngineError(
            "bad_path",
            "The path {path} has characters that are not valid UTF-8.",
            "Rename the file or folder.",
            path=shown,
        ) from None
