"""The dialog of our algorithms in the real QGIS: device and estimate before the run, the run as a command,
the run itself.
"""

import json
import shlex
import subprocess
import sys

import pytest
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from raster_segmenter.engine.protocol import ClassifyJob, TrainJob, parse_job
from raster_segmenter.plugin.dialog.estimate_text import in_words

from .conftest import ROOT, polygons, results, save, write_raster
from .drawn import wait

DEMO = ROOT / "resources" / "demo"
ENGINE = """
for line in sys.stdin:
    job = json.loads(line)
    if job.get('cancel'):
        continue
    emit(event='started', device='NVIDIA H200', reason='CUDA is available')
    if job['job'] == 'check':
        emit(event='result', values={'device': 'NVIDIA H200'})
    elif job['job'] == 'estimate':
        wanted = json.loads(job['wanted'])
        if 'broken' in wanted['image']:
            emit(event='failure', code='bands_differ', message='It has 3 bands.', remedy='Choose another.')
        else:
            time.sleep(0.3)
            emit(event='result', values={'windows': '12 of at most 512 x 512 px', 'precision': 'bf16',
                'memory_bytes': 3 * 2**30,
                                        'estimated_s': 125.0})
    else:
        open(job['output'], 'wb').close()
        emit(event='result', values={'pixels': 1, 'seconds': 1})
    rest()
"""


@pytest.fixture
def dialogs(provider, qgis_iface, qgis_parent, layer_tree, monkeypatch):
    """``dialogs(name)``: the dialog that QGIS opens for an algorithm."""
    monkeypatch.setattr(qgis_iface, "browserModel", lambda: None, raising=False)
    opened = []

    def open_dialog(name, **values):
        found = provider.algorithm(name).create().createCustomParametersWidget(qgis_parent)
        found.setParameters(values)
        opened.append(found)
        return found

    yield open_dialog
    for found in opened:
        background = found.background
        if not sip.isdeleted(found):
            found.close()
        wait(lambda background=background: not background.busy, 10)
        if not sip.isdeleted(found):
            sip.delete(found)
    QgsProject.instance().removeAllMapLayers()


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "m.safetensors"
    path.touch()
    return str(path)


def test_device_is_known_before_anything_is_asked(dialogs, stand_in, image, model):
    stand_in(ENGINE)
    dialog = dialogs("classify", INPUT=image, MODEL=[model])
    dialog.show()
    assert wait(lambda: "NVIDIA H200: CUDA is available" in dialog.estimate_label.text(), 10)
    assert wait(lambda: not dialog.background.busy, 5)
    again = dialogs("train")
    again.show()
    assert "NVIDIA H200" in again.estimate_label.text() and not again.background.busy, (
        "an engine is asked once"
    )


def test_estimate_tells_windows_memory_and_time(dialogs, stand_in, image, model):
    stand_in(ENGINE)
    dialog = dialogs("classify", INPUT=image, MODEL=[model])
    dialog.estimate_button.click()
    assert dialog.estimate_label.text() == "Measuring …" and not dialog.estimate_button.isEnabled()
    assert wait(lambda: dialog.estimate_label.text() == "NVIDIA H200: CUDA is available\nMeasuring …", 10)
    assert wait(lambda: dialog.estimate_button.isEnabled(), 10)
    told = dialog.estimate_label.text().splitlines()
    assert told == [
        "NVIDIA H200: CUDA is available",
        "windows: 12 of at most 512 x 512 px, in bf16; about 3.0 GiB of memory; about 2:05 in all",
    ]


def test_estimate_of_what_cannot_run_says_why(dialogs, stand_in, image, model, tmp_path):
    stand_in(ENGINE)
    dialog = dialogs("classify", MODEL=[model])
    dialog.estimate_button.click()
    assert not dialog.background.busy and dialog.estimate_label.text() == ""
    broken = str(write_raster(tmp_path / "broken.tif", bands=3))
    dialog.setParameters({"INPUT": broken})
    dialog.estimate_button.click()
    assert wait(lambda: "It has 3 bands." in dialog.estimate_label.text(), 10)
    assert wait(lambda: dialog.estimate_button.isEnabled(), 5)


def test_a_run_waits_for_the_estimate_and_then_runs(dialogs, stand_in, image, model, tmp_path):
    stand_in(ENGINE)
    output = tmp_path / "map.tif"
    dialog = dialogs("classify", INPUT=image, MODEL=[model], OUTPUT=str(output))
    dialog.estimate_button.click()
    dialog.runAlgorithm()
    assert dialog.background.busy and not dialog.cancelButton().isEnabled()
    assert wait(output.exists, 15) and wait(lambda: not dialog.cancelButton().isEnabled(), 5)


def test_an_estimate_waits_for_the_device_and_is_kept(dialogs, stand_in, image, model):
    stand_in("import time\ntime.sleep(0.5)" + ENGINE)
    dialog = dialogs("classify", INPUT=image, MODEL=[model])
    dialog.show()
    assert dialog.background.busy
    dialog.estimate_button.click()
    assert wait(lambda: dialog.estimate_button.isEnabled(), 10)
    found = dialog.estimate_label.text()
    assert "3.0 GiB" in found
    dialog.hide()
    dialog.show()
    assert dialog.estimate_label.text() == found and not dialog.background.busy
    dialog.setParameters({"MODEL": [f"{model}, another"]})
    assert dialog.estimate_label.text() == "NVIDIA H200: CUDA is available", (
        "an estimate of other values misleads"
    )


def test_whatever_breaks_an_estimate_the_dialog_goes_on(dialogs, stand_in, image, model, monkeypatch):
    from raster_segmenter.plugin.dialog import background_job as background

    stand_in(ENGINE)

    def broken(*_):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(background, "run_job", broken)
    dialog = dialogs("classify", INPUT=image, MODEL=[model])
    dialog.estimate_button.click()
    assert wait(lambda: dialog.estimate_button.isEnabled() and not dialog.background.busy, 5)
    assert "Cannot allocate memory" in dialog.estimate_label.text()


@pytest.mark.parametrize("copy", ["copy_python", "copy_terminal", "copy_job"])
def test_layers_that_only_this_qgis_has_are_not_copied(copy, dialogs, stand_in, image):
    stand_in(ENGINE)
    QgsApplication.clipboard().setText("before")
    layer = polygons("my roofs")
    QgsProject.instance().addMapLayer(layer)
    dialog = dialogs("train", INPUT=[image], REFERENCE=[layer.id()], FIELD="kind")
    getattr(dialog, copy)()
    assert (
        QgsApplication.clipboard().text() == "before"
        and "my roofs" in dialog.messageBar().currentItem().text()
    )


@pytest.mark.parametrize("close", ["close", "reject"])
def test_closing_stops_what_was_asked(close, dialogs, stand_in, image, model):
    stand_in("import os\nfor line in sys.stdin:\n    if json.loads(line).get('cancel'):\n        os._exit(1)")
    dialog = dialogs("classify", INPUT=image, MODEL=[model])
    dialog.estimate_button.click()
    background = dialog.background
    getattr(dialog, close)()
    assert wait(lambda: not background.busy, 10)


def test_commands_do_what_the_dialog_would(dialogs, interpreter, monkeypatch, tmp_path, qgis_process):
    """Each is copied, read back, and run: by Python, by a shell, and by the engine alone."""
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    layer = QgsRasterLayer(str(DEMO / "image.tif"), "image")
    QgsProject.instance().addMapLayer(layer)
    output = tmp_path / "my map.tif"
    values = {
        "INPUT": layer.id(), "MODEL": [str(DEMO / "buildings.safetensors")], "OUTPUT": str(output),
        "AUGMENT": False,
        "EXTENT": "85.519,85.520,27.633,27.634 [EPSG:4326]", "CLOUD_OPTIMISED": True,
    }  # fmt: skip
    dialog = dialogs("classify", **values)
    clipboard = QgsApplication.clipboard()
    dialog.copy_python()
    assert str(DEMO / "image.tif") in clipboard.text() and layer.id() not in clipboard.text()
    exec(clipboard.text(), {})
    made = output.read_bytes()
    output.unlink()
    dialog.copy_terminal()
    program, *arguments = shlex.split(clipboard.text())
    assert (
        program == "qgis_process"
        and f"--OUTPUT={output}" in arguments
        and "--CLOUD_OPTIMISED=true" in arguments
    )
    results(qgis_process("--json", *arguments))
    assert output.read_bytes() == made
    output.unlink()
    dialog.copy_job()
    job = parse_job(clipboard.text())
    assert isinstance(job, ClassifyJob) and job.cloud_optimised
    (tmp_path / "job.json").write_text(clipboard.text())
    command = [sys.executable, "-m", "engine", "classify", str(tmp_path / "job.json")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and output.read_bytes() == made, ran.stdout


def test_what_cannot_run_is_not_copied(dialogs, stand_in, image):
    stand_in(ENGINE)
    QgsApplication.clipboard().setText("before")
    dialog = dialogs("classify", INPUT=image, MODEL=["/nowhere/m.safetensors"])
    for copy in (dialog.copy_python, dialog.copy_terminal, dialog.copy_job):
        copy()
    assert QgsApplication.clipboard().text() == "before" and dialog.messageBar().currentItem()


def test_a_training_of_two_layers_is_copied_whole(dialogs, stand_in, image, tmp_path):
    stand_in(ENGINE)
    labels = save(polygons(), tmp_path / "labels.gpkg")
    dialog = dialogs("train", INPUT=[image], REFERENCE=[labels], FIELD="kind", RENAMES="class 0=roof")
    dialog.copy_job()
    job = parse_job(QgsApplication.clipboard().text())
    assert isinstance(job, TrainJob) and job.references == (labels,) and job.renames == {"class 0": "roof"}
    dialog.copy_terminal()
    assert (
        "--REFERENCE=" in QgsApplication.clipboard().text()
        and "'--RENAMES=class 0=roof'" in QgsApplication.clipboard().text()
    )


def test_algorithms_without_an_estimate_have_no_button_for_it(dialogs, stand_in):
    stand_in(ENGINE)
    titles = {
        name: [button.text() for button in dialogs(name).buttonBox().buttons()]
        for name in ("train", "evaluate", "checkengine")
    }
    assert [name for name, found in titles.items() if "Estimate" in found] == ["train"]
    assert all("Copy as" in found for found in titles.values())


def test_the_real_engine_estimates(dialogs, interpreter, monkeypatch):
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    dialog = dialogs("classify", INPUT=str(DEMO / "image.tif"), MODEL=[str(DEMO / "buildings.safetensors")])
    dialog.estimate_button.click()
    assert wait(lambda: dialog.estimate_button.isEnabled(), 60)
    device, estimate = dialog.estimate_label.text().splitlines()
    assert ":" in device and "windows: " in estimate and "of memory" in estimate and "in all" in estimate


def test_words_of_an_estimate():
    assert in_words({"estimated_s": 0.01, "memory_bytes": 5}) == "about 1 MiB of memory; about 0:01 in all"
    trained = {"patches": "16 × 128 px", "epochs": 90, "epoch_s": 61.0, "estimated_s": 5490.0}
    assert in_words(trained) == "16 × 128 px per step; 90 epochs at most, 1:01 each; about 1:31:30 in all"
    assert in_words({"patches": "1 × 1 px"}) == "1 × 1 px per step; time unknown"
    assert json.dumps(trained)
