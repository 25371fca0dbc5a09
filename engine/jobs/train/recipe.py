"""The settings of a training: the network's recipe, with the job's own settings in place of its values."""

from __future__ import annotations

import dataclasses
from typing import Any

from ...protocol import UNLIMITED, EngineError, Recipe, TrainJob, choice


def recipe_of(job: TrainJob) -> Recipe:
    """The recommended or the published recipe of the job's network, with the job's own settings.

    Raises `EngineError` where there is no published recipe, or no loss of that name.
    """
    entry = choice("models", job.network, job.options)
    if job.schedule == "as_published" and entry.published is None:
        raise EngineError(
            "not_published",
            "{title} ({network}) has no published settings: it is our own variant.",
            "Set SCHEDULE to recommended, or choose a network of a paper.",
            title=entry.title,
            network=job.network,
        )
    recipe = entry.published.recipe if entry.published and job.schedule == "as_published" else entry.training
    set_by_job: dict[str, Any] = {
        "epochs": job.epochs,
        "patch_px": job.patch_px,
        "batch": job.batch,
        "learning_rate": job.learning_rate,
        "loss": "" if job.loss == "auto" else job.loss,
        "auxiliary": "" if job.auxiliary == "auto" else job.auxiliary,
        "augmentation": "" if job.augmentation == "auto" else job.augmentation,
    }
    recipe = dataclasses.replace(recipe, **{name: value for name, value in set_by_job.items() if value})
    if recipe.augmentation == "none":
        recipe = dataclasses.replace(recipe, extra_shift=0.0)
    if job.minutes and not job.epochs and job.schedule == "recommended":
        # Only the time ends the training: the learning rate falls over it, and the last epochs are the best.
        recipe = dataclasses.replace(recipe, epochs=UNLIMITED, patience=0)
    choice("losses", recipe.loss)
    return recipe
