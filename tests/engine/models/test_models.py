"""The networks' contract, run over every network there is."""

import dataclasses

import pytest
import torch
from networks import NETWORKS, SMALL, STEPPED, side_px, small

from engine.models import build_model
from engine.models.network import NetworkOutput
from engine.protocol import EngineError, Recipe, choices
from engine.protocol.registry import published_entries

CARRIED = [(name, auxiliary) for name, entry in choices("models").items() for auxiliary in entry.auxiliary]


@pytest.mark.parametrize("name", NETWORKS)
def test_there_is_a_tiny_form(name):
    """Tests that run over all networks take minutes only because each is tiny."""
    parameters = sum(parameter.numel() for parameter in small(name).parameters())
    assert parameters < 10_000_000, f"give small options of {name} as 'tiny' in its CHOICES"


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (3, 6), (13, 40)])
def test_shape_follows_from_the_declared_margin(name, bands, classes):
    network = small(name, bands, classes)
    side = side_px(network)
    with torch.inference_mode():
        logits = network(torch.randn(2, bands, side, side + network.multiple_px))
    inner = side - 2 * network.margin_px
    assert logits.shape == (2, classes, inner, inner + network.multiple_px)
    assert logits.isfinite().all()


@pytest.mark.parametrize("name", NETWORKS)
def test_the_smallest_legal_map_is_legal(name):
    network = small(name)
    inner = network.valid_size(1)
    assert network.valid_size(inner) == inner and network.valid_size(inner + 1) == inner + network.multiple_px
    with torch.inference_mode():
        assert network(torch.randn(1, 3, *(2 * [inner + 2 * network.margin_px]))).shape[-2:] == (inner, inner)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "auxiliary"), [(name, "none") for name in NETWORKS] + CARRIED)
def test_gradient_reaches_every_parameter(name, auxiliary):
    network = small(name, auxiliary=auxiliary).train()
    side = side_px(network, 96)
    maps: NetworkOutput = network.forward_training(torch.randn(2, 3, side, side))
    judged = [maps.logits_BKHW, maps.auxiliary_BDHW, *maps.intermediate_logits]
    loss = sum(one.square().mean() for one in judged if one is not None)
    if not list(network.parameters()):
        pytest.skip(f"{name} has no parameters: it is fitted, not stepped")
    loss.backward()
    for label, parameter in network.named_parameters():
        assert parameter.grad is not None and parameter.grad.abs().sum() > 0, label


@pytest.mark.parametrize(("name", "auxiliary"), CARRIED)
def test_an_auxiliary_map_lies_on_the_logits_and_leaves_them_alone(name, auxiliary):
    plain, carrying = small(name, auxiliary="none"), small(name, auxiliary=auxiliary)
    missing = carrying.load_state_dict(plain.state_dict(), strict=False).missing_keys
    assert missing and all(key.startswith("auxiliary.") for key in missing)
    side = side_px(plain)
    image = torch.randn(2, 3, side, side)
    with torch.inference_mode():
        maps = carrying.forward_training(image)
        assert torch.equal(plain(image), maps.logits_BKHW) and torch.equal(plain(image), carrying(image))
    channels = {"reconstruction": 3, "distance": 4}[auxiliary]
    assert maps.auxiliary_BDHW.shape == (2, channels, *maps.logits_BKHW.shape[-2:])


@pytest.mark.parametrize("turned", [False, True], ids=["across", "down"])
@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_beyond_the_receptive_field_changes_a_logit(name, turned):
    """A strip long enough to have an outside: what lies there changes nothing, what lies at the place itself
    does.
    """
    network = small(name)
    long = network.valid_size(2 * network.receptive_px + 4 * network.multiple_px) + 2 * network.margin_px
    generator = torch.Generator().manual_seed(1)
    image = torch.randn(1, 3, side_px(network, 32), long, generator=generator)
    centre, middle = long // 2, image.shape[2] // 2
    far, near = image.clone(), image.clone()
    far[..., centre + network.receptive_px + 1 :] += 100
    far[..., : centre - network.receptive_px] += 100
    near[..., middle, centre] += 100
    at = (middle - network.margin_px, centre - network.margin_px)
    with torch.inference_mode():
        before, unmoved, moved = (
            (network(one.mT).mT if turned else network(one))[..., at[0], at[1]] for one in (image, far, near)
        )
    assert torch.allclose(before, unmoved, atol=1e-5, rtol=1e-5)
    assert not torch.allclose(before, moved, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("name", NETWORKS)
def test_saved_weights_give_the_same_network(name):
    network, other = (
        small(name, auxiliary="none"),
        build_model(name, 3, 4, "none", **SMALL[name]).eval(),
    )
    other.load_state_dict(network.state_dict())
    image = torch.randn(1, 3, side_px(network), side_px(network))
    with torch.inference_mode():
        assert torch.equal(network(image), other(image))


@pytest.mark.parametrize("name", [name for name in NETWORKS if not choices("models")[name].auxiliary])
def test_a_network_that_cannot_carry_an_auxiliary_says_so(name):
    with pytest.raises(EngineError, match=rf"{name} cannot learn 'distance' as a second task"):
        build_model(name, 3, 4, "distance")


NEUTRAL = {"averaging", "dropout", "encoder_rate", "epoch_patches", "extra_shift", "grid_px"}
"""Settings that change nothing unless they are given."""


@pytest.mark.parametrize("name", NETWORKS)
def test_published_settings_are_complete(name):
    """Who trains as published must meet no recommended setting unawares: the paper's file gives all."""
    published = choices("models")[name].published
    if published is None:
        pytest.skip(f"{name} is ours: no paper published settings for it")
    given = published_entries("models")[name]["recipe"]
    if name in STEPPED:
        assert {field.name for field in dataclasses.fields(Recipe)} - NEUTRAL <= set(given)
    assert ("grid_px" in given and given["grid_px"] > 0) or published.recipe.sampling != "grid"
    assert published.source and published.chosen.endswith(".")
    assert all(len(result) == 3 and isinstance(result[2], (int, float)) for result in published.results)


@pytest.mark.parametrize("name", NETWORKS)
def test_patches_of_both_recipes_are_legal(name):
    entry = choices("models")[name]
    with torch.device("meta"):
        network = build_model(name, 3, 2, "none")
    for recipe in (entry.training, entry.published and entry.published.recipe):
        assert recipe is None or network.valid_size(recipe.patch_px) == recipe.patch_px


@pytest.mark.parametrize(
    "name", [n for n, e in choices("models").items() if e.published and e.published.recipe.encoder_rate != 1]
)
def test_a_rate_for_the_encoder_meets_one(name):
    assert any(parameter.startswith("encoder.") for parameter, _ in small(name).named_parameters())


def test_papers_name_networks_that_there_are():
    assert {*published_entries("models")} <= {*NETWORKS} and published_entries("losses") == {}


def test_measures_on_the_same_data_have_the_same_name():
    """Four networks of one benchmark are compared by what it is called."""
    found = {
        result[:2]
        for entry in choices("models").values()
        if entry.published
        for result in entry.published.results
    }
    for word, names in (("Inria", 6), ("Vaihingen", 1), ("Massachusetts", 1)):
        assert len({data for data, _ in found if word in data}) == names


def test_unet_has_the_declared_width_and_depth():
    wide, deep = build_model("unet", 3, 2, width=32, depth=4), build_model("unet", 3, 2, width=16, depth=2)
    assert (wide.multiple_px, deep.multiple_px) == (16, 4)
    # The published valid-convolution U-Net of this width has 7,766,018 with batch norm and 2,944 convolution
    # biases.
    assert sum(p.numel() for p in wide.parameters()) == 7_766_018 - 2_944


@pytest.mark.parametrize("options", [{"width": 0}, {"width": 2.5}, {"depth": 99}])
def test_an_impossible_option_is_named(options):
    with pytest.raises(EngineError, match=next(iter(options))):
        build_model("unet", 3, 2, **options)
