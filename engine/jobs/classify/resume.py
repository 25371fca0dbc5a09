"""Resuming a classification: its journal, its fingerprint, and what an earlier run has left behind."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from ... import labels, raster
from ...classification.classifier import Classifier
from ...classification.journal import Journal
from ...compute.device import Device
from ...core import cache
from ...core.windows import Window
from ...files.atomic import TEMPORARY
from ...files.fingerprint import content, file_stats, fingerprint, method
from ...files.lock import locked
from ...protocol import (
    ClassifyJob,
    Emit,
    EngineError,
    Log,
    Progress,
    message,
    partial_files,
    partial_path,
    remove_file,
)
from ..common import model_key
from ..versions import versions

BY_CONTENT = ("image", "extra", "models", "area")
"""Settings of a job that name files: what these hold counts. Of images that is compared window by window."""
NOT_IN_WINDOWS = (
    "output", "probabilities", "confidence", "polygons", "summary", "json",
    "minimum_area_m2", "cloud_optimised", "keep", "device",
)  # fmt: skip
"""Settings that a run may change when it goes on: names of outputs, how they are laid out, and what the
device decides.
"""


@contextlib.contextmanager
def open_journal(
    job: ClassifyJob, source: raster.Source, window: Window, device: Device, confidence: str, emit: Emit
) -> Iterator[Journal]:
    """The journal, with all outputs for this run alone while the block runs: `EngineError` "busy" where
    another has one.

    ``window`` is the part of the raster that is asked for; ``confidence`` where its map is written, if
    anywhere.
    """
    sides = [side for side in job.outputs()[1:] if side]
    mark = _fingerprint(job, source, window, device)
    with contextlib.ExitStack() as stack:
        for side in sides:
            stack.enter_context(locked(side))
        journal = stack.enter_context(Journal(job.output, mark, emit, keep=job.keep))
        _remove_abandoned({*(journal.before("sides") or [])} - {*sides}, emit)
        _remove_temporary(journal.before("temporary"))
        journal.renew("sides", sides)
        journal.renew("temporary", None if confidence == job.confidence else confidence)
        _name_models(journal, job.models)
        with _told_what_stays(job, emit):
            yield journal


def _fingerprint(job: ClassifyJob, source: raster.Source, window: Window, device: Device) -> str:
    """What shapes the finished windows: all settings but `NOT_IN_WINDOWS`, and what the files of `BY_CONTENT`
    hold.
    """
    settings = {
        name: value for name, value in asdict(job).items() if name not in (*NOT_IN_WINDOWS, *BY_CONTENT)
    }
    grid = source.grid
    settings["models"] = [
        cache.kept("content", model_key(model), partial(content, model)) for model in job.models
    ]
    settings["area"] = labels.geometry_sha256(job.area) if job.area else ""
    settings["window"] = [window.x, window.y, window.width, window.height]
    settings["image"] = [grid.width, grid.height, *grid.transform, grid.crs_wkt, source.bands, source.dtype]
    settings["layers"] = [bool(job.confidence or job.polygons), bool(job.probabilities)]
    if job.precision == "auto":  # another processor may not have the way that was found to be the fastest
        settings["halves"] = [str(half) for half in device.halves]
    return fingerprint(
        {**settings, "device": device.backend.type, "method": method(), "versions": versions()}
    )


def _name_models(journal: Journal, models: Sequence[str]) -> None:
    """Carry the stored precision of a model over to its new file name."""
    for was, now in zip(journal.settle("models", list(models)), models):
        if precision := journal.settled(f"precision of {was}"):
            journal.settle(f"precision of {now}", precision)


def _remove_abandoned(names: set[str], emit: Emit) -> None:
    """Remove what a killed run has left of outputs that are not asked for any more, unless another run writes
    them.
    """
    for name in names:
        if not Path(name).parent.is_dir():
            continue
        try:
            with locked(name):
                for path in partial_files(name):
                    remove_file(path)
        except (EngineError, OSError) as error:
            if not (isinstance(error, EngineError) and error.code == "busy"):
                emit(
                    Log(
                        f"What an earlier run has left of {name} could not be removed: {error}.", warning=True
                    )
                )


def _remove_temporary(path: str | None) -> None:
    """Remove the temporary folder of a run that was killed: its journal is ours now, so nobody uses it."""
    folder = Path(path).parent if path else None
    if folder and folder.name.startswith(TEMPORARY) and folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)


def drop_stale(journal: Journal, source: raster.Source, classifier: Classifier, emit: Emit) -> None:
    """Forget the finished windows whose pixels, context included, have changed. Reading them again is
    cheap.
    """
    marks = file_stats(source.files or [source.name])
    # By name as well: a file may hold several rasters, and their order is that of the bands.
    read = [[part.name for part in source.parts], [[path, mark] for path, mark in marks.items()]]
    finished = journal.checksums()
    if finished and (journal.settled("files") != read or None in marks.values()):
        emit(
            Log("The raster's files may have changed: what is finished is compared with what they hold now.")
        )
        changed = []
        for done, (window, checksum) in enumerate(finished.items(), start=1):
            if classifier.checksum(window) != checksum:
                changed.append(window)
            emit(Progress(done, len(finished), "finished windows read again"))
        journal.renew("files", read, forget=changed)
        emit(Log(f"{len(finished) - len(changed)} finished windows hold, {len(changed)} are done anew."))
    else:
        journal.renew("files", read)


@contextlib.contextmanager
def _told_what_stays(job: ClassifyJob, emit: Emit) -> Iterator[None]:
    """Say where the unfinished map is, in the error that ends the run or in the log, if there is one to be
    kept.
    """
    try:
        yield
    except Exception as error:
        partial = partial_path(job.output)
        if job.keep and partial.exists():
            text = message(
                "What is finished of the map stays in {partial}; the next run goes on from it.",
                partial=partial,
            )
            if isinstance(error, EngineError):
                raise error.advised(text) from error
            emit(Log(text, warning=True))
        raise
