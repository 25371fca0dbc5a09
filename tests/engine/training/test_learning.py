"""Every network learns what no single pixel can tell; the pixel SVM, which sees single pixels, cannot."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from networks import SMALL, STEPPED
from scenes import TEXTURES, textures

from engine.compute import device, normalisation
from engine.labels import ArrayLabels
from engine.models import FittedNetwork, build_model
from engine.protocol import Epoch, choices
from engine.raster import ArraySource
from engine.training import dataset, fit_once, splitting, trainer
from engine.training.setup import Settings, TrainingSetup

pytestmark = [pytest.mark.slow, pytest.mark.learning]
WIDER = {
    "unet": {"width": 8},
    "unet_valid": {"width": 8},
    "stacked_unet": {"width": 8},
    "segnet": {"width": 16},
    "fcn8s": {"width": 8, "hidden": 64},
}
"""The forms of the contract tests are too narrow to learn these by."""
FASTER = {"fcn8s": {"learning_rate": 1e-3}}
"""What is recommended is meant for the published width."""


class Learnt(Exception):
    """The goal is reached: no need to train on."""


def stop_at(goal):
    def emit(event):
        if isinstance(event, Epoch) and event.overall_accuracy > goal:
            raise Learnt

    return emit


def learn(name, emit):
    """Train a small form of ``name`` by its own recommended recipe, on smaller patches and for a while
    only.
    """
    image, truth = textures(1152, 224)
    torch.manual_seed(0)
    network = build_model(name, 3, 3, "none", **{**SMALL[name], **WIDER.get(name, {})})
    recipe = replace(choices("models")[name].training, **FASTER.get(name, {}))
    small_px = network.valid_size(min(recipe.patch_px, 96))
    recipe = replace(recipe, patch_px=small_px, epochs=20, epoch_patches=96, batch=8, auxiliary="none")
    images = dataset.LabelledImages([ArraySource(image)], [ArrayLabels(truth, TEXTURES)], network.margin_px)
    blocks = splitting.count_labels(images.sizes, 64, 3, images.read_ids, lambda event: None)
    split = splitting.split_at_random(blocks, TEXTURES, 0.2, np.random.default_rng(0))
    bands = normalisation.fit([(image, np.ones(truth.shape, bool))])
    run = fit_once.fit if isinstance(network, FittedNetwork) else trainer.train
    return run(
        TrainingSetup(network, images, split, bands, TEXTURES, Settings(recipe), device.choose("cpu"), emit)
    )


@pytest.mark.parametrize("name", STEPPED)
def test_networks_learn_what_no_pixel_tells(name):
    try:
        history = learn(name, stop_at(0.95)).history
    except Learnt:
        return
    pytest.fail(f"{name} reached {max(epoch.overall_accuracy for epoch in history):.3f}")


def test_the_pixel_svm_knows_the_bright_class_and_guesses_the_others():
    matrix = learn("pixel_svm", lambda event: None).confusion
    assert matrix[0, 0] / matrix[0].sum() > 0.99
    guessed = np.trace(matrix[1:, 1:]) / matrix[1:].sum()
    assert 0.45 < guessed < 0.55
