"""Small rasters and vector layers, made with GDAL itself, and the real data where it is at hand."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path

import numpy as np
import pytest
from maps import HEIGHT, UTM, WIDTH, read
from scenes import CLASSES, discs

from engine.jobs import run
from engine.protocol import ClassifyJob
from engine.raster import Grid

SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def osgeo():
    """The GDAL bindings; tests that need them are skipped where they are not (machines for networks
    alone).
    """
    bindings = pytest.importorskip("osgeo")
    for module in ("gdal", "gdal_array", "ogr", "osr"):
        importlib.import_module(f"osgeo.{module}")
    bindings.gdal.UseExceptions()
    return bindings


@pytest.fixture(scope="session")
def wkt(osgeo):
    """The CRS with an EPSG code, as text."""

    def of(code):
        crs = osgeo.osr.SpatialReference()
        crs.ImportFromEPSG(code)
        return crs.ExportToWkt()

    return of


@pytest.fixture(scope="session")
def utm_grid(wkt):
    """60 × 40 pixels of 2 m in UTM zone 45 N."""
    return Grid(60, 40, (300000.0, 2.0, 0.0, 3060000.0, 0.0, -2.0), wkt(32645))


@pytest.fixture
def make_raster(tmp_path, osgeo):
    """Write ``image_CHW`` (or HW) as a GeoTIFF in the test's folder; returns its path."""

    def make(image, name="image.tif", grid=None, nodata=None, options=(), change=lambda dataset: None):
        image_CHW = np.asarray(image) if np.ndim(image) == 3 else np.asarray(image)[None]
        bands, height, width = image_CHW.shape
        kind = osgeo.gdal_array.NumericTypeCodeToGDALTypeCode(image_CHW.dtype)
        path = str(tmp_path / name)
        dataset = osgeo.gdal.GetDriverByName("GTiff").Create(path, width, height, bands, kind, list(options))
        if grid is not None:
            dataset.SetGeoTransform(grid.transform)
            dataset.SetProjection(grid.crs_wkt)
        if nodata is not None:
            dataset.GetRasterBand(1).SetNoDataValue(nodata)
        change(dataset)
        dataset.WriteArray(image_CHW)
        dataset.FlushCache()
        return path

    return make


@pytest.fixture
def make_vector(tmp_path, osgeo):
    """Write ``(wkt geometry or None, value)`` pairs as a layer; returns its path. ``crs`` None writes
    none.
    """

    def make(features, name="labels.gpkg", crs=32645, field="class", kind="OFTInteger", layer="labels"):
        driver = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".shp": "ESRI Shapefile"}[Path(name).suffix]
        path = str(tmp_path / name)
        reference = None
        if crs:
            reference = osgeo.osr.SpatialReference()
            reference.ImportFromEPSG(crs)
            reference.SetAxisMappingStrategy(osgeo.osr.OAMS_TRADITIONAL_GIS_ORDER)
        dataset = osgeo.ogr.GetDriverByName(driver).CreateDataSource(path)
        target = dataset.CreateLayer(
            layer, reference, osgeo.ogr.wkbUnknown if driver != "ESRI Shapefile" else osgeo.ogr.wkbPolygon
        )
        target.CreateField(osgeo.ogr.FieldDefn(field, getattr(osgeo.ogr, kind)))
        for geometry, value in features:
            feature = osgeo.ogr.Feature(target.GetLayerDefn())
            if geometry:
                feature.SetGeometry(osgeo.ogr.CreateGeometryFromWkt(geometry))
            if value is not None:
                feature.SetField(0, value)
            target.CreateFeature(feature)
        target = dataset = None
        return path

    return make


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real rasters and labels; tests that need it are skipped where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data is not at {SHARED_DATA.name}/ beside the repository")
    return SHARED_DATA


@pytest.fixture
def no_leftovers(tmp_path_factory, monkeypatch):
    """Whatever happens, nothing temporary is left behind."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.fixture
def grid(wkt):
    return Grid(WIDTH, HEIGHT, UTM, wkt(32645))


@pytest.fixture
def image(make_raster, grid):
    return make_raster(discs(WIDTH, HEIGHT)[0], grid=grid)


@pytest.fixture
def make_model(tmp_path):
    """A model file of a small network with weights of noise: what it draws is nonsense, but always the
    same.
    """
    from networks import SMALL, small

    from engine.model_files import model_file

    def make(name="unet", seed=1, classes=CLASSES, bands=("Band 1", "Band 2", "Band 3"), mean=112.0, **card):
        network = small(name, len(bands), len(classes), "none", seed)
        path = str(tmp_path / f"{name}{seed}.safetensors")
        scaled = tuple(model_file.Band(band, mean, 25.0) for band in bands)
        values = {"dtype": "uint8", "pixel_size_m": (2.0, 2.0), **card}
        values |= {
            "network": name,
            "options": SMALL[name],
            "bands": scaled,
            "classes": tuple(classes),
        }
        values |= {"job": {}, "history": (), "best_epoch": 0, "samples": {}, "confusion": (), "versions": {}}
        model_file.save(path, model_file.ModelCard(**values), network.state_dict())
        return path

    return make


@pytest.fixture
def classify(tmp_path):
    """Run a job that writes ``map.tif``; returns its values in pixels, the figures and the events."""

    def work(image, *models, folder=tmp_path, emit=None, **settings):
        told = []
        job = ClassifyJob(
            str(image),
            tuple(map(str, models)),
            str(folder / "map.tif"),
            **{"device": "cpu", "precision": "fp32", **settings},
        )
        figures = run(job, emit or told.append)
        return read(job.output)[0], figures, told

    return work
