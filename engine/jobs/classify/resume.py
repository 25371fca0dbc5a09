"""Resuming a classification: its journal, its fingerprint, and the files that an earlier run has left."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ... import labels, raster
from ...classification.classifier import Classifier
from ...classification.journal import Journal
from ...compute.device import Device
from ...files.atomic import TEMPORARY_PREFIX
from ...files.fingerprint import code_hash, file_stats, fingerprint
from ...files.lock import locked
from ...protocol import (
    ClassifyJob,
    Emit,
    EngineError,
    Log,
    Progress,
    info,
    message,
    partial_files,
    partial_path,
    remove_file,
    warning,
)
from ..versions import versions
from .plan import Chosen, Inputs

BY_CONTENT = ("image", "extra", "models", "area")
"""Settings of a job that name files, of which the content counts. The content of images is compared window by
window.
"""
NOT_IN_WINDOWS = (
    "output", "probabilities", "confidence", "polygons", "summary", "json",
    "minimum_area_m2", "cloud_optimised", "keep", "device",
)  # fmt: skip
"""Settings that may differ in the run that resumes: names of outputs, their layout, and the name of the
device, of which only the kind counts.
"""
_CHOSEN = "chosen"
_SIDES, _TEMPORARY, _FILES = "sides", "temporary", "files"


@contextlib.contextmanager
def open_journal(
    job: ClassifyJob, inputs: Inputs, device: Device, confidence: str, emit: Emit
) -> Iterator[Journal]:
    """The journal, with all outputs locked for this run while the block runs.

    ``confidence`` is where the map of confidence is written, if anywhere. Raises `EngineError` ("busy") where
    another run writes one of the outputs.
    """
    sides = [side for side in job.outputs()[1:] if side]
    mark = _fingerprint(job, inputs, device)
    with contextlib.ExitStack() as stack:
        for side in sides:
            stack.enter_context(locked(side))
        journal = stack.enter_context(Journal(job.output, mark, emit, keep=job.keep))
        _remove_abandoned({*(journal.previous(_SIDES) or [])} - {*sides}, emit)
        _remove_temporary(journal.previous(_TEMPORARY))
        journal.store(_SIDES, sides)
        journal.store(_TEMPORARY, None if confidence == job.confidence else confidence)
        with _partial_map_named(job, emit):
            yield journal


def earlier_choices(journal: Journal) -> Chosen:
    """The choices of the run that is resumed; empty in a run that starts from the beginning."""
    stored = journal.get(_CHOSEN)
    return Chosen(**stored) if stored else Chosen()


def store_choices(journal: Journal, chosen: Chosen) -> None:
    """Keep the choices of this run, for a run that resumes it."""
    journal.store(_CHOSEN, asdict(chosen))


def _fingerprint(job: ClassifyJob, inputs: Inputs, device: Device) -> str:
    """Fingerprint of everything that the finished windows depend on.

    That is all settings but `NOT_IN_WINDOWS`, and the content of the files of `BY_CONTENT`.
    """
    left_out = (*NOT_IN_WINDOWS, *BY_CONTENT)
    settings = {name: value for name, value in asdict(job).items() if name not in left_out}
    source, window = inputs.source, inputs.area.window
    grid = source.grid
    settings["models"] = [model.sha256 for model in inputs.models]
    settings["area"] = labels.geometry_sha256(job.area) if job.area else ""
    settings["window"] = [window.x, window.y, window.width, window.height]
    settings["image"] = [grid.width, grid.height, *grid.transform, grid.crs_wkt, source.bands, source.dtype]
    settings["layers"] = [bool(job.confidence or job.polygons), bool(job.probabilities)]
    if job.precision == "auto":  # another processor may lack the precision that was found to be the fastest
        settings["halves"] = [str(half) for half in device.halves]
    return fingerprint(
        {**settings, "device": device.backend.type, "method": code_hash(), "versions": versions()}
    )


def _remove_abandoned(names: set[str], emit: Emit) -> None:
    """Remove the unfinished files of a killed run for outputs that this run does not have.

    Files that another run is writing stay.
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
                    warning(
                        "What an earlier run has left of {name} could not be removed: {error}.",
                        name=name,
                        error=error,
                    )
                )


def _remove_temporary(path: str | None) -> None:
    """Remove the temporary folder of a run that was killed: its journal is ours now, so nobody uses it."""
    folder = Path(path).parent if path else None
    if folder and folder.name.startswith(TEMPORARY_PREFIX) and folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)


def drop_stale(journal: Journal, source: raster.Source, classifier: Classifier, emit: Emit) -> None:
    """Forget the finished windows whose pixels, context included, have changed.

    Where files may have changed, the windows are read again, which is cheap.
    """
    marks = file_stats(source.files or [source.name])
    # By name as well: a file may hold several rasters, and their order is that of the bands.
    read = [[part.name for part in source.parts], [[path, mark] for path, mark in marks.items()]]
    finished = journal.checksums()
    if not finished or (journal.get(_FILES) == read and None not in marks.values()):
        journal.store(_FILES, read)
        return
    emit(
        info(
            "The raster's files may have changed. The finished windows are compared with what they hold now."
        )
    )
    changed = []
    for done, (window, checksum) in enumerate(finished.items(), start=1):
        if classifier.checksum(window) != checksum:
            changed.append(window)
        emit(Progress(done, len(finished), "finished windows read again"))
    journal.store(_FILES, read, forget=changed)
    emit(
        info(
            "{unchanged} finished windows are unchanged, {changed} are computed again.",
            unchanged=len(finished) - len(changed),
            changed=len(changed),
        )
    )


@contextlib.contextmanager
def _partial_map_named(job: ClassifyJob, emit: Emit) -> Iterator[None]:
    """Say where the unfinished map is, in the error that ends the run or in the log, if it is kept."""
    try:
        yield
    except Exception as error:
        partial = partial_path(job.output)
        if job.keep and partial.exists():
            text = message(
                "What is finished of the map stays in {partial}; the next run continues from it.",
                partial=partial,
            )
            if isinstance(error, EngineError):
                raise error.advised(text) from error
            emit(Log(text, warning=True))
        raise
