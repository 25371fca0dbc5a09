"""The narrow protocol between whoever asks (QGIS, a script, a cluster) and the engine.

A *job* goes in as one line of JSON, *events* come out as lines of JSON. Both are frozen dataclasses
here; a job's fields own their defaults and limits, so dialogs, job files and model cards all read
the same ones. Standard library only: QGIS imports this module.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import math
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Union

VERSION = 1
"""Version of jobs and events. A job of a newer version is refused, never guessed at."""


class EngineError(Exception):
    """What a user can act upon: ``code`` for programs, ``message`` says what, ``remedy`` what to do."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.code, self.message, self.remedy = code, message, remedy


class Cancelled(EngineError):
    """The run was cancelled by whoever asked for it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "The run was cancelled.")


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────


def _number(default: float, low: float, high: float) -> Any:
    return dataclasses.field(default=default, metadata={"low": low, "high": high})


def _one_of(default: str, *values: str) -> Any:
    return dataclasses.field(default=default, metadata={"values": values})


DEVICES = ("auto", "cuda", "mps", "cpu")
UNLABELLED = ("ignore", "background")


@dataclass(frozen=True)
class Job:
    """What all jobs share. Paths are strings; a vector may name its layer as ``file|layername=name``."""

    kind: ClassVar[str] = ""

    def outputs(self) -> tuple[str, ...]:
        """The files this job was asked to write."""
        return ()


@dataclass(frozen=True)
class TrainJob(Job):
    """Learn the classes of ``references`` from ``images``; write one model file."""

    kind: ClassVar[str] = "train"
    images: tuple[str, ...]
    references: tuple[str, ...]
    model: str
    field: str = ""
    unlabelled: str = _one_of("ignore", *UNLABELLED)
    area: str = ""
    network: str = "unet"
    options: dict[str, float] = dataclasses.field(default_factory=dict)
    loss: str = "cross_entropy"
    epochs: int = _number(50, 1, 100_000)
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


@dataclass(frozen=True)
class CheckJob(Job):
    """Say what the engine is made of and which device it would use."""

    kind: ClassVar[str] = "check"
    device: str = _one_of("auto", *DEVICES)


JOBS: dict[str, type[Job]] = {job.kind: job for job in (TrainJob, ClassifyJob, EvaluateJob, CheckJob)}


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


# ── events ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Started:
    """The first event of a run: the device in use and the reason why it is that one."""

    device: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` ``unit`` so far, at ``rate`` per second; both estimates 0 while unknown."""

    done: float
    total: float
    unit: str
    rate: float = 0.0
    remaining_s: float = 0.0


@dataclass(frozen=True)
class Log:
    """A sentence for the user; ``warning`` when the result may not be what was wished for."""

    text: str
    warning: bool = False


@dataclass(frozen=True)
class Epoch:
    """One pass of training: losses, and the validation part's figures (0 to 1), by class name where they are lists."""

    number: int
    training_loss: float
    validation_loss: float
    mean_f1: float
    mean_iou: float
    overall_accuracy: float
    f1: dict[str, float]
    learning_rate: float
    seconds: float


@dataclass(frozen=True)
class Tile:
    """A finished window in map coordinates, with a small preview: class values, row by row, base64 of uint16."""

    bounds: tuple[float, float, float, float]
    width: int
    height: int
    preview: str


@dataclass(frozen=True)
class Result:
    """The last event of a run that did what was asked: figures and the files written."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The last event of a run that did not."""

    code: str
    message: str
    remedy: str = ""


Event = Union[Started, Progress, Log, Epoch, Tile, Result, Failure]
_EVENTS: dict[str, Any] = {cls.__name__.lower(): cls for cls in typing.get_args(Event)}
CANCEL_LINE = json.dumps({"cancel": True})


def is_cancel(line: str) -> bool:
    """True for a line that asks to stop the running job."""
    return line.strip() == CANCEL_LINE


def encode_event(event: Event) -> str:
    """One line of JSON that `parse_event` turns back into an equal event."""
    return json.dumps({"event": type(event).__name__.lower(), **dataclasses.asdict(event)}, allow_nan=False)


def parse_event(line: str) -> Event:
    """The event on ``line``. Raises `EngineError` when something other than the engine wrote it."""
    try:
        values = json.loads(line)
        cls = _EVENTS[values.pop("event")]
        event: Event = cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(
            "protocol", f"The engine sent a line that is no event ({error}): {line[:200]!r}.", "Reinstall Raster Segmenter."
        ) from None
    return event


# ── choices ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Choice:
    """One entry of a folder that is a registry (``models``, ``losses``)."""

    name: str
    title: str
    about: str
    options: dict[str, float]
    """The numbers that may be given, with their defaults."""
    training: dict[str, float]
    """Recommended training settings that a job may leave at 0 = automatic."""
    module: str


def choices(folder: str) -> dict[str, Choice]:
    """Everything ``folder`` offers: the literal ``CHOICES`` of its files, parsed and never executed.

    So a new network or loss is one new file, and a dialog lists it without importing torch.
    """
    found: dict[str, Choice] = {}
    for path in sorted((Path(__file__).parent / folder).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["CHOICES"]:
                for name, entry in ast.literal_eval(node.value).items():
                    assert name not in found, f"{name} is offered twice in {folder}"
                    entry = {"options": {}, "training": {}, **entry}
                    found[name] = Choice(name=name, module=path.stem, **entry)
    return found


def choice(folder: str, name: str, options: dict[str, float]) -> Choice:
    """The entry ``name`` with ``options`` laid over its defaults; `EngineError` for unknown names or options."""
    offered = choices(folder)
    if name not in offered:
        raise EngineError("unknown_choice", f"There is no {name!r} in {folder}.", f"Choose one of: {', '.join(offered)}.")
    entry = offered[name]
    unknown = sorted(set(options) - set(entry.options))
    if unknown:
        known = ", ".join(f"{k}={v:g}" for k, v in entry.options.items()) or "none"
        raise EngineError("unknown_option", f"{name} has no option {unknown[0]!r}.", f"Its options and defaults: {known}.")
    return dataclasses.replace(entry, options={**entry.options, **options})
