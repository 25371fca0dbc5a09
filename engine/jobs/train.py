"""Train: images and references in, a model file out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .. import dataset, fitting, labels, model_file, pretrained, raster, report, sampler, scaling, trainer
from ..checkpoint import Checkpoint, checkpoint_path
from ..claims import claimed
from ..device import Device
from ..legend import LegendClass
from ..marks import content, fingerprint
from ..models import Network, build_model
from ..outputs import check_apart, whole
from ..protocol import Cancelled, EngineError, Event, Log, Progress, Recipe, TrainJob, choice, told
from ..versions import versions
from ..windows import Window
from .common import Emit, Expected, require_fit, start, tell_masks
from .recipe import recipe_of

_SCALING_WINDOWS = 200


def train(job: TrainJob, emit: Emit) -> dict[str, Any]:
    """Learn a model from images and references, and write it with its card."""
    device = start(job.device, emit)
    recipe = recipe_of(job)
    torch.manual_seed(job.seed)
    with contextlib.ExitStack() as stack:
        stack.enter_context(claimed(job.model))
        sources = [stack.enter_context(raster.open_stack(path, job.extra, emit)) for path in job.images]
        check_apart([path for path in job.outputs() if path], [file for source in sources for file in source.files])
        for source in sources:
            tell_masks(source, emit)
        _require_alike(sources, emit)
        truths, classes = _burn(job, sources, stack, emit)
        network = build_model(job.network, sources[0].bands, len(classes), recipe.auxiliary, **job.options)
        if job.initial:
            _start_from(job, recipe, network, emit)
        pairs = dataset.Pairs(sources, truths, network.margin_px, distances=recipe.auxiliary == "distance")
        pairs.validated = _inside(job.validation_area, sources, stack, emit)
        recipe, parts = _blocks(job, recipe, pairs, classes, network, emit)
        samples = _tell_classes(parts, classes, emit)
        bands = _fit_scaling(pairs, parts, recipe.patch_px, job.seed, emit)
        emit(Log(f"Settings, {job.schedule.replace('_', ' ')}: {told(recipe)}."))
        card_of = partial(_card, job, recipe, sources[0], bands, classes, samples)
        settings = trainer.Settings(recipe, job.minutes, job.seed)
        learnt = network, pairs, parts, bands, classes, settings, device, emit
        if recipe.optimizer == "fit":
            trained = fitting.fit(*learnt)
        else:
            kept = Checkpoint(job.model, _mark(job, recipe, bands, classes, parts, device), emit)
            with _offered(job, kept, card_of) as offer:
                trained = trainer.train(*learnt, kept, offer)
        card = card_of(trained)
        with contextlib.ExitStack() as outputs:
            if job.report:  # takes its name once the model has its own
                outputs.enter_context(whole(job.report)).write_text(report.training_html(card), encoding="utf-8")
            model_file.save(job.model, card, trained.weights)
        checkpoint_path(job.model).unlink(missing_ok=True)
    best = trained.history[trained.best_epoch - 1]
    return {
        "model": job.model,
        "report": job.report,
        "overall_accuracy": best.overall_accuracy,
        "mean_f1": best.mean_f1,
        "mean_iou": best.mean_iou,
        "best_epoch": trained.best_epoch,
        "epochs_run": len(trained.history),
    }


def _mark(
    job: TrainJob,
    recipe: Recipe,
    bands: scaling.Scaling,
    classes: Sequence[LegendClass],
    parts: sampler.Split,
    device: Device,
) -> str:
    """All that shapes what is learnt, but how long it goes on: the images by their scaling, the labels by their blocks."""
    known = asdict(recipe)
    del known["epochs"], known["patience"]
    return fingerprint(
        {
            "network": [job.network, job.options],
            "initial": content(job.initial) if os.path.isfile(job.initial) else job.initial,
            "recipe": known,
            "bands": [bands.mean, bands.std],
            "classes": [[c.value, c.name] for c in classes],
            "blocks": [[[b.image, *astuple(b.window), *b.counts] for b in part] for part in (parts.training, parts.validation)],
            "seed": job.seed,
            "device": device.backend.type,
            "versions": versions(),
        }
    )


@contextlib.contextmanager
def _offered(
    job: TrainJob, kept: Checkpoint, card_of: Callable[[trainer.Trained], model_file.ModelCard]
) -> Iterator[Callable[[trainer.Trained], None]]:
    """A function that writes the best model so far beside the one to be; the error that ends the run says where it is."""
    if not job.resume:
        kept.remove()
    path, words = Path(job.model).with_suffix(f".best{Path(job.model).suffix}"), []

    def offer(trained: trainer.Trained) -> None:
        model_file.save(str(path), card_of(trained), trained.weights)
        best = trained.history[trained.best_epoch - 1]
        words.append(f"The best model so far (epoch {best.number}, mean F1 {best.mean_f1:.3f} in validation) is {path}.")
        words.append("The same training started again goes on from there.")

    try:
        yield offer
    except EngineError as error:
        error.advise(" ".join(words))
        raise
    except RuntimeError as error:
        if "CUDA" not in str(error):
            raise
        message = f"The GPU failed: {str(error).splitlines()[0]}."
        raise EngineError("device_lost", message, " ".join(["Check it with the tool Check the engine.", *words])) from error


def _start_from(job: TrainJob, recipe: Recipe, network: Network, emit: Emit) -> None:
    if recipe.optimizer == "fit":
        message = f"INITIAL is {job.initial!r}, but {job.network} is fitted afresh and starts from nothing."
        raise EngineError("no_start", message, "Leave INITIAL empty.")
    pretrained.start_from(network, job.initial, choice("models", job.network, job.options), emit)


def _card(
    job: TrainJob,
    recipe: Recipe,
    source: raster.Source,
    bands: scaling.Scaling,
    classes: tuple[LegendClass, ...],
    samples: dict[str, tuple[int, int]],
    trained: trainer.Trained,
) -> model_file.ModelCard:
    return model_file.ModelCard(
        network=job.network,
        options=choice("models", job.network, job.options).options,
        bands=tuple(model_file.Band(*band) for band in zip(source.band_names, bands.mean, bands.std)),
        dtype=source.dtype,
        pixel_size_m=source.grid.pixel_size_m(),
        classes=classes,
        job=asdict(job),
        recipe=asdict(recipe),
        history=tuple(asdict(epoch) for epoch in trained.history),
        best_epoch=trained.best_epoch,
        samples=samples,
        confusion=tuple(tuple(row) for row in trained.confusion.tolist()),
        versions=versions(),
    )


def _require_alike(sources: Sequence[raster.Source], emit: Emit) -> None:
    """One network cannot learn from images whose bands differ; `EngineError` or a warning says so."""
    first = sources[0]
    expected = Expected(first.band_names, first.dtype, first.grid.pixel_size_m(), f"{first.name} has")
    for source in sources[1:]:
        require_fit(source, expected, emit)


def _burn(
    job: TrainJob, sources: Sequence[raster.Source], stack: contextlib.ExitStack, emit: Emit
) -> tuple[list[labels.Labels], tuple[LegendClass, ...]]:
    """The references on each image's grid, with one list of classes for all."""
    truths: list[labels.Labels] = []
    classes: tuple[LegendClass, ...] = ()
    for source in sources:
        with _told_of(source.name if len(sources) > 1 else "", emit) as tell:
            truth = labels.burn(
                job.references,
                source.grid,
                field=job.field,
                unlabelled=job.unlabelled,
                area=job.area,
                classes=classes,
                renames=job.renames,
                emit=tell,
            )
        truths.append(stack.enter_context(truth))
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


def _blocks(
    job: TrainJob, recipe: Recipe, pairs: dataset.Pairs, classes: Sequence[LegendClass], network: Network, emit: Emit
) -> tuple[Recipe, sampler.Split]:
    """The blocks of the training and validation parts, and the recipe with a patch that fits them and the network."""
    patch_px = network.legal_px(recipe.patch_px)
    if job.patch_px not in (0, patch_px):
        raise EngineError(
            "bad_option",
            f"PATCH_PX is {job.patch_px}; {job.network} needs {_legal_sides(network)}.",
            f"Set {patch_px}, for example.",
        )
    # A block that no patch of this network fits in would have patches that reach into validation.
    least_px = job.patch_px or max(sampler.SMALLEST_BLOCK_PX, network.legal_px(1))
    for block_px in sampler.block_sizes(patch_px, least_px):
        blocks = sampler.survey(pairs.sizes, block_px, len(classes), pairs.read_ids, emit)
        if len(blocks) >= sampler.FEWEST_BLOCKS_PER_CLASS * len(classes):
            break
    recipe = replace(recipe, patch_px=min(patch_px, network.largest_legal_px(block_px)))
    _require_values_to_norm(job, recipe, network)
    rng = np.random.default_rng(job.seed)
    if pairs.validated:
        parts = sampler.split_by(blocks, len(classes), pairs.read_ids, pairs.validated)
    else:
        parts = sampler.split(blocks, classes, job.validation, rng)
    return recipe, sampler.validated(parts, classes, rng)


def _inside(
    area: str, sources: Sequence[raster.Source], stack: contextlib.ExitStack, emit: Emit
) -> Callable[[int, Window], NDArray[np.bool_]] | None:
    """Which pixels of the images lie in the polygons of ``area``; None without any. `EngineError` where no image meets them."""
    if not area:
        return None
    regions: list[labels.Region | None] = []
    for source in sources:
        try:
            regions.append(stack.enter_context(labels.Region.open(source.grid, area, "", emit)))
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
    if norms and recipe.batch == 1 and recipe.patch_px == network.legal_px(1):
        raise EngineError(
            "bad_option",
            f"With PATCH_PX {recipe.patch_px} and BATCH 1, {job.network} has too few values for its batch norm.",
            "Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.",
        )


def _legal_sides(network: Network) -> str:
    rest = f" plus {network.remainder_px}" if network.remainder_px else ""
    return f"a multiple of {network.multiple_px}{rest}"


def _tell_classes(parts: sampler.Split, classes: Sequence[LegendClass], emit: Emit) -> dict[str, tuple[int, int]]:
    """Labelled pixels of each class in both parts, told to the user; `EngineError` for a class that cannot be learnt."""
    samples = {}
    for k, c in enumerate(classes):
        training, validation = (sum(block.counts[k] for block in part) for part in (parts.training, parts.validation))
        samples[c.name] = (training, validation)
        emit(Log(f"Class {c.value} {c.name}: {training:,} px for training, {validation:,} px for validation."))
        if training == 0:
            where = "has labels in the validation area only" if validation else "has no labelled pixel on valid image data"
            raise EngineError("empty_class", f"The class {c.name!r} {where}.", "Label some elsewhere, or remove the class.")
        if validation == 0:
            emit(Log(f"No validation pixel of {c.name!r}: its accuracy stays unknown. Label it in more places.", warning=True))
    return samples


def _fit_scaling(pairs: dataset.Pairs, parts: sampler.Split, patch_px: int, seed: int, emit: Emit) -> scaling.Scaling:
    rng = np.random.default_rng(seed)
    windows = sampler.WindowSampler(parts, pairs.sizes, patch_px, pairs.margin_px).draw(_SCALING_WINDOWS, rng)

    def read() -> Iterator[tuple[NDArray[Any], NDArray[np.bool_]]]:
        for done, (image, window) in enumerate(windows, 1):
            yield pairs.sources[image].read(window)
            emit(Progress(done, len(windows), "windows measured"))

    return scaling.fit(read())
