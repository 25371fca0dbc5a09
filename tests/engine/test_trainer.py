"""Training on scenes with known answers: it learns, keeps the best, repeats itself, and stops when told."""

import numpy as np
import pytest
import torch
from scenes import CLASSES, discs

from engine import dataset, device, sampler, scaling, trainer
from engine.labels import ArrayLabels
from engine.legend import IGNORE
from engine.models import build_model
from engine.protocol import Cancelled, EngineError, Epoch, Progress
from engine.raster import ArraySource
from engine.trainer import Settings, turn_and_flip

SETTINGS = Settings(epochs=12, minutes=0, patch_px=32, batch=16, learning_rate=5e-3, loss="cross_entropy", seed=0)


def run(settings=SETTINGS, dtype="uint8", ids=None, emit=lambda event: None):
    image, truth = discs(256, 192, dtype=dtype)
    truth = truth if ids is None else ids
    torch.manual_seed(settings.seed)
    network = build_model("unet", 3, 2, width=4, depth=2)
    pairs = dataset.Pairs([ArraySource(image)], [ArrayLabels(truth, CLASSES)], network.margin_px)
    blocks = sampler.survey(pairs.sizes, settings.patch_px, 2, pairs.read_ids, emit)
    parts = sampler.split(blocks, CLASSES, 0.2, np.random.default_rng(0))
    bands = scaling.fit([(image, np.ones(truth.shape, bool))])
    return trainer.train(network, pairs, parts, bands, CLASSES, settings, device.choose("cpu"), emit)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_it_learns_a_noisy_scene(dtype):
    trained = run(dtype=dtype)
    best = trained.history[trained.best_epoch - 1]
    assert best.mean_f1 > 0.9
    assert best.mean_f1 == max(epoch.mean_f1 for epoch in trained.history)
    assert trained.confusion.sum() > 0


def test_the_same_seed_gives_the_same_weights():
    first, second, other = (run(Settings(**{**SETTINGS.__dict__, "epochs": 1, "seed": seed})) for seed in (1, 1, 2))
    same = [torch.equal(first.weights[name], second.weights[name]) for name in first.weights]
    assert all(same)
    assert not all(torch.equal(first.weights[name], other.weights[name]) for name in first.weights)


def test_unlabelled_pixels_teach_nothing():
    """Wrong labels under IGNORE would ruin it; here half of the scene has none."""
    _, ids = discs(256, 192)
    ids[:, ::2] = IGNORE
    assert max(epoch.mean_f1 for epoch in run(ids=ids).history) > 0.9


def test_it_ends_in_time_with_a_whole_schedule():
    events = []
    trained = run(Settings(**{**SETTINGS.__dict__, "epochs": 10_000, "minutes": 0.05}), emit=events.append)
    assert sum(epoch.seconds for epoch in trained.history) < 10
    assert trained.history[-1].learning_rate < 0.2 * SETTINGS.learning_rate
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[-1].done == progress[-1].total


@pytest.mark.parametrize("kind", [Progress, Epoch])
def test_cancel_is_heeded_at_the_next_batch_and_epoch(kind):
    def emit(event):
        if isinstance(event, kind):
            raise Cancelled

    with pytest.raises(Cancelled):
        run(emit=emit)


def test_cancel_is_heeded_within_validation():
    def emit(event):
        told.append(event)
        if isinstance(event, Progress) and event.unit == "batches" and event.done == 8:
            seen.append(event)
        if len(seen) == 3:
            raise Cancelled

    told, seen = [], []
    with pytest.raises(Cancelled):
        run(emit=emit)
    assert not any(isinstance(event, Epoch) for event in told)


def test_a_diverging_run_says_so():
    with pytest.raises(EngineError, match=r"diverged.*LEARNING_RATE"):
        run(Settings(**{**SETTINGS.__dict__, "learning_rate": 1e30, "epochs": 20}))


def test_turning_keeps_image_and_labels_together():
    image = torch.arange(8 * 2 * 4 * 4).view(8, 2, 4, 4).float()
    ids = image[:, 0].long()
    turned, turned_ids = turn_and_flip(image, ids, torch.Generator().manual_seed(0))
    assert torch.equal(turned[:, 0].long(), turned_ids)
    assert not torch.equal(turned, image)
    assert torch.equal(turned.flatten(1).sort().values, image.flatten(1).sort().values)
