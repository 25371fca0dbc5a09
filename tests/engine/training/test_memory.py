"""What training needs of memory, and what gives way where there is too little."""

import pytest
import torch
from networks import SMALL, STEPPED, small

from engine.compute import precision
from engine.compute.device import choose
from engine.compute.kernels import prepare_network
from engine.compute.memory import TensorMemoryTracker
from engine.models import build_model
from engine.protocol import EngineError, Log, Recipe
from engine.training import memory
from engine.training.memory import bytes_of_pixel, fit_to_memory

CPU = choose("cpu")


@pytest.mark.slow
@pytest.mark.parametrize("name", STEPPED)
def test_the_estimate_is_what_a_step_takes(name):
    """Of a batch of other patches than those it was estimated by, with what libraries take beside."""
    network = small(name, classes=3, auxiliary="none").train()
    side_px = network.valid_size(320) + 2 * network.margin_px
    estimated = bytes_of_pixel(network, 3, CPU) * 3 * side_px**2 / memory._SAFETY
    image_BCHW = torch.zeros(3, 3, side_px, side_px)
    prepare_network(network, CPU)
    with TensorMemoryTracker(image_BCHW) as watched:
        maps = precision.forward_training(network, image_BCHW, CPU)
        sum(logits.logsumexp(1).sum() for logits in (maps.logits_BKHW, *maps.intermediate_logits)).backward()
    gradients = sum(
        parameter.nbytes for parameter in network.parameters()
    )  # counted with the weights, as fixed
    assert 0.6 < (estimated + gradients) / watched.most_bytes < 1.7


def test_the_network_and_the_random_numbers_stay_as_they_were():
    network = build_model("unet", 3, 2, "none", **SMALL["unet"])
    before, state = {key: value.clone() for key, value in network.state_dict().items()}, torch.get_rng_state()
    bytes_of_pixel(network, 3, CPU)
    assert all(torch.equal(before[key], value) for key, value in network.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)


@pytest.fixture
def fitted(monkeypatch):
    """`fit_to_memory` of a recipe where memory has room for so many patches of 256 px."""

    def fit(patches, recipe, **options):
        network = build_model("unet", 3, 2, "none", **SMALL["unet"])
        fixed = memory._COPIES * sum(tensor.nbytes for tensor in network.state_dict().values())
        needed = patches * 256**2 * bytes_of_pixel(network, 3, CPU)
        monkeypatch.setattr(memory, "_usable_bytes", lambda device: fixed + 1.001 * needed)
        events = []
        return *fit_to_memory(recipe, network, 3, CPU, events.append, **options), [
            e for e in events if isinstance(e, Log)
        ]

    return fit


def test_enough_memory_changes_nothing_and_says_nothing(fitted):
    assert fitted(4, Recipe()) == (Recipe(), 1, [])


@pytest.mark.slow
@pytest.mark.parametrize(("room", "parts"), [(3, 2), (2, 2), (1, 4)])
def test_a_batch_that_has_no_room_is_computed_in_parts(fitted, room, parts):
    recipe, found, (log,) = fitted(room, Recipe())
    assert (recipe, found) == (Recipe(), parts)
    assert f"room for {room} patches at once: each batch of 4 is computed in {parts} parts" in log.text


def test_a_patch_that_has_no_room_is_halved_and_as_many_pixels_make_a_step(fitted):
    recipe, parts, logs = fitted(1 / 3, Recipe(epoch_patches=10))
    assert (recipe.patch_px, recipe.batch, recipe.epoch_patches) == (128, 16, 40)
    assert parts == 16 and logs[0].warning and "256 px" in logs[0].text


def test_a_patch_that_the_user_chose_stays(fitted):
    recipe, parts, _ = fitted(1 / 3, Recipe(), patch_is_set=True)
    assert (recipe, parts) == (Recipe(), 4)


@pytest.mark.parametrize("room", [1 / 50, -1])
def test_too_little_for_any_patch_is_refused_with_what_it_takes(fitted, room):
    with pytest.raises(EngineError, match=r"needs about [\d,]+ MiB for a single patch of 64 px") as caught:
        fitted(room, Recipe())
    assert "width=16" in caught.value.remedy


def test_where_the_system_tells_of_no_memory_all_has_room(monkeypatch):
    monkeypatch.setattr(memory, "free_bytes", lambda: float("inf"))
    network = build_model("unet", 3, 2, "none", **SMALL["unet"])
    assert fit_to_memory(Recipe(), network, 3, CPU, [].append) == (Recipe(), 1)
