"""What a Classify job takes over from an earlier run that did not come to its end."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

from .. import raster
from ..claims import claimed
from ..device import Device
from ..journal import Journal, fingerprint
from ..protocol import ClassifyJob
from ..versions import versions
from .common import Emit


@contextlib.contextmanager
def kept_journal(job: ClassifyJob, source: raster.Source, device: Device, emit: Emit) -> Iterator[Journal]:
    """The journal, with all outputs for this run alone while the block runs: `EngineError` "busy" where another has one."""
    with contextlib.ExitStack() as stack:
        journal = stack.enter_context(Journal(job.output, _fingerprint(job, source, device), emit, keep=job.keep))
        for side in filter(None, job.outputs()[1:]):
            stack.enter_context(claimed(side))
        yield journal


def _fingerprint(job: ClassifyJob, source: raster.Source, device: Device) -> str:
    """Whoever asks for the same again may go on from what is there."""
    settings = {**dataclasses.asdict(job), "keep": None, "device": device.backend.type, "versions": versions()}
    return fingerprint(settings, [*(path.split("|")[0] for path in job.inputs() if path), *source.files])
