"""The jobs that the engine can do. The fields of a job own their defaults and limits."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

from .job import DEVICES, PRECISIONS, RESOLUTIONS, SWITCH, UNLABELLED, Job, number, one_of
from .train_job import TrainJob


@dataclass(frozen=True)
class ClassifyJob(Job):
    """Classify every pixel of ``image``, and write a class map on its grid.

    The probabilities of several ``models`` are averaged. An optional output is written if it has a path.
    """

    kind: ClassVar[str] = "classify"
    image: str
    models: tuple[str, ...]
    output: str
    """Path of the class map (GeoTIFF)."""
    extra: tuple[str, ...] = ()
    """Rasters on any grid whose bands follow those of the image, as in training."""
    area: str = ""
    """Polygons outside which nothing is classified."""
    extent: str = ""
    """``xmin,ymin,xmax,ymax`` in the image's CRS, or in one that follows in brackets, as ``[EPSG:4326]``."""
    augment: bool = False
    """Average the eight orientations of each window (test-time augmentation)."""
    blend: str = one_of("auto", SWITCH)
    """Whether windows overlap and are blended where they meet."""
    resolution: str = one_of("auto", RESOLUTIONS)
    """Whether the image is resampled to the ground pixel size of the training images."""
    precision: str = one_of("auto", PRECISIONS)
    tile_px: int = number(0, 0, 65_536)
    """Side of the square tiles in pixels; 0 chooses by the free memory."""
    device: str = one_of("auto", DEVICES)
    probabilities: str = ""
    """Path of a raster with one band for each class, in whole per cent."""
    confidence: str = ""
    """Path of a raster with the probability of the best class less that of the second, in per cent."""
    polygons: str = ""
    """Path of a vector layer with the areas of the classes."""
    minimum_area_m2: float = number(0.0, 0.0, 1e12)
    """Smaller polygons are merged into their neighbours, in m²."""
    summary: str = ""
    """Path of an HTML page with the areas of the classes."""
    json: str = ""
    """Path of a JSON file with the content of the summary."""
    cloud_optimised: bool = False
    """Write the rasters as cloud-optimised GeoTIFF."""
    keep: bool = False
    """Keep the journal and the partial map of a cancelled run, and the partial map of a failed one."""

    def outputs(self) -> tuple[str, ...]:
        return self.output, self.probabilities, self.confidence, self.polygons, self.summary, self.json

    def inputs(self) -> tuple[str, ...]:
        return self.image, *self.models, *self.extra, self.area

    def keeps_partial(self, cancelled: bool) -> bool:
        return self.keep or not cancelled


@dataclass(frozen=True)
class EvaluateJob(Job):
    """Compare a class map with reference labels, and write report, figures and confusion matrix."""

    kind: ClassVar[str] = "evaluate"
    class_map: str
    references: tuple[str, ...]
    field: str = ""
    """Field of the vector references that holds the class."""
    unlabelled: str = one_of("ignore", UNLABELLED)
    """Whether pixels without a label are left out or are background."""
    area: str = ""
    """Polygons outside which nothing is compared."""
    report: str = ""
    """Path of the HTML report."""
    json: str = ""
    """Path of a JSON file with all figures."""
    csv: str = ""
    """Path of the confusion matrix as a table."""
    errors: str = ""
    """Path of a raster that shows which class was mapped as which."""
    places: str = ""
    """Path of a vector layer with the blocks that have the most errors."""
    probabilities: str = ""
    """The raster of probabilities that `ClassifyJob` wrote with the map, for ROC curves and calibration."""
    erode_px: int = number(0, 0, 1000)
    """A second set of figures leaves out pixels this near to another class of the reference, in pixels."""
    regions: str = ""
    """Polygons of regions that get figures of their own."""
    region_field: str = ""
    """Field with the names of the regions; without one, all polygons are one region."""
    legends: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """The same as in `TrainJob`. Classes are matched to those of the map by these names, their own names, or
    codes.
    """
    renames: dict[str, str] = dataclasses.field(default_factory=dict)
    """As in `TrainJob`."""

    def outputs(self) -> tuple[str, ...]:
        return self.report, self.json, self.csv, self.errors, self.places

    def inputs(self) -> tuple[str, ...]:
        return self.class_map, *self.references, self.area, self.probabilities, self.regions


@dataclass(frozen=True)
class SamplePointsJob(Job):
    """Draw a stratified random sample of the pixels of ``class_map``, and write it as points to label."""

    kind: ClassVar[str] = "samplepoints"
    class_map: str
    output: str
    """Path of the vector layer of points."""
    standard_error: float = number(0.01, 0.001, 0.5)
    """Standard error wanted of overall accuracy (0 to 1), which sets the number of points."""
    accuracy: float = number(0.85, 0.01, 0.99)
    """Expected fraction of each class that is right (user's accuracy, 0 to 1)."""
    points: int = number(0, 0, 100_000)
    """Number of points; 0 takes as many as the standard error needs."""
    fewest: int = number(50, 2, 10_000)
    """Least number of points in each class; the other points are shared in proportion to area."""
    area: str = ""
    """Polygons outside which no points are drawn."""
    seed: int = number(0, 0, 2**31 - 1)

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def inputs(self) -> tuple[str, ...]:
        return self.class_map, self.area


@dataclass(frozen=True)
class ExportJob(Job):
    """Write ``model`` as an ONNX file for square tiles of one size."""

    kind: ClassVar[str] = "export"
    model: str
    output: str
    tile_px: int = number(0, 0, 4096)
    """Side of the tiles in pixels; 0 takes one that suits the network."""

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def inputs(self) -> tuple[str, ...]:
        return (self.model,)


@dataclass(frozen=True)
class DescribeJob(Job):
    """Describe ``model`` or, without one, ``network`` and its published recipe."""

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
    """Measure what a TrainJob or ClassifyJob would take, without doing it."""

    kind: ClassVar[str] = "estimate"
    wanted: str
    """That job as `encode_job` writes it."""


@dataclass(frozen=True)
class CheckJob(Job):
    """Try each part of the engine once on a small scene, and name the device in use."""

    kind: ClassVar[str] = "check"
    device: str = one_of("auto", DEVICES)
    only_device: bool = False
    """Name the device and try nothing."""
    qgis: str = ""
    """The release of QGIS that asks, for the report."""


_ALL: tuple[type[Job], ...] = (
    TrainJob, ClassifyJob, EvaluateJob, SamplePointsJob, ExportJob, DescribeJob, EstimateJob, CheckJob,
)  # fmt: skip
JOBS: dict[str, type[Job]] = {job.kind: job for job in _ALL}
"""The jobs by their kind."""
