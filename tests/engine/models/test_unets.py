"""The U-Net family: parameters and sizes as published, geometry by experiment, and what each of its papers
claims.
"""

import pytest
import torch
from networks import SMALL, small
from torch import nn

from engine.models import build_model
from engine.models.unet import UNet
from engine.protocol import EngineError, choices

FAMILY = ["unet", "unet_valid", "dual_unet", "stacked_unet", "urec"]


def on_paper(name, bands=3, classes=2, auxiliary="none", **options):
    """The network at full width, with shapes and without numbers: nothing to wait for."""
    with torch.device("meta"):
        return build_model(name, bands, classes, auxiliary, **options)


def sides(modules, network, side):
    """Widths of the maps that ``modules`` give for an image of ``side``, in the order in which they run."""
    seen = []
    hooks = [
        module.register_forward_hook(lambda _, __, out: seen.append(out.shape[-1])) for module in modules
    ]
    maps = network.forward_training(torch.empty(1, 3, side, side, device="meta"))
    for hook in hooks:
        hook.remove()
    return seen, maps


def parameters(network):
    return sum(parameter.numel() for parameter in network.parameters())


@pytest.mark.parametrize(
    ("name", "classes", "auxiliary", "options", "count"),
    [
        ("unet_valid", 2, "none", {}, 7_760_130),
        ("unet_valid", 2, "none", {"norm": 1}, 7_766_018),
        ("stacked_unet", 1, "none", {}, 15_532_258),
        ("urec", 6, "none", {}, 31_394_118),
        ("urec", 6, "reconstruction", {}, 43_162_761),
    ],
)
def test_parameters_are_those_of_the_published_network(name, classes, auxiliary, options, count):
    assert parameters(on_paper(name, 3, classes, auxiliary, **options)) == count


def test_the_dual_unet_is_one_unet_and_the_weight_between_its_scales():
    network = on_paper("dual_unet", classes=1)
    assert parameters(network) - parameters(network.score.weigh) == 2_732_897
    assert parameters(network.score.weigh) == (9 * 64 + 1) * 32 + 32 + 1


def test_valid_convolutions_shrink_the_maps_as_published():
    network = on_paper("unet_valid")
    seen, maps = sides([*network.down, *network.up], network, 572)
    assert seen == [568, 280, 136, 64, 28, 52, 100, 196, 388]
    assert (network.margin_px, network.multiple_px, network.halo_px) == (92, 16, 92)
    assert maps.logits_BKHW.shape == (1, 2, 388, 388)
    assert network(torch.empty(1, 3, 2636, 2636, device="meta")).shape == (1, 2, 2452, 2452)


def test_both_scales_of_the_dual_unet_are_as_large_as_published():
    network = on_paper("dual_unet")
    seen, maps = sides([*network.down, *network.up], network, 768)
    assert seen == 2 * [384, 192, 96, 48, 24, 48, 96, 192, 384]
    assert maps.logits_BKHW.shape == (1, 2, 384, 384)


@pytest.mark.slow
def test_urec_halves_five_times_and_its_image_grows_as_its_classes_do():
    network = on_paper("urec", classes=6, auxiliary="reconstruction")
    down, _ = sides(network.down, network, 256)
    up, _ = sides(network.up, network, 256)
    image, maps = sides(
        [level for level in network.auxiliary.levels if isinstance(level, nn.Sequential)], network, 256
    )
    assert down == [256, 128, 64, 32, 16, 8] and up == image == [16, 32, 64, 128, 256]
    assert maps.logits_BKHW.shape == (1, 6, 256, 256) and maps.auxiliary_BDHW.shape == (1, 3, 256, 256)


@pytest.mark.parametrize(
    ("name", "image_px"), [("unet_valid", 572), ("dual_unet", 768), ("stacked_unet", 384), ("urec", 256)]
)
def test_patches_are_legal_and_those_of_the_paper(name, image_px):
    network, entry = on_paper(name), choices("models")[name]
    for recipe in (entry.training, entry.published.recipe):
        assert network.valid_size(recipe.patch_px) == recipe.patch_px
    assert entry.published.recipe.patch_px + 2 * network.margin_px == image_px


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILY)
def test_the_declared_receptive_field_is_neither_too_small_nor_too_large(name):
    """Every logit of one period is asked what it depends on, through weights that let everything pass."""
    network = small(name, classes=1).double()
    for stage in (module for module in network.modules() if isinstance(module, UNet)):
        stage.pool = nn.AvgPool2d(2)
    for parameter in network.parameters():
        nn.init.zeros_(parameter) if parameter.ndim == 1 else nn.init.uniform_(
            parameter, 0, 2 / parameter[0].numel()
        )
    for norm in (module for module in network.modules() if isinstance(module, nn.BatchNorm2d)):
        nn.init.ones_(norm.weight)
    inner = network.valid_size(2 * network.receptive_px + 3 * network.multiple_px)
    side = network.valid_size(1) + 2 * network.margin_px
    image = torch.rand(1, 3, side, inner + 2 * network.margin_px, dtype=torch.float64, requires_grad=True)
    logits = network(image)
    start = inner // 2 // network.multiple_px * network.multiple_px
    farthest = 0
    for x in range(start, start + network.multiple_px):
        (moved,) = torch.autograd.grad(logits[..., x].sum(), image, retain_graph=True)
        columns = moved.abs().sum((0, 1, 2)).nonzero() - network.margin_px
        farthest = max(farthest, x - int(columns.min()), int(columns.max()) - x)
    assert farthest == network.receptive_px


@pytest.mark.parametrize(
    ("name", "options"), [*((name, SMALL[name]) for name in FAMILY), ("dual_unet", {"context_px": 192})]
)
def test_a_core_with_its_halo_does_not_depend_on_where_its_window_ends(name, options):
    torch.manual_seed(0)
    network = build_model(name, 3, 2, "none", **{**SMALL[name], **options}).eval()
    core, halo, further, margin = (
        network.valid_size(1),
        network.halo_px,
        2 * network.multiple_px,
        network.margin_px,
    )
    wide = torch.randn(1, 3, *2 * [core + 2 * (halo + further)])
    tight = wide[..., further:-further, further:-further]
    with torch.inference_mode():
        of_wide, of_tight = network(wide), network(tight)
    wide_at, tight_at = (slice(at - margin, at - margin + core) for at in (halo + further, halo))
    assert torch.allclose(
        of_wide[..., wide_at, wide_at], of_tight[..., tight_at, tight_at], atol=1e-5, rtol=1e-4
    )


@pytest.mark.parametrize(("offset_px", "equal"), [(16, True), (48, True), (8, False)])
def test_large_windows_equal_small_ones_at_multiples_of_the_stride(offset_px, equal):
    network = build_model("unet_valid", 3, 4, width=4).eval()
    image = torch.randn(1, 3, 300, 300)
    with torch.inference_mode():
        large = network(image)
        for side in (188, 220):
            inner = side - 184
            at = slice(offset_px, offset_px + side)
            part = network(image[..., at, at])
            here = slice(offset_px, offset_px + inner)
            assert torch.allclose(part, large[..., here, here], atol=1e-5, rtol=1e-4) == equal


def scored(network, image, weight_logit):
    """Logits where the weight between the scales is the same everywhere."""
    last = network.score.weigh[-1]
    nn.init.zeros_(last.weight)
    nn.init.constant_(last.bias, weight_logit)
    with torch.inference_mode():
        return network(image)


def test_a_weight_for_each_pixel_mixes_both_scales():
    network = small("dual_unet")
    image = torch.randn(2, 3, 128, 160)
    weights = []
    network.score.weigh.register_forward_hook(lambda _, __, out: weights.append(out.sigmoid()))
    with torch.inference_mode():
        mixed = network(image)
        near, far = (network.score.score(features) for features in network.features(image)[1].chunk(2, dim=1))
    weight = weights[0]
    assert weight.shape == (2, 1, 64, 96) and weight.min() > 0 and weight.max() < 1 and weight.std() > 0.01
    assert torch.allclose(mixed, weight * near + (1 - weight) * far, atol=1e-5, rtol=1e-5)
    assert torch.allclose(scored(network, image, 100), near) and torch.allclose(
        scored(network, image, -100), far
    )
    assert not torch.allclose(near, far, atol=0.1)


def test_only_the_coarse_scale_sees_the_context_and_lies_on_the_fine_one():
    network = small("dual_unet")
    image = torch.randn(1, 3, 128, 128)
    elsewhere = torch.randn(1, 3, 128, 128)
    elsewhere[..., 32:-32, 32:-32] = image[..., 32:-32, 32:-32]
    assert torch.equal(scored(network, image, 100), scored(network, elsewhere, 100))
    assert not torch.allclose(scored(network, image, -100), scored(network, elsewhere, -100), atol=0.1)
    # Features that are the image itself must come out where they were: both scales of a ramp agree.
    ramp = torch.arange(128.0).expand(1, 3, 128, 128)
    network.down, network.grow, network.up = nn.ModuleList([nn.Identity()]), nn.ModuleList(), nn.ModuleList()
    _, both = network.features(ramp)
    near, far = both.chunk(2, dim=1)
    assert torch.equal(near[..., 1:-1], far[..., 1:-1]) and near[0, 0, 0, 0] == 32


@pytest.mark.parametrize("classes", [1, 2, 5])
def test_the_second_unet_sees_the_image_and_the_probabilities_of_the_first(classes):
    network = small("stacked_unet", classes=classes)
    image = torch.randn(2, 3, 32, 32)
    seen = []
    network.down[0].register_forward_hook(lambda _, given, __: seen.append(given[0]))
    with torch.inference_mode():
        maps = network.forward_training(image)
        (first,) = maps.intermediate_logits
        assert torch.equal(first, network.first(image)) and torch.equal(maps.logits_BKHW, network(image))
    probability = seen[0][:, 3:]
    assert torch.equal(seen[0][:, :3], image) and probability.shape == first.shape
    expected = (
        first.exp() / (1 + first.exp()) if classes == 1 else first.exp() / first.exp().sum(1, keepdim=True)
    )
    assert torch.allclose(probability, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("unet_valid", {"norm": 0.5}),
        ("unet_valid", {"norm": 2}),
        ("dual_unet", {"context_px": 100}),
        ("urec", {"width": 0}),
    ],
)
def test_an_impossible_option_is_named_with_a_remedy(name, options):
    ((option, value),) = options.items()
    with pytest.raises(EngineError, match=rf"{option} is {value}") as caught:
        build_model(name, 3, 2, **options)
    assert caught.value.remedy.startswith("Give a ")


def test_dropout_leaves_out_channels_of_the_coarsest_map_in_training_alone():
    network = small("unet", auxiliary="none")
    network.encoder_dropout = 0.5
    image_BCHW = torch.randn(2, 3, 32, 32)
    coarse_BCHW, _ = network.train().features(image_BCHW)
    left_out = (coarse_BCHW == 0).flatten(2).all(2)
    assert left_out.any() and not left_out.all()
    with torch.inference_mode():
        assert torch.equal(network.eval()(image_BCHW), network(image_BCHW))
