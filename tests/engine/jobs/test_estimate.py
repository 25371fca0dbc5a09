"""What a job would take, told before it is done: about right, and without a trace."""

import dataclasses
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch  # noqa: F401 (engines of their own need it too)
from scenes import discs

from engine.jobs import run
from engine.protocol import (
    Cancelled,
    ClassifyJob,
    DescribeJob,
    EngineError,
    EstimateJob,
    Log,
    Started,
    Tile,
    TrainJob,
    encode_job,
)
from engine.raster import Grid

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "resources" / "demo"


@pytest.fixture
def classify_job(tmp_path):
    return ClassifyJob(
        str(DEMO / "image.tif"),
        (str(DEMO / "buildings.safetensors"),),
        str(tmp_path / "map.tif"),
        device="cpu",
    )


@pytest.fixture
def train_job(make_raster, wkt, tmp_path):
    image_CHW, ids_HW = discs(512, 384)
    grid = Grid(512, 384, (300_000.0, 2.0, 0.0, 3_060_000.0, 0.0, -2.0), wkt(32645))
    return TrainJob(
        (make_raster(image_CHW, grid=grid),),
        (make_raster(ids_HW, name="labels.tif", grid=grid),),
        str(tmp_path / "m.safetensors"),
        options={"width": 8, "depth": 3},
        epochs=6,
        device="cpu",
    )


def estimate(job, emit=lambda event: None):
    return run(EstimateJob(encode_job(job)), emit)


def test_device_comes_first_and_nothing_is_written(classify_job, train_job, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    for job in (classify_job, train_job):
        told = []
        estimate(job, told.append)
        assert isinstance(told[0], Started) and told[0].device.startswith("CPU")
    assert sorted(tmp_path.rglob("*")) == before


def is_about_right(job):
    """Whether one of three estimates was; what else the machine does may slow down one of the two by any
    factor.
    """

    def share():
        estimated_s, started = estimate(job)["estimated_s"], time.monotonic()
        run(job, lambda event: None)
        return estimated_s / (time.monotonic() - started)

    return any(1 / 4 < share() < 4 for _ in range(3))


@pytest.mark.parametrize("augment", [False, True])
def test_time_of_a_classification_is_about_right(augment, classify_job, tmp_path):
    job = dataclasses.replace(classify_job, augment=augment)
    found = estimate(job)
    assert "px" in found["windows"] and found["precision"] and 10**7 < found["memory_bytes"] < 2 * 2**30
    assert is_about_right(job)


def test_only_what_is_asked_for_is_counted(classify_job):
    whole = estimate(classify_job)
    part = estimate(dataclasses.replace(classify_job, extent="85.5217,27.6309,85.5219,27.6311 [EPSG:4326]"))
    assert part["estimated_s"] < whole["estimated_s"] / 3


def test_time_of_a_training_is_about_right(train_job):
    found = estimate(train_job)
    assert found["epochs"] == 6 and found["patches_per_epoch"] >= 128 and found["memory_bytes"] > 10**6
    assert found["estimated_s"] == pytest.approx(6 * found["epoch_s"])
    assert is_about_right(train_job)


def test_minutes_end_a_training(train_job):
    found = estimate(dataclasses.replace(train_job, epochs=100_000, minutes=0.5))
    assert found["estimated_s"] == 30 and 1 <= found["epochs"] < 100_000


def test_a_fit_has_no_epochs_to_tell_of(train_job):
    found = estimate(dataclasses.replace(train_job, network="pixel_svm", options={}))
    assert "estimated_s" not in found and found["device"].startswith("CPU")


def test_what_the_run_would_refuse_is_refused(classify_job, train_job, tmp_path):
    missing = dataclasses.replace(classify_job, models=(str(tmp_path / "none.safetensors"),))
    with pytest.raises(EngineError, match="no model file"):
        estimate(missing)
    with pytest.raises(EngineError, match="none"):
        estimate(dataclasses.replace(train_job, references=(str(tmp_path / "none.tif"),)))
    with pytest.raises(EngineError, match="describe job cannot be estimated"):
        estimate(DescribeJob(network="unet"))
    with pytest.raises(EngineError, match="Unknown key 'colour'"):
        run(
            EstimateJob(json.dumps({**json.loads(encode_job(classify_job)), "colour": 1})), lambda event: None
        )


def test_outputs_that_the_run_would_refuse_are_refused(classify_job, train_job, tmp_path):
    for job in (
        dataclasses.replace(classify_job, output=str(tmp_path / "none" / "map.tif")),
        dataclasses.replace(train_job, model=str(tmp_path / "none" / "m.safetensors")),
    ):
        with pytest.raises(EngineError, match="does not exist"):
            estimate(job)
    with pytest.raises(EngineError, match="is also an input"):
        estimate(dataclasses.replace(classify_job, probabilities=classify_job.output))


def test_a_least_area_needs_a_crs(classify_job, make_raster, tmp_path):
    image_CHW, _ = discs(300, 200)
    bare = make_raster(image_CHW, grid=Grid(300, 200, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), ""))
    with pytest.raises(EngineError, match="has no CRS"):
        estimate(
            dataclasses.replace(
                classify_job, image=bare, polygons=str(tmp_path / "p.gpkg"), minimum_area_m2=5.0
            )
        )


def test_memory_of_a_training_holds_the_weights(train_job):
    """Of 134 million in 32 bits: themselves, their gradients, and what the optimiser keeps of them."""
    found = estimate(dataclasses.replace(train_job, network="fcn8s", options={}, epochs=1))
    assert found["memory_bytes"] > 3 * 4 * 134_000_000


def test_an_interrupted_run_is_left_as_it_is(classify_job, tmp_path):
    job, seen = dataclasses.replace(classify_job, keep=True), []

    def stop(event):
        seen.extend([event] if isinstance(event, Tile) else [])
        if len(seen) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(job, stop)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*")}
    assert before
    estimate(job)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*")} == before
    told = []
    run(job, told.append)
    assert any(isinstance(event, Log) and "Resuming an earlier run" in event.text for event in told)


def test_an_engine_that_serves_estimates_and_then_runs(classify_job):
    lines = [
        encode_job(EstimateJob(encode_job(classify_job))),
        encode_job(EstimateJob('{"job": "paint", "version": 1}')),
    ]
    command = [sys.executable, "-m", "engine", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as engine:
        ends = []
        for line in [*lines, encode_job(classify_job)]:
            engine.stdin.write(line + "\n")
            engine.stdin.flush()
            ends.append(
                next(e for e in map(json.loads, engine.stdout) if e["event"] in ("result", "failure"))
            )
        engine.stdin.close()
    assert ends[0]["values"]["estimated_s"] > 0 and ends[2]["values"]["pixels"] > 0
    assert "Unknown job 'paint'" in ends[1]["message"]


def test_warnings_of_the_run_are_told(classify_job, make_raster, wkt):
    image_CHW, _ = discs(300, 200)
    grid = Grid(300, 200, (300_000.0, 0.3, 0.0, 3_060_000.0, 0.0, -0.3), wkt(32645))
    other = make_raster(image_CHW.astype("uint16") * 200, grid=grid)
    told = []
    estimate(dataclasses.replace(classify_job, image=other), told.append)
    assert any(isinstance(event, Log) and event.warning and "uint16" in event.text for event in told)


def test_by_hand(classify_job, tmp_path):
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"version": 1, "wanted": encode_job(classify_job)}))
    command = [sys.executable, "-m", "engine", "estimate", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["values"]["estimated_s"] > 0
