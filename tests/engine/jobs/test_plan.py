"""What a classification decides depends on the job, the files and the machine, not on the jobs before it."""

import json

import numpy as np
import pytest
import torch
from networks import small
from scenes import discs

from engine.classification import backends
from engine.compute.device import Device, choose
from engine.core import cache
from engine.protocol import Log
from engine.raster import Grid

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_models_of_other_tests():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def trials(monkeypatch):
    """A machine on which bfloat16 is faster; it draws the map of 32 bits of a made-up scene and of bright
    rasters.

    Gives the kinds of the trials that were made.
    """
    made = []

    def autotune(weights, device, rate, pixels, sample, emit):
        made.append("raster")
        return weights.backend("bf16" if sample().mean() > 0 else "fp32", device)

    def autotune_on_scene(weights, device, rate, emit):
        made.append("scene")
        return weights.backend("bf16", device)

    monkeypatch.setattr(Device, "halves", (torch.bfloat16,))
    monkeypatch.setattr("engine.jobs.classify.prepare.autotune", autotune)
    monkeypatch.setattr("engine.jobs.classify.prepare.autotune_on_scene", autotune_on_scene)
    monkeypatch.setattr("engine.jobs.classify.prepare.backends.rate", lambda *_: 1e6)
    return made


@pytest.fixture
def precision(make_raster, grid, make_model, classify, tmp_path):
    """The precision in which a square raster is classified."""
    model, document = make_model(), tmp_path / "summary.json"

    def of(side_px, brighter=60):
        pixels = (discs(side_px, side_px)[0].astype(np.int16) + brighter).clip(1, 255).astype(np.uint8)
        name = f"{side_px}{brighter}.tif"
        image = make_raster(pixels, name, Grid(side_px, side_px, grid.transform, grid.crs_wkt))
        classify(image, model, precision="auto", json=str(document))
        return json.loads(document.read_text())["settings"]["Precision"]

    return of


@pytest.mark.parametrize(("side_px", "expected"), [(40, "fp32"), (300, "bf16")])
def test_a_job_computes_the_same_in_a_fresh_and_in_a_warm_engine(side_px, expected, trials, precision):
    assert [precision(side_px) for _ in range(3)] == [expected] * 3


def test_small_rasters_share_one_trial_that_none_of_them_changes(trials, precision):
    assert [precision(300, brighter) for brighter in (-60, 0, 60)] == ["bf16"] * 3 and trials == ["scene"]


def test_a_large_raster_is_tried_by_its_own_pixels(trials, precision, monkeypatch):
    monkeypatch.setattr("engine.jobs.classify.prepare.WORTH_S", 0.05)
    found = [precision(300, brighter) for brighter in (60, -60, 60)]
    assert found == ["bf16", "fp32", "bf16"] and trials == ["raster"] * 3


@pytest.mark.parametrize("name", ["unet", "unet_valid", "patch_cnn"])
def test_a_made_up_scene_is_tried_by_networks_of_all_sizes_of_windows(name, monkeypatch):
    told = []
    monkeypatch.setattr(Device, "halves", (torch.bfloat16,))
    weights, cpu = backends.PreparedNetwork(small(name), 3), choose("cpu")
    backend = backends.autotune_on_scene(weights, cpu, 1e5, told.append)
    assert backend.name in ("fp32", "bf16")
    assert [type(event) for event in told] == [Log] and "bf16" in told[0].text
