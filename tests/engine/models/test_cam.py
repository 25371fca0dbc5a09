"""Class activation networks: sizes and parameters as published; maps that lie right, and whose mean is the
presence.
"""

import pytest
import torch
from independent import torchvision
from networks import small
from reach import reach_px
from torch import nn

from engine.losses import build_loss
from engine.models import build_model
from engine.protocol import choices

BOTH = ["cam_cnn", "cam_resnet50"]


def sides(modules, network, side):
    """Sides of the maps that ``modules`` give for an image of ``side``."""
    seen = []
    hooks = [
        module.register_forward_hook(lambda _, __, out: seen.append(tuple(out.shape[-3:])))
        for module in modules
    ]
    network(torch.empty(1, 7, side, side, device="meta"))
    for hook in hooks:
        hook.remove()
    return seen


def on_paper(name):
    with torch.device("meta"):
        return build_model(name, 7, 5).eval()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("cam_cnn", 390_853), ("cam_resnet50", 23_530_821)])
def test_parameters_are_those_of_the_published_network(name, count):
    assert sum(parameter.numel() for parameter in on_paper(name).parameters()) == count


def test_the_baseline_halves_the_map_four_times():
    network = on_paper("cam_cnn")
    pools = [layer for layer in network.layers if isinstance(layer, nn.MaxPool2d)]
    assert sides(pools, network, 50) == [(32, 25, 25), (64, 12, 12), (128, 6, 6), (256, 3, 3)]


def test_the_resnet_keeps_a_quarter_of_the_size():
    network = on_paper("cam_resnet50")
    stages = [network.conv1, network.maxpool, network.layer1, network.layer2, network.layer3, network.layer4]
    channels = [64, 64, 256, 512, 1024, 2048]
    assert sides(stages, network, 50) == [
        (channels[0], 25, 25),
        *((number, 12, 12) for number in channels[1:]),
    ]


@pytest.mark.parametrize(("name", "cell_px", "middle_px"), [("cam_cnn", 16, 7.5), ("cam_resnet50", 4, 2)])
def test_the_map_lies_where_its_cells_look(name, cell_px, middle_px):
    network = small(name)
    middles = cell_px * torch.arange(6.0) + middle_px
    inner = slice(int(middles[0] + 0.5), int(middles[-1]) + 1)
    spread = network.spread(middles.expand(1, 1, 6, 6))
    assert spread.shape[-1] == network.valid_size(6 * cell_px)
    assert torch.allclose(spread[0, 0, 0, inner], torch.arange(spread.shape[-1])[inner].float(), atol=1e-4)


@pytest.mark.parametrize("name", BOTH)
def test_the_declared_receptive_field_is_what_the_layers_see(name):
    network = build_model(name, 1, 1, width=1)
    assert reach_px(network) == network.receptive_px


@pytest.mark.parametrize(
    ("name", "px", "share"), [("cam_cnn", 50, 0.035), ("cam_cnn", 322, 0.012), ("cam_resnet50", 50, 0.055)]
)
def test_the_mean_of_the_map_is_nearly_the_presence(name, px, share):
    """How near at worst, as a share of the map's range: half of how much the cells' weights differ from equal
    ones.
    """
    network = small(name, bands=7, classes=5)
    image = torch.randn(1, 7, px, px)
    with torch.inference_mode():
        features = network.features(image)
        presence, logits = network.fc(features.mean((2, 3))), network(image)
    span = logits.amax((2, 3)) - logits.amin((2, 3))
    assert ((logits.mean((2, 3)) - presence).abs() <= share * span).all()

    coarse = torch.zeros(1, 1, *features.shape[-2:], requires_grad=True)
    (weights,) = torch.autograd.grad(network.spread(coarse).mean(), coarse)
    assert 0.9 * share < float((weights - 1 / weights.numel()).abs().sum() / 2) < share


@pytest.mark.parametrize("name", BOTH)
def test_logits_do_not_depend_on_where_a_window_ends(name):
    network = small(name)
    halo, step = network.halo_px, network.multiple_px
    side = network.valid_size(2 * halo + 2 * step)
    image = torch.randn(1, 3, side + 2 * step, side + 3 * step)
    with torch.inference_mode():
        window, image_logits = (
            network(image[..., step : step + side, 2 * step : 2 * step + side]),
            network(image),
        )
    inner = slice(halo, side - halo)
    part = image_logits[..., step : step + side, 2 * step : 2 * step + side]
    assert torch.allclose(window[..., inner, inner], part[..., inner, inner], atol=1e-4, rtol=1e-4)
    assert not torch.allclose(window, part, atol=1e-4, rtol=1e-4)


@pytest.mark.slow
def test_presence_alone_teaches_where_things_are():
    """Each patch is said to hold dark, bright or both; the map tells the two apart although no pixel was
    labelled.
    """
    torch.manual_seed(0)
    network, loss = build_model("cam_cnn", 1, 2, width=4), build_loss("presence")
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-2)

    def scene(patches):
        ids = (torch.arange(50) >= torch.randint(-16, 66, (patches, 1, 1))).long().expand(-1, 50, 50)
        ids = torch.where(torch.rand(patches, 1, 1) < 0.5, 1 - ids, ids)
        return 2.0 * ids[:, None] - 1 + 0.5 * torch.randn(patches, 1, 50, 50), ids

    for _ in range(80):
        image, ids = scene(16)
        optimizer.zero_grad()
        loss(network(image), ids).backward()
        optimizer.step()
    image, ids = scene(64)
    with torch.inference_mode():
        right = (network(image).argmax(1) == ids).float().mean()
    assert right > 0.8


@pytest.mark.parametrize("name", BOTH)
def test_both_recipes_judge_presence(name):
    entry = choices("models")[name]
    assert entry.training.loss == entry.published.recipe.loss == "presence"


def test_resnet50_agrees_with_torchvision():
    """Torchvision's ResNet-50 with the poster's change: strides 1 from the second stage on, no padding in the
    pooling.
    """
    torch.manual_seed(0)
    theirs = torchvision("models.resnet").resnet50(weights=None).eval()
    for label, module in theirs.named_modules():
        if isinstance(module, nn.Conv2d) and label.startswith("layer"):
            module.stride = (1, 1)
        elif isinstance(module, nn.MaxPool2d):
            module.padding = 0
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1)
            nn.init.normal_(module.bias, 0, 0.1)
            nn.init.normal_(module.running_mean, 0, 0.1)
            nn.init.uniform_(module.running_var, 0.5, 2)
    ours = build_model("cam_resnet50", 3, 1000).eval()
    missing, unexpected = ours.load_state_dict(ours.from_published(theirs.state_dict()), strict=False)
    assert not unexpected and missing == ["fc.weight", "fc.bias"]
    ours.fc.load_state_dict(theirs.fc.state_dict())
    image = torch.randn(1, 3, 50, 50)
    with torch.inference_mode():
        expected, presence = theirs(image), ours.fc(ours.features(image).mean((2, 3)))
    assert presence.std() > 0.01 and (presence - expected).abs().max() < 1e-4 * max(1, expected.abs().max())
