"""Train: images and references in, a model file out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import torch

from ... import raster
from ...compute.device import Device
from ...files.atomic import check_apart, discard, whole
from ...files.fingerprint import content, fingerprint, method
from ...files.lock import locked
from ...model_files import model_file, pretrained
from ...models import FittedNetwork, Network, build_model
from ...protocol import Emit, EngineError, Log, Message, Recipe, TrainJob, choice, message, recipe_line
from ...reports.training import TrainingPictures, training_html
from ...training import dataset, fit_once, trainer
from ...training.checkpoint import Checkpoint, checkpoint_path, sizes_before
from ...training.deterministic import deterministic
from ...training.memory import fit_to_memory
from ..common import start, tell_masks
from ..versions import versions
from .data import (
    Samples,
    features_of,
    fit_scaling,
    inside_area,
    rasterized,
    require_alike,
    split_blocks,
    tell_classes,
)
from .recipe import recipe_of

_SIZES = ("patch_px", "batch", "epoch_patches")
"""Of a recipe, what may follow from the memory at hand."""
_HOW_LONG = ("epochs", "patience")


class Prepared(NamedTuple):
    """All that a training is made of, before its first step."""

    task: trainer.TrainingSetup
    samples: Samples
    features: Sequence[int]
    asked: str
    """What the recipe was asked to be, before memory had its say."""
    sizes: dict[str, Any]
    """What memory has left of its sizes."""


def train(job: TrainJob, emit: Emit) -> dict[str, Any]:
    """Learn a model from images and references, and write it with its card."""
    device = start(job.device, emit)
    with contextlib.ExitStack() as stack:
        stack.enter_context(locked(job.model))
        stack.enter_context(deterministic(job.deterministic, emit))
        prepared = prepare(job, device, stack, emit)
        task = prepared.task
        emit(Log(f"Settings, {job.schedule.replace('_', ' ')}: {recipe_line(task.settings.recipe)}."))
        card_of = partial(_card, job, prepared)
        if isinstance(task.network, FittedNetwork):
            trained = fit_once.fit(task)
        else:
            kept = Checkpoint(job.model, _mark(job, task), emit, prepared.asked, prepared.sizes)
            with _offered(job, kept, card_of) as offer:
                trained = trainer.train(task, kept, offer)
        shown = trained.worst, trained.best, task.classes
        _write(job, card_of(trained), trained, TrainingPictures.of(task.parts, task.pairs.sources, *shown))
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


def prepare(job: TrainJob, device: Device, stack: contextlib.ExitStack, emit: Emit) -> Prepared:
    """Read all that ``job`` names and decide what is learnt from what, and how. ``stack`` closes what is
    opened.
    """
    recipe = recipe_of(job)
    torch.manual_seed(job.seed)
    sources = [stack.enter_context(raster.open_stack(path, job.extra, emit)) for path in job.images]
    check_apart(
        [path for path in job.outputs() if path], [file for source in sources for file in source.files]
    )
    for source in sources:
        tell_masks(source, emit)
    require_alike(sources, emit)
    truths, classes = rasterized(job, sources, stack, emit)
    network = build_model(job.network, sources[0].bands, len(classes), recipe.auxiliary, **job.options)
    if job.initial:
        entry = choice("models", job.network, job.options)
        pretrained.start_from(network, job.initial, entry, emit, [c.name for c in classes])
    validated = inside_area(job.validation_area, sources, stack, emit)
    pairs = dataset.LabelledImages(
        sources, truths, network.margin_px, recipe.auxiliary == "distance", validated
    )
    asked, (recipe, pieces) = (
        _asked(recipe),
        _made_to_fit(job, recipe, network, sources[0].bands, device, emit),
    )
    sizes = {name: getattr(recipe, name) for name in _SIZES}
    recipe, parts = split_blocks(job, recipe, pairs, classes, network, emit)
    samples = tell_classes(parts, classes, features := features_of(truths, classes), emit)
    bands = fit_scaling(pairs, parts, recipe.patch_px, job.seed, emit)
    settings = trainer.Settings(recipe, job.minutes, job.seed, pieces, examples=bool(job.report))
    task = trainer.TrainingSetup(network, pairs, parts, bands, classes, settings, device, emit)
    return Prepared(task, samples, features, asked, sizes)


def _made_to_fit(
    job: TrainJob, recipe: Recipe, network: Network, bands: int, device: Device, emit: Emit
) -> tuple[Recipe, int]:
    """The recipe in sizes that memory suffices for, those of the run that is gone on from; and pieces of a
    batch.
    """
    if isinstance(network, FittedNetwork):
        return recipe, 1
    before = sizes_before(job.model, _asked(recipe)) if job.resume else {}
    sizes: dict[str, Any] = {name: before[name] for name in _SIZES if name in before}
    sized = replace(recipe, **sizes)
    return fit_to_memory(sized, network, bands, device, emit, patch_is_set=bool(job.patch_px or before))


def _asked(recipe: Recipe) -> str:
    """All of a recipe but how long it goes on."""
    return fingerprint({name: value for name, value in asdict(recipe).items() if name not in _HOW_LONG})


def _write(
    job: TrainJob, card: model_file.ModelCard, trained: trainer.TrainingResult, pictures: TrainingPictures
) -> None:
    with contextlib.ExitStack() as outputs:
        if job.report:  # takes its name once the model has its own
            outputs.enter_context(whole(job.report)).write_text(
                training_html(card, pictures), encoding="utf-8"
            )
        model_file.save(job.model, card, trained.weights)
    discard(checkpoint_path(job.model))


def _mark(job: TrainJob, task: trainer.TrainingSetup) -> str:
    """All that shapes what is learnt, but how long it goes on: the images by their scaling, the labels by
    their blocks.
    """
    parts = task.parts.training, task.parts.validation
    return fingerprint(
        {
            "network": [job.network, job.options],
            "initial": content(job.initial) if os.path.isfile(job.initial) else job.initial,
            "recipe": _asked(task.settings.recipe),
            "bands": [task.scaling.mean, task.scaling.std],
            "classes": [[c.value, c.name] for c in task.classes],
            "blocks": [[[b.image, *astuple(b.window), *b.counts] for b in part] for part in parts],
            "seed": job.seed,
            "device": task.device.backend.type,
            "method": method(),
            "versions": versions(),
        }
    )


@contextlib.contextmanager
def _offered(
    job: TrainJob, kept: Checkpoint, card_of: Callable[[trainer.TrainingResult], model_file.ModelCard]
) -> Iterator[Callable[[trainer.TrainingResult], None]]:
    """A function that writes the best model so far beside the one to be; the error that ends the run says
    where it is.
    """
    if not job.resume:
        kept.remove()
    path = Path(job.model).with_suffix(f".best{Path(job.model).suffix}")
    left: list[Message] = []

    def offer(trained: trainer.TrainingResult) -> None:
        model_file.save(str(path), card_of(trained), trained.weights)
        best = trained.history[trained.best_epoch - 1]
        left[:] = [
            message(
                "The best model so far (epoch {epoch}, mean F1 {mean_f1:.3f} in validation) is {path}. "
                "The same training started again goes on from there.",
                epoch=best.number,
                mean_f1=best.mean_f1,
                path=path,
            )
        ]

    try:
        yield offer
    except EngineError as error:
        raise error.advised(*left) from error
    except RuntimeError as error:
        if "CUDA" not in str(error):
            raise
        failure = EngineError(
            "device_lost",
            "The GPU failed: {reason}.",
            "Check it with the tool Check the engine.",
            reason=str(error).splitlines()[0],
        )
        raise failure.advised(*left) from error


def _card(job: TrainJob, prepared: Prepared, trained: trainer.TrainingResult) -> model_file.ModelCard:
    task = prepared.task
    source, bands = task.pairs.sources[0], task.scaling
    return model_file.ModelCard(
        network=job.network,
        options=choice("models", job.network, job.options).options,
        bands=tuple(model_file.Band(*band) for band in zip(source.band_names, bands.mean, bands.std)),
        dtype=source.dtype,
        pixel_size_m=source.grid.pixel_size_m(),
        classes=tuple(task.classes),
        job=asdict(job),
        recipe=asdict(task.settings.recipe),
        history=tuple(asdict(epoch) for epoch in trained.history),
        best_epoch=trained.best_epoch,
        samples=prepared.samples,
        features={c.name: count for c, count in zip(task.classes, prepared.features) if count},
        confusion=tuple(tuple(row) for row in trained.confusion.tolist()),
        versions=versions(),
        device=task.device.name,
    )
