"""The blocks of a Train job: the labels to train on and those to validate on, and patches that fit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from torch import nn

from ... import labels, raster
from ...core.legend import LegendClass
from ...core.windows import Window
from ...models import Network
from ...protocol import Emit, EngineError, Message, Recipe, TrainJob, message
from ...raster.preview import classes_of, frame_of, outlines_of
from ...training import splitting
from ...training.dataset import LabelledImages, Mask


@contextlib.contextmanager
def open_validation_area(area: str, sources: Sequence[raster.Source], emit: Emit) -> Iterator[Mask | None]:
    """The pixels of the images that lie in the polygons of ``area``; None without an area.

    Raises `EngineError` if no image meets the polygons.
    """
    if not area:
        yield None
        return
    with contextlib.ExitStack() as stack:
        areas: list[labels.AreaOfInterest | None] = []
        for source in sources:
            try:
                areas.append(stack.enter_context(labels.AreaOfInterest.open(source.grid, area, "", emit)))
            except EngineError as error:
                if error.code != "no_overlap" or (source is sources[-1] and not any(areas)):
                    raise
                areas.append(None)

        def inside(image: int, window: Window) -> NDArray[np.bool_]:
            found = areas[image]
            return found.inside(window) if found else np.zeros((window.height, window.width), bool)

        yield inside


def choose_blocks(
    job: TrainJob,
    recipe: Recipe,
    images: LabelledImages,
    classes: Sequence[LegendClass],
    network: Network,
    emit: Emit,
) -> tuple[Recipe, splitting.Split]:
    """The blocks of both parts, and the recipe with a patch that fits them and the network."""
    patch_px = network.valid_size(recipe.patch_px)
    if job.patch_px not in (0, patch_px):
        raise EngineError(
            "bad_option",
            "PATCH_PX is {asked}; {network} needs {sizes}.",
            "Set {patch_px}, for example.",
            asked=job.patch_px,
            network=job.network,
            sizes=_valid_sizes(network),
            patch_px=patch_px,
        )
    # A block that no patch of this network fits in would have patches that reach into validation.
    least_px = job.patch_px or max(splitting.SMALLEST_BLOCK_PX, network.valid_size(1))
    for block_px in splitting.block_sizes(patch_px, least_px):
        blocks = splitting.count_labels(images.sizes, block_px, len(classes), images.read_ids, emit)
        if len(blocks) >= splitting.FEWEST_BLOCKS_PER_CLASS * len(classes):
            break
    recipe = _with_patch(recipe, min(patch_px, network.largest_valid_size(block_px)), job)
    _check_batch_norm(job, recipe, network)
    rng = np.random.default_rng(job.seed)
    if images.validation_mask:
        split = splitting.split_by_area(blocks, len(classes), images.read_ids, images.validation_mask)
    else:
        split = splitting.split_at_random(blocks, classes, job.validation, rng)
    split = splitting.limit_validation(split, classes, rng)
    _show(split, images.sources, classes, emit)
    return recipe, split


def _show(
    split: splitting.Split, sources: Sequence[raster.Source], classes: Sequence[LegendClass], emit: Emit
) -> None:
    """Emit the events that the canvas draws for a training: the classes, the images' grids, the blocks."""
    emit(classes_of(classes))
    for number, source in enumerate(sources):
        emit(frame_of(number, source.grid))
    for kind, blocks in (("training", split.training), ("validation", split.validation)):
        emit(outlines_of(kind, ((block.image, block.window) for block in blocks)))


def _with_patch(recipe: Recipe, patch_px: int, job: TrainJob) -> Recipe:
    """The recipe with patches of ``patch_px`` pixels a side.

    A step gets as many times more patches as their sides are shorter, because a few small patches hold too
    little. A batch that the user has set, and that of a published recipe, stays.
    """
    more = 1 if job.batch or job.schedule == "as_published" else max(1, recipe.patch_px // patch_px)
    return replace(recipe, patch_px=patch_px, batch=more * recipe.batch)


def _check_batch_norm(job: TrainJob, recipe: Recipe, network: Network) -> None:
    """Raise `EngineError` where batch norm could get a single value, which has no standard deviation."""
    has_norms = any(isinstance(layer, nn.BatchNorm2d) for layer in network.modules())
    if has_norms and recipe.batch == 1 and recipe.patch_px == network.valid_size(1):
        raise EngineError(
            "bad_option",
            "With PATCH_PX {patch_px} and BATCH 1, {network} has too few values for its batch norm.",
            "Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.",
            patch_px=recipe.patch_px,
            network=job.network,
        )


def _valid_sizes(network: Network) -> Message:
    if network.remainder_px:
        return message(
            "a multiple of {multiple} plus {rest}", multiple=network.multiple_px, rest=network.remainder_px
        )
    return message("a multiple of {multiple}", multiple=network.multiple_px)
