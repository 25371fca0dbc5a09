"""Classify raster as a whole job: each setting, sensible pairs of them, and outputs that agree with each
other.
"""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from maps import HEIGHT, UTM, WIDTH, alike, logs, read, refusal
from scenes import CLASSES, discs
from torch.nn import functional

from engine.classification.backends import Backend
from engine.core.legend import LegendClass
from engine.core.windows import NONE
from engine.protocol import (
    EngineError,
    Log,
    Progress,
    Started,
    Tile,
)
from engine.raster import Grid, overviews, tiff_writer

ROOT = Path(__file__).parents[3]
THREE = (*CLASSES, LegendClass(9, "other", (30, 30, 200)))


# ── the map ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["unet", "unet_valid", "cam_cnn", "pixel_svm", "patch_cnn", "nasnet_mobile_fcn"]
)
def test_tiles_of_any_side_give_the_same_map(name, image, make_model, classify):
    model = make_model(name)
    whole, figures, told = classify(image, model)
    assert figures["pixels"] == WIDTH * HEIGHT and set(np.unique(whole)) <= {0, 7}
    assert {type(event) for event in told} >= {Started, Tile, Progress}
    for tile_px in (100, 64):
        assert alike(classify(image, model, tile_px=tile_px)[0], whole) > 0.9999


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
def test_numbers_of_every_kind(dtype, make_raster, make_model, classify):
    """The same scene, moved to where only this kind of numbers reaches."""
    pixels = discs(WIDTH, HEIGHT)[0].astype(np.float64)
    shift = {"uint8": 0, "uint16": 40_000, "int16": -20_000, "uint32": 2**20}.get(dtype, -100)
    moved = (pixels + shift).astype(dtype)
    image = make_raster(moved, "moved.tif")
    expected = classify(make_raster(pixels.astype(np.uint8)), make_model())[0]
    found, _, told = classify(image, make_model(mean=112.0 + shift, dtype=dtype))
    assert alike(found, expected) > 0.999 and not any(
        event.warning for event in told if isinstance(event, Log)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1, 100_000), (100_000, 1), (3, 40), (256, 256), (257, 513)]
)
def test_rasters_of_any_size(width, height, make_raster, make_model, classify):
    image = make_raster(np.random.default_rng(0).integers(60, 160, (3, height, width), dtype=np.uint8))
    found, figures, _ = classify(image, make_model())
    assert (
        found.shape == (height, width)
        and figures["pixels"] == width * height
        and set(np.unique(found)) <= {0, 7}
    )


@pytest.mark.parametrize("cloud_optimised", [False, True])
def test_bigtiffs_in_and_out(cloud_optimised, make_raster, grid, make_model, classify, monkeypatch, tmp_path):
    """As rasters and maps beyond 4 GB are."""
    options = ["BIGTIFF=YES", "TILED=YES", "COMPRESS=DEFLATE"]
    model, pixels = make_model(), discs(WIDTH, HEIGHT)[0]
    expected = classify(make_raster(pixels, grid=grid), model)[0]
    for module in (tiff_writer, overviews):
        changed = [option.replace("BIGTIFF=IF_SAFER", "BIGTIFF=YES") for option in module._OPTIONS]
        assert "BIGTIFF=YES" in changed
        monkeypatch.setattr(module, "_OPTIONS", changed)
    image, percent = make_raster(pixels, "big.tif", grid, options=options), tmp_path / "p.tif"
    found, _, _ = classify(
        image, model, tile_px=64, probabilities=str(percent), cloud_optimised=cloud_optimised
    )
    for path in (Path(image), tmp_path / "map.tif", percent):
        assert path.read_bytes()[:4] == b"II+\0", "no BigTIFF"
    assert (found == expected).all() and (read(percent).sum(0) >= 99).all()


def test_holes_and_borders_and_one_band_without_data(make_raster, grid, make_model, classify):
    pixels = discs(WIDTH, HEIGHT)[0].clip(1)
    pixels[:, 50:80, 100:130] = pixels[:, :, :5] = 0
    pixels[1, 150:160, 200:] = 0
    found, figures, _ = classify(make_raster(pixels, grid=grid, nodata=0), make_model())
    assert ((found == 255) == (pixels == 0).any(0)).all()
    assert figures["pixels"] == (found != 255).sum()


def test_a_raster_without_any_data_gives_an_empty_map_and_says_so(
    make_raster, grid, make_model, classify, tmp_path
):
    image = make_raster(np.zeros((3, HEIGHT, WIDTH), np.uint8), grid=grid, nodata=0)
    names = {name: str(tmp_path / f"{name}.out") for name in ("summary", "json")}
    polygons = str(tmp_path / "p.gpkg")
    found, figures, told = classify(image, make_model(), polygons=polygons, **names)
    assert (found == 255).all() and figures["pixels"] == 0 and "No pixel was classified" in logs(told)
    assert json.loads((tmp_path / "json.out").read_text())


def test_a_mosaic_is_classified_as_the_one_raster_that_it_is(
    make_raster, grid, make_model, classify, osgeo, tmp_path
):
    pixels = discs(WIDTH, HEIGHT)[0]
    parts = []
    for number, (left, right) in enumerate(((0, 130), (130, WIDTH))):
        x = UTM[0] + 2 * left
        part = Grid(right - left, HEIGHT, (x, *UTM[1:]), grid.crs_wkt)
        parts.append(make_raster(pixels[:, :, left:right], f"part{number}.tif", part))
    mosaic = str(tmp_path / "mosaic.vrt")
    osgeo.gdal.BuildVRT(mosaic, parts).FlushCache()
    model = make_model()
    assert (classify(mosaic, model)[0] == classify(make_raster(pixels, grid=grid), model)[0]).all()


# ── what limits or refines it ────────────────────────────────────────────────────────────────────


def test_area_and_extent_limit_what_is_written_and_change_nothing_in_it(
    image, make_model, make_vector, classify
):
    model = make_model()
    whole = classify(image, model)[0]
    west, north = UTM[0], UTM[3]
    area = make_vector(
        [(f"POLYGON(({west} {north},{west + 400} {north},{west} {north - 400},{west} {north}))", 1)]
    )
    extent = f"{west + 100},{north - 300},{west + 500},{north - 50}"
    found, figures, told = classify(image, model, area=area, extent=extent)
    asked = found != 255
    rows, columns = np.nonzero(asked)
    assert (rows.min(), columns.min()) == (25, 50) and rows.max() < 150 and columns.max() < 200
    assert (found[asked] == whole[asked]).all() and figures["pixels"] == asked.sum() > 5000
    progress = [event for event in told if isinstance(event, Progress)]
    assert progress[-1].done == progress[-1].total


def test_on_a_turned_raster_an_extent_is_no_more_than_it_is(make_raster, grid, make_model, classify):
    turned = Grid(WIDTH, HEIGHT, (UTM[0], 1.6, -1.2, UTM[3], -1.2, -1.6), grid.crs_wkt)
    west, east, south, north = UTM[0] + 50, UTM[0] + 200, UTM[3] - 400, UTM[3] - 200
    found, figures, _ = classify(
        make_raster(discs(WIDTH, HEIGHT)[0], grid=turned),
        make_model(),
        extent=f"{west},{south},{east},{north}",
    )
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    x, y = turned.to_map(columns, rows)
    assert ((found != 255) == ((x > west) & (x < east) & (y > south) & (y < north))).all()
    assert figures["pixels"] == pytest.approx(150 * 200 / 4, rel=0.01)


@pytest.mark.slow
def test_several_networks_are_averaged(image, make_model, classify, tmp_path):
    """The mean of what each gives alone, up to the rounding to whole per cent; networks that see differently
    far.
    """
    models = [make_model("unet"), make_model("unet_valid"), make_model("fcn"), make_model("dual_unet")]
    alone = []
    for number, model in enumerate(models):
        path = str(tmp_path / f"p{number}.tif")
        classify(image, model, probabilities=path)
        alone.append(read(path).astype(float))
    path = str(tmp_path / "together.tif")
    found, _, _ = classify(image, *models, probabilities=path, tile_px=96)
    together = read(path)
    assert np.abs(together - np.mean(alone, axis=0)).max() <= 1.01
    sure = np.abs(together[0].astype(int) - together[1]) > 2
    assert (np.array([0, 7])[together.argmax(0)] == found)[sure].all() and sure.mean() > 0.5


@pytest.mark.slow
def test_each_of_several_models_is_asked_whether_it_knows_such_values(image, make_model, classify):
    assert "unlike" not in logs(classify(image, make_model(), make_model(seed=2))[2])
    told = logs(classify(image, make_model(), make_model(seed=3, mean=2000.0))[2])
    assert (
        told.count("unlike") == 1
        and "training of " in told
        and "unet3.safetensors: " in told
        and "unet1" not in told
    )


def test_extra_rasters_on_another_grid_are_bands_of_the_image(image, make_raster, grid, make_model, classify):
    coarse = Grid(
        WIDTH // 2 + 20, HEIGHT // 2 + 20, (UTM[0] - 40, 4.0, 0.0, UTM[3] + 40, 0.0, -4.0), grid.crs_wkt
    )
    heights = make_raster(np.full((coarse.height, coarse.width), 130.0, np.float32), "dem.tif", coarse)
    model = make_model(bands=("Band 1", "Band 2", "Band 3", "dem: Band 1"), dtype="float32")
    stacked = np.concatenate(
        [discs(WIDTH, HEIGHT)[0].astype(np.float32), np.full((1, HEIGHT, WIDTH), 130, np.float32)]
    )
    expected = classify(make_raster(stacked, "stacked.tif", grid), model)[0]
    assert alike(classify(image, model, extra=(heights,), tile_px=64)[0], expected) > 0.9999
    for extra in ((), (heights, heights)):
        error = refusal(classify, image, model, extra=extra)
        assert error.code == "bands_differ" and "image.tif has 3 bands" in error.message
        assert "trained on 4 (Band 1, Band 2, Band 3, dem: Band 1)" in error.message
        assert error.message.count("dem.tif adds 1") == len(extra) and ("5 in all" in error.message) == bool(
            extra
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "settings"),
    [("unet", {"augment": True}), ("nasnet_mobile_fcn", {"blend": "on"})],
)
def test_turned_and_blended_maps_do_not_depend_on_tiles(name, settings, image, make_model, classify):
    model = make_model(name)
    plain = classify(image, model, blend="off")[0]
    found = classify(image, model, **settings)[0]
    tiled = classify(image, model, **{**settings, "tile_px": 160})[0]
    assert alike(found, tiled) > 0.9999 and alike(found, plain) < 1


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["auto", "fp32", "bf16", "fp16"])
def test_every_precision_agrees_or_is_refused(precision, image, make_model, classify):
    model = make_model()
    expected = classify(image, model)[0]
    try:
        found, _, _ = classify(image, model, precision=precision)
    except EngineError as error:
        assert error.code == "no_precision" and precision in error.message  # noqa: PT017 (either is right)
        assert "fp32" in error.remedy  # noqa: PT017
    else:
        assert alike(found, expected) > 0.98


@pytest.mark.slow
@pytest.mark.parametrize("crs", [32645, 4326])
def test_a_raster_twice_as_fine_is_seen_as_in_training(crs, make_raster, make_model, classify, wkt, tmp_path):
    """Each pixel of a raster as two by two: averaged again, it is the very raster. In degrees pixels are not
    square.
    """
    one, other = str(tmp_path / "one.tif"), str(tmp_path / "other.tif")
    pixels = discs(160, 120)[0]
    coarse_step = (2.0, 2.0) if crs == 32645 else (2 / 98_800, 2 / 110_700)  # metres of a degree at 27.65° N
    origin = UTM if crs == 32645 else (84.9, 0, 0, 27.65, 0, 0)
    fine = Grid(320, 240, (origin[0], coarse_step[0] / 2, 0.0, origin[3], 0.0, -coarse_step[1] / 2), wkt(crs))
    coarse = Grid(160, 120, (origin[0], coarse_step[0], 0.0, origin[3], 0.0, -coarse_step[1]), wkt(crs))
    fine_image = make_raster(pixels.repeat(2, 1).repeat(2, 2), "fine.tif", fine)
    model = make_model(pixel_size_m=coarse.pixel_size_m())
    classify(make_raster(pixels, "coarse.tif", coarse), model, probabilities=one)
    found, _, told = classify(fine_image, model, resolution="as_trained", probabilities=other)
    expected = functional.interpolate(torch.tensor(read(one)[None] * 1.0), scale_factor=2, mode="bilinear")[
        0
    ].numpy()
    inner = (..., slice(80, -80), slice(80, -80))  # the edge mirrors pixels, of either size
    assert np.abs(expected - read(other))[inner].max() <= 1.5 and "resampled back" in logs(told)
    sure = np.abs(expected[0] - expected[1]) > 3
    assert (np.array([0, 7])[expected.argmax(0)] == found)[inner][sure[inner]].all()
    automatic = classify(fine_image, model)[0]
    assert (found == automatic).all() and alike(
        classify(fine_image, model, resolution="as_raster")[0], found
    ) < 0.95
    assert (classify(fine_image, model, resolution="as_trained", tile_px=64)[0] == found).mean() > 0.9999


@pytest.mark.slow
def test_pixel_sizes_that_cannot_be_compared_are_told_once(image, make_raster, make_model, classify):
    nowhere, models = make_raster(discs(WIDTH, HEIGHT)[0], "nowhere.tif"), (make_model(), make_model(seed=2))
    told = logs(classify(nowhere, *models)[2])
    assert (
        told.count("cannot be compared") == told.count("nowhere.tif has no coordinate reference system") == 1
    )
    assert "cannot be compared" not in logs(classify(nowhere, *models, resolution="as_raster")[2])
    assert "cannot be compared" not in logs(classify(image, *models)[2])
    trained_nowhere = make_model(seed=3, pixel_size_m=None)
    told = logs(classify(image, models[0], trained_nowhere)[2])
    assert told.count("cannot be compared") == 1 and "unet3.safetensors was trained on" in told


@pytest.mark.slow
def test_pixel_sizes_far_from_those_of_the_training(image, make_model, classify, monkeypatch):
    """Ten times coarser in training, or ten times finer: windows are such as memory holds."""
    largest = []

    def watched(self, image_BCHW, trim=NONE, call=Backend.__call__):
        largest.append(image_BCHW.shape[-1] * image_BCHW.shape[-2])
        return call(self, image_BCHW, trim)

    monkeypatch.setattr(Backend, "__call__", watched)
    assert classify(image, make_model(pixel_size_m=(20.0, 20.0)))[1]["pixels"] == WIDTH * HEIGHT
    largest.clear()
    assert classify(image, make_model(pixel_size_m=(0.25, 0.25)))[1]["pixels"] == WIDTH * HEIGHT
    assert max(largest) < 5e6
    error = refusal(classify, image, make_model(pixel_size_m=(0.002, 0.002)))
    assert error.code == "too_coarse" and "as_raster" in error.remedy
    error = refusal(classify, image, make_model(pixel_size_m=(2000.0, 2000.0)))
    assert error.code == "too_fine" and "as_raster" in error.remedy


# ── what is written beside it ────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("cloud_optimised", [False, True])
def test_all_outputs_tell_the_same(cloud_optimised, make_raster, grid, make_model, classify, osgeo, tmp_path):
    pixels = discs(WIDTH, HEIGHT)[0].clip(1)
    pixels[:, 30:60, 40:90] = 0
    image = make_raster(pixels, grid=grid, nodata=0)
    names = {
        "probabilities": "p.tif",
        "confidence": "c.tif",
        "polygons": "patches.gpkg",
        "summary": "s.html",
        "json": "s.json",
    }
    paths = {name: str(tmp_path / file) for name, file in names.items()}
    found, figures, _ = classify(
        image, make_model(classes=THREE), tile_px=128, cloud_optimised=cloud_optimised, **paths
    )
    percent, sure = read(paths["probabilities"]), read(paths["confidence"])[0]
    valid = found != 255
    assert (valid == (pixels != 0).all(0)).all()
    assert (percent[:, ~valid] == 255).all() and (sure[~valid] == 255).all()
    ordered = np.sort(percent[:, valid].astype(int), axis=0)
    assert np.abs(ordered[-1] - ordered[-2] - sure[valid]).max() <= 1
    clear = valid & (sure > 1) & (sure < 255)
    assert (np.array([c.value for c in THREE])[percent.argmax(0)] == found)[clear].all()
    document = json.loads((tmp_path / "s.json").read_text())
    dataset = osgeo.ogr.Open(paths["polygons"])
    rows = [
        (f.GetField("class"), f.GetField("area_m2"), f.GetField("confidence")) for f in dataset.GetLayer(0)
    ]
    for c in THREE:
        count = int((found == c.value).sum())
        area_m2 = sum(area for name, area, _ in rows if name == c.name)
        assert area_m2 == pytest.approx(4 * count)
        told = next(row for row in document["classes"] if row["name"] == c.name)
        assert told["pixels"] == count and told["area_ha"] == pytest.approx(area_m2 / 1e4)
    weighted = sum(area * confidence for _, area, confidence in rows) / sum(area for _, area, _ in rows)
    assert weighted == pytest.approx(sure[valid].mean())
    assert figures["pixels"] == valid.sum() and figures["polygons"] == paths["polygons"]
    assert not list(tmp_path.glob("*partial*")) and not list(tmp_path.glob("*unfinished*"))


def test_a_model_of_one_class_is_sure_of_it(image, make_model, classify, tmp_path):
    paths = {name: str(tmp_path / f"{name}.tif") for name in ("confidence", "probabilities")}
    found, _, _ = classify(image, make_model(classes=CLASSES[1:]), polygons=str(tmp_path / "p.gpkg"), **paths)
    assert (found == 7).all() and all((read(path) == 100).all() for path in paths.values())


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def test_models_of_other_classes_or_bands_are_refused(image, make_model, classify):
    first, other = make_model(), make_model(seed=2, classes=THREE)
    error = refusal(classify, image, first, other)
    assert error.code == "classes_differ" and "9 other" in error.message
    assert refusal(classify, image, first, make_model(seed=3, bands=("Band 1",))).code == "bands_differ"


@pytest.mark.parametrize("beside", [False, True])
def test_a_band_that_is_tagged_alpha_is_said_where_it_is_the_one_that_lacks(
    beside, make_raster, grid, make_model, classify, osgeo
):
    """GDAL tags the fourth band of bytes so, unless it is told that it holds something else."""
    pixels = np.concatenate([discs(WIDTH, HEIGHT)[0], discs(WIDTH, HEIGHT, seed=5, bands=1)[0]])
    image = make_raster(pixels, "rgbn.tif", grid)
    extra = (make_raster(pixels[:1], "dem.tif", grid),) if beside else ()
    four = ("Red", "Green", "Blue", "Band 4")
    model = make_model(bands=(*four, "dem: Band 1") if beside else four)
    error = refusal(classify, image, model, extra=extra)
    assert error.code == "bands_differ" and "has 3 bands" in error.message and "band 4 of" in error.message
    assert "tagged alpha" in error.message and "-colorinterp_4 undefined" in error.remedy
    dataset = osgeo.gdal.Open(image, osgeo.gdal.GA_Update)
    dataset.GetRasterBand(4).SetColorInterpretation(osgeo.gdal.GCI_Undefined)  # what the remedy does
    dataset = None
    assert classify(image, model, extra=extra)[1]["pixels"] == WIDTH * HEIGHT
    assert "alpha" not in refusal(classify, image, make_model(seed=2, bands=("Red",)), extra=extra).message


@pytest.mark.parametrize("as_extra", [False, True])
def test_no_output_replaces_a_file_that_a_raster_is_made_of(
    as_extra, make_raster, grid, make_model, classify, osgeo, tmp_path
):
    """A part of a mosaic of mosaics, that of an extra raster on another grid too, and a map of a former run
    that was kept.
    """
    coarse = (
        Grid(WIDTH // 2, HEIGHT // 2, (UTM[0], 4.0, 0.0, UTM[3], 0.0, -4.0), grid.crs_wkt)
        if as_extra
        else grid
    )
    part = make_raster(discs(coarse.width, coarse.height)[0], "part.tif", coarse)
    inner, mosaic = str(tmp_path / "inner.vrt"), str(tmp_path / "mosaic.vrt")
    for name, of in ((inner, part), (mosaic, inner)):
        osgeo.gdal.BuildVRT(name, [of]).FlushCache()
    before = {path: Path(path).read_bytes() for path in (part, inner, mosaic)}
    if as_extra:
        bands = ("Band 1", "Band 2", "Band 3", *(f"mosaic: Band {number}" for number in (1, 2, 3)))
        image = make_raster(discs(WIDTH, HEIGHT)[0], grid=grid)
        given, settings = (image, make_model(bands=bands, dtype="float32")), {"extra": (mosaic,)}
    else:
        given, settings = (mosaic, make_model()), {}
    for name in ("confidence", "probabilities", "polygons", "summary", "json"):
        for path in (part, inner):
            error = refusal(classify, *given, **settings, **{name: path})
            assert error.code == "same_file" and path in error.message
    kept = make_raster(discs(WIDTH, HEIGHT)[0], "map.partial.tif", grid)
    assert refusal(classify, kept, make_model()).code == "same_file"
    assert (
        before == {path: Path(path).read_bytes() for path in before} and not (tmp_path / "map.tif").exists()
    )


@pytest.mark.slow
def test_outputs_whose_side_files_clash_are_refused(image, make_model, classify, tmp_path):
    for name in ("confidence", "probabilities"):
        error = refusal(classify, image, make_model(), **{name: str(tmp_path / "map.tiff")})
        assert error.code == "same_file" and "map.qml" in error.message and "map.tiff" in error.message
    error = refusal(classify, image, make_model(), json=str(tmp_path / "map.tif.aux.xml"))
    assert error.code == "same_file"
    names = {
        "polygons": "map.gpkg",
        "summary": "map.html",
        "json": "map.json",
        "probabilities": "percent.tiff",
    }
    classify(image, make_model(), **{name: str(tmp_path / file) for name, file in names.items()})
    assert all((tmp_path / file).exists() for file in names.values())


def test_no_crs_is_told_where_one_is_needed(make_raster, make_model, classify, tmp_path):
    image = make_raster(discs(WIDTH, HEIGHT)[0])
    assert refusal(classify, image, make_model(), resolution="as_trained").code == "no_pixel_size"
    polygons = str(tmp_path / "p.gpkg")
    assert refusal(classify, image, make_model(), polygons=polygons, minimum_area_m2=10).code == "no_crs"
    assert not list(tmp_path.glob("map*"))
