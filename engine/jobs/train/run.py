"""Train: makes a model file from images and references."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path
from typing import Any

from ...files.atomic import atomic_write, discard
from ...files.fingerprint import code_hash, file_sha256, fingerprint
from ...files.lock import locked
from ...model_files import model_file
from ...models import FittedNetwork
from ...protocol import Emit, EngineError, Message, TrainJob, choice, info, message, recipe_line
from ...reports.training import TrainingPictures, training_html
from ...training import fit_once, trainer
from ...training.checkpoint import Checkpoint, checkpoint_path
from ...training.deterministic import deterministic
from ...training.setup import TrainingResult, TrainingSetup
from ..common import start
from ..versions import versions
from .prepare import Prepared, prepared, recipe_fingerprint

MakeCard = Callable[[TrainingResult], model_file.ModelCard]


def train(job: TrainJob, emit: Emit) -> dict[str, Any]:
    """Train a model on images and references, and write it with its card and its report."""
    device = start(job.device, emit)
    with locked(job.model), deterministic(job.deterministic, emit), prepared(job, device, emit) as plan:
        setup = plan.setup
        schedule = message("recommended") if job.schedule == "recommended" else message("as published")
        emit(
            info(
                "Settings, {schedule}: {recipe}.",
                schedule=schedule,
                recipe=recipe_line(setup.settings.recipe),
            )
        )
        make_card = partial(_card, job, plan)
        if isinstance(setup.network, FittedNetwork):
            result = fit_once.fit(setup)
        else:
            checkpoint = Checkpoint(
                job.model, _fingerprint(job, setup), emit, asked=plan.asked, sizes=plan.sizes
            )
            with _best_is_saved_on_interrupt(job, checkpoint, make_card) as on_interrupt:
                result = trainer.train(setup, checkpoint, on_interrupt)
        pictures = TrainingPictures.of(
            setup.split, setup.images.sources, result.worst, result.best, setup.classes
        )
        _write(job, make_card(result), result, pictures)
    best = result.history[result.best_epoch - 1]
    return {
        "model": job.model,
        "report": job.report,
        "overall_accuracy": best.overall_accuracy,
        "mean_f1": best.mean_f1,
        "mean_iou": best.mean_iou,
        "best_epoch": result.best_epoch,
        "epochs_run": len(result.history),
    }


def _write(
    job: TrainJob, card: model_file.ModelCard, result: TrainingResult, pictures: TrainingPictures
) -> None:
    """Write model and report, both or neither, and remove the checkpoint."""
    with contextlib.ExitStack() as outputs:
        if job.report:  # takes its name once the model has its own
            page = outputs.enter_context(atomic_write(job.report))
            page.write_text(training_html(card, pictures), encoding="utf-8")
        model_file.save(job.model, card, result.weights)
    discard(checkpoint_path(job.model))


def _fingerprint(job: TrainJob, setup: TrainingSetup) -> str:
    """Fingerprint of everything that the trained weights depend on, except for the length of the training.

    Images are identified by their normalisation, and labels by their counts in the blocks.
    """
    parts = setup.split.training, setup.split.validation
    return fingerprint(
        {
            "network": [job.network, job.options],
            "initial": file_sha256(job.initial) if os.path.isfile(job.initial) else job.initial,
            "recipe": recipe_fingerprint(setup.settings.recipe),
            "bands": [setup.normalisation.mean, setup.normalisation.std],
            "classes": [[c.value, c.name] for c in setup.classes],
            "blocks": [[[b.image, *astuple(b.window), *b.counts] for b in blocks] for blocks in parts],
            "seed": job.seed,
            "device": setup.device.backend.type,
            "method": code_hash(),
            "versions": versions(),
        }
    )


@contextlib.contextmanager
def _best_is_saved_on_interrupt(
    job: TrainJob, checkpoint: Checkpoint, make_card: MakeCard
) -> Iterator[Callable[[TrainingResult], None]]:
    """A function that saves the best model so far; an error that ends the run says where that is."""
    if not job.resume:
        checkpoint.remove()
    path = Path(job.model).with_suffix(f".best{Path(job.model).suffix}")
    saved: list[Message] = []

    def on_interrupt(result: TrainingResult) -> None:
        model_file.save(str(path), make_card(result), result.weights)
        best = result.history[result.best_epoch - 1]
        saved[:] = [
            message(
                "The best model so far (epoch {epoch}, mean F1 {mean_f1:.3f} in validation) is {path}. If "
                "you start the same training again, it continues from there.",
                epoch=best.number,
                mean_f1=best.mean_f1,
                path=path,
            )
        ]

    try:
        yield on_interrupt
    except EngineError as error:
        raise error.advised(*saved) from error
    except RuntimeError as error:
        if "CUDA" not in str(error):
            raise
        failure = EngineError(
            "device_lost",
            "The GPU failed: {reason}.",
            "Check it with the tool Check the engine.",
            reason=str(error).splitlines()[0],
        )
        raise failure.advised(*saved) from error


def _card(job: TrainJob, plan: Prepared, result: TrainingResult) -> model_file.ModelCard:
    setup = plan.setup
    source, bands = setup.images.sources[0], setup.normalisation
    return model_file.ModelCard(
        network=job.network,
        options=choice("models", job.network, job.options).options,
        bands=tuple(model_file.Band(*band) for band in zip(source.band_names, bands.mean, bands.std)),
        dtype=source.dtype,
        pixel_size_m=source.grid.pixel_size_m(),
        classes=tuple(setup.classes),
        job=asdict(job),
        recipe=asdict(setup.settings.recipe),
        history=tuple(asdict(epoch) for epoch in result.history),
        best_epoch=result.best_epoch,
        samples=plan.samples,
        features={c.name: count for c, count in zip(setup.classes, plan.features) if count},
        confusion=tuple(tuple(row) for row in result.confusion.tolist()),
        versions=versions(),
        device=setup.device.name,
    )
