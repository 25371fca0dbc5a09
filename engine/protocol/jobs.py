"""Jobs: what the engine can be asked. A job's fields own their defaults and limits."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

from .values import (
    AUGMENTATIONS,
    AUXILIARIES,
    DEVICES,
    PRECISIONS,
    RESOLUTIONS,
    SCHEDULES,
    SWITCH,
    UNLABELLED,
)

VERSION = 1
"""Version of the jobs. A job of a newer version is refused, never guessed at."""


def _number(default: float, low: float, high: float) -> Any:
    return dataclasses.field(default=default, metadata={"low": low, "high": high})


def _one_of(default: str, *values: str) -> Any:
    return dataclasses.field(default=default, metadata={"values": values})


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
        """Whether the next run goes on from what this one leaves unfinished when it is cancelled or breaks
        off.
        """
        return False


@dataclass(frozen=True)
class TrainJob(Job):
    """Learn the classes of ``references`` from ``images``; write one model file.

    A setting at 0 or ``auto`` is as the network's recipe has it: the ``recommended`` or the published one.
    ``renames`` gives classes, by their names or codes in the references, other titles (`ClassTitle`): those
    of one name are joined.
    """

    kind: ClassVar[str] = "train"
    images: tuple[str, ...]
    references: tuple[str, ...]
    model: str
    extra: tuple[str, ...] = ()
    field: str = ""
    unlabelled: str = _one_of("ignore", *UNLABELLED)
    legends: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """Of each reference by its path: what it calls its classes and how it draws them, by their codes or names
    in it.
    """
    renames: dict[str, str] = dataclasses.field(default_factory=dict)
    area: str = ""
    network: str = "unet"
    options: dict[str, float] = dataclasses.field(default_factory=dict)
    schedule: str = _one_of("recommended", *SCHEDULES)
    loss: str = "auto"
    auxiliary: str = _one_of("auto", *AUXILIARIES)
    augmentation: str = _one_of("auto", *AUGMENTATIONS)
    initial: str = ""
    resume: bool = True
    """Go on from what an earlier run of the same data and settings has left when it was cancelled or
    killed.
    """
    epochs: int = _number(0, 0, 100_000)
    minutes: float = _number(0.0, 0.0, 1e6)
    patch_px: int = _number(0, 0, 4096)
    batch: int = _number(0, 0, 4096)
    learning_rate: float = _number(0.0, 0.0, 10.0)
    validation: float = _number(0.2, 0.02, 0.9)
    validation_area: str = ""
    """Polygons whose labels are kept for validation, instead of a part of all."""
    seed: int = _number(0, 0, 2**31 - 1)
    deterministic: bool = False
    """On a GPU too, the same seed gives the same model; slower there."""
    device: str = _one_of("auto", *DEVICES)
    report: str = ""

    def outputs(self) -> tuple[str, ...]:
        return self.model, self.report

    def inputs(self) -> tuple[str, ...]:
        return *self.images, *self.extra, *self.references, self.area, self.validation_area, self.initial

    def keeps_partial(self, cancelled: bool) -> bool:
        return True


@dataclass(frozen=True)
class ClassifyJob(Job):
    """Give every pixel of ``image`` its class by ``models``, averaged; write a class map on the image's grid.

    ``extent`` is ``xmin,ymin,xmax,ymax`` in the image's CRS, or in the one named after it in brackets, as
    ``[EPSG:4326]``. Side outputs are written where they are named.
    """

    kind: ClassVar[str] = "classify"
    image: str
    models: tuple[str, ...]
    output: str
    extra: tuple[str, ...] = ()
    area: str = ""
    extent: str = ""
    augment: bool = False
    blend: str = _one_of("auto", *SWITCH)
    resolution: str = _one_of("auto", *RESOLUTIONS)
    precision: str = _one_of("auto", *PRECISIONS)
    tile_px: int = _number(0, 0, 65_536)
    device: str = _one_of("auto", *DEVICES)
    probabilities: str = ""
    confidence: str = ""
    polygons: str = ""
    minimum_area_m2: float = _number(0.0, 0.0, 1e12)
    summary: str = ""
    json: str = ""
    cloud_optimised: bool = False
    keep: bool = False
    """Of a cancelled run, keep what the next one can go on from; of a failed one as well, keep the unfinished
    map, readable.
    """

    def outputs(self) -> tuple[str, ...]:
        return self.output, self.probabilities, self.confidence, self.polygons, self.summary, self.json

    def inputs(self) -> tuple[str, ...]:
        return self.image, *self.models, *self.extra, self.area

    def keeps_partial(self, cancelled: bool) -> bool:
        return self.keep or not cancelled


@dataclass(frozen=True)
class EvaluateJob(Job):
    """Compare a class map with reference labels; write report, figures and confusion matrix.

    ``probabilities`` is the map's, as `ClassifyJob` writes it. ``errors`` is a raster of what was taken for
    what, ``places`` a layer of the worst blocks.
    """

    kind: ClassVar[str] = "evaluate"
    class_map: str
    references: tuple[str, ...]
    field: str = ""
    unlabelled: str = _one_of("ignore", *UNLABELLED)
    area: str = ""
    report: str = ""
    json: str = ""
    csv: str = ""
    errors: str = ""
    places: str = ""
    probabilities: str = ""
    erode_px: int = _number(0, 0, 1000)
    """How far borders between classes of the reference are left out, for figures beside those of all
    pixels.
    """
    regions: str = ""
    region_field: str = ""
    """Polygons, and what they are called, to have figures of each."""
    legends: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    renames: dict[str, str] = dataclasses.field(default_factory=dict)
    """Both as of a `TrainJob`: the references' classes are matched by these names or their own, and by
    codes.
    """

    def outputs(self) -> tuple[str, ...]:
        return self.report, self.json, self.csv, self.errors, self.places

    def inputs(self) -> tuple[str, ...]:
        return self.class_map, *self.references, self.area, self.probabilities, self.regions


@dataclass(frozen=True)
class SamplePointsJob(Job):
    """Draw a stratified random sample of the pixels of ``class_map``, to be labelled; write them as points.

    As many ``points`` (0: as it takes) as give overall accuracy the ``standard_error`` if of each class the
    share ``accuracy`` is right; ``fewest`` of them on each class, the rest by size.
    """

    kind: ClassVar[str] = "samplepoints"
    class_map: str
    output: str
    standard_error: float = _number(0.01, 0.001, 0.5)
    accuracy: float = _number(0.85, 0.01, 0.99)
    points: int = _number(0, 0, 100_000)
    fewest: int = _number(50, 2, 10_000)
    area: str = ""
    seed: int = _number(0, 0, 2**31 - 1)

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def inputs(self) -> tuple[str, ...]:
        return self.class_map, self.area


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
class EstimateJob(Job):
    """Say what ``wanted``, a Train or Classify job as `encode_job` writes it, would take: measured, without
    doing it.
    """

    kind: ClassVar[str] = "estimate"
    wanted: str


@dataclass(frozen=True)
class CheckJob(Job):
    """Do each part of the engine's work once, on a small scene, and name the device; with ``only_device``
    that alone.

    ``qgis`` is the release of QGIS that asks, for the report.
    """

    kind: ClassVar[str] = "check"
    device: str = _one_of("auto", *DEVICES)
    only_device: bool = False
    qgis: str = ""


JOBS: dict[str, type[Job]] = {job.kind: job for job in Job.__subclasses__()}
