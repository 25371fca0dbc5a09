"""What a classification decides depends on the job, the files and the machine, not on the jobs before it."""

import importlib
import json

import numpy as np
import pytest
import torch
from networks import small
from scenes import discs

from engine.classification import backends
from engine.compute.device import Device, choose
from engine.core import cache
from engine.raster import Grid

autotune_module = importlib.import_module("engine.classification.backends.autotune")  # beside the function


@pytest.fixture(autouse=True)
def no_models_of_other_tests():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def bf16_of_bright(monkeypatch):
    """A machine on which bfloat16 is faster, and draws the map of 32 bits where the raster is bright."""

    def autotune(weights, device, rate, pixels, sample, emit):
        return weights.way("bf16" if sample().mean() > 0 else "fp32", device)

    monkeypatch.setattr(Device, "halves", (torch.bfloat16,))
    monkeypatch.setattr("engine.jobs.classify.models.autotune", autotune)


def scene(make_raster, grid, side_px, brighter=60):
    pixels = (discs(side_px, side_px)[0].astype(np.int16) + brighter).clip(1, 255).astype(np.uint8)
    return make_raster(
        pixels, f"{side_px}{brighter}.tif", Grid(side_px, side_px, grid.transform, grid.crs_wkt)
    )


def precision(classify, image, model, tmp_path):
    document = tmp_path / "summary.json"
    classify(image, model, precision="auto", json=str(document))
    return json.loads(document.read_text())["settings"]["Precision"]


@pytest.mark.parametrize("side_px", [40, 300, 1024])
def test_a_job_computes_the_same_in_a_fresh_and_in_a_warm_engine(
    side_px, make_raster, grid, make_model, classify, bf16_of_bright, tmp_path
):
    image, model = scene(make_raster, grid, side_px), make_model()
    runs = [precision(classify, image, model, tmp_path) for _ in range(3)]
    assert runs == [runs[0]] * 3


def test_each_raster_of_a_batch_is_tried_by_its_own_pixels(
    make_raster, grid, make_model, classify, bf16_of_bright, tmp_path
):
    model, dark = make_model(), scene(make_raster, grid, 1024, brighter=-60)
    alone = precision(classify, dark, model, tmp_path)
    cache.clear()
    for _ in range(2):
        assert precision(classify, scene(make_raster, grid, 1024), model, tmp_path) == "bf16"
    assert precision(classify, dark, model, tmp_path) == alone == "fp32"


def test_speed_is_measured_once_for_a_size_of_window_and_labels_in_each_trial(monkeypatch):
    timed, read = [], []
    times = autotune_module._times
    monkeypatch.setattr(Device, "halves", (torch.bfloat16,))
    monkeypatch.setattr(autotune_module, "_times", lambda ways, *_: timed.append(ways) or times(ways, *_))
    weights, cpu = backends.PreparedNetwork(small("unet"), 3), choose("cpu")

    def trial(side_px):
        def sample():
            read.append(side_px)
            return torch.randn(1, 3, side_px, side_px)

        backends.autotune(weights, cpu, 1e6, 1e6, sample, lambda event: None)

    for side_px in (64, 64, 128, 64, 128):
        trial(side_px)
    assert len(timed) == 2 and read == [64, 64, 128, 64, 128]
