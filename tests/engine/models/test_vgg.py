"""FCN-8s and SegNet: sizes and parameters as published, the same VGG-16 as others', values put back where
they were.
"""

import pytest
import torch
import torch.nn.functional as F
from independent import torchvision
from networks import small
from reach import reach_px
from torch import nn

from engine.models import build_model, segnet
from engine.models.segnet import unpool
from engine.models.vgg import VGG16
from engine.protocol import EngineError


def on_paper(name, classes=6, auxiliary="none", **options):
    """The network at full width, with shapes and without numbers: nothing to wait for."""
    with torch.device("meta"):
        return build_model(name, 3, classes, auxiliary, **options)


def sides(modules, network, side):
    """Sides of the maps that ``modules`` give for an image of ``side``, in the order in which they run."""
    seen = []
    hooks = [
        module.register_forward_hook(
            lambda _, __, out: seen.append((out[0] if isinstance(out, tuple) else out).shape[-1])
        )
        for module in modules
    ]
    logits = network(torch.empty(1, 3, side, side, device="meta"))
    for hook in hooks:
        hook.remove()
    return seen, tuple(logits.shape)


def pools(network):
    return [layer for layer in network.encoder.features if isinstance(layer, nn.MaxPool2d)]


@pytest.mark.parametrize(
    ("name", "classes", "auxiliary", "count"),
    [
        ("fcn8s", 6, "none", 134_300_114),
        ("fcn8s", 21, "none", 134_489_759),
        ("segnet", 2, "none", 29_444_162),
        ("segnet", 2, "distance", 29_444_739),
        ("segnet", 6, "none", 29_446_470),
    ],
)
def test_parameters_are_those_of_the_published_network(name, classes, auxiliary, count):
    assert sum(parameter.numel() for parameter in on_paper(name, classes, auxiliary).parameters()) == count


def test_fcn8s_halves_five_times_and_doubles_its_scores():
    network = on_paper("fcn8s").eval()
    seen, shape = sides(
        [*pools(network), network.fc6, network.fc7, network.up_32, network.up_16, network.up_8], network, 224
    )
    assert seen == [112, 56, 28, 14, 7, 7, 7, 14, 28, 224]
    assert shape == (1, 6, 224, 224)


def test_segnet_goes_down_and_back_up():
    network = on_paper("segnet").eval()
    seen, shape = sides([*pools(network), *network.decoder], network, 384)
    assert seen == [192, 96, 48, 24, 12, 24, 48, 96, 192, 384]
    assert shape == (1, 6, 384, 384)


def test_what_may_learn_at_its_own_rate_lies_under_encoder():
    network = on_paper("segnet")
    encoder = sum(
        parameter.numel() for name, parameter in network.named_parameters() if name.startswith("encoder.")
    )
    assert (
        encoder == 14_714_688 + 2 * 4_224
    )  # VGG-16's convolutions, and two numbers of batch norm for each channel


def test_unpooling_puts_values_back_where_they_were():
    torch.manual_seed(0)
    fine = torch.randn(2, 3, 6, 8)
    coarse, places = F.max_pool2d(fine, 2, return_indices=True)
    other = torch.randn_like(coarse).requires_grad_()
    assert torch.equal(unpool(other, places), F.max_unpool2d(other, places, 2))
    back = unpool(coarse, places)
    assert torch.equal(back[back != 0], fine[back != 0]) and (back != 0).sum() == coarse.numel()
    weights = torch.randn_like(fine)
    (slope,) = torch.autograd.grad((unpool(other, places) * weights).sum(), other)
    assert torch.equal(slope, weights.flatten(2).gather(2, places.flatten(2)).view_as(other))


def test_fcn8s_drops_features_in_training_only():
    network, image = small("fcn8s"), torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        assert torch.equal(network(image), network(image))
        network.train()
        assert not torch.equal(network(image), network(image))


@pytest.mark.parametrize("name", ["fcn8s", "segnet"])
def test_the_declared_receptive_field_is_what_the_layers_see(name, monkeypatch):
    # Where values stood decides no more than the pooled cell itself: a copy in its whole cell reaches as far.
    monkeypatch.setattr(segnet, "unpool", lambda map_BCHW, *_: F.interpolate(map_BCHW, scale_factor=2))
    options = {"fcn8s": {"width": 1, "hidden": 1}, "segnet": {"width": 1}}[name]
    network = build_model(name, 1, 1, "none", **options)
    assert reach_px(network) == network.receptive_px


@pytest.mark.parametrize(
    ("name", "options"), [("fcn8s", {"hidden": 0}), ("fcn8s", {"width": 1.5}), ("segnet", {"width": 9999})]
)
def test_an_impossible_option_is_named(name, options):
    option, value = next(iter(options.items()))
    with pytest.raises(EngineError, match=rf"{option} is {value:g}"):
        build_model(name, 3, 2, "none", **options)


@pytest.mark.parametrize("norm", [False, True], ids=["vgg16", "vgg16_bn"])
def test_the_encoder_agrees_with_torchvision(norm):
    vgg = torchvision("models.vgg")
    torch.manual_seed(0)
    theirs = vgg.make_layers(vgg.cfgs["D"], batch_norm=norm)
    for layer in theirs:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.normal_(layer.bias)
        elif isinstance(layer, nn.BatchNorm2d):
            for tensor in (layer.weight, layer.bias, layer.running_mean):
                nn.init.normal_(tensor, 0.5)
            nn.init.uniform_(layer.running_var, 0.5, 2)
    ours = VGG16(3, 64, norm)
    ours.features.load_state_dict(theirs.state_dict())
    image = torch.randn(1, 3, 64, 96)
    with torch.inference_mode():
        expected, found = theirs.eval()(image), ours.eval()(image)[0][-1]
    assert found.std() > 0.1 and (found - expected).abs().max() < 1e-4


def test_published_dense_layers_are_convolutions_here():
    """Torchvision's dense layers on the 7×7 map of a 224 px image, beside the middle of the convolutions'."""
    network = small("fcn8s")
    torch.manual_seed(1)
    published = {
        "features.0.weight": torch.randn(4, 3, 3, 3),
        "classifier.0.weight": torch.randn(16, 32 * 7 * 7),
        "classifier.0.bias": torch.randn(16),
        "classifier.3.weight": torch.randn(16, 16),
        "classifier.3.bias": torch.randn(16),
        "classifier.6.bias": torch.randn(1000),
    }
    ours = network.from_published(dict(published))
    missing, unexpected = network.load_state_dict(ours, strict=False)
    assert unexpected == ["classifier.6.bias"] and "encoder.features.0.weight" not in missing
    map_BCHW = torch.randn(1, 32, 7, 7)
    weight, bias, further_weight, further_bias = list(published.values())[1:5]
    dense = F.linear(F.linear(map_BCHW.flatten(1), weight, bias).relu(), further_weight, further_bias)
    with torch.inference_mode():
        convolved = network.fc7(network.fc6(map_BCHW).relu())
    assert torch.allclose(convolved[..., 3, 3], dense, rtol=1e-4, atol=1e-3)


def test_a_dense_layer_of_another_size_is_left_for_the_reader_to_refuse():
    odd = torch.zeros(10, 7)
    assert small("fcn8s").from_published({"classifier.0.weight": odd})["fc6.weight"] is odd


def test_published_weights_of_segnet_go_to_its_encoder():
    network = small("segnet", auxiliary="none")
    published = {f"features.{name}": tensor for name, tensor in network.encoder.features.state_dict().items()}
    missing, unexpected = network.load_state_dict(network.from_published(published), strict=False)
    assert not unexpected and missing and not any(name.startswith("encoder.") for name in missing)
