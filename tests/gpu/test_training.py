"""On CUDA: whole trainings, compared with the CPU's. Arrays only: no GDAL, no QGIS."""

import gc
from dataclasses import replace

import numpy as np
import pytest
import torch
from scenes import CLASSES, discs

from engine.compute import device, normalisation
from engine.labels import ArrayLabels
from engine.models import build_model
from engine.protocol import Cancelled, Epoch, Log, Recipe
from engine.raster import ArraySource
from engine.training import dataset, splitting, trainer
from engine.training.checkpoint import Checkpoint
from engine.training.dataset import Batch
from engine.training.deterministic import deterministic
from engine.training.learner import Learner
from engine.training.memory import fit_to_memory
from engine.training.schedule import learning_rate_at
from engine.training.setup import Settings, TrainingSetup

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device was found"),
]
RECIPE = Recipe(epochs=8, patch_px=64, batch=8, learning_rate=5e-3, averaging=0.9)
LITTLE_BYTES = 800 * 2**20


@pytest.fixture(scope="module")
def cuda():
    return device.choose("cuda")


def build(width=4):
    torch.manual_seed(0)
    return build_model("unet", 3, 2, "none", width=width, depth=2)


def train(where, emit=lambda event: None, checkpoint=None, accumulation_steps=1, network=None, **changes):
    image_CHW, ids_HW = discs(512, 384)
    network = network or build()
    recipe = replace(RECIPE, **changes)
    images = dataset.LabelledImages(
        [ArraySource(image_CHW)], [ArrayLabels(ids_HW, CLASSES)], network.margin_px
    )
    blocks = splitting.count_labels(images.sizes, recipe.patch_px, 2, images.read_ids, emit)
    split = splitting.split_at_random(blocks, CLASSES, 0.2, np.random.default_rng(0))
    bands = normalisation.fit([(image_CHW, np.ones(ids_HW.shape, bool))])
    settings = Settings(recipe, accumulation_steps=accumulation_steps)
    return trainer.train(
        TrainingSetup(network, images, split, bands, CLASSES, settings, where, emit), checkpoint
    ), bands


def map_of(trained, bands):
    """What the weights make of a scene that training did not see, by the CPU."""
    network = build()
    network.load_state_dict(trained.weights, strict=False)
    image_CHW, ids_HW = discs(256, 256, seed=9)
    image_BCHW = bands.apply(torch.from_numpy(image_CHW[None]), torch.ones(1, 256, 256, dtype=torch.bool))
    with torch.inference_mode():
        return network.eval()(image_BCHW).argmax(1)[0].numpy(), ids_HW


def same(one, other):
    return all(torch.equal(tensor, other.weights[name]) for name, tensor in one.weights.items())


def test_it_learns_on_the_gpu_what_it_learns_on_the_cpu(cuda):
    (there, bands), (here, _) = train(cuda), train(device.choose("cpu"))
    maps = [map_of(trained, bands) for trained in (there, here)]
    accuracies = [(found_HW == ids_HW).mean() for found_HW, ids_HW in maps]
    assert min(accuracies) > 0.95 and abs(accuracies[0] - accuracies[1]) < 0.02
    assert (maps[0][0] == maps[1][0]).mean() > 0.97


def test_the_switch_makes_trainings_deterministic(cuda):
    events = []
    with deterministic(True, events.append):
        (first, _), (second, _) = train(cuda, epochs=3), train(cuda, epochs=3)
    assert same(first, second)
    assert all(isinstance(event, Log) and event.warning for event in events)


def test_a_cancelled_training_goes_on_to_the_same_weights(cuda, tmp_path):
    def cancel(event):
        if isinstance(event, Epoch) and event.number == 2:
            raise Cancelled

    with deterministic(True, [].append):
        whole, _ = train(cuda, epochs=4, dropout=0.3)
        kept = Checkpoint(str(tmp_path / "m.safetensors"), "mark", lambda event: None)
        with pytest.raises(Cancelled):
            train(cuda, cancel, kept, epochs=4, dropout=0.3)
        rest, _ = train(
            cuda,
            checkpoint=Checkpoint(str(tmp_path / "m.safetensors"), "mark", lambda event: None),
            epochs=4,
            dropout=0.3,
        )
    assert len(rest.history) == 4 and same(whole, rest)


def test_with_too_little_memory_batches_are_computed_in_parts(cuda):
    total = torch.cuda.get_device_properties(cuda.backend).total_memory
    events = []
    gc.collect()  # graphs that other tests captured
    torch.cuda.empty_cache()
    torch.cuda.set_per_process_memory_fraction(LITTLE_BYTES / total)
    try:
        trained, _ = train(cuda, events.append, network=build(width=32), patch_px=256, batch=16, epochs=1)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert any("Memory ran out" in event.text for event in events if isinstance(event, Log))
    assert np.isfinite(trained.history[0].training_loss)


def test_memory_that_suffices_is_left_to_whole_batches(cuda):
    events = []
    assert fit_to_memory(RECIPE, build(), 3, cuda, events.append) == (RECIPE, 1) and not events


def steps_of(cuda, number, captured, **changes):
    """A learner after so many steps on the same batch, and the loss of each."""
    network, (image_CHW, ids_HW) = build(width=8), discs(RECIPE.patch_px, RECIPE.patch_px)
    bands = normalisation.fit([(image_CHW, np.ones(ids_HW.shape, bool))])
    recipe = replace(RECIPE, augmentation="none", **changes)
    learner = Learner(network, bands, recipe, (0.5, 0.5), device=cuda, seed=0)
    if captured:
        learner.capture(3)
    maps = (
        torch.from_numpy(np.stack([one] * RECIPE.batch))
        for one in (image_CHW, np.ones(ids_HW.shape, bool), ids_HW)
    )
    batch, losses = Batch(*maps), []
    for _ in range(number):
        losses.append(learner.backward(batch).item())
        learner.step(learning_rate_at(0.5, recipe.learning_rate))
    assert (learner._cuda_graph._replayed is not None) == captured
    return network, losses


def test_captured_steps_learn_what_others_do(cuda):
    (replayed, losses), (sent, expected) = steps_of(cuda, 12, True), steps_of(cuda, 12, False)
    assert losses == pytest.approx(expected, rel=0.02) and losses[-1] < 0.8 * losses[0]
    for name, tensor in sent.state_dict().items():
        if "running" in name or "num_batches" in name:  # a capture steps more often than training
            torch.testing.assert_close(replayed.state_dict()[name], tensor, rtol=0.05, atol=0.01)


def test_captured_dropout_is_another_in_each_step(cuda):
    _, losses = steps_of(cuda, 8, True, dropout=0.5, learning_rate=0.0)
    _, expected = steps_of(cuda, 8, False, dropout=0.5, learning_rate=0.0)
    assert len(set(losses)) == 8 and losses == pytest.approx(expected, rel=0.01)


def test_batches_in_parts_are_not_captured(cuda):
    trained, _ = train(cuda, accumulation_steps=2, epochs=2)
    assert np.isfinite(trained.history[-1].training_loss)
