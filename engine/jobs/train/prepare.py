"""Everything that a Train job decides before its first step: data, network, sizes and split."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ... import raster
from ...compute import normalisation
from ...compute.device import Device
from ...files.atomic import check_apart
from ...files.fingerprint import fingerprint
from ...model_files import pretrained
from ...models import FittedNetwork, Network, build_model
from ...protocol import Emit, Progress, Recipe, TrainJob, choice, joined, message, warning
from ...runtime.libraries import load
from ...training.checkpoint import sizes_before
from ...training.dataset import LabelledImages
from ...training.memory import fit_to_memory
from ...training.sampler import WindowSampler
from ...training.setup import Settings, TrainingSetup
from ...training.splitting import Split
from ..common import Expected, log_masks, require_fit
from .blocks import choose_blocks, open_validation_area
from .classes import Samples, count_features, count_samples
from .recipe import recipe_of
from .references import rasterized

_SIZES = ("patch_px", "batch", "epoch_patches")
"""Fields of a recipe that may follow from the free memory."""
_DURATION = ("epochs", "patience")
_NORMALISATION_WINDOWS = 200


@dataclass(frozen=True)
class Prepared:
    """A training before its first step, and the facts for its model's card and its checkpoint."""

    setup: TrainingSetup
    samples: Samples
    features: Sequence[int]
    """Vector features of each class."""
    asked: str
    """Fingerprint of the recipe before its sizes were fitted to the memory."""
    sizes: dict[str, Any]
    """The sizes fitted to the memory, before they are adapted to the labels."""


@contextlib.contextmanager
def prepared(job: TrainJob, device: Device, emit: Emit) -> Iterator[Prepared]:
    """Open the files that ``job`` names, and decide data, recipe and sizes. On exit the files are closed."""
    recipe = recipe_of(job)
    torch.manual_seed(job.seed)
    if recipe.auxiliary == "distance":
        load("scipy")  # measures the distances; if it is broken, now is the time to say so
    with contextlib.ExitStack() as stack:
        sources = [stack.enter_context(raster.open_stack(path, job.extra, emit)) for path in job.images]
        _check_images(job, sources, emit)
        labels, classes = stack.enter_context(rasterized(job, sources, emit))
        network = build_model(job.network, sources[0].bands, len(classes), recipe.auxiliary, **job.options)
        if job.initial:
            entry = choice("models", job.network, job.options)
            pretrained.load_initial(network, job.initial, entry, emit, [c.name for c in classes])
        images = LabelledImages(
            sources,
            labels,
            network.margin_px,
            distances=recipe.auxiliary == "distance",
            validation_mask=stack.enter_context(open_validation_area(job.validation_area, sources, emit)),
        )
        asked = recipe_fingerprint(recipe)
        recipe, accumulation_steps = _fit_to_memory(job, recipe, network, sources[0].bands, device, emit)
        sizes = {name: getattr(recipe, name) for name in _SIZES}
        recipe, split = choose_blocks(job, recipe, images, classes, network, emit)
        features = count_features(labels, classes)
        samples = count_samples(split, classes, features, emit)
        yield Prepared(
            TrainingSetup(
                network=network,
                images=images,
                split=split,
                normalisation=_fit_normalisation(images, split, recipe.patch_px, job.seed, emit),
                classes=classes,
                settings=Settings(
                    recipe, job.minutes, job.seed, accumulation_steps, examples=bool(job.report)
                ),
                device=device,
                emit=emit,
            ),
            samples,
            features,
            asked,
            sizes,
        )


def recipe_fingerprint(recipe: Recipe) -> str:
    """Fingerprint of everything in a recipe but how long it trains, which a resumed run may change."""
    return fingerprint({name: value for name, value in asdict(recipe).items() if name not in _DURATION})


def _check_images(job: TrainJob, sources: Sequence[raster.Source], emit: Emit) -> None:
    """Raise `EngineError` where an output is one of the inputs, or where the images' bands differ."""
    outputs = [path for path in job.outputs() if path]
    check_apart(outputs, [file for source in sources for file in source.files])
    for source in sources:
        log_masks(source, emit)
    first = sources[0]
    expected = Expected(
        first.band_names, first.dtype, first.grid.pixel_size_m(), message("{image} has", image=first.name)
    )
    for source in sources[1:]:
        require_fit(source, expected, emit)


def _fit_to_memory(
    job: TrainJob, recipe: Recipe, network: Network, bands: int, device: Device, emit: Emit
) -> tuple[Recipe, int]:
    """The recipe with sizes that fit the memory, or with those of the run to resume; and the accumulation.

    The second value is the number of accumulation steps.
    """
    if isinstance(network, FittedNetwork):
        return recipe, 1
    before = sizes_before(job.model, recipe_fingerprint(recipe)) if job.resume else {}
    sizes: dict[str, Any] = {name: before[name] for name in _SIZES if name in before}
    sized = replace(recipe, **sizes)
    return fit_to_memory(sized, network, bands, device, emit, patch_is_set=bool(job.patch_px or before))


def _fit_normalisation(
    images: LabelledImages, split: Split, patch_px: int, seed: int, emit: Emit
) -> normalisation.Normalisation:
    """Mean and deviation of each band, over windows drawn as balanced training draws them."""
    sampler = WindowSampler(split, images.sizes, patch_px, margin_px=images.margin_px)
    windows = sampler.draw(_NORMALISATION_WINDOWS, np.random.default_rng(seed))

    def read() -> Iterator[tuple[NDArray[Any], NDArray[np.bool_]]]:
        for done, (image, window) in enumerate(windows, 1):
            yield images.sources[image].read(window)
            emit(Progress(done, len(windows), "windows measured"))

    def warn_constant(bands: list[int]) -> None:
        names = [
            images.sources[0].band_names[band] or message("band {number}", number=band + 1) for band in bands
        ]
        emit(
            warning(
                "In {bands}, all training pixels have one value: nothing is learnt from it.",
                bands=joined(*names, separator=", "),
            )
        )

    return normalisation.fit(read(), warn_constant)
