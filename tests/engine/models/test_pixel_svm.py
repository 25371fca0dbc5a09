"""The pixel SVM: equal to scikit-learn's, whole in its model file, and sparing with memory."""

import math

import numpy as np
import pytest
import torch
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import SVC

from engine.compute import precision
from engine.compute.device import choose
from engine.compute.kernels import prepare_network
from engine.core.legend import LegendClass
from engine.model_files import model_file
from engine.models import build_model, pixel_svm
from engine.protocol import EngineError


def scattered(classes, bands, pixels, seed=0):
    """Pixels of overlapping Gaussian classes, scaled to mean 0 and std 1, and their ids."""
    rng = np.random.default_rng(seed)
    ids_N = np.arange(pixels) % classes
    pixels_NC = rng.normal(size=(pixels, bands)) + rng.normal(scale=1.5, size=(classes, bands))[ids_N]
    return ((pixels_NC - pixels_NC.mean(0)) / pixels_NC.std(0)).astype(np.float32), ids_N


def fitted(classes, bands, pixels, seed=0, **options):
    network = build_model("pixel_svm", bands, classes, **{"per_class": 1000, **options})
    network.fit(*scattered(classes, bands, pixels), seed)
    return network.eval()


def logits_of(network, pixels_NC):
    """As a 4-pixel-high image, so that mixed-up axes show."""
    image_BCHW = torch.from_numpy(pixels_NC).reshape(2, 4, -1, pixels_NC.shape[1]).movedim(-1, 1)
    with torch.inference_mode():
        return network(image_BCHW).movedim(1, -1).flatten(0, 2).numpy()


@pytest.mark.parametrize("bands", [1, 3, 13])
@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize(("penalty", "gamma"), [(1, 0), (10, 0.5)])
def test_equal_to_scikit_learn(classes, bands, penalty, gamma):
    pixels_NC, ids_N = scattered(classes, bands, 400)
    unseen_NC, _ = scattered(classes, bands, 800, seed=1)
    machine = SVC(C=penalty, gamma=gamma or 1 / bands)
    reference = (machine if classes == 2 else OneVsRestClassifier(machine)).fit(pixels_NC, ids_N)
    decisions = reference.decision_function(unseen_NC)
    expected_NK = np.stack([-decisions, decisions], 1) if classes == 2 else decisions
    logits_NK = logits_of(fitted(classes, bands, 400, penalty=penalty, gamma=gamma), unseen_NC)
    assert np.abs(logits_NK - expected_NK).max() < 1e-4 < np.ptp(expected_NK)
    assert np.array_equal(logits_NK.argmax(1), reference.predict(unseen_NC))


def test_it_learns():
    pixels_NC, ids_N = scattered(3, 5, 1200)
    network = build_model("pixel_svm", 5, 3)
    network.fit(pixels_NC[:400], ids_N[:400], seed=0)
    assert (logits_of(network.eval(), pixels_NC[400:]).argmax(1) == ids_N[400:]).mean() > 0.8


def test_at_most_so_many_pixels_of_a_class_are_drawn_and_the_seed_says_which():
    networks = [fitted(2, 3, 400, seed, per_class=30) for seed in (0, 0, 1)]
    same, again, other = (network.state_dict()["vectors_VC"] for network in networks)
    assert same.shape == (60, 3) and torch.equal(same, again) and not torch.equal(same, other)
    pixels = {tuple(pixel) for pixel in scattered(2, 3, 400)[0].tolist()}
    assert {tuple(pixel) for pixel in same[same.any(1)].tolist()} <= pixels


def test_a_rare_class_gives_what_it_has():
    pixels_NC, ids_N = scattered(3, 4, 300)
    kept_N = (ids_N != 2) | (np.arange(300) < 12)
    network = build_model("pixel_svm", 4, 3, per_class=50)
    network.fit(pixels_NC[kept_N], ids_N[kept_N], 0)
    state = network.state_dict()
    used = state["coefficients_VK"].any(1)
    assert 0 < used.sum() <= 50 + 50 + 4 and not state["vectors_VC"][~used].any()
    assert (logits_of(network.eval(), pixels_NC[:296])[ids_N[:296] == 2].argmax(1) == 2).any()


def test_a_second_fit_forgets_the_first():
    network = fitted(2, 3, 400)
    network.fit(*scattered(2, 3, 20, seed=5), seed=0)
    fresh = build_model("pixel_svm", 3, 2)
    fresh.fit(*scattered(2, 3, 20, seed=5), seed=0)
    assert all(torch.equal(fresh.state_dict()[name], held) for name, held in network.state_dict().items())


def test_a_class_without_pixels_is_named():
    pixels_NC, ids_N = scattered(3, 4, 30)
    with pytest.raises(EngineError, match="Class 2 of 3 has no labelled pixel") as error:
        build_model("pixel_svm", 4, 3).fit(pixels_NC[ids_N != 1], ids_N[ids_N != 1], 0)
    assert error.value.remedy


@pytest.mark.parametrize("classes", [2, 4])
def test_the_model_file_brings_it_back(tmp_path, classes):
    """On the meta device first, as classifying builds it."""
    options = {"per_class": 40.0, "penalty": 2.0, "gamma": 0.25}
    network, path = fitted(classes, 3, 100, **options), str(tmp_path / "model.safetensors")
    card = model_file.ModelCard(
        network="pixel_svm",
        options=options,
        bands=tuple(model_file.Band(str(n), 0.0, 1.0) for n in range(3)),
        dtype="uint8",
        pixel_size_m=None,
        classes=tuple(LegendClass(k, str(k), (0, 0, 0)) for k in range(classes)),
        job={},
        history=(),
        best_epoch=1,
        samples={},
        confusion=(),
        versions={},
    )
    model_file.save(path, card, network.state_dict())
    card, weights = model_file.load(path)
    with torch.device("meta"):
        loaded = build_model(card.network, len(card.bands), len(card.classes), **card.options)
    model_file.load_weights(path, loaded, weights)
    unseen_NC, _ = scattered(classes, 3, 80, seed=1)
    assert np.array_equal(logits_of(loaded, unseen_NC), logits_of(network, unseen_NC))
    with torch.device("meta"):
        wider = build_model(card.network, 3, classes, **{**card.options, "per_class": 41})
    with pytest.raises(EngineError, match="do not fit"):
        model_file.load_weights(path, wider, weights)


def test_chunks_do_not_show(monkeypatch):
    network = fitted(3, 5, 300)
    unseen_NC, _ = scattered(3, 5, 800, seed=1)
    whole_NK = logits_of(network, unseen_NC)
    monkeypatch.setattr(pixel_svm, "_CHUNK", 10_000)
    assert np.allclose(logits_of(network, unseen_NC), whole_NK, atol=1e-6)


def test_half_precision_around_it_changes_nothing():
    network, image_BCHW = fitted(3, 5, 300), torch.randn(1, 5, 8, 8)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        half_BKHW = network(image_BCHW)
    with torch.inference_mode():
        assert half_BKHW.dtype == torch.float32 and torch.equal(half_BKHW, network(image_BCHW))


@pytest.mark.slow
def test_an_exported_graph_gives_the_same_for_images_of_any_size():
    network = fitted(3, 5, 300)
    sides = {2: torch.export.Dim("height", min=2, max=4096), 3: torch.export.Dim("width", min=2, max=4096)}
    graph = torch.export.export(network, (torch.randn(1, 5, 8, 8),), dynamic_shapes=(sides,)).module()
    image_BCHW = torch.randn(1, 5, 12, 20)
    with torch.inference_mode():
        assert torch.allclose(graph(image_BCHW), network(image_BCHW), atol=1e-4)


def test_an_exported_graph_never_holds_every_pixel_beside_every_support_vector():
    """At the automatic side of a tile and six classes that would be 6 GB."""
    network, image_BCHW = fitted(3, 5, 600), torch.randn(1, 5, 32, 32)
    graph = torch.export.export(network, (image_BCHW,)).graph
    sizes = [
        node.meta["val"].numel() for node in graph.nodes if isinstance(node.meta.get("val"), torch.Tensor)
    ]
    assert max(sizes) == 32 * 32 * pixel_svm._CHUNK_VECTORS < 32 * 32 * len(network.vectors_VC) / 20


def test_before_it_is_fitted_it_decides_nothing():
    assert not build_model("pixel_svm", 3, 4)(torch.randn(1, 3, 4, 4)).any()


def test_on_its_device_in_any_layout():
    """The trainer fits where the network already is."""
    device, network = choose("auto"), build_model("pixel_svm", 3, 2, per_class=50)
    prepare_network(network, device)
    network.fit(*scattered(2, 3, 100), seed=0)
    image_BCHW = torch.randn(1, 3, 8, 8)
    with torch.inference_mode():
        there = precision.forward(network, image_BCHW, device, half=True).cpu()
        assert torch.allclose(there, fitted(2, 3, 100, per_class=50)(image_BCHW), atol=1e-4)


@pytest.mark.parametrize(
    "options", [{"per_class": 0}, {"per_class": 1.5}, {"penalty": 0}, {"gamma": -1}, {"gamma": math.nan}]
)
def test_an_impossible_option_is_named(options):
    with pytest.raises(EngineError, match=next(iter(options))):
        build_model("pixel_svm", 3, 2, **options)
