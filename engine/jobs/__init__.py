"""The composition root: a job comes in, files and figures come out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .. import evaluator, warm
from ..device import is_out_of_memory
from ..protocol import (
    CheckJob,
    ClassifyJob,
    DescribeJob,
    EngineError,
    EstimateJob,
    EvaluateJob,
    ExportJob,
    Job,
    SamplePointsJob,
    TrainJob,
)
from .check import check
from .classify import classify
from .common import Emit, check_outputs
from .describe import describe
from .estimate import estimate
from .export import export
from .sample_points import sample_points
from .train import train

_DO: dict[type[Job], Callable[[Any, Emit], dict[str, Any]]] = {
    TrainJob: train,
    ClassifyJob: classify,
    EvaluateJob: evaluator.evaluate,
    SamplePointsJob: sample_points,
    ExportJob: export,
    DescribeJob: describe,
    EstimateJob: estimate,
    CheckJob: check,
}


def run(job: Job, emit: Emit) -> dict[str, Any]:
    """Do ``job`` and return its figures and the files written, by name.

    ``emit`` takes every event, and raises `protocol.Cancelled` when the run is to stop.
    Raises `EngineError` for everything a user can act upon.
    """
    started = time.monotonic()
    check_outputs(job)
    try:
        values = _DO[type(job)](job, emit)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        warm.forget()
        remedy = "Set a smaller TILE_PX, PATCH_PX or BATCH, a narrower network, or the device to cpu."
        raise EngineError("out_of_memory", f"Memory ran out: {str(error).strip() or 'no more is to be had'}.", remedy) from error
    return {**values, "seconds": round(time.monotonic() - started, 3)}
