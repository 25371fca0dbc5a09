"""The job that trains a network."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

from .job import AUGMENTATIONS, AUXILIARIES, DEVICES, SCHEDULES, UNLABELLED, Job, number, one_of


@dataclass(frozen=True)
class TrainJob(Job):
    """Learn the classes of ``references`` from ``images``, and write one model file.

    A setting at 0 or ``auto`` takes its value from the network's recipe, which is the recommended or the
    published one (``schedule``).
    """

    kind: ClassVar[str] = "train"
    images: tuple[str, ...]
    references: tuple[str, ...]
    """The label raster or vector layer of each image, in the same order."""
    model: str
    """Path of the model file to write (``.safetensors``)."""
    extra: tuple[str, ...] = ()
    """Rasters on any grid whose bands follow those of each image."""
    field: str = ""
    """Field of the vector references that holds the class; without one, all polygons are one class."""
    unlabelled: str = one_of("ignore", UNLABELLED)
    """Whether pixels without a label are left out or are background."""
    legends: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """For each reference by its path: titles (`ClassTitle`) of its classes, by code or name in it."""
    renames: dict[str, str] = dataclasses.field(default_factory=dict)
    """New titles (`ClassTitle`) of classes by name or code; classes with the same name become one."""
    area: str = ""
    """Polygons outside which nothing is learnt or validated."""
    network: str = "unet"
    options: dict[str, float] = dataclasses.field(default_factory=dict)
    """Options of the network by name; see its entry in the registry."""
    schedule: str = one_of("recommended", SCHEDULES)
    loss: str = "auto"
    auxiliary: str = one_of("auto", AUXILIARIES)
    """A second map that the network learns beside the classes."""
    augmentation: str = one_of("auto", AUGMENTATIONS)
    initial: str = ""
    """Weights to start from: a file, or a name such as ``imagenet`` that the network's entry lists."""
    resume: bool = True
    """Continue from the checkpoint that a cancelled or killed run with the same data and settings left."""
    epochs: int = number(0, 0, 100_000)
    minutes: float = number(0.0, 0.0, 1e6)
    """Longest time of the training in minutes; 0 sets no limit."""
    patch_px: int = number(0, 0, 4096)
    """Side of the square training patches in pixels."""
    batch: int = number(0, 0, 4096)
    """Patches in each training step."""
    learning_rate: float = number(0.0, 0.0, 10.0)
    validation: float = number(0.2, 0.02, 0.9)
    """Fraction of the labelled blocks that is kept for validation."""
    validation_area: str = ""
    """Polygons whose labels are kept for validation, in place of a fraction of all blocks."""
    seed: int = number(0, 0, 2**31 - 1)
    deterministic: bool = False
    """The same seed gives the same model on a GPU too; slower there."""
    device: str = one_of("auto", DEVICES)
    report: str = ""
    """Path of the HTML report."""

    def outputs(self) -> tuple[str, ...]:
        return self.model, self.report

    def inputs(self) -> tuple[str, ...]:
        return *self.images, *self.extra, *self.references, self.area, self.validation_area, self.initial

    def keeps_partial(self, cancelled: bool) -> bool:
        return True
