"""Classify jobs that are cancelled, killed, fail or run out of memory and are resumed give the same map."""

import dataclasses
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from maps import HEIGHT, UTM, WIDTH, alike, logs, read, refusal
from scenes import CLASSES, discs

from engine.classification.backends import Backend
from engine.compute.device import Device
from engine.core.legend import LegendClass
from engine.core.windows import NONE
from engine.files.lock import locked
from engine.jobs import run
from engine.jobs.classify import resume
from engine.protocol import (
    Cancelled,
    ClassifyJob,
    EngineError,
    Log,
    Progress,
    Started,
    Tile,
    encode_job,
    parse_event,
    partial_path,
)
from engine.raster import Grid, RasterFile

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
THREE = (*CLASSES, LegendClass(9, "other", (30, 30, 200)))


class Stopper:
    """Raises ``error`` at the ``stop``-th finished window."""

    def __init__(self, stop, error):
        self.left, self.error, self.told = stop, error, []

    def __call__(self, event):
        self.told.append(event)
        if isinstance(event, Tile):
            self.left -= 1
            if self.left == 0:
                raise self.error


def classified(told):
    """How many windows the run itself has done; those of an earlier one come without a rate."""
    return sum(isinstance(event, Progress) and event.rate > 0 for event in told)


def test_a_run_that_broke_off_goes_on_and_gives_the_same(image, make_model, classify, tmp_path):
    model = make_model(classes=THREE)
    names = {"probabilities": "p.tif", "confidence": "c.tif", "polygons": "patches.gpkg", "json": "s.json"}
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()

    def settings(folder):
        return {"folder": folder, "tile_px": 64, **{name: str(folder / file) for name, file in names.items()}}

    whole, _, _ = classify(image, model, **settings(one))
    for stop in (3, 5):
        with pytest.raises(OSError, match="power"):
            classify(image, model, emit=Stopper(stop, OSError("power")), **settings(other))
        assert [path.name for path in other.iterdir()] == ["map.tif.unfinished"]
    found, figures, told = classify(image, model, **settings(other))
    assert "Resuming an earlier run" in logs(told)
    assert (found == whole).all() and figures["pixels"] == WIDTH * HEIGHT
    for name in ("p.tif", "c.tif"):
        assert (read(one / name) == read(other / name)).all()
    assert classified(told) <= 20 - 3 and sum(isinstance(event, Tile) for event in told) == 20, (
        "all is shown again"
    )
    documents = [json.loads((folder / "s.json").read_text()) for folder in (one, other)]
    assert documents[0]["classes"] == documents[1]["classes"]
    assert sorted(path.name for path in one.iterdir()) == sorted(path.name for path in other.iterdir())


def test_a_mostly_empty_raster_is_gone_on_with(make_raster, grid, make_model, classify, tmp_path):
    pixels = discs(WIDTH, HEIGHT)[0].clip(1)
    pixels[:, :, 90:] = 0
    image, model = make_raster(pixels, grid=grid, nodata=0), make_model()
    names = {name: str(tmp_path / f"{name}.tif") for name in ("confidence", "probabilities")}
    whole, _, _ = classify(image, model, tile_px=64, **names)
    first = {name: read(path) for name, path in names.items()}
    with pytest.raises(OSError, match="power"):
        classify(image, model, tile_px=64, emit=Stopper(14, OSError("power")), **names)
    found, figures, told = classify(image, model, tile_px=64, **names)
    assert "Resuming" in logs(told) and (found == whole).all() and figures["pixels"] == 90 * HEIGHT
    assert all((read(path) == first[name]).all() for name, path in names.items())


@pytest.mark.parametrize("precision", ["auto", "fp32"])
def test_what_another_processor_has_begun_is_gone_on_with_only_if_the_precision_is_set(
    precision, image, make_model, classify, monkeypatch
):
    model = make_model()
    monkeypatch.setattr("engine.jobs.classify.prepare.WORTH_S", 0.0)
    monkeypatch.setattr(
        "engine.jobs.classify.prepare.autotune", lambda weights, device, *_: weights.backend("bf16", device)
    )
    monkeypatch.setattr(Device, "halves", (torch.bfloat16,))
    with pytest.raises(OSError, match="power"):
        classify(image, model, tile_px=64, precision=precision, emit=Stopper(3, OSError("power")))
    monkeypatch.setattr(Device, "halves", ())
    monkeypatch.setattr(
        "engine.jobs.classify.prepare.autotune", lambda weights, device, *_: weights.backend("fp32", device)
    )
    found, figures, told = classify(image, model, tile_px=64, precision=precision)
    assert ("started from the beginning" in logs(told), "Resuming" in logs(told)) == (
        precision == "auto",
        precision != "auto",
    )
    assert (
        figures["pixels"] == WIDTH * HEIGHT and (found == classify(image, model, precision="fp32")[0]).all()
    )


def test_a_resumed_run_measures_nothing_again(image, make_model, classify, monkeypatch):
    model = make_model()
    monkeypatch.setattr("engine.jobs.classify.prepare.WORTH_S", 0.0)
    with pytest.raises(OSError, match="power"):
        classify(image, model, tile_px=64, precision="auto", emit=Stopper(3, OSError("power")))
    moved = Path(model).rename(Path(model).with_name("moved.safetensors"))
    _, _, told = classify(image, str(moved), tile_px=64, precision="auto")
    assert "Resuming" in logs(told) and "Computes in" not in logs(told)


@pytest.mark.parametrize("keep", [False, True])
def test_cancel_leaves_nothing_unless_asked_to(keep, image, make_model, classify, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    model = make_model()
    with pytest.raises(Cancelled):
        classify(image, model, folder=out, tile_px=64, keep=keep, emit=Stopper(6, Cancelled()))
    if not keep:
        assert list(out.iterdir()) == []
        return
    assert not (out / "map.tif").exists() and (out / "map.tif.unfinished").exists()
    assert (read(out / "map.partial.tif")[0] != 255).sum() >= 4 * 64 * 64
    found, _, told = classify(image, model, folder=out, tile_px=64, keep=keep)
    assert "Resuming" in logs(told) and (found == classify(image, model)[0]).all()
    assert sorted(path.name for path in out.iterdir()) == ["map.qmd", "map.qml", "map.tif", "map.tif.aux.xml"]


@pytest.mark.parametrize(
    "error", [OSError("power"), MemoryError(), EngineError("unreadable", "A block is damaged.", "Copy it.")]
)
def test_a_failed_run_keeps_the_readable_map_when_asked_to(error, image, make_model, classify, tmp_path):
    out, model, sure, stopper = (
        make_folder(tmp_path, "out"),
        make_model(),
        str(tmp_path / "out" / "sure.tif"),
        Stopper(9, error),
    )
    with pytest.raises((OSError, EngineError)) as caught:
        classify(image, model, folder=out, tile_px=64, keep=True, confidence=sure, emit=stopper)
    partial = out / "map.partial.tif"
    assert str(partial) in getattr(caught.value, "remedy", "") + logs(stopper.told)
    assert (read(partial)[0] != 255).sum() == (read(out / "sure.partial.tif")[0] != 255).sum() >= 7 * 56 * 64
    assert sorted(path.name for path in out.iterdir()) == [
        "map.partial.tif",
        "map.tif.unfinished",
        "sure.partial.tif",
    ]
    found, _, told = classify(image, model, folder=out, tile_px=64, keep=True)
    assert (
        "started from the beginning" in logs(told) and (found == classify(image, model, tile_px=64)[0]).all()
    )
    assert sorted(path.name for path in out.iterdir()) == ["map.qmd", "map.qml", "map.tif", "map.tif.aux.xml"]


def test_a_second_run_says_busy_and_does_the_first_no_harm(image, make_model, classify, tmp_path):
    model = make_model()
    expected = classify(image, model, tile_px=64)[0]
    out = tmp_path / "out"
    out.mkdir()
    refused = []

    def emit(event):
        if isinstance(event, Tile) and not refused:
            second = threading.Thread(
                target=lambda: refused.append(refusal(classify, image, model, folder=out, tile_px=64))
            )
            second.start()
            second.join()

    found, _, _ = classify(image, model, folder=out, tile_px=64, emit=emit)
    assert refused[0].code == "busy" and "map.tif" in refused[0].message
    assert (found == expected).all()


def test_two_runs_that_share_a_side_output_do_not_meet(image, make_model, classify, tmp_path):
    """Each such output in turn; the first run is in its midst when the second one comes."""
    model, mine, theirs = make_model(), tmp_path / "mine", tmp_path / "theirs"
    names = {
        "confidence": "c.tif",
        "probabilities": "p.tif",
        "polygons": "p.gpkg",
        "summary": "s.html",
        "json": "s.json",
    }
    shared = {name: str(tmp_path / file) for name, file in names.items()}
    alone = tmp_path / "alone"
    for folder in (mine, theirs, alone):
        folder.mkdir()
    classify(
        image, model, folder=alone, tile_px=64, **{name: str(alone / file) for name, file in names.items()}
    )
    refused = []

    def emit(event):
        if isinstance(event, Tile) and not refused:
            for name, path in shared.items():
                refused.append(refusal(classify, image, model, folder=theirs, tile_px=64, **{name: path}))
            refused.append(refusal(classify, image, model, folder=theirs, confidence=str(mine / "map.tif")))

    found, _, _ = classify(image, model, folder=mine, tile_px=64, emit=emit, **shared)
    assert [error.code for error in refused] == ["busy"] * 6
    assert all(path in error.message for path, error in zip(shared.values(), refused))
    assert (found == read(alone / "map.tif")[0]).all() and not list(theirs.iterdir())
    assert all((read(tmp_path / file) == read(alone / file)).all() for file in ("c.tif", "p.tif"))
    beside = {f"{stem}{ending}" for stem in "cp" for ending in (".qml", ".qmd", ".tif.aux.xml")}
    expected = {*names.values(), *beside, "image.tif", "mine", "theirs", "alone"}
    assert {path.name for path in tmp_path.iterdir()} - expected == {Path(model).name}


@pytest.mark.parametrize("precision", ["fp32", "auto"])
def test_a_damaged_block_is_named_and_the_run_goes_on_once_it_is_repaired(
    precision, make_raster, grid, make_model, classify, monkeypatch, tmp_path
):
    """In the middle of the raster, where all that looks at it before the work does so; the work begins, and
    gets there.
    """
    monkeypatch.setattr("engine.jobs.classify.prepare.WORTH_S", 0.0)  # a trial is worth it
    monkeypatch.setattr("engine.jobs.classify.prepare._SAMPLE_PX", 256)
    wide = Grid(1800, 300, grid.transform, grid.crs_wkt)
    options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL"]
    image, model = make_raster(discs(1800, 300)[0], grid=wide, options=options), make_model()
    expected = classify(image, model, tile_px=256)[0]
    with RasterFile.open(image) as source:
        offset = int(source.dataset.GetRasterBand(1).GetMetadataItem("BLOCK_OFFSET_14_2", "TIFF"))
    path, out, told = Path(image), tmp_path / "out", []
    good = path.read_bytes()
    path.write_bytes(good[:offset] + bytes(40) + good[offset + 40 :])
    out.mkdir()
    kept = refusal(classify, image, model, folder=make_folder(tmp_path), tile_px=256, keep=True)
    assert "map.partial.tif" in kept.remedy and (read(tmp_path / "other" / "map.partial.tif")[0] != 255).any()
    settings = {"folder": out, "tile_px": 256, "precision": precision}
    error = refusal(classify, image, model, emit=told.append, **settings)
    assert error.code == "unreadable" and error.remedy and "image.tif cannot be read at rows" in error.message
    rows, columns = (
        list(map(int, pair)) for pair in re.findall(r"(?:rows|columns) (\d+) to (\d+)", error.message)
    )
    assert rows[0] < 192 and rows[1] >= 128 and columns[0] < 15 * 64 and columns[1] >= 14 * 64
    assert columns[1] - columns[0] < 900 and classified(told) >= 3
    assert [left.name for left in out.iterdir()] == ["map.tif.unfinished"]
    path.unlink()
    time.sleep(0.02)  # the clock of the file system
    path.write_bytes(good)
    found, _, told = classify(image, model, **settings)
    kept = re.search(r"(\d+) finished windows are unchanged, 0 are computed again", logs(told))
    assert (found == expected).all() if precision == "fp32" else alike(found, expected) > 0.99
    assert int(kept[1]) + classified(told) == 16
    assert int(kept[1]) >= 3


def test_only_what_has_changed_in_a_raster_is_done_anew(make_raster, grid, make_model, classify, tmp_path):
    """Pixels, and where they are valid; windows whose context alone has changed are among those done anew."""
    pixels, model, path = discs(WIDTH, HEIGHT)[0].clip(1), make_model(), tmp_path / "image.tif"
    pixels[:, 150:, :100] = 0
    image = make_raster(pixels, grid=grid, nodata=0)
    with pytest.raises(OSError, match="power"):
        classify(image, model, tile_px=64, emit=Stopper(18, OSError("power")))
    pixels[1, 100, 120:130] += 50
    pixels[:, 10:20, 280] = 0
    path.unlink()
    time.sleep(0.02)
    make_raster(pixels, grid=grid, nodata=0)
    found, figures, told = classify(image, model, tile_px=64)
    hold, anew = map(
        int, re.search(r"(\d+) finished windows are unchanged, (\d+) are computed again", logs(told)).groups()
    )
    assert hold > 4 and anew > 4 and classified(told) == 20 - hold
    assert (found == classify(image, model, tile_px=64, folder=make_folder(tmp_path))[0]).all()
    assert figures["pixels"] == (pixels > 0).all(0).sum()


def make_folder(tmp_path, name="other"):
    (tmp_path / name).mkdir()
    return tmp_path / name


def test_windows_without_data_are_not_read_to_be_compared(
    make_raster, grid, make_model, classify, monkeypatch
):
    image = make_raster(
        np.zeros((3, HEIGHT, WIDTH), np.uint8), grid=grid, nodata=0, options=["SPARSE_OK=TRUE"]
    )
    extent = f"{UTM[0]},{UTM[3] - 2 * HEIGHT},{UTM[0] + 2 * WIDTH},{UTM[3]}"
    with pytest.raises(OSError, match="power"):
        classify(image, make_model(), tile_px=64, extent=extent, emit=Stopper(9, OSError("power")))
    os.utime(image, (1, 1))
    monkeypatch.setattr(RasterFile, "is_empty", lambda *_: True)
    monkeypatch.setattr("engine.jobs.classify.prepare._sample", lambda *_: torch.zeros(1, 3, 64, 64))
    monkeypatch.setattr("engine.classification.input_check._WINDOWS", 0)
    monkeypatch.setattr(RasterFile, "_read_inside", None)
    _, _, told = classify(image, make_model(), tile_px=64, extent=extent)
    assert re.search(r"[789] finished windows are unchanged, 0 are computed again", logs(told))


def test_settings_that_do_not_shape_windows_are_named_and_all_others_count():
    fields = {field.name for field in dataclasses.fields(ClassifyJob)}
    unlike = {*resume.NOT_IN_WINDOWS}, {*resume.BY_CONTENT}
    assert unlike[0] | unlike[1] <= fields and not unlike[0] & unlike[1]
    assert {"augment", "blend", "resolution", "precision", "tile_px", "extent"} == fields - unlike[
        0
    ] - unlike[1], "a new one?"


def test_another_extent_in_the_same_windows_begins_anew(make_raster, grid, make_model, classify):
    """Each cuts off another corner of a turned raster."""
    turned = Grid(WIDTH, HEIGHT, (UTM[0], 1.6, -1.2, UTM[3], -1.2, -1.6), grid.crs_wkt)
    image, (west, south, east, north) = (
        make_raster(discs(WIDTH, HEIGHT)[0], grid=turned),
        turned.bounds(turned.window),
    )
    one, other = f"{west + 60},{south},{east},{north}", f"{west},{south},{east - 60},{north}"
    with pytest.raises(OSError, match="power"):
        classify(image, make_model(), tile_px=64, extent=one, emit=Stopper(9, OSError("power")))
    found, _, told = classify(image, make_model(), tile_px=64, extent=other)
    assert (
        "started from the beginning" in logs(told)
        and (found == classify(image, make_model(), extent=other)[0]).all()
    )


@pytest.mark.parametrize("change", ["place", "dtype"])
def test_another_grid_or_other_numbers_begin_anew(change, make_raster, grid, make_model, classify):
    pixels, model = discs(WIDTH, HEIGHT)[0], make_model()
    with pytest.raises(OSError, match="power"):
        classify(make_raster(pixels, grid=grid), model, tile_px=64, emit=Stopper(6, OSError("power")))
    if change == "place":
        image = make_raster(pixels, grid=Grid(WIDTH, HEIGHT, (UTM[0] + 2, *UTM[1:]), grid.crs_wkt))
    else:
        image = make_raster(pixels.astype(np.uint16), grid=grid)
    told = classify(image, model, tile_px=64)[2]
    assert "started from the beginning" in logs(told) and classified(told) == 20


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
@pytest.mark.parametrize("tile_px", [64, 128])
def test_a_killed_run_goes_on_under_new_names_and_the_old_ones_are_tidied_away(
    tile_px, image, make_model, make_vector, classify, tmp_path, monkeypatch
):
    """As QGIS does it: each run has temporary names of its own for side outputs and for the export of AREA.

    With other windows (the second case) nothing is gone on with, but tidied all the same.
    """
    triangle = (
        f"POLYGON(({UTM[0]} {UTM[3]},{UTM[0] + 600} {UTM[3]},{UTM[0]} {UTM[3] - 440},{UTM[0]} {UTM[3]}))"
    )
    model, out, temporary = (
        Path(make_model()),
        make_folder(tmp_path, "out"),
        make_folder(tmp_path, "temporary"),
    )
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def sides(run, *names):
        return {name: str(make_folder(temporary, f"{run}{name}") / "OUT.tif") for name in names}

    settings = {
        "device": "cpu",
        "precision": "fp32",
        "polygons": str(temporary / "one.gpkg"),
        "json": str(temporary / "one.json"),
    }
    job, first = tmp_path / "job.json", sides("one", "probabilities", "confidence") if tile_px == 64 else {}
    area = make_vector([(triangle, 1)], "temporary/one-area.gpkg")
    job.write_text(
        encode_job(
            ClassifyJob(
                image, (str(model),), str(out / "map.tif"), area=area, tile_px=64, **settings, **first
            )
        )
    )
    command = [sys.executable, "-m", "engine", "classify", str(job)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    left = 8
    while left:
        left -= isinstance(parse_event(process.stdout.readline()), Tile)
    process.kill()
    process.communicate()
    assert len(list(temporary.rglob("*partial*"))) >= 1 and list(temporary.rglob("*.unfinished"))
    model = model.rename(tmp_path / "moved.safetensors")
    second = {"polygons": str(temporary / "two.gpkg"), "json": str(temporary / "two.json")}
    second |= sides("two", "probabilities", "confidence") if tile_px == 64 else {}
    area = make_vector([(triangle, 1)], "temporary/two-area.gpkg")
    found, _, told = classify(image, str(model), folder=out, area=area, tile_px=tile_px, **second)
    assert ("Resuming" in logs(told)) == (tile_px == 64) != ("started from the beginning" in logs(told))
    assert not list(tmp_path.rglob("*partial*")) and not list(tmp_path.rglob("*unfinished*"))
    assert not list(temporary.glob("*/confidence*")), "the map of confidence that polygons alone had needed"
    assert (found == classify(image, str(model), area=area, tile_px=tile_px)[0]).all()


def test_a_folder_of_the_users_that_is_named_like_ours_stays(
    image, make_model, classify, tmp_path, monkeypatch
):
    folder, model = make_folder(tmp_path, "raster-segmenter-maps"), make_model()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(OSError, match="power"):
        classify(
            image, model, tile_px=64, confidence=str(folder / "c.tif"), emit=Stopper(6, OSError("power"))
        )
    for ending in (".tif", ".qml", ".qmd"):
        partial_path(folder / f"c{ending}").write_text("left by a kill")
    classify(image, model, tile_px=64)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_what_another_run_writes_is_not_tidied_away(image, make_model, classify, tmp_path):
    theirs, model = tmp_path / "theirs.tif", make_model()
    with pytest.raises(OSError, match="power"):
        classify(image, model, tile_px=64, confidence=str(theirs), emit=Stopper(6, OSError("power")))
    partial = partial_path(theirs)
    partial.write_text("half a map")
    with locked(str(theirs)):
        classify(image, model, tile_px=64, confidence=str(tmp_path / "mine.tif"), emit=Stopper(99, None))
    assert partial.read_text() == "half a map"


def test_too_little_memory_halves_windows_and_a_run_goes_on_from_the_halves(
    image, make_model, classify, monkeypatch
):
    model = make_model()
    expected = classify(image, model)[0]
    monkeypatch.setattr("engine.classification.tile_budget.max_tile_px", lambda *_: 2**20)

    def small_only(self, image_BCHW, trim=NONE, call=Backend.__call__):
        if image_BCHW.shape[-1] * image_BCHW.shape[-2] > 200 * 250:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return call(self, image_BCHW, trim)

    monkeypatch.setattr(Backend, "__call__", small_only)
    with pytest.raises(OSError, match="power"):
        classify(image, model, emit=Stopper(2, OSError("power")))
    found, _, told = classify(image, model)
    assert (found == expected).all() and "Resuming" in logs(told)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_killed_ten_times_at_random_and_the_map_is_the_same(
    make_raster, grid, make_model, classify, tmp_path
):
    """The engine's own process, killed wherever it is: starting, reading, computing, writing or finishing."""
    large = Grid(960, 512, grid.transform, grid.crs_wkt)
    image, model, out = make_raster(discs(960, 512)[0], grid=large), make_model("patch_cnn"), tmp_path / "out"
    names = {"probabilities": "p.tif", "confidence": "c.tif"}
    one = {name: str(tmp_path / file) for name, file in names.items()}
    expected, _, told = classify(image, model, tile_px=64, **one)
    windows = sum(isinstance(event, Tile) for event in told)
    out.mkdir()
    other = {name: str(out / file) for name, file in names.items()}
    settings = {"device": "cpu", "precision": "fp32", "tile_px": 64, **other}
    job = tmp_path / "job.json"
    job.write_text(encode_job(ClassifyJob(image, (model,), str(out / "map.tif"), **settings)))
    rng, finished = random.Random(7), []
    command = [sys.executable, "-m", "engine", "classify", str(job)]
    for _ in range(10):
        left = rng.randint(0, windows // 10)
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for line in process.stdout:
            event = parse_event(line)
            if isinstance(event, Log) and (going := re.search(r"Resuming .*: (\d+) windows", event.text)):
                finished.append(int(going[1]))
            left -= isinstance(event, Tile)
            if left <= 0 and not isinstance(event, (Log, Started)):
                break
        time.sleep(rng.uniform(0, 0.05))
        process.kill()
        process.communicate()
        assert not (out / "map.tif").exists()
    found, figures, told = classify(image, model, folder=out, **settings)
    assert len(finished) >= 5 and finished == sorted(finished) and finished[-1] >= 5
    assert "Resuming" in logs(told) and (found == expected).all() and figures["pixels"] == 960 * 512
    assert all((read(one[name]) == read(other[name])).all() for name in names)
    assert not list(out.glob("*partial*")) and not list(out.glob("*unfinished*"))


@pytest.mark.parametrize(
    "moment",
    ["overviews of map.tif", "overviews of c.tif", "overviews of p.tif", "outlines drawn", "polygons"],
)
def test_whoever_stops_at_the_end_finds_the_outputs_of_the_run_before(
    moment, make_model, make_raster, grid, tmp_path
):
    """All outputs are of one run: while overviews and polygons are made, none has its name."""
    image = make_raster(discs(600, 300)[0], grid=Grid(600, 300, grid.transform, grid.crs_wkt))
    names = {"confidence": "c.tif", "probabilities": "p.tif", "polygons": "patches.gpkg"}
    paths = {name: str(tmp_path / file) for name, file in names.items()}
    outputs = [*paths.values(), str(tmp_path / "map.tif")]
    for path in outputs:
        Path(path).write_bytes(b"of the run before")

    def emit(event):
        words = event.text if isinstance(event, Log) else event.unit if isinstance(event, Progress) else ""
        if moment in words:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(ClassifyJob(image, (make_model(),), str(tmp_path / "map.tif"), device="cpu", **paths), emit)
    assert all(Path(path).read_bytes() == b"of the run before" for path in outputs)
    assert not list(tmp_path.glob("*.partial*"))


def test_the_order_of_the_rasters_is_asked_for_when_a_run_goes_on(make_model, make_raster, grid, tmp_path):
    """Two bands of one kind, swapped after a stop: what is finished was of other values."""
    image_CHW, _ = discs(grid.width, grid.height)
    image, one, two = (
        make_raster(band_HW[None], name=f"{name}.tif", grid=grid)
        for name, band_HW in zip(("image", "one", "two"), (image_CHW[0], image_CHW[1], 255 - image_CHW[2]))
    )
    job = ClassifyJob(
        image,
        (make_model(),),
        str(tmp_path / "map.tif"),
        extra=(one, two),
        tile_px=64,
        device="cpu",
        keep=True,
    )
    seen = []

    def emit(event):
        seen.append(event)
        if sum(isinstance(event, Tile) for event in seen) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(job, emit)
    run(dataclasses.replace(job, extra=(two, one)), lambda event: None)
    swapped = read(job.output)
    run(dataclasses.replace(job, extra=(two, one), output=str(tmp_path / "anew.tif")), lambda event: None)
    assert (swapped == read(tmp_path / "anew.tif")).all()
