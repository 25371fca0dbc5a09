"""Training on scenes with known answers: it learns, keeps the best, is repeatable, and can be stopped."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scenes import CLASSES, discs

from engine.compute import device, normalisation, precision
from engine.core.legend import IGNORE
from engine.labels import ArrayLabels
from engine.models import build_model
from engine.protocol import Cancelled, EngineError, Epoch, Log, Progress, Recipe
from engine.raster import ArraySource
from engine.training import dataset, splitting, trainer
from engine.training.checkpoint import Checkpoint, checkpoint_path
from engine.training.learner import Learner
from engine.training.setup import Settings, TrainingSetup

pytestmark = pytest.mark.slow

RECIPE = Recipe(epochs=12, patch_px=32, batch=16, learning_rate=5e-3)


def run(
    minutes=0.0,
    seed=0,
    dtype="uint8",
    ids=None,
    emit=lambda event: None,
    checkpoint=None,
    on_interrupt=lambda result: None,
    source=None,
    **changes,
):
    settings = Settings(replace(RECIPE, **changes), minutes, seed)
    image, truth = discs(256, 192, dtype=dtype)
    truth = truth if ids is None else ids
    source = source or ArraySource(image)
    torch.manual_seed(settings.seed)
    network = build_model("unet", source.bands, 2, settings.recipe.auxiliary, width=4, depth=2)
    distances = settings.recipe.auxiliary == "distance"
    images = dataset.LabelledImages([source], [ArrayLabels(truth, CLASSES)], network.margin_px, distances)
    blocks = splitting.count_labels(images.sizes, RECIPE.patch_px, 2, images.read_ids, emit)
    split = splitting.split_at_random(blocks, CLASSES, 0.2, np.random.default_rng(0))
    bands = normalisation.fit([source.read(source.grid.window)])
    setup = TrainingSetup(network, images, split, bands, CLASSES, settings, device.choose("cpu"), emit)
    return trainer.train(setup, checkpoint, on_interrupt)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_it_learns_a_noisy_scene(dtype):
    trained = run(dtype=dtype)
    best = trained.history[trained.best_epoch - 1]
    assert best.mean_f1 > 0.9
    assert best.mean_f1 == max(epoch.mean_f1 for epoch in trained.history)
    assert trained.confusion.sum() > 0


@pytest.mark.parametrize(("extra_shift", "robust"), [(0.0, False), (2.0, True)])
def test_extras_that_are_shifted_in_training_may_lie_elsewhere_later(extra_shift, robust):
    """An extra band tells the classes apart, by its ups and downs; what is mapped lies lower by three of its
    deviations.
    """
    _, ids_HW = discs(256, 192)
    noise_HW = np.random.default_rng(0).normal(0, 0.1, ids_HW.shape)
    source = ArraySource(np.stack([noise_HW, ids_HW + noise_HW]).astype(np.float32))
    source.extra_bands = 1
    trained = run(source=source, extra_shift=extra_shift)
    image_CHW, valid_HW = source.read(source.grid.window)
    lower_BCHW = normalisation.fit([(image_CHW, valid_HW)]).apply(
        torch.from_numpy(image_CHW[None]), torch.from_numpy(valid_HW[None])
    )
    lower_BCHW[:, 1] -= 3
    network = build_model("unet", 2, 2, "none", width=4, depth=2).eval()
    network.load_state_dict(trained.weights)
    with torch.inference_mode():
        found_HW = network(lower_BCHW)[0].argmax(0).numpy()
    assert ((found_HW == ids_HW).mean() > 0.9) == robust


def test_the_same_seed_gives_the_same_weights():
    first, second, other = (run(epochs=1, seed=seed) for seed in (1, 1, 2))
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
    trained = run(minutes=0.05, epochs=10_000, emit=events.append)
    assert sum(epoch.seconds for epoch in trained.history) < 10
    assert trained.history[-1].learning_rate < 0.2 * RECIPE.learning_rate
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
        events.append(event)
        if isinstance(event, Progress) and event.unit == "batches" and event.done == 8:
            seen.append(event)
        if len(seen) == 3:
            raise Cancelled

    events, seen = [], []
    with pytest.raises(Cancelled):
        run(emit=emit)
    assert not any(isinstance(event, Epoch) for event in events)


def test_a_diverging_run_says_so():
    with pytest.raises(EngineError, match=r"diverged.*LEARNING_RATE"):
        run(learning_rate=1e30, epochs=20)


def test_a_run_that_diverges_later_keeps_its_best_and_says_so(monkeypatch):
    backward, events = Learner.backward, []

    def spoilt(learner, batch):
        if sum(isinstance(event, Epoch) for event in events) == 2:
            batch = replace(batch, image_BCHW=batch.image_BCHW * float("nan"))
        return backward(learner, batch)

    monkeypatch.setattr(Learner, "backward", spoilt)
    trained = run(dtype="float32", epochs=4, emit=events.append)
    assert len(trained.history) == 2 and all(tensor.isfinite().all() for tensor in trained.weights.values())
    (warning,) = (event.text for event in events if isinstance(event, Log) and event.warning)
    assert "diverged" in warning and "best epoch so far is kept" in warning


class Interrupted(Exception):
    """A kill, as near as a test within one process can come to it."""


class After:
    """Ends the run with the second epoch it hears of."""

    def __init__(self, epochs):
        self.left = epochs

    def __call__(self, event):
        if isinstance(event, Epoch):
            self.left -= 1
        if self.left == 0 and isinstance(event, Progress):
            raise Interrupted


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sampling": "grid", "optimizer": "sgd", "averaging": 0.9, "augmentation": "all"},
        {"augmentation": "rotations", "dropout": 0.3},
        {"auxiliary": "distance", "optimizer": "adam", "sampling": "uniform"},
    ],
    ids=["recommended", "grid", "dropout", "distance"],
)
def test_a_run_that_was_killed_goes_on_to_the_same_weights(changes, tmp_path):
    def checkpoint():
        return Checkpoint(str(tmp_path / "model.safetensors"), "as ever", lambda event: None)

    whole, offers = run(epochs=5, **changes), []
    with pytest.raises(Interrupted):
        run(epochs=5, checkpoint=checkpoint(), emit=After(2), on_interrupt=offers.append, **changes)
    assert [len(offered.history) for offered in offers] == [2]
    torch.rand(7)  # another process has other random numbers
    resumed = run(epochs=5, checkpoint=checkpoint(), **changes)
    assert [replace(e, seconds=0) for e in resumed.history] == [replace(e, seconds=0) for e in whole.history]
    assert all(torch.equal(resumed.weights[name], whole.weights[name]) for name in whole.weights)
    assert resumed.best_epoch == whole.best_epoch and (resumed.confusion == whole.confusion).all()


def test_a_checkpoint_of_another_training_or_a_damaged_one_is_ignored_with_a_warning(tmp_path):
    events = []
    model = str(tmp_path / "model.safetensors")
    with pytest.raises(Interrupted):
        run(epochs=3, checkpoint=Checkpoint(model, "one", events.append), emit=After(1))
    assert Checkpoint(model, "one", events.append).load() and not events
    assert Checkpoint(model, "another", events.append).load() is None
    checkpoint_path(model).write_bytes(b"nothing of the kind")
    assert Checkpoint(model, "one", events.append).load() is None
    assert ["other data" in events[0].text, "damaged" in events[1].text] == [True, True] and all(
        log.warning for log in events
    )


def test_a_batch_without_room_is_computed_in_parts_with_one_warning(monkeypatch):
    """Gradients of the parts add up: without batch norm they are those of the whole."""
    forward_training, events = precision.forward_training, []

    def small(network, image_BCHW, device):
        if len(image_BCHW) > 4:
            raise torch.OutOfMemoryError
        return forward_training(network, image_BCHW, device)

    whole = run(epochs=1)
    monkeypatch.setattr(precision, "forward_training", small)
    in_parts = run(epochs=1, emit=events.append)
    assert [event.text for event in events if isinstance(event, Log) and event.warning] == [
        "Memory ran out: each batch is computed in more parts from now on."
    ]
    assert in_parts.history[0].training_loss == pytest.approx(whole.history[0].training_loss, rel=0.2)


def test_averaged_weights_are_those_given_away():
    plain, averaged = run(epochs=2), run(epochs=2, averaging=0.99)
    assert plain.weights.keys() == averaged.weights.keys()
    moved = [not torch.equal(plain.weights[name], averaged.weights[name]) for name in plain.weights]
    assert sum(moved) > len(moved) // 2


@pytest.mark.parametrize(
    "changes",
    [
        {"auxiliary": "reconstruction"},
        {"auxiliary": "distance"},
        {"optimizer": "adam", "rate_schedule": "poly", "sampling": "uniform", "augmentation": "flips"},
        {
            "optimizer": "sgd",
            "rate_schedule": "step",
            "sampling": "grid",
            "grid_px": 16,
            "augmentation": "none",
        },
        {"rate_schedule": "constant", "encoder_rate": 0.5, "epoch_patches": 160},
        {"augmentation": "all", "averaging": 0.9},
        {"augmentation": "rotations", "dropout": 0.3},
    ],
    ids=lambda changes: " ".join(map(str, changes.values())),
)
def test_every_setting_of_a_recipe_trains(changes):
    trained = run(**{"epochs": 6, **changes})
    assert max(epoch.mean_f1 for epoch in trained.history) > 0.85
    assert not any(name.startswith("auxiliary") for name in trained.weights)


def test_settings_change_what_is_learnt():
    """Each of them reaches the optimiser: after one epoch from the same start, no two runs have the same
    weights.
    """
    settings = [
        {},
        {"optimizer": "adam"},
        {"optimizer": "sgd"},
        {"rate_schedule": "constant"},
        {"augmentation": "none"},
    ]
    settings += [
        {"sampling": "grid"},
        {"sampling": "uniform"},
        {"auxiliary": "distance"},
        {"weight_decay": 0.5},
        {"loss": "dice"},
    ]
    settings += [{"augmentation": "rotations"}, {"dropout": 0.5}, {"averaging": 0.9}]
    ends = [run(epochs=1, **changes).weights["score.weight"] for changes in settings]
    assert not any(torch.equal(a, b) for n, a in enumerate(ends) for b in ends[:n])


def test_patience_ends_a_run_that_gets_no_better():
    trained = run(epochs=40, learning_rate=1e-12, rate_schedule="constant", patience=3)
    assert len(trained.history) < 40 and len(trained.history) == trained.best_epoch + 3
    assert len(run(epochs=5, learning_rate=1e-12, patience=0).history) == 5
