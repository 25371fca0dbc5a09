"""Libraries that are missing, too old or broken, or crash: the engine reports an event, never a traceback.

The stand-ins raise what the real ones were seen to raise: PyTorch without a library, GDAL of Debian 12 beside
NumPy 2.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import PYTHON
from engine.protocol import (
    CheckJob,
    ClassifyJob,
    EngineError,
    Failure,
    Message,
    crash,
    encode_job,
    parse_event,
)
from engine.raster import bindings
from engine.runtime import libraries
from engine.runtime.load_errors import explain

ROOT = Path(__file__).parents[3]
JOB = CheckJob("cpu", qgis="3.22.16")
BROKEN = {
    "torch": "raise ImportError('libtorch.so: cannot open shared object file: No such file or directory')",
    "scipy.ndimage": "raise ImportError('numpy.core.multiarray failed to import')",
    "jinja2": "import markupsafe_that_is_not_there",
}


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a module of this code before the real one, for the processes that are started; with a release, its
    metadata too.
    """

    def install(name: str, code: str = "", release: str = "") -> None:
        path = tmp_path.joinpath(*name.split("."))
        path.mkdir(parents=True, exist_ok=True)
        for package in (path, *path.parents[: name.count(".")]):
            (package / "__init__.py").touch()
        (path / "__init__.py").write_text(code)
        if release:
            folder = tmp_path / f"{name}-{release}.dist-info"
            folder.mkdir()
            (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {release}\n")

    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return install


@pytest.fixture
def failure_of(tmp_path):
    """The last event of an engine that is given a job by hand."""

    def ask(job):
        (tmp_path / "job.json").write_text(encode_job(job))
        run = subprocess.run(
            [sys.executable, "-m", "engine", job.kind, str(tmp_path / "job.json")],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        event = parse_event(run.stdout.splitlines()[-1])
        assert run.returncode == 1 and isinstance(event, Failure), run.stderr
        assert "Traceback" not in run.stderr
        return event

    return ask


def answer():
    run = subprocess.run(
        [sys.executable, "-c", "from engine.probe import answer; print(answer())"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    home, lacking, failure = json.loads(run.stdout.splitlines()[-1])
    return home, lacking, [Message.from_json(one) if isinstance(one, dict) else one for one in failure]


@pytest.mark.parametrize("job", [JOB, ClassifyJob("i.tif", ("m",), "o.tif")], ids=["check", "classify"])
def test_pytorch_that_does_not_load_is_an_event(stand_in, failure_of, job):
    stand_in("torch", BROKEN["torch"], release="2.99.0")
    event = failure_of(job)
    assert event.code == "broken_package"
    assert "PyTorch 2.99.0 cannot be loaded by Python 3" in event.message
    assert "a library that it needs is missing: libtorch.so: cannot open shared object file" in event.message
    assert "new environment" in event.remedy
    assert ("QGIS 3.22.16" in event.remedy) == (job is JOB)


def test_a_package_that_is_too_old_is_named_with_the_one_needed(stand_in, failure_of):
    stand_in("torch", "raise AssertionError('it is not even loaded')", release="1.8.1")
    event = failure_of(JOB)
    assert event.code == "old_package"
    assert f"PyTorch 1.8.1 is installed in Python 3.{sys.version_info.minor}." in event.message
    assert f"the engine needs {libraries.oldest('torch')} or newer" in event.message
    assert f'"{sys.executable}" "{libraries.INSTALLER}"' in event.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
@pytest.mark.parametrize(("signal", "words"), [("SIGILL", "newer processor"), ("SIGSEGV", "new environment")])
def test_a_crash_is_named_by_the_check_with_the_library(stand_in, failure_of, signal, words):
    stand_in("torch", f"import os, signal; os.kill(os.getpid(), signal.{signal})", release="2.99.0")
    event = failure_of(JOB)
    assert event.code == "crashed_package" and "PyTorch 2.99.0 crashes as it is loaded" in event.message
    assert signal in event.message and words in event.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_gdal_that_crashes_is_named_by_the_check(stand_in, failure_of):
    for module in ("torch", "scipy", "sklearn", "safetensors"):
        stand_in(module, release="99.0")
    for module in ("scipy.ndimage", "sklearn.svm", "safetensors.torch"):
        stand_in(module)
    stand_in("osgeo", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert "GDAL" in failure_of(JOB).message


@pytest.mark.slow
def test_packages_that_few_jobs_need_are_not_loaded_for_all():
    pytest.importorskip("torch")
    script = (
        "import sys\n"
        "from engine.protocol import TrainJob\n"
        "from engine.runtime.libraries import prepare\n"
        "prepare(TrainJob(('i.tif',), ('r.gpkg',), 'm.safetensors'))\n"
        "import engine.jobs.train.run, engine.jobs.classify.run, engine.jobs.estimate\n"
        "print(*{'scipy', 'sklearn'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.split() == []


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr(
        libraries.importlib.util,
        "find_spec",
        lambda name: None if name in ("torch", "sklearn", "osgeo") else name,
    )
    assert libraries.missing() == ["torch", "sklearn", "osgeo"]
    with pytest.raises(EngineError, match=r"lacks: torch, sklearn\."):  # of GDAL, those say so who need it
        libraries.require_releases()


@pytest.mark.parametrize("package", BROKEN)
def test_whatever_an_import_raises_is_explained(stand_in, package):
    stand_in(package, BROKEN[package])
    script = (
        "from engine.runtime.libraries import loading\n"
        f"with loading({package.partition('.')[0]!r}):\n    import {package}"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (
        "EngineError" in run.stderr.splitlines()[-1]
        and "cannot be loaded by Python" in run.stderr.splitlines()[-1]
    )


SAID = {
    "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found "
    "(required by libtorch_cpu.so)": "newer system",
    "ImportError: /lib64/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by "
    "libgdal.so.36)": "newer system",
    "OSError: [WinError 126] Das angegebene Modul wurde nicht gefunden. "
    'Error loading "C:\\lib\\fbgemm.dll" or one of its dependencies.': "is missing",
    "OSError: [WinError 1114] A dynamic link library (DLL) initialization routine failed. "
    "Error loading c10.dll": "to start",
    "OSError: [WinError 193] %1 is not a valid Win32 application": "architecture",
    "ImportError: DLL load failed while importing _gdal: The specified module could not "
    "be found.": "is missing",
    "ImportError: DLL load failed while importing _gdal: The specified procedure could "
    "not be found.": "different releases",
    "ImportError: DLL load failed while importing _C: A dynamic link library (DLL) "
    "initialization routine failed.": "to start",
    "OSError: libcudart.so.12: cannot open shared object file: No such file or directory": "is missing",
    "ImportError: _gdal.cpython-311-x86_64-linux-gnu.so: undefined symbol: "
    "GDALDatasetClose": "different releases",
    "ImportError: dlopen(libtorch.dylib, 0x0002): Library not loaded: @rpath/libomp.dylib": "is missing",
    "ImportError: dlopen(_C.so): '_C.so' (mach-o file, but is an incompatible "
    "architecture (have 'arm64'))": "architecture",
    "ImportError: numpy.core.multiarray failed to import": "release of NumPy than the installed 2.2.6",
    "ImportError: numpy._core.multiarray failed to import": "release of NumPy than the installed 2.2.6",
    "AttributeError: _ARRAY_API not found": "release of NumPy than the installed 2.2.6",
    "RuntimeError: module compiled against ABI version 0x1000009 but this version of "
    "numpy is 0x2000000": "another release of NumPy",
    "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected "
    "96 from C header": "another release of NumPy",
    "ImportError: cannot import name '_gdal_array' from 'osgeo'": "different releases",
    "ImportError: libgomp.so.1: cannot allocate memory in static TLS block": "loaded earlier",
    "ModuleNotFoundError: No module named 'typing_extensions'": "a package that it needs",
    "RuntimeError: whatever": "fails when it is loaded",
}


@pytest.mark.parametrize("words", SAID)
def test_the_cause_is_explained_in_plain_words_with_a_remedy(words):
    why, remedy = explain(words, "2.2.6")
    assert SAID[words] in why and len(remedy) > 20


def test_the_remedy_for_another_numpy_is_the_other_numpy():
    words = "ImportError: numpy.core.multiarray failed to import"
    assert '"numpy<2"' in explain(words, "2.2.6")[1] and '"numpy>=2"' in explain(words, "1.22.0")[1]


# ── GDAL ─────────────────────────────────────────────────────────────────────────────────────────


def a_gdal(version="3060200", name="3.6.2", array=""):
    """An ``osgeo`` whose gdal says of itself that it is this release."""
    said = {"VERSION_NUM": version, "RELEASE_NAME": name}
    code = f"VersionInfo = {said!r}.get\ndef UseExceptions(): pass\ndef GetDriverCount(): return 0\n"
    return {"osgeo": "", "osgeo.gdal": code, "osgeo.ogr": code, "osgeo.osr": code, "osgeo.gdal_array": array}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gdal", "code", "words"),
    [
        (a_gdal("3030200", "3.3.2"), "old_gdal", "GDAL 3.3.2 is installed; the engine needs 3.4 or newer"),
        (a_gdal("2040400", "2.4.4", "raise ImportError"), "old_gdal", "GDAL 2.4.4 is installed"),
        (
            a_gdal(array="raise ImportError('numpy.core.multiarray failed to import')"),
            "broken_package",
            "for another release of NumPy than",
        ),
        (a_gdal(), "no_driver", "GTiff (GeoTIFF), COG (cloud-optimised GeoTIFF), GPKG (GeoPackage)"),
        (
            {"osgeo": "raise ImportError('No module named _gdal')"},
            "broken_package",
            "a package that it needs is missing",
        ),
    ],
)
def test_gdal_that_does_not_fit_is_reported_before_a_dialog_opens(stand_in, gdal, code, words):
    pytest.importorskip("torch")  # a missing package is reported first
    for module, text in gdal.items():
        stand_in(module, text)
    _, missing, failure = answer()
    assert missing == [] and failure[0] == code and words in failure[1] and failure[2]


def test_gdal_without_a_driver_is_reported(monkeypatch):
    """The real GDAL, which leaves some drivers out."""
    pytest.importorskip("torch")
    monkeypatch.setenv("GDAL_SKIP", "GPKG COG")
    failure = answer()[2]
    assert "COG (cloud-optimised GeoTIFF), GPKG (GeoPackage)" in failure[1] and "GTiff" not in failure[1]
    assert "GDAL_SKIP" in failure[2]


def test_a_coordinate_database_that_is_not_gdals_is_reported(tmp_path, monkeypatch, osgeo):
    """PostGIS and others set PROJ_LIB for all programs."""
    pytest.importorskip("torch")
    (tmp_path / "proj.db").write_text("of another release")
    for name in ("PROJ_LIB", "PROJ_DATA"):
        monkeypatch.setenv(name, str(tmp_path))
    _, _, failure = answer()
    assert failure[0] == "no_proj" and f"PROJ_LIB ({tmp_path})" in failure[2]


def test_an_interpreter_that_fits_says_where_it_belongs(osgeo):
    pytest.importorskip("torch")
    assert answer() == (sys.base_prefix, [], [])


def test_pytorch_is_not_loaded_for_a_dialog(stand_in):
    stand_in("torch", "raise AssertionError('it was loaded')", release="99.0")
    assert answer()[2] == []


def test_gdal_that_is_missing_is_reported_by_those_who_need_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "osgeo", None)
    bindings.bindings.cache_clear()
    with pytest.raises(EngineError, match="GDAL's Python bindings") as failure:
        bindings.bindings()
    bindings.bindings.cache_clear()
    assert failure.value.code == "no_gdal"


# ── Python, and how processes end ────────────────────────────────────────────────────────────────


def test_an_old_python_is_an_event():
    """Whatever its own file is read by: the version is looked at before anything else is read."""
    script = "import sys; sys.version_info, sys.argv = (3, 6, 8), ['-m']; import engine"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    event = parse_event(run.stdout)
    assert (
        run.returncode == 1
        and event.code == "old_python"
        and "this is Python 3.6.8 (" in event.message
        and event.remedy
    )
    assert run.stderr == ""


def test_the_oldest_python_is_the_one_that_is_declared():
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">={}.{}"'.format(*PYTHON) in declared


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, ""), (1, ""), (3, ""), (255, ""), (-15, ""),
        (0xC000001D, "illegal instruction (0XC000001D)"),
        (0xC0000005 - 2**32, "access violation (0XC0000005)"),
        (0xC0000135, "a DLL was not found (0XC0000135)"),
    ],
)  # fmt: skip
def test_crashes_are_known_by_exit_codes(code, words):
    assert crash(code) == words


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
def test_signals_that_end_a_process_are_named():
    assert crash(-4) == "illegal instruction (SIGILL)" and crash(-11) == "segmentation fault (SIGSEGV)"
    assert crash(-9).startswith("killed by the system")


# ── requirements.txt ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "floor"),
    [
        ("torch==2.13.0  # networks", "2.13.0"),
        ("torch>=2.4,<3", "2.4"),
        ("Torch ~=2.5", "2.5"),
        ("torch<3", ""),
        ("numpy>=1", ""),
        ('torch>=2.4; python_version < "3"\ntorch>=2.6; python_version >= "3"', "2.6"),
        ("--extra-index-url https://example.org\n\ntorch>=2.4", "2.4"),
    ],
)
def test_the_oldest_release_is_read_from_the_requirements(tmp_path, monkeypatch, line, floor):
    (tmp_path / "requirements.txt").write_text(line)
    monkeypatch.setattr(libraries, "REQUIREMENTS", tmp_path / "requirements.txt")
    assert libraries.oldest("torch") == floor


@pytest.mark.parametrize(
    ("found", "fits"),
    [("2.4.0+cpu", True), ("2.4.0a0+nv24.05", True), ("2.10", True), ("2.3.1", False), ("1.13", False)],
)
def test_releases_are_compared_by_their_numbers(found, fits):
    assert libraries._is_older(found, "2.4") is not fits
