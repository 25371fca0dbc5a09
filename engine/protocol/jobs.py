"""Jobs: what the engine can be asked. A job's fields own their defaults and limits."""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from dataclasses import dataclass
from typing import Any, ClassVar

from .errors import EngineError

VERSION = 1
"""Version of the jobs. A job of a newer version is refused, never guessed at."""


def _number(default: float, low: float, high: float) -> Any:
    return dataclasses.field(default=default, metadata={"low": low, "high": high})


def _one_of(default: str, *values: str) -> Any:
    return dataclasses.field(default=default, metadata={"values": values})


DEVICES = ("auto", "cuda", "mps", "cpu")
UNLABELLED = ("ignore", "background")
SCHEDULES = ("recommended", "as_published")
AUXILIARIES = ("auto", "none", "reconstruction", "distance")


@dataclass(frozen=True)
class Job:
    """What all jobs share. Paths are strings; a vector may name its layer as ``file|layername=name``."""

    kind: ClassVar[str] = ""

    def outputs(self) -> tuple[str, ...]:
        """The files this job was asked to write."""
        return ()

    def inputs(self) -> tuple[str, ...]:
        """The files this job reads."""
        return ()

    def keeps_partial(self, cancelled: bool) -> bool:
        """Whether the next run goes on from what this one leaves unfinished when it is cancelled or breaks off."""
        return False


@dataclass(frozen=True)
class TrainJob(Job):
    """Learn the classes of ``references`` from ``images``; write one model file.

    A setting at 0 or ``auto`` is as the network's recipe has it: the ``recommended`` or the published one.
    """

    kind: ClassVar[str] = "train"
    images: tuple[str, ...]
    references: tuple[str, ...]
    model: str
    field: str = ""
    unlabelled: str = _one_of("ignore", *UNLABELLED)
    area: str = ""
    network: str = "unet"
    options: dict[str, float] = dataclasses.field(default_factory=dict)
    schedule: str = _one_of("recommended", *SCHEDULES)
    loss: str = "auto"
    auxiliary: str = _one_of("auto", *AUXILIARIES)
    initial: str = ""
    epochs: int = _number(0, 0, 100_000)
    minutes: float = _number(0.0, 0.0, 1e6)
    patch_px: int = _number(0, 0, 4096)
    batch: int = _number(0, 0, 4096)
    learning_rate: float = _number(0.0, 0.0, 10.0)
    validation: float = _number(0.2, 0.02, 0.9)
    seed: int = _number(0, 0, 2**31 - 1)
    device: str = _one_of("auto", *DEVICES)
    report: str = ""

    def outputs(self) -> tuple[str, ...]:
        return self.model, self.report

    def inputs(self) -> tuple[str, ...]:
        return *self.images, *self.references, self.area, self.initial


@dataclass(frozen=True)
class ClassifyJob(Job):
    """Give every pixel of ``image`` its class by ``model``; write a class map on the image's grid."""

    kind: ClassVar[str] = "classify"
    image: str
    model: str
    output: str
    tile_px: int = _number(0, 0, 65_536)
    device: str = _one_of("auto", *DEVICES)

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def inputs(self) -> tuple[str, ...]:
        return self.image, self.model


@dataclass(frozen=True)
class EvaluateJob(Job):
    """Compare a class map with reference labels; write report, figures and confusion matrix."""

    kind: ClassVar[str] = "evaluate"
    class_map: str
    references: tuple[str, ...]
    field: str = ""
    unlabelled: str = _one_of("ignore", *UNLABELLED)
    area: str = ""
    report: str = ""
    json: str = ""
    csv: str = ""

    def outputs(self) -> tuple[str, ...]:
        return self.report, self.json, self.csv

    def inputs(self) -> tuple[str, ...]:
        return self.class_map, *self.references, self.area


@dataclass(frozen=True)
class ExportJob(Job):
    """Write ``model`` as an ONNX file for tiles of ``tile_px`` (0: automatic)."""

    kind: ClassVar[str] = "export"
    model: str
    output: str
    tile_px: int = _number(0, 0, 4096)

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def inputs(self) -> tuple[str, ...]:
        return (self.model,)


@dataclass(frozen=True)
class DescribeJob(Job):
    """Say what ``model`` is or, without one, what ``network`` is and how it was published."""

    kind: ClassVar[str] = "describe"
    model: str = ""
    network: str = ""
    report: str = ""
    json: str = ""

    def outputs(self) -> tuple[str, ...]:
        return self.report, self.json

    def inputs(self) -> tuple[str, ...]:
        return (self.model,)


@dataclass(frozen=True)
class CheckJob(Job):
    """Say what the engine is made of and which device it would use."""

    kind: ClassVar[str] = "check"
    device: str = _one_of("auto", *DEVICES)


JOBS: dict[str, type[Job]] = {job.kind: job for job in (TrainJob, ClassifyJob, EvaluateJob, ExportJob, DescribeJob, CheckJob)}


def encode_job(job: Job) -> str:
    """One line of JSON that `parse_job` turns back into an equal job."""
    return json.dumps({"job": job.kind, "version": VERSION, **dataclasses.asdict(job)}, allow_nan=False)


def parse_job(text: str) -> Job:
    """The job in ``text``. Raises `EngineError` naming the key and value that are wrong."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise EngineError("bad_job", f"The job is not valid JSON: {error}.", "Check the job file.") from None
    if not isinstance(values, dict):
        raise EngineError("bad_job", f"A job is a JSON object, not {type(values).__name__}.", "Check the job file.")
    kind, version = values.pop("job", None), values.pop("version", None)
    if not isinstance(kind, str) or kind not in JOBS:
        raise EngineError("bad_job", f"Unknown job {kind!r}.", f'Set "job" to one of: {", ".join(JOBS)}.')
    if version != VERSION:
        raise EngineError(
            "bad_job",
            f"The job has version {version!r}; this engine understands version {VERSION}.",
            "Update Raster Segmenter." if isinstance(version, int) and version > VERSION else f'Set "version" to {VERSION}.',
        )
    return _build(JOBS[kind], values)


def _build(cls: type[Job], values: dict[str, Any]) -> Job:
    fields = {field.name: field for field in dataclasses.fields(cls)}
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise EngineError("bad_job", f"Unknown key {unknown[0]!r} in a {cls.kind} job.", f"Known keys: {', '.join(fields)}.")
    missing = [f.name for f in fields.values() if f.default is f.default_factory is dataclasses.MISSING and f.name not in values]
    if missing:
        raise EngineError("bad_job", f"The {cls.kind} job lacks the key {missing[0]!r}.", "Add it.")
    hints = typing.get_type_hints(cls)
    return cls(**{name: _checked(fields[name], hints[name], value) for name, value in values.items()})


def _checked(field: dataclasses.Field[Any], hint: Any, value: Any) -> Any:
    """``value`` as the field's own type, or an `EngineError` that names the key, the value and what is allowed."""
    limits = field.metadata
    if typing.get_origin(hint) is tuple:
        good = isinstance(value, (list, tuple)) and len(value) > 0 and all(isinstance(v, str) and v for v in value)
        value, wanted = tuple(value) if good else value, "a list with at least one path"
    elif typing.get_origin(hint) is dict:
        good = isinstance(value, dict) and all(_is_number(v) for v in value.values())
        wanted = "an object of numbers"
    elif hint is str:
        good = isinstance(value, str) and ("values" not in limits or value in limits["values"])
        wanted = f"one of {', '.join(limits['values'])}" if "values" in limits else "text"
    else:
        good = _is_number(value) and (hint is float or value == int(value)) and limits["low"] <= value <= limits["high"]
        value = hint(value) if good else value
        wanted = f"{'a whole number' if hint is int else 'a number'} from {limits['low']:g} to {limits['high']:g}"
    if not good:
        raise EngineError("bad_job", f"{field.name} is {value!r}.", f"It must be {wanted}.")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
