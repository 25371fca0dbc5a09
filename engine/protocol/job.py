"""The base of all jobs, and fields that own their default and their limits."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

VERSION = 1
"""Version of the jobs. The engine refuses a job of a newer version."""
DEVICES = ("auto", "cuda", "mps", "cpu")
UNLABELLED = ("ignore", "background")
SCHEDULES = ("recommended", "as_published")
AUXILIARIES = ("auto", "none", "reconstruction", "distance")
AUGMENTATIONS = ("auto", "none", "flips", "turns", "rotations", "all")
RESOLUTIONS = ("auto", "as_trained", "as_raster")
PRECISIONS = ("auto", "fp32", "bf16", "fp16")
SWITCH = ("auto", "on", "off")


@dataclasses.dataclass(frozen=True)
class Job:
    """The base of all jobs. Paths are strings; a vector may name its layer as ``file|layername=name``."""

    kind: ClassVar[str] = ""

    def outputs(self) -> tuple[str, ...]:
        """The files that this job was asked to write; empty strings for those that were not asked for."""
        return ()

    def inputs(self) -> tuple[str, ...]:
        """The files that this job reads; empty strings for those that were not given."""
        return ()

    def keeps_partial(self, cancelled: bool) -> bool:
        """Whether unfinished files stay for the next run; ``cancelled`` is False for a run that failed."""
        return False


def number(default: float, low: float, high: float) -> Any:
    """A field for a number from ``low`` to ``high``, both included."""
    return dataclasses.field(default=default, metadata={"low": low, "high": high})


def one_of(default: str, values: tuple[str, ...]) -> Any:
    """A field for one of ``values``."""
    return dataclasses.field(default=default, metadata={"values": values})
