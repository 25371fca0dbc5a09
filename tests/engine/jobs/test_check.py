"""Check the engine: every part passes, and the first one that fails is named."""

import dataclasses
import sys
import tempfile
from collections.abc import Callable

import pytest

from engine import labels, raster
from engine.classification.classifier import Classifier
from engine.jobs import evaluate, run
from engine.protocol import Cancelled, CheckJob, EngineError, Log, Progress, Started
from engine.raster import image, tiff_writer
from engine.raster.gdal import Dataset
from engine.runtime import libraries
from engine.training.learner import Learner

JOB = CheckJob("cpu", qgis="3.22.16")


@pytest.fixture
def nothing_left(tmp_path, monkeypatch):
    """No folder of ours is left behind; PyTorch keeps one of its own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    yield
    assert list((tmp_path / "temporary").glob("raster-segmenter-*")) == []


PARTS = [
    "load the libraries",
    "look up coordinate reference systems",
    "write a raster",
    "close a raster",
    "read a raster",
    "write a class map",
    "write a cloud-optimised GeoTIFF",
    "warp a raster",
    "turn a map into polygons",
    "turn polygons into labels",
    "train two steps",
    "classify",
    "evaluate",
]


@pytest.mark.slow
def test_every_part_passes_and_is_timed(osgeo, nothing_left, monkeypatch):
    told, steps = [], []
    step = Learner.step
    monkeypatch.setattr(Learner, "step", lambda *values: steps.append(1) or step(*values))
    values = run(JOB, told.append)
    assert list(values["parts"]) == PARTS and all(seconds >= 0 for seconds in values["parts"].values())
    assert len(steps) == 2
    assert [event.text for event in told if isinstance(event, Log)][:-1] == [
        f"Checking: {part}." for part in PARTS
    ]
    shares = [event.done / event.total for event in told if isinstance(event, Progress)]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert {type(event) for event in told} == {Started, Log, Progress}, "what is made is not shown on the map"


@pytest.mark.slow
def test_the_report_has_all_that_one_who_reads_it_asks_for(osgeo):
    told = []
    values = run(JOB, told.append)
    report = values["report"]
    for words in (
        values["torch"],
        values["gdal"],
        values["python"],
        values["numpy"],
        "QGIS 3.22.16",
        values["device"],
        *PARTS,
    ):
        assert words in report
    assert told[-1].text == report


def test_only_the_device_is_told_where_only_that_is_asked_for():
    told = []
    values = run(dataclasses.replace(JOB, only_device=True), told.append)
    assert (
        [type(event) for event in told] == [Started]
        and values["device"].startswith("CPU")
        and "parts" not in values
    )


def breaks(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def break_libraries(monkeypatch, osgeo, tmp_path):
    (tmp_path / "loose.py").write_text(
        "raise OSError('libgomp.so.1: cannot open shared object file: No such file')"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(libraries, "SOMETIMES_NEEDED", {"scikit-learn": "loose"})


def break_projections(monkeypatch, osgeo, tmp_path):
    error = RuntimeError("PROJ: proj_create_from_database: Cannot find proj.db")
    monkeypatch.setattr(image, "named_reference", breaks(error))


def break_closing(monkeypatch, osgeo, tmp_path):
    """As with GDAL 3.10 and newer, of which ``Close`` leaves no ``this``, where that was asked for
    afterwards.
    """

    def close(dataset):
        handle, dataset._handle = dataset._handle, None
        if handle is not None:
            handle.FlushCache()
            None.own  # noqa: B018

    monkeypatch.setattr(Dataset, "close", close)


BREAKS = {
    "load the libraries": (break_libraries, "scikit-learn .* because a library that it needs is missing"),
    "look up coordinate reference systems": (break_projections, "proj.db"),
    "write a raster": (
        lambda m, o, _: m.setattr(o.gdal.Dataset, "WriteArray", breaks(RuntimeError("No space"))),
        "No space",
    ),
    "close a raster": (break_closing, "AttributeError: 'NoneType' object has no attribute 'own'"),
    "read a raster": (
        lambda m, o, _: m.setattr(raster, "open_stack", breaks(ValueError("axes"))),
        "ValueError: axes",
    ),
    "write a class map": (
        lambda m, o, _: m.delattr(o.gdal, "RasterAttributeTable"),
        "has no attribute 'RasterAttributeTable'",
    ),
    "write a cloud-optimised GeoTIFF": (
        lambda m, o, _: m.setattr(tiff_writer, "rewrite_as_cog", breaks(RuntimeError("no COG"))),
        "no COG",
    ),
    "warp a raster": (lambda m, o, _: m.setattr(o.gdal, "Warp", breaks(RuntimeError("no grid"))), "no grid"),
    "turn a map into polygons": (
        lambda m, o, _: m.setattr(o.gdal, "Polygonize", breaks(TypeError("layer"))),
        "TypeError: layer",
    ),
    "turn polygons into labels": (
        lambda m, o, _: m.delattr(o.gdal, "RasterizeLayer"),
        "has no attribute 'RasterizeLayer'",
    ),
    "train two steps": (
        lambda m, o, _: m.setattr(Learner, "step", breaks(RuntimeError("could not create a primitive"))),
        "primitive",
    ),
    "classify": (
        lambda m, o, _: m.setattr(Classifier, "run", breaks(RuntimeError("no kernel image"))),
        "no kernel image",
    ),
    "evaluate": (lambda m, o, _: m.setattr(evaluate, "evaluate", breaks(KeyError("iou"))), "KeyError: 'iou'"),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_the_first_part_that_fails_is_named_with_versions_and_a_remedy(
    part, osgeo, nothing_left, monkeypatch, tmp_path
):
    break_it, words = BREAKS[part]
    break_it(monkeypatch, osgeo, tmp_path)
    told = []
    with pytest.raises(EngineError, match=words) as failure:
        run(JOB, told.append)
    message = failure.value.message
    assert message.startswith(f"The engine fails to {part}. ") and failure.value.remedy
    for version in (
        "QGIS 3.22.16",
        f"Python {sys.version.split()[0]}",
        f"GDAL {osgeo.__version__}",
        "PyTorch ",
        "NumPy ",
    ):
        assert version in message
    assert [event for event in told if isinstance(event, Log)][-1].text == f"Checking: {part}."


def test_wrong_results_are_a_failure(osgeo, monkeypatch):
    monkeypatch.setattr(raster, "write_polygons", lambda *_: 3)
    with pytest.raises(
        EngineError, match=r"fails to turn a map into polygons\. It gives wrong results: four patches make 3"
    ):
        run(JOB, lambda event: None)


def test_a_part_that_another_job_reports_keeps_its_code_and_remedy(osgeo, monkeypatch):
    monkeypatch.setattr(
        labels, "rasterize", breaks(EngineError("no_labels", "No pixel gets a class.", "Draw some."))
    )
    with pytest.raises(EngineError, match=r"turn polygons into labels\. No pixel gets a class") as failure:
        run(JOB, lambda event: None)
    assert (failure.value.code, failure.value.remedy) == ("no_labels", "Draw some.")


def test_a_check_is_cancelled_within_a_part(osgeo, nothing_left):
    def emit(event):
        if isinstance(event, Log) and "train" in event.text:
            seen.append(event)
        elif seen:
            raise Cancelled

    seen: list[Log] = []
    with pytest.raises(Cancelled):
        run(JOB, emit)
