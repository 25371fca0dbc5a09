"""Whole jobs on files: what works, what is refused and how, and that nothing is left behind either way."""

import dataclasses
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file
from scenes import discs

from engine.jobs import run
from engine.model_files import model_file
from engine.protocol import (
    Cancelled,
    CheckJob,
    ClassifyJob,
    EngineError,
    EvaluateJob,
    Log,
    Progress,
    Started,
    TrainJob,
    encode_job,
)
from engine.raster import Grid, RasterFile, read_classes
from engine.training import sampler, trainer

ROOT = Path(__file__).parents[3]
WIDTH, HEIGHT = 320, 256


@pytest.fixture(scope="session")
def grid(wkt):
    return Grid(WIDTH, HEIGHT, (300000.0, 2.0, 0.0, 3060000.0, 0.0, -2.0), wkt(32645))


@pytest.fixture
def image(make_raster, grid):
    return make_raster(discs(WIDTH, HEIGHT)[0], grid=grid)


@pytest.fixture
def truth(make_raster, grid):
    return make_raster(discs(WIDTH, HEIGHT)[1], name="labels.tif", grid=grid)


def training(image, *references, folder=None, **values):
    settings = {"options": {"width": 4, "depth": 2}, "epochs": 2, "patch_px": 32, "device": "cpu", **values}
    return TrainJob(
        images=(image,),
        references=references,
        model=str(Path(folder or Path(image).parent) / "m.safetensors"),
        **settings,
    )


@pytest.fixture(scope="session")
def model(tmp_path_factory, wkt, osgeo):
    """A small model of bands Red, Green, Blue, trained on discs."""
    folder = tmp_path_factory.mktemp("model")
    image_CHW, ids_HW = discs(WIDTH, HEIGHT)
    for name, array in (("image.tif", image_CHW), ("labels.tif", ids_HW[None])):
        options = ["PHOTOMETRIC=RGB"] if len(array) == 3 else []
        dataset = osgeo.gdal.GetDriverByName("GTiff").Create(
            str(folder / name), WIDTH, HEIGHT, len(array), 1, options
        )
        dataset.SetGeoTransform((300000.0, 2.0, 0.0, 3060000.0, 0.0, -2.0))
        dataset.SetProjection(wkt(32645))
        dataset.WriteArray(array)
        dataset = None
    job = training(str(folder / "image.tif"), str(folder / "labels.tif"), epochs=10)
    run(job, lambda event: None)
    return job.model


def quiet(event):
    """An emit for those who only want the result."""


def refused(job, emit=quiet):
    """The error ``job`` ends with; nothing new may lie in the folder of its outputs."""
    folders = {Path(path).parent for path in job.outputs() if path and Path(path).parent.is_dir()}
    before = {folder: sorted(folder.iterdir()) for folder in folders}
    with pytest.raises(EngineError) as error:
        run(job, emit)
    assert {folder: sorted(folder.iterdir()) for folder in folders} == before
    return error.value


# ── what works ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_polygons_in_another_crs_train_classify_and_evaluate(image, make_vector, wkt, osgeo, tmp_path):
    """Squares of class codes 20 and 30, drawn in degrees, on an image in metres; the image shows them."""
    source = osgeo.osr.SpatialReference(wkt(32645))
    target = osgeo.osr.SpatialReference(wkt(4326))
    for crs in (source, target):
        crs.SetAxisMappingStrategy(osgeo.osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_degrees = osgeo.osr.CoordinateTransformation(source, target)
    squares, image_CHW = [], np.full((3, HEIGHT, WIDTH), 60, np.uint8)
    for number, (x, y) in enumerate((x, y) for x in range(0, WIDTH, 32) for y in range(0, HEIGHT, 32)):
        geometry = osgeo.ogr.CreateGeometryFromWkt(square(x, y, 32))
        geometry.Transform(to_degrees)
        squares.append((geometry.ExportToWkt(), (20, 30)[number % 2]))
        image_CHW[:, y : y + 32, x : x + 32] += 90 * (number % 2)
    with RasterFile.open(image) as old:
        grid = old.grid
    dataset = osgeo.gdal.Open(image, osgeo.gdal.GA_Update)
    dataset.WriteArray(image_CHW)
    dataset = None
    polygons = make_vector(squares, crs=4326)
    job = training(image, polygons, field="class", epochs=6, report=str(tmp_path / "training.html"))
    assert run(job, quiet)["mean_f1"] > 0.9
    class_map = str(tmp_path / "map.tif")
    assert run(ClassifyJob(image, (job.model,), class_map), quiet)["pixels"] == WIDTH * HEIGHT
    assert [c.value for c in read_classes(class_map)] == [20, 30]
    with RasterFile.open(class_map) as written:
        assert written.grid == grid
    figures = run(EvaluateJob(class_map, (polygons,), field="class", json=str(tmp_path / "e.json")), quiet)
    assert figures["overall_accuracy"] > 0.95
    assert json.loads((tmp_path / "e.json").read_text())["classes"][0]["value"] == 20


def square(x, y, side):
    """In the map coordinates of the grid's pixels."""
    west, north = 300000 + 2 * x, 3060000 - 2 * y
    east, south = west + 2 * side, north - 2 * side
    return f"POLYGON(({west} {north},{east} {north},{east} {south},{west} {south},{west} {north}))"


@pytest.mark.slow
def test_two_images_with_different_parts_of_the_labels(make_raster, make_vector, grid):
    """Each image meets only some of the polygons; together they give both classes."""
    west = Grid(160, HEIGHT, grid.transform, grid.crs_wkt)
    east = Grid(160, HEIGHT, (300320.0, *grid.transform[1:]), grid.crs_wkt)
    pixels, _ = discs(WIDTH, HEIGHT)
    images = (make_raster(pixels[:, :, :160], "w.tif", west), make_raster(pixels[:, :, 160:], "e.tif", east))
    polygons = make_vector(
        [(square(x, y, 60), 1 + (x > 160)) for x in (10, 90, 170, 250) for y in (10, 90, 170)]
    )
    job = dataclasses.replace(training(images[0], polygons, field="class", epochs=1), images=images)
    assert run(job, quiet)["epochs_run"] == 1
    assert [c.value for c in model_file.load_card(job.model).classes] == [1, 2]


@pytest.mark.slow
def test_a_raster_without_crs_trains_with_a_label_raster_of_its_size_and_a_warning(make_raster):
    image_CHW, ids_HW = discs(WIDTH, HEIGHT)
    told = []
    job = training(make_raster(image_CHW), make_raster(ids_HW, "labels.tif"), epochs=1)
    run(job, told.append)
    assert any(isinstance(e, Log) and e.warning and "coordinate reference system" in e.text for e in told)
    assert model_file.load_card(job.model).pixel_size_m is None


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(70, 60), (20, 300), (33, 33)])
def test_a_raster_smaller_than_a_tile_trains_and_classifies(make_raster, grid, tmp_path, width, height):
    small = Grid(width, height, grid.transform, grid.crs_wkt)
    image_CHW, ids_HW = discs(width, height, seed=3)
    image = make_raster(image_CHW, grid=small)
    job = training(
        image,
        make_raster(ids_HW, "labels.tif", small),
        patch_px=16 if min(width, height) < 40 else 0,
        epochs=1,
    )
    run(job, quiet)
    assert run(ClassifyJob(image, (job.model,), str(tmp_path / "map.tif")), quiet)["pixels"] == width * height


@pytest.mark.slow
def test_a_rotated_grid_gives_a_rotated_map_and_the_right_labels(
    make_raster, make_vector, wkt, model, tmp_path
):
    rotated = Grid(WIDTH, HEIGHT, (300000.0, 1.6, 1.2, 3060000.0, 1.2, -1.6), wkt(32645))
    image = make_raster(discs(WIDTH, HEIGHT)[0], grid=rotated)
    shutil.copy(image, tmp_path / "copy.tif")
    run(ClassifyJob(image, (model,), str(tmp_path / "map.tif")), quiet)
    with RasterFile.open(str(tmp_path / "map.tif")) as class_map:
        assert class_map.grid.transform == rotated.transform
    everything = make_vector(
        [("POLYGON((200000 2900000,400000 2900000,400000 3200000,200000 3200000,200000 2900000))", 1)]
    )
    figures = run(
        EvaluateJob(str(tmp_path / "map.tif"), (everything,), field="class", unlabelled="background"), quiet
    )
    assert figures["pixels"] == WIDTH * HEIGHT


@pytest.mark.slow
def test_nan_and_infinite_pixels_become_nodata_and_teach_nothing(make_raster, grid, tmp_path):
    pixels, ids_HW = discs(WIDTH, HEIGHT)
    image_CHW = pixels.astype(np.float32)
    image_CHW[0, 10:30, 10:50], image_CHW[2, 100, 100], image_CHW[1, 101, 101] = np.nan, np.inf, -np.inf
    image = make_raster(image_CHW, grid=grid)
    job = training(image, make_raster(ids_HW, "labels.tif", grid), epochs=2)
    run(job, quiet)
    card = model_file.load_card(job.model)
    assert all(np.isfinite([band.mean, band.std]).all() for band in card.bands)
    assert sum(map(sum, card.samples.values())) == WIDTH * HEIGHT - 20 * 40 - 2
    run(ClassifyJob(image, (job.model,), str(tmp_path / "map.tif")), quiet)
    with RasterFile.open(str(tmp_path / "map.tif")) as class_map:
        _, valid_HW = class_map.read(class_map.grid.window)
    assert np.array_equal(valid_HW, np.isfinite(image_CHW).all(0))


@pytest.mark.slow
def test_a_class_of_one_block_is_told_to_have_no_validation(image, make_vector):
    polygons = make_vector(
        [(square(x, y, 20), 1) for x in range(0, 300, 40) for y in (0, 60, 120)] + [(square(290, 230, 8), 2)]
    )
    told = []
    run(training(image, polygons, field="class", epochs=1), told.append)
    assert any(isinstance(e, Log) and e.warning and "No validation pixel of '2'" in e.text for e in told)


@pytest.mark.slow
def test_values_that_mean_something_else_are_warned_of(make_raster, grid, model, tmp_path):
    coarse = Grid(WIDTH, HEIGHT, (300000.0, 6.0, 0.0, 3060000.0, 0.0, -6.0), grid.crs_wkt)
    image = make_raster(discs(WIDTH, HEIGHT, dtype="uint16")[0], grid=coarse, options=["PHOTOMETRIC=RGB"])
    told = []
    run(ClassifyJob(image, (model,), str(tmp_path / "map.tif")), told.append)
    warnings = " ".join(e.text for e in told if isinstance(e, Log) and e.warning)
    assert "uint16" in warnings and "unlike those in the training of the model" in warnings
    assert any(
        "Pixels are 6 × 6 m" in e.text and "resampled back" in e.text for e in told if isinstance(e, Log)
    )


@pytest.mark.slow
def test_check_tells_versions_and_device():
    told = []
    values = run(CheckJob("cpu"), told.append)
    assert isinstance(told[0], Started) and {"torch", "gdal", "python", "device", "reason"} <= set(values)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def test_labels_elsewhere_are_refused_with_both_extents(image, make_vector):
    error = refused(training(image, make_vector([("POLYGON((0 0,9 0,9 9,0 9,0 0))", 1)]), field="class"))
    assert "overlap" in str(error) and "300000" in str(error)


def test_a_missing_field_is_named_with_those_there_are(image, make_vector):
    error = refused(training(image, make_vector([(square(0, 0, 50), 1)]), field="kind"))
    assert "kind" in str(error) and "class" in str(error)


def test_one_class_is_refused(image, make_vector):
    error = refused(training(image, make_vector([(square(0, 0, 200), 1)]), field="class"))
    assert error.code == "one_class" and "background" in error.remedy


def test_labels_in_one_place_leave_nothing_to_validate_on(image, make_vector):
    polygons = make_vector([(square(0, 0, 10), 1), (square(12, 0, 10), 2)])
    assert refused(training(image, polygons, field="class")).code == "no_validation"


def test_labels_on_pixels_without_data_are_no_labels(make_raster, make_vector, grid):
    image_CHW = discs(WIDTH, HEIGHT)[0].astype(np.float32)
    image_CHW[:, :, 160:] = np.nan
    image = make_raster(image_CHW, grid=grid)
    polygons = make_vector([(square(0, 0, 100), 1), (square(0, 120, 100), 1), (square(200, 0, 100), 2)])
    assert "'2'" in refused(training(image, polygons, field="class")).message


def test_polygons_on_a_raster_without_crs_are_refused_with_the_way_to_set_it(make_raster, make_vector):
    error = refused(
        training(make_raster(discs(WIDTH, HEIGHT)[0]), make_vector([(square(0, 0, 9), 1)]), field="class")
    )
    assert "no coordinate reference system" in error.message and "Assign projection" in error.remedy


def test_a_patch_that_does_not_suit_the_network_is_refused(image, truth):
    assert "PATCH_PX is 30" in refused(training(image, truth, patch_px=30)).message


def test_a_batch_too_small_to_normalise_is_refused(image, truth):
    error = refused(training(image, truth, patch_px=16, batch=1, options={"width": 4, "depth": 4}))
    assert "PATCH_PX 16 and BATCH 1" in error.message


@pytest.mark.slow
def test_a_batch_too_small_to_normalise_is_refused_where_few_labels_made_the_patch_small(make_raster):
    pixels, ids = discs(100, 100)
    few = training(
        make_raster(pixels),
        make_raster(ids, "few.tif"),
        network="urec",
        options={"width": 2},
        patch_px=0,
        batch=1,
    )
    assert "PATCH_PX 32 and BATCH 1" in refused(few).message


def test_one_small_patch_a_step_is_enough_for_a_network_without_batch_norm(image, truth, monkeypatch):
    asked = handed_over(training(image, truth, network="fcn", options={}, patch_px=4, batch=1), monkeypatch)
    assert (asked.recipe.patch_px, asked.recipe.batch) == (4, 1)


@pytest.mark.slow
@pytest.mark.parametrize("depth", [4, 6, 7])
def test_patches_of_a_deep_network_never_reach_into_validation(image, truth, monkeypatch, depth):
    """Blocks are halved until there are enough of them, but never below the least that the network takes."""
    asked = handed_over(training(image, truth, options={"width": 1, "depth": depth}, patch_px=0), monkeypatch)
    drawn = sampler.WindowSampler(asked.split, [(WIDTH, HEIGHT)], asked.recipe.patch_px).draw(
        200, np.random.default_rng(0)
    )
    assert not any(window.overlaps(block.window) for _, window in drawn for block in asked.split.validation)


def handed_over(job, monkeypatch):
    """What the job gives its trainer to train by."""

    class Asked(Exception):
        def __init__(self, setup):
            self.split, self.recipe = setup.split, setup.settings.recipe

    def train(setup, *_):
        raise Asked(setup)

    monkeypatch.setattr(trainer, "train", train)
    with pytest.raises(Asked) as caught:
        run(job, lambda event: None)
    return caught.value


def test_an_unknown_option_is_refused(image, truth):
    assert "girth" in refused(training(image, truth, options={"girth": 2})).message


def test_images_with_different_bands_are_refused(make_raster, truth, image, grid):
    other = make_raster(discs(WIDTH, HEIGHT, bands=2)[0], "two.tif", grid)
    error = refused(dataclasses.replace(training(image, truth), images=(image, other)))
    assert "has 2 bands" in error.message and "image.tif has 3" in error.message


@pytest.mark.slow
def test_images_with_bands_in_another_order_are_refused_and_other_numbers_warned_of(make_raster, truth, grid):
    def swap(dataset):
        for band, name in enumerate(("Blue", "Green", "Red"), 1):
            dataset.GetRasterBand(band).SetDescription(name)

    pixels = discs(WIDTH, HEIGHT)[0]
    first = make_raster(pixels, "first.tif", grid, options=["PHOTOMETRIC=RGB"])
    swapped = make_raster(pixels, "swapped.tif", grid, options=["PHOTOMETRIC=RGB"], change=swap)
    assert refused(dataclasses.replace(training(first, truth), images=(first, swapped))).code == "band_order"
    deep = make_raster(pixels.astype(np.uint16) * 40, "deep.tif", grid, options=["PHOTOMETRIC=RGB"])
    told = []
    run(dataclasses.replace(training(first, truth, epochs=1), images=(first, deep)), told.append)
    assert any(isinstance(e, Log) and e.warning and "deep.tif holds uint16" in e.text for e in told)


@pytest.mark.slow
def test_a_band_that_is_tagged_alpha_is_said_to_teach_nothing(make_raster, truth, grid):
    image, told = make_raster(discs(WIDTH, HEIGHT, bands=4)[0], grid=grid), []
    run(training(image, truth, epochs=1), told.append)
    (said,) = [e.text for e in told if isinstance(e, Log) and "alpha" in e.text]
    assert "Band 4 of" in said and "image.tif" in said and "-colorinterp_4 undefined" in said


def test_an_image_without_labels_among_several_is_named(make_raster, image, truth, grid):
    far = Grid(WIDTH, HEIGHT, (500000.0, *grid.transform[1:]), grid.crs_wkt)
    other = make_raster(discs(WIDTH, HEIGHT)[0], "far.tif", far)
    error = refused(dataclasses.replace(training(image, truth), images=(image, other)))
    assert error.code == "no_overlap" and "far.tif" in error.message


def test_a_wrong_number_of_bands_is_refused(make_raster, grid, model, tmp_path):
    error = refused(
        ClassifyJob(
            make_raster(discs(WIDTH, HEIGHT, bands=2)[0], grid=grid), (model,), str(tmp_path / "map.tif")
        )
    )
    assert "2 bands" in error.message and "3 (Red, Green, Blue)" in error.message


def test_a_wrong_order_of_bands_is_refused(make_raster, grid, model, tmp_path):
    def swap(dataset):
        for band, name in enumerate(("Blue", "Green", "Red"), 1):
            dataset.GetRasterBand(band).SetDescription(name)

    image = make_raster(discs(WIDTH, HEIGHT)[0], grid=grid, options=["PHOTOMETRIC=RGB"], change=swap)
    error = refused(ClassifyJob(image, (model,), str(tmp_path / "map.tif")))
    assert error.code == "band_order" and "Blue, Green, Red" in error.message


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_empty_and_truncated_rasters_are_refused(image, model, truth, tmp_path, size):
    broken = tmp_path / "broken.tif"
    broken.write_bytes(Path(image).read_bytes()[:size])
    for job in (ClassifyJob(str(broken), (model,), str(tmp_path / "map.tif")), training(str(broken), truth)):
        assert "broken.tif" in refused(job).message


def test_a_missing_raster_is_refused(model, tmp_path):
    assert (
        "nowhere.tif"
        in refused(ClassifyJob(str(tmp_path / "nowhere.tif"), (model,), str(tmp_path / "map.tif"))).message
    )


def test_what_is_no_model_is_refused(image, tmp_path):
    assert refused(ClassifyJob(image, (image,), str(tmp_path / "map.tif"))).code == "not_a_model"


def test_a_model_of_a_newer_version_is_refused(image, model, tmp_path):
    newer = str(tmp_path / "newer.safetensors")
    card, weights = model_file.load(model)
    save_file(
        weights, newer, metadata={"raster_segmenter": json.dumps({**dataclasses.asdict(card), "version": 99})}
    )
    error = refused(ClassifyJob(image, (newer,), str(tmp_path / "map.tif")))
    assert error.code == "newer_model" and "99" in error.message


def test_outputs_that_cannot_be_written_are_refused_before_the_work(image, truth, model, tmp_path):
    nowhere = tmp_path / "no" / "such" / "folder"
    told = []
    for job in (
        dataclasses.replace(training(image, truth), model=str(nowhere / "m.safetensors")),
        ClassifyJob(image, (model,), str(nowhere / "map.tif")),
        EvaluateJob(truth, (truth,), report=str(nowhere / "r.html")),
    ):
        error = refused(job, told.append)
        assert error.code == "unwritable" and str(nowhere) in error.message
    assert told == []


def test_outputs_never_replace_inputs_or_each_other(image, truth, model, tmp_path):
    before = {path: Path(path).read_bytes() for path in (image, truth, model)}
    link = tmp_path / "link.tif"
    link.symlink_to(image)
    report = str(tmp_path / "r.html")
    for job in (
        ClassifyJob(image, (model,), image),
        ClassifyJob(image, (model,), str(link)),
        dataclasses.replace(training(image, truth), report=truth),
        EvaluateJob(truth, (truth + "|layername=x",), json=truth),
        EvaluateJob(truth, (truth,), report=report, json=report),
    ):
        assert refused(job).code == "same_file"
    assert before == {path: Path(path).read_bytes() for path in before}


def test_a_device_that_is_not_there_is_refused_with_the_reason(image, truth):
    error = refused(training(image, truth, device="mps"))
    assert error.code == "no_device" and "auto" in error.remedy


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_only_what_the_next_run_goes_on_from(model, make_raster, grid, tmp_path):
    """A limit on file sizes stands for the full disk: the map is larger than it."""
    big = Grid(1500, 1500, grid.transform, grid.crs_wkt)
    image = make_raster(
        np.random.default_rng(0).integers(0, 255, (3, 1500, 1500), np.uint8),
        grid=big,
        options=["PHOTOMETRIC=RGB"],
    )
    out = tmp_path / "out"
    out.mkdir()
    job = tmp_path / "job.json"
    job.write_text(encode_job(ClassifyJob(image, (model,), str(out / "map.tif"), device="cpu")))

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, "-m", "engine", "classify", str(job)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 1, done.stdout[-500:]
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["event"] == "failure" and str(out / "map.tif") in last["message"] and last["remedy"]
    assert [path.name for path in out.iterdir()] in ([], ["map.tif.unfinished"])


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 TB")]
)
def test_memory_that_runs_out_is_told_with_a_remedy(image, truth, monkeypatch, error):
    def greedy(*_, **__):
        raise error

    monkeypatch.setattr(trainer, "train", greedy)
    told = refused(training(image, truth))
    assert told.code == "out_of_memory" and "BATCH" in told.remedy


def test_other_failures_stay_what_they_are(image, truth, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a bug")

    monkeypatch.setattr(trainer, "train", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        run(training(image, truth), quiet)


@pytest.mark.slow
def test_labels_of_another_name_than_the_maps_only_class_are_warned_of(
    make_raster, make_vector, grid, tmp_path
):
    """A map of background and class 'labels', compared with a layer 'roads'."""
    mask = make_vector([(square(x, y, 40), 1) for x in range(0, 300, 60) for y in (0, 60, 120, 180)])
    pixels = discs(WIDTH, HEIGHT)[0]
    image = make_raster(pixels, grid=grid)
    job = training(image, mask, epochs=1, unlabelled="background")
    run(job, quiet)
    run(ClassifyJob(image, (job.model,), str(tmp_path / "map.tif")), quiet)
    roads = make_vector([(square(0, 0, 90), 1)], name="roads.gpkg", layer="roads")
    told = []
    run(EvaluateJob(str(tmp_path / "map.tif"), (roads,), unlabelled="background"), told.append)
    assert any(
        isinstance(e, Log) and e.warning and "'roads' is compared with 'labels'" in e.text for e in told
    )


# ── cancel ───────────────────────────────────────────────────────────────────────────────────────


def jobs_of(image, truth, model, out):
    return {
        "train": training(image, truth, folder=out, epochs=1, report=str(out / "t.html")),
        "classify": ClassifyJob(image, (model,), str(out / "map.tif"), tile_px=64, device="cpu"),
        "evaluate": EvaluateJob(
            truth, (truth,), report=str(out / "e.html"), json=str(out / "e.json"), csv=str(out / "e.csv")
        ),
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["train", "classify", "evaluate"])
def test_cancel_at_every_stage_leaves_nothing(kind, image, truth, model, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    job = jobs_of(image, truth, model, out)[kind]
    run(job, quiet)  # what is measured once for each model is measured now
    told = []
    run(job, told.append)
    assert all(Path(path).is_file() for path in job.outputs() if path)
    for path in out.iterdir():
        path.unlink()
    leftovers = set(os.listdir("/tmp"))
    stages = {type(event).__name__ for event in told}
    first_of_each = [next(i for i, e in enumerate(told) if type(e).__name__ == stage) for stage in stages]
    for stop in sorted({*first_of_each, len(told) - 1}):
        events = []

        def emit(event, events=events, stop=stop):
            events.append(event)
            if len(events) > stop:
                raise Cancelled

        with pytest.raises(Cancelled):
            run(job, emit)
        left = {path.name for path in out.iterdir()}
        offered = {"m.best.safetensors", "m.safetensors.unfinished.safetensors"} if kind == "train" else set()
        assert left <= offered, f"cancelled at event {stop} of {len(told)}"
        for path in out.iterdir():
            path.unlink()
    assert {name for name in set(os.listdir("/tmp")) - leftovers if "raster" in name.lower()} == set()
    assert any(isinstance(event, Progress) for event in told)
