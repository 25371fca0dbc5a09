"""A trimmed map is the middle of the whole one, in every network, computed with less."""

import pytest
import torch
from networks import NETWORKS, small
from torch.utils.flop_counter import FlopCounterMode

SPARING = ["unet", "unet_valid", "urec", "stacked_unet", "dual_unet", "segnet", "fcn8s"]
"""Networks that leave out what the trim makes needless."""


def image_for(network, trim_px, seed=0):
    """An oblong whose logits map has at least 40 px between what is trimmed."""
    high, wide = (network.legal_px(2 * trim_px + px) + 2 * network.margin_px for px in (40, 75))
    return torch.randn(2, 3, high, wide, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("trim", ["none", "one", "odd", "halo"])
@pytest.mark.parametrize("name", NETWORKS)
def test_trimmed_is_the_middle_of_the_whole(name, trim):
    network = small(name)
    trim_px = {"none": 0, "one": 1, "odd": 29, "halo": min(256, network.halo_px)}[trim]
    image = image_for(network, trim_px)
    with torch.inference_mode():
        whole, trimmed = network(image), network.trimmed(image, trim_px)
    middle = whole[..., trim_px : whole.shape[-2] - trim_px, trim_px : whole.shape[-1] - trim_px]
    assert trimmed.shape == middle.shape
    assert torch.allclose(trimmed, middle, atol=1e-5, rtol=1e-5)
    assert torch.equal(trimmed.argmax(1), middle.argmax(1))


@pytest.mark.parametrize("trim_px", range(2, 40, 3))
@pytest.mark.parametrize("name", SPARING)
def test_any_trim_is_exact(name, trim_px):
    """Cuts fall differently at each level for each of these, and most of them are less than a coarse cell."""
    network = small(name, seed=trim_px)
    image = image_for(network, trim_px, seed=trim_px)
    with torch.inference_mode():
        whole, trimmed = network(image), network.trimmed(image, trim_px)
    assert torch.allclose(trimmed, whole[..., trim_px:-trim_px, trim_px:-trim_px], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("name", SPARING)
def test_a_trim_saves_computing(name):
    network = small(name)
    trim_px = network.receptive_px
    image = image_for(network, trim_px)
    counts = []
    for compute in (network, lambda one: network.trimmed(one, trim_px)):
        with torch.inference_mode(), FlopCounterMode(display=False) as counter:
            compute(image)
        counts.append(counter.get_total_flops())
    assert counts[1] < 0.95 * counts[0]
