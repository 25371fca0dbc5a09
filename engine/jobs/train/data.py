"""What a Train job learns from: images that go together, labels of one legend, and the blocks of both
parts.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import nn

from ... import labels, raster
from ...compute import normalisation
from ...core.legend import LegendClass
from ...core.windows import Window
from ...models import Network
from ...protocol import Cancelled, Emit, EngineError, Event, Log, Progress, Recipe, TrainJob
from ...raster.grid import NO_GEOREFERENCE
from ...raster.preview import classes_of, frame_of, outlines_of
from ...training import dataset, splitting
from ...training.sampler import WindowSampler
from ..common import Expected, require_fit

_SCALING_WINDOWS = 200
_FEW_TRAINING_PX, _FEW_VALIDATION_PX = 500, 100
"""Of a class, that are too few to be relied on: about what a single tree or car covers in a drone image."""
Samples = dict[str, tuple[int, int]]


def require_alike(sources: Sequence[raster.Source], emit: Emit) -> None:
    """One network cannot learn from images whose bands differ; `EngineError` or a warning says so."""
    first = sources[0]
    expected = Expected(first.band_names, first.dtype, first.grid.pixel_size_m(), f"{first.name} has")
    for source in sources[1:]:
        require_fit(source, expected, emit)


def references_of(
    sources: Sequence[raster.Source], references: Sequence[str], emit: Emit
) -> list[tuple[str, ...]]:
    """The references of each image. Where none of them says where it lies, images and label rasters go
    together by their names.

    Each label raster then belongs to the image whose name begins most like its own (``area_1_RGB``,
    ``area_1_label``).
    """
    placeless = all(
        not source.grid.crs_wkt and source.grid.transform == NO_GEOREFERENCE for source in sources
    )
    if len(sources) < 2 or not placeless:
        return [tuple(references)] * len(sources)
    stems = [Path(source.name).stem for source in sources]
    pairs: list[list[str]] = [[] for _ in sources]
    for reference in references:
        stem = Path(reference.partition("|")[0]).stem
        alike = [(_alike(stem, other), -abs(len(stem) - len(other))) for other in stems]
        pairs[alike.index(max(alike))].append(reference)
    for source, own in zip(sources, pairs):
        if not own:
            raise EngineError(
                "no_labels",
                f"No label has a name like that of {source.name}, and without coordinates names are all there is to go by.",
                "Name each label raster as its image, or give both coordinates.",
            )
        emit(Log(f"{source.name} goes with {', '.join(own)}, by their names."))
    return [tuple(own) for own in pairs]


def _alike(one: str, other: str) -> int:
    """How far two names begin alike; a number is one sign, so that ``area1`` is not the beginning of
    ``area11``.
    """
    signs = (re.findall(r"\d+|\D", name) for name in (one, other))
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*signs)))


def rasterized(
    job: TrainJob, sources: Sequence[raster.Source], stack: contextlib.ExitStack, emit: Emit
) -> tuple[list[labels.Labels], tuple[LegendClass, ...]]:
    """The references on each image's grid, with one list of classes for all."""
    truths: list[labels.Labels] = []
    classes: tuple[LegendClass, ...] = ()
    for source, references in zip(sources, references_of(sources, job.references, emit)):
        with _told_of(source.name if len(sources) > 1 else "", emit) as tell:
            options = labels.ReferenceOptions.of(job)
            truth = stack.enter_context(
                labels.rasterize(references, source.grid, options, classes=classes, emit=tell)
            )
        truths.append(truth)
        classes = truth.classes
    if len(classes) < 2:
        raise EngineError(
            "one_class",
            f"The labels hold only one class, {classes[0].name!r}; there is nothing to tell apart.",
            "Give labels of a second class, or set UNLABELLED to background.",
        )
    return truths, classes


@contextlib.contextmanager
def _told_of(image: str, emit: Emit) -> Iterator[Emit]:
    """An ``emit`` whose sentences, as those of errors, name the ``image`` they are about."""

    def tell(event: Event) -> None:
        emit(Log(f"{image}: {event.text}", event.warning) if image and isinstance(event, Log) else event)

    try:
        yield tell
    except Cancelled:
        raise
    except EngineError as error:
        if not image:
            raise
        raise EngineError(error.code, f"{image}: {error.message}", error.remedy) from error


def split_blocks(
    job: TrainJob,
    recipe: Recipe,
    pairs: dataset.LabelledImages,
    classes: Sequence[LegendClass],
    network: Network,
    emit: Emit,
) -> tuple[Recipe, splitting.Split]:
    """The blocks of the training and validation parts, and the recipe with a patch that fits them and the
    network.
    """
    patch_px = network.valid_size(recipe.patch_px)
    if job.patch_px not in (0, patch_px):
        raise EngineError(
            "bad_option",
            f"PATCH_PX is {job.patch_px}; {job.network} needs {_legal_sides(network)}.",
            f"Set {patch_px}, for example.",
        )
    # A block that no patch of this network fits in would have patches that reach into validation.
    least_px = job.patch_px or max(splitting.SMALLEST_BLOCK_PX, network.valid_size(1))
    for block_px in splitting.block_sizes(patch_px, least_px):
        blocks = splitting.count_labels(pairs.sizes, block_px, len(classes), pairs.read_ids, emit)
        if len(blocks) >= splitting.FEWEST_BLOCKS_PER_CLASS * len(classes):
            break
    recipe = _with_patches_of(recipe, min(patch_px, network.largest_valid_size(block_px)), job)
    _require_values_to_norm(job, recipe, network)
    rng = np.random.default_rng(job.seed)
    if pairs.validated:
        parts = splitting.split_by(blocks, len(classes), pairs.read_ids, pairs.validated)
    else:
        parts = splitting.split(blocks, classes, job.validation, rng)
    parts = splitting.validated(parts, classes, rng)
    _show(parts, pairs.sources, classes, emit)
    return recipe, parts


def _show(
    parts: splitting.Split, sources: Sequence[raster.Source], classes: Sequence[LegendClass], emit: Emit
) -> None:
    """Tell what a picture of the training needs: the classes, the images' grids, and where the blocks of both
    parts lie.
    """
    emit(classes_of(classes))
    for number, source in enumerate(sources):
        emit(frame_of(number, source.grid))
    for kind, blocks in (("training", parts.training), ("validation", parts.validation)):
        emit(outlines_of(kind, ((block.image, block.window) for block in blocks)))


def _with_patches_of(recipe: Recipe, patch_px: int, job: TrainJob) -> Recipe:
    """The recipe with patches so small. As their sides are shorter, so a step is of more of them: single ones
    say too little.
    """
    more = 1 if job.batch or job.schedule == "as_published" else max(1, recipe.patch_px // patch_px)
    return replace(recipe, patch_px=patch_px, batch=more * recipe.batch)


def inside_area(
    area: str, sources: Sequence[raster.Source], stack: contextlib.ExitStack, emit: Emit
) -> Callable[[int, Window], NDArray[np.bool_]] | None:
    """Which pixels of the images lie in the polygons of ``area``; None without any. `EngineError` where no
    image meets them.
    """
    if not area:
        return None
    regions: list[labels.AreaOfInterest | None] = []
    for source in sources:
        try:
            regions.append(stack.enter_context(labels.AreaOfInterest.open(source.grid, area, "", emit)))
        except EngineError as error:
            if error.code != "no_overlap" or (source is sources[-1] and not any(regions)):
                raise
            regions.append(None)

    def inside(image: int, window: Window) -> NDArray[np.bool_]:
        region = regions[image]
        return region.inside(window) if region else np.zeros((window.height, window.width), bool)

    return inside


def _require_values_to_norm(job: TrainJob, recipe: Recipe, network: Network) -> None:
    """`EngineError` where batch norm could meet a single value, which has no deviation."""
    norms = any(isinstance(layer, nn.BatchNorm2d) for layer in network.modules())
    if norms and recipe.batch == 1 and recipe.patch_px == network.valid_size(1):
        raise EngineError(
            "bad_option",
            f"With PATCH_PX {recipe.patch_px} and BATCH 1, {job.network} has too few values for its batch norm.",
            "Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.",
        )


def _legal_sides(network: Network) -> str:
    rest = f" plus {network.remainder_px}" if network.remainder_px else ""
    return f"a multiple of {network.multiple_px}{rest}"


def features_of(truths: Sequence[labels.Labels], classes: Sequence[LegendClass]) -> list[int]:
    """Of each class, how many vector features the images meet; labels of earlier images may lack the later
    classes.
    """
    return [
        sum(truth.features[k] for truth in truths if k < len(truth.features)) for k in range(len(classes))
    ]


def tell_classes(
    parts: splitting.Split, classes: Sequence[LegendClass], features: Sequence[int], emit: Emit
) -> Samples:
    """Labelled pixels of each class in both parts, told to the user with its ``features``; a warning where
    there are few.

    `EngineError` for a class that cannot be learnt.
    """
    samples = {}
    totals = [sum(sum(block.counts) for block in part) for part in (parts.training, parts.validation)]
    for k, c in enumerate(classes):
        training, validation = counts = tuple(
            sum(b.counts[k] for b in part) for part in (parts.training, parts.validation)
        )
        samples[c.name] = (training, validation)
        told = [f"{px:,} px ({px / total:.1%})" for px, total in zip(counts, totals)]
        drawn = f", from {features[k]:,} polygons or other features" if features[k] else ""
        emit(Log(f"Class {c.value} {c.name}: {told[0]} for training, {told[1]} for validation{drawn}."))
        if training == 0:
            where = (
                "has labels in the validation area only"
                if validation
                else "has no labelled pixel on valid image data"
            )
            raise EngineError(
                "empty_class", f"The class {c.name!r} {where}.", "Label some elsewhere, or remove the class."
            )
        if training < _FEW_TRAINING_PX:
            text = f"{c.name!r} has only {training:,} px to learn from: expect it to be found badly. Label more of it."
            emit(Log(text, warning=True))
        if validation == 0:
            emit(
                Log(
                    f"No validation pixel of {c.name!r}: its accuracy stays unknown. Label it in more places.",
                    warning=True,
                )
            )
        elif validation < _FEW_VALIDATION_PX:
            text = f"{c.name!r} has only {validation:,} validation px: its accuracy is uncertain. Label it in more places."
            emit(Log(text, warning=True))
    return samples


def fit_scaling(
    pairs: dataset.LabelledImages, parts: splitting.Split, patch_px: int, seed: int, emit: Emit
) -> normalisation.Normalisation:
    rng = np.random.default_rng(seed)
    windows = WindowSampler(parts, pairs.sizes, patch_px, pairs.margin_px).draw(_SCALING_WINDOWS, rng)

    def read() -> Iterator[tuple[NDArray[Any], NDArray[np.bool_]]]:
        for done, (image, window) in enumerate(windows, 1):
            yield pairs.sources[image].read(window)
            emit(Progress(done, len(windows), "windows measured"))

    def tell_constant(bands: list[int]) -> None:
        names = ", ".join(pairs.sources[0].band_names[band] or f"band {band + 1}" for band in bands)
        emit(
            Log(f"Of {names} all training pixels have one value: nothing is learnt from that.", warning=True)
        )

    return normalisation.fit(read(), tell_constant)
