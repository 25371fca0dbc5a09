"""Dialog values become jobs, and what cannot run is refused with a sentence. Nothing is run here."""

import dataclasses
import re
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from raster_segmenter.engine.protocol import (
    CheckJob,
    ClassifyJob,
    EngineError,
    EvaluateJob,
    SamplePointsJob,
    TrainJob,
    encode_job,
    parse_job,
)

from .conftest import UTM, polygons, save, write_raster
from .test_legends import categorised


@pytest.fixture
def create(provider):
    return lambda name: provider.algorithm(name).create()


@pytest.fixture
def labels(tmp_path):
    return save(polygons(), tmp_path / "labels.gpkg", "labels")


def translate(algorithm, parameters, context):
    job = algorithm.job(parameters, context, QgsProcessingFeedback())
    assert parse_job(encode_job(job)) == job, "the engine would read another job"
    return job


def refusal(algorithm, parameters, context):
    accepted, reason = algorithm.checkParameterValues(parameters, context)
    assert not accepted
    return reason


def test_train_with_defaults_is_the_default_job(create, context, image, labels, tmp_path):
    model = str(tmp_path / "model.safetensors")
    parameters = {"INPUT": [image], "REFERENCE": [labels], "FIELD": "kind", "MODEL": model}
    algorithm = create("train")
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    assert translate(algorithm, parameters, context) == TrainJob((image,), (labels,), model, field="kind")


def test_train_translates_every_parameter(create, context, image, labels, tmp_path):
    model, report = str(tmp_path / "ü m.safetensors"), str(tmp_path / "r.html")
    parameters = {
        "INPUT": [image], "REFERENCE": [labels], "FIELD": "kind", "UNLABELLED": 1, "AREA": labels,
        "NETWORK": "unet",
        "SCHEDULE": 0, "OPTIONS": "width=8 depth=2",
        "LOSS": "dice", "AUXILIARY": "distance", "INITIAL": model, "EPOCHS": 3, "MINUTES": 0.5,
        "PATCH_PX": 64, "BATCH": 4,
        "LEARNING_RATE": 0.0003, "VALIDATION": 0.3, "SEED": 7, "DEVICE": "cpu", "MODEL": model,
        "REPORT": report,
        "RENAMES": "concerte = concrete; 7=water;", "AUGMENTATION": "all", "VALIDATION_AREA": labels,
        "RESUME": False,
        "DETERMINISTIC": True,
    }  # fmt: skip
    Path(model).touch()
    parameters["EXTRA"] = [image]
    algorithm = create("train")
    assert {d.name() for d in algorithm.parameterDefinitions()} >= set(parameters)
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    assert translate(algorithm, parameters, context) == TrainJob(
        images=(image,), references=(labels,), model=model, extra=(image,), field="kind",
        unlabelled="background", area=labels, network="unet",
        options={"width": 8, "depth": 2}, loss="dice", auxiliary="distance", initial=model,
        epochs=3, minutes=0.5, patch_px=64, batch=4,
        learning_rate=0.0003, validation=0.3, seed=7, device="cpu", report=report,
        renames={"concerte": "concrete", "7": "water"}, augmentation="all", validation_area=labels,
        resume=False,
        deterministic=True,
    )  # fmt: skip


def test_the_style_of_the_labels_goes_with_the_job(create, context, image, tmp_path):
    layer = categorised(
        polygons(), "kind", ("class 0", "#102030", "Wald")
    )  # in memory, so exported: once, under one name
    QgsProject.instance().addMapLayer(layer)
    parameters = {
        "INPUT": [image],
        "REFERENCE": [layer.id()],
        "FIELD": "kind",
        "MODEL": str(tmp_path / "m.safetensors"),
    }
    job = translate(create("train"), parameters, context)
    assert job.legends == {job.references[0]: {"class 0": "Wald #102030"}}


def test_evaluating_on_the_layer_that_was_learnt_from_takes_its_style_too(create, context, image, tmp_path):
    layer = categorised(polygons(), "kind", ("class 0", "#102030", "Wald"))
    QgsProject.instance().addMapLayer(layer)
    parameters = {"INPUT": image, "REFERENCE": [layer.id()], "FIELD": "kind", "RENAMES": "class 1=Wasser"}
    job = translate(create("evaluate"), parameters, context)
    assert job.legends == {job.references[0]: {"class 0": "Wald #102030"}} and job.renames == {
        "class 1": "Wasser"
    }


@pytest.mark.parametrize("renames", ["concrete", "a=b; =c", "a="])
def test_renames_that_name_nothing_are_refused(renames, create, context, image, labels, tmp_path):
    parameters = {
        "INPUT": [image],
        "REFERENCE": [labels],
        "RENAMES": renames,
        "MODEL": str(tmp_path / "m.safetensors"),
    }
    assert "is not a new name of a class" in refusal(create("train"), parameters, context)


def test_several_layers_of_the_project_keep_their_order(create, context, image, labels, tmp_path):
    """Files, layers by id, memory layers and label rasters, as dialogs, scripts and models hand them over."""
    other = QgsRasterLayer(str(write_raster(tmp_path / "a.tif", bands=3)), "other")
    memory, named = polygons("memory"), QgsVectorLayer(labels, "labels")
    QgsProject.instance().addMapLayers([other, memory, named])
    classes = str(write_raster(tmp_path / "classes.tif"))
    parameters = {
        "INPUT": [other.id(), image],
        "REFERENCE": [classes, named.id(), memory],
        "MODEL": "TEMPORARY_OUTPUT",
    }
    job = translate(create("train"), parameters, context)
    assert job.images == (other.source(), image)
    assert job.references[:2] == (classes, labels) and job.references[2].endswith(".gpkg")
    assert job.model.endswith(".safetensors") and job.report == "" and job.field == ""


def test_classify(create, context, image, tmp_path):
    model, output = tmp_path / "model.safetensors", str(tmp_path / "map.tif")
    model.touch()
    parameters = {"INPUT": image, "MODEL": str(model), "TILE_PX": 256, "DEVICE": "cpu", "OUTPUT": output}
    algorithm = create("classify")
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    assert translate(algorithm, parameters, context) == ClassifyJob(
        image, (str(model),), output, tile_px=256, device="cpu"
    )


def test_a_map_is_loaded_with_its_style_however_its_path_is_written(
    create, context, image, tmp_path, monkeypatch
):
    """QGIS knows it by the path as it was given: on Windows with slashes, where the engine gets
    backslashes.
    """
    from raster_segmenter.plugin.algorithms import base

    written = f"{tmp_path}/./map.tif"
    (tmp_path / "m.safetensors").touch()
    output = QgsProcessingOutputLayerDefinition(written, QgsProject.instance())
    algorithm = create("classify")
    parameters = {"INPUT": image, "MODEL": [str(tmp_path / "m.safetensors")], "OUTPUT": output}
    jobs = []
    monkeypatch.setattr(base, "run_job", lambda job, *_: jobs.append(job) or {"pixels": 1, "seconds": 1})
    assert algorithm.prepareAlgorithm(parameters, context, QgsProcessingFeedback())
    algorithm.processAlgorithm(parameters, context, QgsProcessingFeedback())
    assert jobs[0].output == str(tmp_path / "map.tif")
    assert [*context.layersToLoadOnCompletion()] == [written]
    assert context.layerToLoadOnCompletionDetails(written).postProcessor() is not None


def test_classify_to_a_temporary_map(create, context, image):
    job = translate(create("classify"), {"INPUT": image, "MODEL": "m", "OUTPUT": "TEMPORARY_OUTPUT"}, context)
    assert job == ClassifyJob(image, ("m",), job.output) and job.output.endswith("/OUTPUT.tif")


def test_classify_translates_every_parameter(create, context, image, labels, tmp_path):
    models = [str(tmp_path / name) for name in ("a.safetensors", "b.safetensors")]
    for model in models:
        Path(model).touch()
    extra = str(write_raster(tmp_path / "extra.tif"))
    files = {
        "OUTPUT": "map.tif",
        "PROBABILITIES": "p.tif",
        "CONFIDENCE": "c.tif",
        "POLYGONS": "p.gpkg",
        "SUMMARY": "s.html",
    }
    outputs = {name: str(tmp_path / file) for name, file in {**files, "JSON": "s.json"}.items()}
    parameters = {
        "INPUT": image, "MODEL": models, "AREA": labels, "EXTRA": [extra], "EXTENT": "1,3,2,4",
        "AUGMENT": True, "BLEND": "on",
        "RESOLUTION": "as_trained", "PRECISION": "bf16", "TILE_PX": 512, "DEVICE": "cpu",
        "MINIMUM_AREA_M2": 50,
        "CLOUD_OPTIMISED": True, "KEEP": True, **outputs,
    }  # fmt: skip
    algorithm = create("classify")
    assert {d.name() for d in algorithm.parameterDefinitions()} >= set(parameters)
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    assert translate(algorithm, parameters, context) == ClassifyJob(
        image, tuple(models), extra=(extra,), area=labels, extent="1.0,2.0,3.0,4.0", augment=True, blend="on",
        resolution="as_trained", precision="bf16", tile_px=512, device="cpu", minimum_area_m2=50.0,
        cloud_optimised=True,
        keep=True, **{name.lower(): path for name, path in outputs.items()},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "job"),
    [
        ("train", TrainJob),
        ("classify", ClassifyJob),
        ("evaluate", EvaluateJob),
        ("samplepoints", SamplePointsJob),
    ],
)
def test_each_number_and_switch_becomes_the_field_of_its_name(
    name, job, create, context, image, labels, tmp_path
):
    """So that a new parameter needs no line here."""
    model = tmp_path / "m.safetensors"
    model.touch()
    parameters = {"INPUT": image, "REFERENCE": [labels], "FIELD": "kind", "MODEL": [str(model)]}
    if name == "train":
        parameters.update(INPUT=[image], MODEL=str(model))
    algorithm = create(name)
    fields = {field.name for field in dataclasses.fields(job)}
    seen = 0
    for definition in algorithm.parameterDefinitions():
        field = definition.name().lower()
        if field in fields and isinstance(definition, QgsProcessingParameterBoolean):
            value = not definition.defaultValue()
        elif field in fields and isinstance(definition, QgsProcessingParameterNumber):
            value = definition.maximum()
        else:
            continue
        made = translate(algorithm, {**parameters, definition.name(): value}, context)
        assert getattr(made, field) == value != getattr(translate(algorithm, parameters, context), field)
        seen += 1
    assert seen


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (f"1,3,2,4 [{UTM}]", "1.0,2.0,3.0,4.0"),
        ("84.9,85,27.6,27.7 [EPSG:4326]", "84.9,27.6,85.0,27.7 [EPSG:4326]"),
        ("", ""),
    ],
)
def test_an_extent_stays_a_rectangle_in_the_crs_that_it_was_drawn_in(
    given, wanted, create, context, image, tmp_path
):
    (tmp_path / "m").touch()
    parameters = {
        "INPUT": image,
        "MODEL": str(tmp_path / "m"),
        "EXTENT": given,
        "OUTPUT": str(tmp_path / "map.tif"),
    }
    assert translate(create("classify"), parameters, context).extent == wanted


def test_an_extent_in_a_crs_without_a_code_goes_with_its_definition(create, context, image, tmp_path):
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=27 +lon_0=85 +datum=WGS84")
    (tmp_path / "m").touch()
    parameters = {"INPUT": image, "MODEL": str(tmp_path / "m"), "OUTPUT": str(tmp_path / "map.tif")}
    extent = QgsReferencedRectangle(QgsRectangle(1, 2, 3, 4), crs)
    found = translate(create("classify"), {**parameters, "EXTENT": extent}, context).extent
    assert found.startswith("1.0,2.0,3.0,4.0 [PROJCS[") and found.endswith("]]")


def test_relative_paths_are_those_of_qgis(create, context, image, labels, tmp_path, monkeypatch):
    """The engine runs in another folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m").touch()
    trained = translate(
        create("train"),
        {"INPUT": ["bild ü.tif"], "REFERENCE": ["labels.gpkg|layername=labels"], "MODEL": "m"},
        context,
    )
    assert trained == TrainJob((image,), (labels,), str(tmp_path / "m"))
    classified = translate(
        create("classify"), {"INPUT": "bild ü.tif", "MODEL": "m", "OUTPUT": "map.tif"}, context
    )
    assert classified == ClassifyJob(image, (str(tmp_path / "m"),), str(tmp_path / "map.tif"))
    evaluated = translate(
        create("evaluate"), {"INPUT": "bild ü.tif", "REFERENCE": ["labels.gpkg"], "CSV": "c.csv"}, context
    )
    assert evaluated == EvaluateJob(image, (str(tmp_path / "labels.gpkg"),), csv=str(tmp_path / "c.csv"))
    # GDAL writes statistics beside a raster when it is closed: here, while its relative path still leads into
    # this folder.
    context.temporaryLayerStore().removeAllMapLayers()


def test_evaluate(create, context, image, labels, tmp_path):
    files = {name: str(tmp_path / f"out.{name.lower()}") for name in ("REPORT", "JSON", "CSV")}
    parameters = {
        "INPUT": image,
        "REFERENCE": [labels],
        "FIELD": "kind",
        "UNLABELLED": 1,
        "AREA": labels,
        **files,
    }
    expected = EvaluateJob(
        image, (labels,), "kind", "background", labels, files["REPORT"], files["JSON"], files["CSV"]
    )
    assert translate(create("evaluate"), parameters, context) == expected
    assert translate(create("evaluate"), {"INPUT": image, "REFERENCE": labels}, context) == EvaluateJob(
        image, (labels,)
    )


def test_evaluate_with_all_that_can_be_asked_for(create, context, image, labels, tmp_path):
    files = {"ERRORS": str(tmp_path / "errors.tif"), "PLACES": str(tmp_path / "places.gpkg")}
    further = {"PROBABILITIES": image, "ERODE_PX": 3, "REGIONS": labels, "REGION_FIELD": "kind", **files}
    job = translate(create("evaluate"), {"INPUT": image, "REFERENCE": labels, **further}, context)
    names = {name.lower(): value for name, value in further.items()}
    assert job == EvaluateJob(image, (labels,), **names)
    words = refusal(
        create("evaluate"), {"INPUT": image, "REFERENCE": labels, "PLACES": "/tmp/places.shp"}, context
    )
    assert words == "“Worst places” is /tmp/places.shp. Its name must end in .gpkg."


def test_check(create, context):
    assert translate(create("checkengine"), {}, context) == CheckJob(qgis=Qgis.QGIS_VERSION)
    assert translate(create("checkengine"), {"DEVICE": "cuda"}, context) == CheckJob(
        "cuda", qgis=Qgis.QGIS_VERSION
    )


def test_layer_that_is_no_file_fails_with_its_remedy(create, context, image):
    tiles = QgsRasterLayer("url=file:///nowhere/{z}.png&type=xyz", "tiles", "wms")
    with pytest.raises(EngineError, match="tiles is not a raster or vector file"):
        translate(create("train"), {"INPUT": [tiles], "REFERENCE": [polygons()], "MODEL": "m"}, context)
    feedback = QgsProcessingFeedback()
    parameters = {"INPUT": [tiles], "REFERENCE": [polygons()], "MODEL": "TEMPORARY_OUTPUT"}
    _, succeeded = create("train").run(parameters, context, feedback)
    assert not succeeded and "Export it first" in feedback.textLog()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"INPUT": []}, "“Images” is empty"),
        ({"INPUT": None}, "“Images” is empty"),
        ({"REFERENCE": []}, "“Labels: polygons or class rasters” is empty"),
        ({"INPUT": ["/nowhere/image.tif"]}, "/nowhere/image.tif in “Images” cannot be opened"),
        ({"REFERENCE": ["/nowhere/labels.shp"]}, "/nowhere/labels.shp in “Labels"),
        ({"AREA": "/nowhere/area.shp"}, "/nowhere/area.shp in “Use labels only inside"),
        ({"OPTIONS": "width"}, "'width' is not a network option.*name=number"),
        ({"OPTIONS": "colour=3"}, "unet has no option 'colour'.*width="),
        ({"MODEL": "/nowhere/model.safetensors"}, "output folder /nowhere does not exist"),
        ({"REPORT": "/nowhere/report.html"}, "output folder /nowhere does not exist"),
        ({"EPOCHS": -1}, r"“Epochs at most \(0: automatic\)” is -1. Give a number from 0 to 100000"),
        ({"SCHEDULE": 1}, "U-Net is our own variant.*Set SCHEDULE to recommended"),
        ({"NETWORK": "fcn8s", "AUXILIARY": "distance"}, "FCN-8s.* cannot learn distance as a second task"),
        ({"INITIAL": "/nowhere/vgg16.pth"}, "INITIAL is /nowhere/vgg16.pth: no such file"),
        ({"VALIDATION": "1.5"}, "is '1.5'. Give a number from 0.02 to 0.9"),
        ({"NETWORK": "wonder"}, "“Network” is 'wonder'. Choose one of: .*unet"),
    ],
)
def test_train_refuses(create, context, image, labels, tmp_path, change, words):
    parameters = {
        "INPUT": [image],
        "REFERENCE": [labels],
        "MODEL": str(tmp_path / "model.safetensors"),
        **change,
    }
    assert re.search(words, refusal(create("train"), parameters, context))


def test_output_that_is_a_folder_is_refused(create, context, image, labels, tmp_path):
    parameters = {"INPUT": [image], "REFERENCE": [labels], "MODEL": str(tmp_path)}
    assert f"{tmp_path} is a folder" in refusal(create("train"), parameters, context)


def test_folder_without_write_permission_is_refused(create, context, image, labels, tmp_path, monkeypatch):
    from raster_segmenter.plugin.parameters import checks

    monkeypatch.setattr(checks.os, "access", lambda path, mode: str(path) != str(tmp_path))
    parameters = {"INPUT": [image], "REFERENCE": [labels], "MODEL": str(tmp_path / "m.safetensors")}
    assert f"{tmp_path} may not be written to" in refusal(create("train"), parameters, context)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"INPUT": "/nowhere.tif"}, "/nowhere.tif in “Image” cannot be opened"),
        ({"INPUT": ""}, "“Image” is empty"),
        ({"MODEL": ""}, "“Model” is empty"),
        ({"MODEL": "/nowhere.safetensors"}, "There is no model /nowhere.safetensors"),
        ({"OUTPUT": "/tmp/map.png"}, "“Class map” is /tmp/map.png. Its name must end in .tif."),
        ({"TILE_PX": -1}, "is -1. Give a number from 0 to 65536"),
    ],
)
def test_classify_refuses(create, context, image, tmp_path, change, words):
    (tmp_path / "m.safetensors").touch()
    parameters = {
        "INPUT": image,
        "MODEL": str(tmp_path / "m.safetensors"),
        "OUTPUT": "TEMPORARY_OUTPUT",
        **change,
    }
    assert words in refusal(create("classify"), parameters, context)


def test_truncated_raster_is_refused(create, context, labels, tmp_path):
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"II*\0")
    assert "broken.tif" in refusal(create("evaluate"), {"INPUT": str(broken), "REFERENCE": [labels]}, context)


def test_checking_loads_nothing_into_the_project(create, context, image, labels, tmp_path):
    (tmp_path / "m.safetensors").touch()
    parameters = {"INPUT": image, "MODEL": str(tmp_path / "m.safetensors"), "OUTPUT": "TEMPORARY_OUTPUT"}
    assert create("classify").checkParameterValues(parameters, context) == (True, "")
    assert context.layersToLoadOnCompletion() == {} and not QgsProject.instance().mapLayers()
