"""Weights rounded for bfloat16: values that bfloat16 has, and labels nearer those of 32 bits than plain
rounding leaves them.
"""

import copy

import pytest
import torch
from networks import NETWORKS, side_px, small
from torch import nn

from engine.classification import backends
from engine.classification.backends.bf16_rounding import quantize_bf16, synthetic_scene
from engine.compute import device
from engine.compute.fold_batch_norm import fold_batch_norm
from engine.models import build_model

pytestmark = pytest.mark.slow

CPU = device.choose("cpu")
CONVOLUTIONS = (nn.Conv2d, nn.ConvTranspose2d)


def plainly(network):
    copied = copy.deepcopy(network)
    for layer in copied.modules():
        if isinstance(layer, CONVOLUTIONS):
            layer.weight.data = layer.weight.data.bfloat16().float()
    return copied


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_keeps_its_scores_and_itself(name):
    network = fold_batch_norm(small(name), 3)
    before = copy.deepcopy(network.state_dict())
    image = synthetic_scene(3, side_px(network, 64))
    with torch.inference_mode():
        expected, found = network(image), quantize_bf16(network, 3)(image)
    assert all(torch.equal(tensor, before[key]) for key, tensor in network.state_dict().items())
    assert (found - expected).abs().mean() <= 0.02 * expected.abs().max()


def test_first_layers_have_values_of_bfloat16_and_others_are_shared():
    network = build_model("unet", 3, 4, width=16, depth=3).eval()
    layers = list(
        zip(
            *(
                filter(lambda m: isinstance(m, CONVOLUTIONS), one.modules())
                for one in (network, quantize_bf16(network, 3))
            )
        )
    )
    fitted = [ours.weight is not theirs.weight for theirs, ours in layers]
    assert fitted[0] and fitted[1] and not all(fitted)
    for changed, (_, ours) in zip(fitted, layers):
        assert not changed or torch.equal(ours.weight, ours.weight.bfloat16().float())


def test_it_depends_on_the_network_alone():
    network = build_model("unet", 3, 4, width=8, depth=2).eval()
    first, again = (quantize_bf16(network, 3).state_dict() for _ in range(2))
    assert all(torch.equal(first[key], again[key]) for key in first)


@pytest.mark.parametrize("bands", [1, 3, 8])
def test_labels_change_less_than_by_plain_rounding(bands):
    """In 32-bit arithmetic, so that nothing but the weights is seen, on an image unlike the one they were
    fitted on.
    """
    torch.manual_seed(0)
    network = build_model("unet", bands, 4, width=8, depth=2).eval()
    generator = torch.Generator().manual_seed(3)
    coarse = torch.rand(1, bands, 64, 64, generator=generator)
    image = 4 * torch.nn.functional.interpolate(coarse, scale_factor=8, mode="bicubic") - 2
    image += 0.3 * torch.randn(image.shape, generator=generator)
    with torch.inference_mode():
        labels = network(image).argmax(1)
        ours, plain = (
            (one(image).argmax(1) != labels).float().mean()
            for one in (quantize_bf16(network, bands), plainly(network))
        )
    assert ours < 0.6 * plain


@pytest.mark.skipif(torch.bfloat16 not in CPU.halves, reason="this CPU only emulates bfloat16")
def test_the_backend_in_bfloat16_has_them():
    network = small("unet")
    backend = backends.PreparedNetwork(network, 3).backend("bf16", CPU)
    first = next(layer for layer in backend.network.modules() if isinstance(layer, nn.Conv2d))
    assert torch.equal(first.weight, first.weight.bfloat16().float())
