"""A recipe in plain words, for dialogs, logs and pages."""

from __future__ import annotations

from .recipe import UNLIMITED, Recipe
from .registry import choice

Rows = tuple[tuple[str, str], ...]
"""Names and values, as texts."""

_OPTIMIZERS = {"adamw": "AdamW", "adam": "Adam", "sgd": "stochastic gradient descent"}
_RATES = {
    "cosine": "falls along a cosine after a warm-up",
    "constant": "stays the same",
    "poly": "falls by the power 0.9",
    "step": "falls to a tenth after 60 % of the training",
}
_SAMPLINGS = {
    "balanced": "drawn at random, rare classes oftener",
    "uniform": "drawn at random, every labelled place alike",
    "grid": "taken in steps of {step}",
}
_AUGMENTATIONS = {
    "turns": "turned and flipped at random, in the eight orientations of a square",
    "rotations": "turned and flipped at random, half of them by any angle",
    "flips": "flipped at random",
    "none": "as they are",
    "all": "turned and flipped at random, half of them by any angle and in other sizes; "
    "in other brightness, contrast and noise",
}


def describe_recipe(recipe: Recipe) -> Rows:
    """The settings of ``recipe`` that a training uses, as names and values."""
    if recipe.optimizer == "fit":  # of a `FittedNetwork`; a card says so too
        return (("Steps", "none: the network is fitted to a sample of labelled pixels"),)
    encoder = f", {recipe.encoder_rate:g} of that in the encoder" if recipe.encoder_rate != 1 else ""
    epoch = (
        f"{recipe.epoch_patches:,} patches"
        if recipe.epoch_patches
        else "as many patches as cover the labels once"
    )
    stop = f"; ends after {recipe.patience} without a better validation" if recipe.patience else ""
    optimizer = (
        f"{_OPTIMIZERS[recipe.optimizer]}, momentum {recipe.momentum:g}, weight decay {recipe.weight_decay:g}"
    )
    averaged = (
        f"averaged over the last fifth of the steps, {1 / (1 - recipe.averaging):.0f} at most"
        if recipe.averaging
        else ""
    )
    return (
        ("Loss", choice("losses", recipe.loss).title),
        *((("Learns beside the classes", recipe.auxiliary),) if recipe.auxiliary != "none" else ()),
        ("Optimiser", optimizer),
        ("Learning rate", f"{recipe.learning_rate:g}{encoder}; {_RATES[recipe.rate_schedule]}"),
        ("Patches", f"{recipe.patch_px} × {recipe.patch_px} px, {recipe.batch} a step"),
        ("Patches are", _SAMPLINGS[recipe.sampling].format(step=f"{recipe.grid_px or recipe.patch_px} px")),
        ("Patches are learnt", _AUGMENTATIONS[recipe.augmentation]),
        *(
            (("Bands of EXTRA", f"shifted by {recipe.extra_shift:g} deviations at random"),)
            if recipe.extra_shift
            else ()
        ),
        *((("Dropout", f"{recipe.dropout:.0%} of the encoder's last channels"),) if recipe.dropout else ()),
        *((("Weights", averaged),) if averaged else ()),
        ("An epoch", epoch),
        (
            "Epochs",
            "as many as the time allows" if recipe.epochs >= UNLIMITED else f"{recipe.epochs} at most{stop}",
        ),
    )


def recipe_line(recipe: Recipe) -> str:
    """The settings of ``recipe`` in one sentence."""
    return "; ".join(
        f"{name[0].lower()}{name[1:]} {words.replace('; ', ', ')}" for name, words in describe_recipe(recipe)
    )
