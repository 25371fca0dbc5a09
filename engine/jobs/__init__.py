"""Runs jobs: a job comes in, files and figures come out. Everything is put together here."""

from __future__ import annotations

import importlib
import time
from typing import Any

from ..core import cache
from ..core.out_of_memory import is_out_of_memory
from ..files.atomic import check_outputs
from ..protocol import (
    CheckJob,
    ClassifyJob,
    DescribeJob,
    Emit,
    EngineError,
    EstimateJob,
    EvaluateJob,
    ExportJob,
    Job,
    SamplePointsJob,
    TrainJob,
    message,
)

_DONE_BY: dict[type[Job], tuple[str, str]] = {
    TrainJob: (".train.run", "train"),
    ClassifyJob: (".classify.run", "classify"),
    EvaluateJob: (".evaluate", "evaluate"),
    SamplePointsJob: (".sample_points", "sample_points"),
    ExportJob: (".export", "export"),
    DescribeJob: (".describe", "describe"),
    EstimateJob: (".estimate", "estimate"),
    CheckJob: (".check", "check"),
}
"""Module and function of each job. A module is loaded when it is needed: an evaluation needs no PyTorch."""


def run(job: Job, emit: Emit) -> dict[str, Any]:
    """Do ``job`` and return its figures and the files written, by name.

    ``emit`` takes every event, and raises `protocol.Cancelled` when the run is to stop.
    Raises `EngineError` for everything a user can act upon.
    """
    started = time.monotonic()
    check_outputs(job)
    try:
        module, function = _DONE_BY[type(job)]
        values = getattr(importlib.import_module(module, __package__), function)(job, emit)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        cache.clear()
        reason = str(error).strip()
        problem = (
            message("Memory ran out: {reason}.", reason=reason) if reason else message("Memory ran out.")
        )
        remedy = message(
            "Set a smaller TILE_PX, PATCH_PX or BATCH, a narrower network, or the device to cpu."
        )
        raise EngineError("out_of_memory", problem, remedy) from error
    return {**values, "seconds": round(time.monotonic() - started, 3)}
