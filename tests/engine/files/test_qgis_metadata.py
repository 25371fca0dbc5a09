"""Where results come from: the metadata beside rasters and in GeoPackages, as text, as files and out of whole
jobs.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from maps import logs, read, refusal
from scenes import CLASSES, discs
from test_resume import Stopper

from engine import __version__
from engine.core.legend import LegendClass
from engine.files.qgis_metadata import Provenance, UsedModel, metadata, source_name, write_qmd
from engine.files.qgis_style import is_ours, write_qml, xml_text
from engine.jobs import run
from engine.model_files import model_file
from engine.protocol import Cancelled, TrainJob
from engine.raster import ClassMapWriter, ConfidenceWriter, ProbabilityWriter

ROADS = UsedModel(
    "/models/roads.safetensors", "ab12", "U-Net (unet)", "epoch 3 of 9, trained on a CPU with torch 2",
    {"overall accuracy": 0.9124, "mean F1": None, "mean IoU": 0.5},
)  # fmt: skip
PROVENANCE = Provenance(
    ("/data/town.tif",), (ROADS,), CLASSES, {"blending": "on", "precision": "fp32"}, "CPU: no GPU was found",
    {"raster_segmenter": "1.2", "torch": "2.1"}, "2024-05-06T07:08:09+02:00",
)  # fmt: skip
BOX = (300000.0, 3059920.0, 300120.5, 3060000.0)


def told(root):
    """What metadata say: texts by tag, in order; keywords by vocabulary."""
    texts = {}
    for element in root:
        texts.setdefault(element.tag, []).append(element.text)
    words = {k.get("vocabulary"): [word.text for word in k] for k in root.iter("keywords")}
    return texts, words


def described(path):
    return told(ElementTree.parse(path).getroot())


def in_geopackage(path):
    """The metadata by which QGIS describes the layer, read as the GeoPackage standard has it."""
    query = """SELECT m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id
        JOIN gpkg_geometry_columns g ON g.table_name = r.table_name
        WHERE r.reference_scope = 'table' AND m.md_scope = 'dataset' AND m.mime_type = 'text/xml'
        AND m.md_standard_uri = 'http://mrcc.com/qgis.dtd'"""
    database = sqlite3.connect(path)
    ((text,),) = database.execute(query).fetchall()
    database.close()
    return told(ElementTree.fromstring(text))


def test_known_answer():
    root = metadata(PROVENANCE, "/maps/old town.tif", "Class of each pixel", "", BOX)
    texts, words = told(root)
    assert [texts[tag] for tag in ("identifier", "title", "type", "language")] == [
        ["file:///maps/old%20town.tif"], ["old town"], ["dataset"], ["ENG"],
    ]  # fmt: skip
    assert texts["abstract"] == ["Class of each pixel. Classes: 0 field, 7 disc."]
    assert texts["history"] == [
        "Image: /data/town.tif",
        "Model: /models/roads.safetensors (SHA-256 ab12): U-Net (unet); epoch 3 of 9, trained on a "
        "CPU with torch 2",
        "Settings: blending on; precision fp32",
        "Device: CPU: no GPU was found",
        "Engine: raster_segmenter 1.2, torch 2.1",
        "Made: 2024-05-06T07:08:09+02:00",
        "Accuracy in validation (part of the training data kept apart): overall accuracy 91.2%, mean "
        "F1 unknown, mean IoU 50.0%; "
        "model roads.safetensors",
    ]
    assert words == {"Classes": ["field", "disc"], "Software": ["Raster Segmenter"]}
    (place,) = root.iter("spatial")
    assert [float(place.get(side)) for side in ("minx", "miny", "maxx", "maxy")] == list(BOX)
    assert place.get("crs") == "" and "crs" not in texts


def test_the_crs_is_told_of_the_whole_and_of_the_extent(utm_grid):
    root = metadata(PROVENANCE, "/maps/map.tif", "Classes", utm_grid.crs_wkt, BOX)
    assert root.find("crs/spatialrefsys/wkt").text == utm_grid.crs_wkt
    assert root.find("extent/spatial").get("crs") == f"WKT:{utm_grid.crs_wkt}"


def test_texts_are_escaped_and_what_xml_cannot_hold_is_dropped(tmp_path):
    classes = (
        LegendClass(1, 'a<b> & "c" \x00\x1f\ud800\ufffe', (0, 0, 0)),
        LegendClass(2, "Bäume 林 '--'", (0, 0, 0)),
    )
    provenance = Provenance(("]]><x>\x0b",), (), classes, {"area": "<&>"}, "", {}, "")
    path = tmp_path / "ü & <1>.qmd"
    write_qmd(path, metadata(provenance, str(tmp_path / "ü & <1>.tif"), "a < b", "", BOX))
    for texts, words in (described(path), told(ElementTree.fromstring(path.read_text(encoding="utf-8")))):
        assert texts["title"] == ["ü & <1>"] and texts["history"][:2] == [
            "Image: ]]><x> ",
            "Settings: area <&>",
        ]
        assert [word.rstrip() for word in words["Classes"]] == ['a<b> & "c"', "Bäume 林 '--'"]
    assert xml_text(metadata(provenance, "/m.tif", "", "", BOX)).encode("utf-8")


def test_what_opens_a_source_to_others_is_not_told(tmp_path, monkeypatch):
    (tmp_path / "why?.tif").touch()
    monkeypatch.chdir(tmp_path)
    assert source_name("why?.tif") == str(tmp_path / "why?.tif")
    assert source_name("/vsicurl/https://me:secret@host/a.tif?sig=abc") == "/vsicurl/https://host/a.tif"
    assert source_name("PG:dbname=maps user=me password=secret table=a") == "PG:dbname=maps   table=a"
    assert source_name("PG:dbname=maps password='my secret' table=a") == "PG:dbname=maps  table=a"
    assert "xyz" not in source_name("/vsicurl?header.Authorization=Bearer xyz&url=https://host/a.tif")
    assert "secret" not in source_name("<GDAL_WMS><UserPwd>me:secret</UserPwd></GDAL_WMS>")


WRITERS = {
    "class": lambda path, grid: ClassMapWriter(path, grid, CLASSES),
    "probabilities": lambda path, grid: ProbabilityWriter(path, grid, CLASSES),
    "confidence": ConfidenceWriter,
}


@pytest.mark.parametrize("kind", WRITERS)
def test_each_raster_says_what_its_values_mean_and_where_it_lies(kind, utm_grid, tmp_path):
    with WRITERS[kind](str(tmp_path / "out.tif"), utm_grid) as writer:
        writer.complete(PROVENANCE)
        assert not (tmp_path / "out.qmd").exists()
    assert is_ours(tmp_path / "out.qmd")
    texts, _ = described(tmp_path / "out.qmd")
    starts = {
        "class": "Class of each pixel, by",
        "probabilities": "Probability of each",
        "confidence": "Probability of the best",
    }
    assert (
        texts["title"] == ["out"]
        and texts["abstract"][0].startswith(starts[kind])
        and "255: no data" in texts["abstract"][0]
    )
    assert texts["history"] == list(PROVENANCE.history)
    place = ElementTree.parse(tmp_path / "out.qmd").find("extent/spatial")
    assert [float(place.get(side)) for side in ("minx", "miny", "maxx", "maxy")] == [
        300000,
        3059920,
        300120,
        3060000,
    ]


def test_the_users_own_stay_and_ours_are_replaced_or_removed(utm_grid, tmp_path):
    path, beside, said = tmp_path / "map.tif", tmp_path / "map.qmd", []

    def write(provenance):
        with ClassMapWriter(str(path), utm_grid, CLASSES, emit=said.append) as writer:
            writer.complete(provenance)

    beside.write_text("<qgis><title>Mine</title></qgis>")
    for provenance in (PROVENANCE, None):
        write(provenance)
        assert beside.read_text() == "<qgis><title>Mine</title></qgis>"
    assert logs(said).count(f"{beside} is your own file, so it was not overwritten.") == 1
    write_qmd(beside, metadata(PROVENANCE, "/other.tif", "", "", BOX))
    write(PROVENANCE)
    assert described(beside)[0]["title"] == ["map"] and is_ours(beside)
    write(None)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["map.qml", "map.tif", "map.tif.aux.xml"]


def test_styles_that_earlier_versions_have_written_are_still_ours(tmp_path):
    path = tmp_path / "map.qml"
    write_qml(path, CLASSES, 255)
    line = (
        "Written by Raster Segmenter, and replaced when the map is made again: "
        "save a style of your own without this line."
    )
    assert path.read_text(encoding="utf-8").splitlines()[1] == f"<!-- {line} -->"
    path.write_text(f"<!-- {line} --><qgis/>")
    assert is_ours(path)


def test_a_writer_that_fails_leaves_none(utm_grid, tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        ClassMapWriter(str(tmp_path / "map.tif"), utm_grid, CLASSES) as writer,
    ):
        writer.complete(PROVENANCE)
        assert (tmp_path / "map.partial.qmd").exists()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_job_describes_all_its_maps(image, make_model, classify, tmp_path):
    models = make_model(seed=1), make_model(seed=2)
    area = {"extent": "300000,3059700,300400,3060000"}
    paths = {
        "probabilities": tmp_path / "p.tif",
        "confidence": tmp_path / "c.tif",
        "polygons": tmp_path / "o'map.gpkg",
    }
    classify(
        image, *models, **{name: str(path) for name, path in paths.items()}, **area, augment=True, blend="off"
    )
    histories = [described(tmp_path / f"{stem}.qmd")[0]["history"] for stem in ("map", "p", "c")]
    texts, words = in_geopackage(paths["polygons"])
    assert histories[0] == histories[1] == histories[2] == texts["history"]
    assert texts["title"] == ["o'map"] and words["Classes"] == ["field", "disc"]
    lines = iter(histories[0])
    assert next(lines) == f"Image: {image}"
    for model in models:
        digest = hashlib.sha256(Path(model).read_bytes()).hexdigest()
        start, end = (
            f"Model: {model} (SHA-256 {digest}): ",
            " (unet); its file has no sound record of its training",
        )
        line = next(lines)
        assert line.startswith(start) and line.endswith(end) and len(line) > len(start + end)
    settings = next(lines)
    assert settings.startswith(
        "Settings: blending off, off; augmentation on; resolution auto; precision fp32, fp32; windows "
    )
    assert settings.endswith("; extent 300000,3059700,300400,3060000")
    assert next(lines).startswith("Device: ") and next(lines).startswith(
        f"Engine: raster_segmenter {__version__}, python "
    )
    assert (
        abs(datetime.fromisoformat(next(lines)[len("Made: ") :]).timestamp() - datetime.now().timestamp())
        < 600
    )
    assert all("the model file has no record of it; model unet" in line for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize(
    "odd",
    [
        {"features": 5},
        {"device": ["x"]},
        {"samples": {"disc": (1,)}, "confusion": ((1, 2), (3,))},
        {"confusion": ((0, 0), (0, 0))},
    ],
)
def test_models_with_an_odd_record_classify_all_the_same(odd, image, make_model, classify, tmp_path):
    path = make_model()
    card, weights = model_file.load(path)
    model_file.save(path, dataclasses.replace(card, **odd), weights)
    classify(image, path, summary=str(tmp_path / "summary.html"))
    history = described(tmp_path / "map.qmd")[0]["history"]
    assert history[1].endswith("no sound record of its training") and "has no record of it" in history[-1]
    summary = (tmp_path / "summary.html").read_text(encoding="utf-8")
    assert "unet1.safetensors: U-Net, " in summary and "in its validation" not in summary


def test_the_accuracy_is_that_of_the_models_validation(make_raster, grid, make_vector, classify, tmp_path):
    image = make_raster(discs(300, 220)[0], grid=grid)
    labels = make_raster(discs(300, 220)[1] + 1, "labels.tif", grid)
    model = str(tmp_path / "m.safetensors")
    job = TrainJob(
        (image,), (labels,), model, network="pixel_svm", epochs=2, patch_px=32, batch=4, seed=1, device="cpu"
    )
    figures = run(job, lambda event: None)
    classify(image, model)
    *_, line = described(tmp_path / "map.qmd")[0]["history"]
    accuracy = figures["overall_accuracy"]
    assert line.startswith(
        f"Accuracy in validation (part of the training data kept apart): overall accuracy {accuracy:.1%}, "
    )
    assert "; model m.safetensors" in line and "mean IoU" in line


@pytest.mark.slow
def test_runs_that_end_early_leave_no_metadata_and_the_next_one_writes_them(
    image, make_model, classify, tmp_path
):
    out, model = tmp_path / "out", make_model()
    out.mkdir()
    with pytest.raises(Cancelled):
        classify(image, model, folder=out, tile_px=64, keep=True, emit=Stopper(6, Cancelled()))
    assert sorted(path.name for path in out.iterdir()) == ["map.partial.tif", "map.tif.unfinished"]
    found, _, events = classify(image, model, folder=out, tile_px=64, keep=True)
    assert "Resuming" in logs(events) and (found == read(out / "map.tif")).all()
    assert described(out / "map.qmd")[0]["title"] == ["map"]


@pytest.mark.slow
def test_metadata_never_take_the_place_of_another_file(
    image, make_raster, grid, make_model, classify, tmp_path
):
    error = refusal(classify, image, make_model(), json=str(tmp_path / "map.qmd"))
    assert error.code == "same_file" and "map.qmd" in error.message
    odd = make_raster(discs(300, 220)[0], "map.qmd", grid)
    before = Path(odd).read_bytes()
    assert refusal(classify, odd, make_model()).code == "same_file" and Path(odd).read_bytes() == before
    classify(image, make_model(), polygons=str(tmp_path / "image.gpkg"), summary=str(tmp_path / "map.html"))
