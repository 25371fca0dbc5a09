"""Model files: what is saved comes back; what is no model is refused in a sentence."""

import dataclasses
import errno
import json
import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.core.legend import LegendClass
from engine.model_files import model_file
from engine.models import build_model
from engine.protocol import EngineError

CARD = model_file.ModelCard(
    network="unet",
    options={"width": 4, "depth": 2},
    bands=(model_file.Band("Rot", 1.5, 2.5), model_file.Band("Grün", 3.0, 4.0)),
    dtype="uint16",
    pixel_size_m=(0.5, 0.25),
    classes=(LegendClass(11, "Wald", (1, 2, 3)), LegendClass(42, "Wasser", (4, 5, 6))),
    job={"images": ["a.tif"], "seed": 3},
    history=({"number": 1, "mean_f1": 0.5},),
    best_epoch=1,
    samples={"Wald": (10, 5), "Wasser": (7, 3)},
    confusion=((3, 1), (0, 4)),
    versions={"torch": "2"},
)


@pytest.fixture
def saved(tmp_path):
    path = str(tmp_path / "ein Modell é.safetensors")
    model_file.save(path, CARD, build_model("unet", 2, 2, **CARD.options).state_dict())
    return path


def test_card_and_weights_come_back(saved):
    card, weights = model_file.load(saved)
    assert card == CARD == model_file.load_card(saved)
    model_file.load_weights(saved, build_model("unet", 2, 2, **CARD.options), weights)


def test_a_model_without_pixel_size_comes_back(tmp_path):
    card = dataclasses.replace(CARD, pixel_size_m=None)
    model_file.save(str(tmp_path / "m.safetensors"), card, {"w": torch.zeros(1)})
    assert model_file.load_card(str(tmp_path / "m.safetensors")) == card


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EngineError, match=r"no model file .*nowhere\.safetensors"):
        model_file.load(str(tmp_path / "nowhere.safetensors"))


@pytest.mark.parametrize("content", [b"", b"hello", bytes(200), pickle.dumps({"a": print})])
def test_what_is_no_model_is_refused_and_never_run(tmp_path, content):
    path = tmp_path / "x.safetensors"
    path.write_bytes(content)
    with pytest.raises(EngineError, match="not a Raster Segmenter model"):
        model_file.load(str(path))


def test_a_truncated_model_is_refused(saved, tmp_path):
    short = tmp_path / "short.safetensors"
    with open(saved, "rb") as file:
        short.write_bytes(file.read()[:-100])
    with pytest.raises(EngineError, match="not a Raster Segmenter model"):
        model_file.load(str(short))


def test_someone_elses_safetensors_is_refused(tmp_path):
    path = str(tmp_path / "theirs.safetensors")
    save_file({"w": torch.zeros(2)}, path)
    with pytest.raises(EngineError, match="no model card"):
        model_file.load(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 99}, "version 99.*Update"),
        ({"version": "1"}, "version in its card cannot be '1'"),
        ({"classes": 3}, "card cannot be read"),
        ({"colour": 1}, "card cannot be read"),
        ({"classes": []}, "classes in its card cannot be \\(\\)"),
        ({"classes": [{"value": -5, "name": "x", "color": (0, 0, 0)}]}, "classes in .*value=-5"),
        ({"classes": [{"value": "5", "name": "x", "color": (0, 0, 0)}]}, "classes in .*value='5'"),
        ({"classes": [{"value": 5, "name": "x", "color": (0, 0, 0)}] * 2}, "classes in .*value=5.*value=5"),
        ({"classes": [{"value": 5, "name": None, "color": (0, 0, 0)}]}, "classes in .*name=None"),
        ({"classes": [{"value": 5, "name": "x", "color": (0, 999, 0)}]}, "classes in .*999"),
        ({"bands": [{"name": "x", "mean": 0, "std": 0}]}, "bands in its card cannot be .*mean="),
        ({"bands": [{"name": "x", "mean": "0", "std": 1}]}, "bands in its card cannot be .*mean="),
        ({"bands": []}, "bands in its card cannot be"),
        ({"options": {"width": "a"}}, "options in its card cannot be .*'a'"),
        ({"pixel_size_m": ["a", 0]}, "pixel_size_m in its card cannot be"),
        ({"dtype": 7}, "dtype in its card cannot be 7"),
    ],
)
def test_a_card_we_cannot_read_says_why(tmp_path, change, said):
    path = str(tmp_path / "m.safetensors")
    card = json.dumps({**dataclasses.asdict(CARD), **change})
    save_file({"w": torch.zeros(2)}, path, metadata={"raster_segmenter": card})
    with pytest.raises(EngineError, match=said):
        model_file.load(path)


def test_a_model_of_more_classes_than_can_be_told_apart_says_how_many_can(tmp_path):
    path = str(tmp_path / "m.safetensors")
    classes = [{"value": 200 * k, "name": str(k), "color": (0, 0, 0)} for k in range(300)]
    save_file(
        {"w": torch.zeros(2)},
        path,
        metadata={"raster_segmenter": json.dumps({**dataclasses.asdict(CARD), "classes": classes})},
    )
    with pytest.raises(EngineError, match="300 classes; at most 254 are possible") as caught:
        model_file.load(path)
    assert (
        caught.value.code == "too_many_classes" and "not a Raster Segmenter model" not in caught.value.message
    )


def test_weights_of_another_network_are_refused(saved):
    _, weights = model_file.load(saved)
    with pytest.raises(EngineError, match="do not fit its network"):
        model_file.load_weights(saved, build_model("unet", 2, 3, **CARD.options), weights)


def test_a_card_that_claims_a_huge_network_costs_no_memory(saved):
    _, weights = model_file.load(saved)
    with torch.device("meta"):
        network = build_model("unet", 2, 2, width=512, depth=7)
    with pytest.raises(EngineError, match="do not fit its network"):
        model_file.load_weights(saved, network, weights)


def test_a_save_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EngineError, match="disk is full"):
        model_file.save(str(tmp_path / "m.safetensors"), CARD, {"w": torch.zeros(1)})
    assert list(tmp_path.iterdir()) == []


def test_others_may_read_a_model_as_any_file(saved):
    other = Path(saved).with_name("other")
    other.write_bytes(b"")
    assert Path(saved).stat().st_mode == other.stat().st_mode
