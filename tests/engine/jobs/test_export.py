"""Exports run in ONNX Runtime as the network does in PyTorch, and say of themselves what Deepness asks."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from networks import NETWORKS, SMALL, small
from test_model_file import CARD

from engine.core.legend import LegendClass
from engine.jobs import run
from engine.model_files import model_file, onnx_export
from engine.protocol import EngineError, ExportJob, Log, choice

BANDS = (
    model_file.Band("red", 900.0, 120.0),
    model_file.Band("green", 20_000.0, 4000.0),
    model_file.Band("blue", -3.0, 0.5),
)
CLASSES = tuple(LegendClass(10 * k, f"Klasse „{k}“", (k, k, k)) for k in range(1, 5))
CARD = replace(CARD, bands=BANDS, classes=CLASSES, pixel_size_m=(0.5, 0.3))


def card_of(name):
    return replace(CARD, network=name, options=choice("models", name, SMALL[name]).options)


def raw_image(side_px):
    noise = np.random.default_rng(1).normal(size=(1, 3, side_px, side_px))
    means, stds = np.array([[b.mean, b.std] for b in BANDS]).T
    return (means[:, None, None] + stds[:, None, None] * noise).astype(np.float32)


def as_deepness_feeds(raw, properties):
    """Its own scaling of whatever the raster holds, by what the metadata say."""
    mean, std = (json.loads(properties[f"standardization_{name}"]) for name in ("mean", "std"))
    return ((raw / 255 - np.reshape(mean, (3, 1, 1))) / np.reshape(std, (3, 1, 1))).astype(np.float32)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_gives_the_same_in_onnx(name, tmp_path):
    """Raw values in, probabilities of every pixel out: scaled, mirrored and classified as by hand."""
    network, path = small(name, auxiliary="none"), str(tmp_path / "m.safetensors")
    model_file.save(path, card_of(name), network.state_dict())
    side_px = network.valid_size(network.margin_px + 1)
    assert run(ExportJob(path, str(tmp_path / "m.onnx"), side_px), lambda event: None)["output"] == str(
        tmp_path / "m.onnx"
    )
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"))
    raw = raw_image(side_px)
    properties = session.get_modelmeta().custom_metadata_map
    (given,) = session.run(None, {"image": as_deepness_feeds(raw, properties)})
    means, stds = (torch.tensor(values).view(3, 1, 1) for values in zip(*((b.mean, b.std) for b in BANDS)))
    image = torch.nn.functional.pad(
        (torch.from_numpy(raw) - means) / stds, [network.margin_px] * 4, mode="reflect"
    )
    with torch.inference_mode():
        expected = network(image).softmax(1).numpy()
    assert given.shape == (1, 4, side_px, side_px)
    np.testing.assert_allclose(given, expected, atol=1e-3)
    np.testing.assert_allclose(given.sum(1), 1, atol=1e-5)


@pytest.fixture(scope="module")
def exported():
    network = small("unet")
    return onnx_export.export(network, card_of("unet"), onnx_export.choose_tiles(network, 64))


@pytest.mark.slow
def test_the_file_is_valid_and_its_sides_are_fixed(exported):
    onnx.checker.check_model(exported, full_check=True)
    (image,), (probabilities,) = exported.graph.input, exported.graph.output
    assert [d.dim_value for d in image.type.tensor_type.shape.dim] == [1, 3, 64, 64]
    assert [d.dim_value for d in probabilities.type.tensor_type.shape.dim] == [1, 4, 64, 64]
    assert image.type.tensor_type.elem_type == onnx.TensorProto.FLOAT
    assert [(o.domain, o.version >= 17) for o in exported.opset_import] == [("", True)]


def test_deepness_finds_what_it_asks_for(exported):
    properties = {p.key: json.loads(p.value) for p in exported.metadata_props}
    card = properties.pop("raster_segmenter")
    assert properties == {
        "model_type": "Segmentor",
        "class_names": {"0": "Klasse „1“", "1": "Klasse „2“", "2": "Klasse „3“", "3": "Klasse „4“"},
        "resolution": 40.0,
        "tile_size": 64,
        "tiles_size": 64,
        "tiles_overlap": 50,
        "standardization_mean": [0, 0, 0],
        "standardization_std": [1 / 255] * 3,
        "seg_thresh": 0,
        "seg_small_segment": 0,
    }
    assert card["network"] == "unet" and [c["value"] for c in card["classes"]] == [10, 20, 30, 40]


def test_without_pixel_size_there_is_no_resolution():
    assert "resolution" not in onnx_export.metadata(
        replace(CARD, pixel_size_m=None), onnx_export.ExportTiles(64, 50)
    )


@pytest.mark.parametrize("name", NETWORKS)
def test_automatic_tiles_are_legal_and_overlap_by_what_a_pixel_sees(name):
    network = small(name)
    tiles = onnx_export.choose_tiles(network, 0)
    assert tiles.side_px == network.valid_size(tiles.side_px) and tiles.side_px > network.margin_px
    seen_px = tiles.side_px * tiles.overlap / 200
    assert seen_px >= network.halo_px or tiles.overlap == 50


def test_an_illegal_tile_is_refused_with_a_legal_one():
    with pytest.raises(EngineError, match=r"cannot be 100 px wide\. Set TILE_PX to 104"):
        onnx_export.choose_tiles(small("unet"), 100)
    with pytest.raises(EngineError, match=r"cannot be 4 px wide\. Set TILE_PX to"):
        onnx_export.choose_tiles(small("unet_valid"), 4)


@pytest.mark.slow
def test_an_operator_that_onnx_lacks_is_named():
    network = small("unet")
    network.score.register_forward_hook(lambda module, given, logits: torch.special.bessel_j0(logits))
    with pytest.raises(EngineError, match=r"unet cannot be written as ONNX: .*bessel_j0"):
        onnx_export.export(network, card_of("unet"), onnx_export.choose_tiles(network, 32))


def test_an_export_that_differs_is_refused(monkeypatch, exported):
    """The comparison is with the network, not with the export itself."""
    network = small("unet", seed=1)
    graph = onnx_export.Graph(network, onnx_export.Normalisation((0.0,) * 3, (1.0,) * 3)).eval()
    with pytest.raises(EngineError, match=r"gives other logits than the network, by up to"):
        onnx_export._compare(exported, graph, torch.randn(1, 3, 64, 64))
    assert len(exported.graph.output) == 1


@pytest.mark.slow
def test_a_failed_export_leaves_nothing(tmp_path, monkeypatch):
    path = str(tmp_path / "m.safetensors")
    model_file.save(path, card_of("unet"), small("unet").state_dict())
    monkeypatch.setattr(onnx_export, "TOLERANCE", -1.0)
    with pytest.raises(EngineError, match="other logits"):
        run(ExportJob(path, str(tmp_path / "m.onnx"), 32), lambda event: None)
    assert [file.name for file in tmp_path.iterdir()] == ["m.safetensors"]


@pytest.mark.slow
def test_the_log_says_how_classes_are_counted(tmp_path):
    path, told = str(tmp_path / "m.safetensors"), []
    model_file.save(path, card_of("unet"), small("unet").state_dict())
    run(ExportJob(path, str(tmp_path / "m.onnx"), 32), lambda event: told.append(event))
    assert any(
        "0 Klasse „1“ (10), 1 Klasse „2“ (20)" in event.text for event in told if isinstance(event, Log)
    )
    assert Path(tmp_path / "m.onnx").stat().st_size > 10_000


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(EngineError, match=r"lacks onnxruntime\. Install it with pip"):
        onnx_export._library("onnxruntime")
