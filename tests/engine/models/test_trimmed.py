"""A trimmed map is the middle of the whole one, in every network, computed with less."""

import pytest
import torch
from networks import NETWORKS, small
from torch.utils.flop_counter import FlopCounterMode

from engine.core.windows import Sides
from engine.models.blocks import crop

pytestmark = pytest.mark.slow

SPARING = ["unet", "unet_valid", "urec", "stacked_unet", "dual_unet", "segnet", "fcn8s"]
"""Networks that leave out what the trim makes needless."""


def image_for(network, trim, seed=0):
    """An oblong whose logits map has at least 40 px between what is trimmed."""
    across_px, down_px = trim.left + trim.right, trim.top + trim.bottom
    high, wide = (network.valid_size(px) + 2 * network.margin_px for px in (down_px + 40, across_px + 75))
    return torch.randn(2, 3, high, wide, generator=torch.Generator().manual_seed(seed))


def trims(network):
    whole_px = min(256, network.halo_px)
    return [
        Sides.all(0),
        Sides.all(1),
        Sides.all(29),
        Sides.all(whole_px),
        Sides(0, 29, whole_px, 7),
        Sides(whole_px, 0, 3, 16),
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_trimmed_is_the_middle_of_the_whole(name):
    network = small(name)
    for trim in trims(network):
        image = image_for(network, trim)
        with torch.inference_mode():
            middle, trimmed = crop(network(image), trim), network.trimmed(image, trim)
        assert trimmed.shape == middle.shape
        assert torch.allclose(trimmed, middle, atol=1e-5 * middle.abs().max().item()), trim
        assert torch.equal(trimmed.argmax(1), middle.argmax(1))


@pytest.mark.parametrize("trim_px", range(2, 40, 3))
@pytest.mark.parametrize("name", SPARING)
def test_any_trim_is_exact(name, trim_px):
    """Cuts fall differently at each level for each of these, and most of them are less than a coarse cell."""
    network = small(name, seed=trim_px)
    trim = Sides(trim_px, trim_px + 1, 2 * trim_px, 40 - trim_px)
    image = image_for(network, trim, seed=trim_px)
    with torch.inference_mode():
        whole, trimmed = network(image), network.trimmed(image, trim)
    assert torch.allclose(trimmed, crop(whole, trim), atol=1e-5 * whole.abs().max().item())


@pytest.mark.parametrize("name", SPARING)
def test_a_trim_saves_computing(name):
    network = small(name)
    trim = Sides.all(network.receptive_px)
    image = image_for(network, trim)
    counts = []
    for compute in (network, lambda one: network.trimmed(one, trim)):
        with torch.inference_mode(), FlopCounterMode(display=False) as counter:
            compute(image)
        counts.append(counter.get_total_flops())
    assert counts[1] < 0.95 * counts[0]


@pytest.mark.parametrize("name", ["unet", "unet_valid", "urec", "stacked_unet", "dual_unet"])
def test_strips_change_nothing(name, monkeypatch):
    """However they are cut, rows of all heights down to one or two; and without any, as on a GPU and in
    traces.
    """
    network = small(name)
    trim = Sides(5, 12, 0, 3)
    image = image_for(network, trim)

    def assert_the_same():
        assert torch.allclose(network.trimmed(image, trim), whole, atol=1e-5 * whole.abs().max().item())

    with torch.inference_mode():
        whole = network.trimmed(image, trim)
        monkeypatch.setattr("engine.models.strips._LEAST_STRIP_ROWS", 1)
        for strip_px in (1, 1000, 4000):
            monkeypatch.setattr("engine.models.strips._STRIP_PX", strip_px)
            assert_the_same()
        monkeypatch.setattr("torch.jit.is_tracing", lambda: True)
        assert_the_same()
