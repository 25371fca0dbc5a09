"""Checks that the libraries of the engine are installed, are recent enough and load; errors say why not.

This module runs first, so it needs the standard library alone until it loads something.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import platform
import subprocess  # nosec B404 (this very Python)
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .. import __version__
from ..protocol import (
    ILLEGAL_INSTRUCTION,
    CheckJob,
    EngineError,
    EvaluateJob,
    Job,
    Message,
    SamplePointsJob,
    crash,
    message,
)
from .load_errors import explain, new_environment

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
"""The file with the oldest release of each package that the engine works with."""
INSTALLER = Path(__file__).parents[1] / "install.py"
NEEDED = {
    "packaging": "packaging.requirements",
    "numpy": "numpy",
    "torch": "torch",
    "safetensors": "safetensors.torch",
    "jinja2": "jinja2",
    "pillow": "PIL.Image",
}
"""The packages that jobs need, with the module to import, in the order in which they are loaded."""
_FOR_NETWORKS = ("torch", "safetensors")
"""Packages that only jobs with a network need."""
SOMETIMES_NEEDED = {"scipy": "scipy.ndimage", "scikit-learn": "sklearn.svm"}
"""Packages that few jobs need, with the module to import; they are loaded when they are used."""
_TITLES = {
    "raster_segmenter": "Raster Segmenter", "python": "Python", "torch": "PyTorch", "numpy": "NumPy",
    "scipy": "SciPy", "pillow": "Pillow", "jinja2": "Jinja2", "gdal": "GDAL", "openvino": "OpenVINO",
    "qgis": "QGIS", "system": "on",
}  # fmt: skip
_GDAL = "osgeo.gdal_array"
_LOAD_TIMEOUT_S = 300.0
_LOADER = """
import importlib, sys
for name in sys.argv[1:]:
    print(name, flush=True)
    importlib.import_module(name)
"""


def prepare(job: Job) -> None:
    """Load the packages that ``job`` needs.

    Raises `EngineError` for the first one that is missing, too old, or does not load. For a check of the
    engine another process loads everything first, GDAL too, so that a library that crashes ends that process
    and not this one.
    """
    is_full_check = isinstance(job, CheckJob) and not job.only_device
    unneeded = _FOR_NETWORKS if isinstance(job, (EvaluateJob, SamplePointsJob)) else ()
    try:
        require_releases(unneeded)
        if is_full_check:
            _load_in_another_process()
        _load({package: module for package, module in NEEDED.items() if package not in unneeded})
    except EngineError as error:
        if isinstance(job, CheckJob) and is_full_check:
            versions = one_line({"qgis": job.qgis, **installed()})
            raise error.advised(message("Versions: {versions}.", versions=versions)) from error
        raise


def load_all() -> None:
    """Load all packages except GDAL, also those of few jobs. Raises `EngineError` as `prepare` does."""
    _load(NEEDED | SOMETIMES_NEEDED)


def load(package: str) -> None:
    """Load one of `SOMETIMES_NEEDED`. Raises `EngineError` if it does not load."""
    _load({package: SOMETIMES_NEEDED[package]})


def _load(packages: dict[str, str]) -> None:
    for package, module in packages.items():
        with loading(package):
            importlib.import_module(module)


def installed() -> dict[str, str]:
    """The releases of the engine, its main packages and the system, by name.

    They are read from the installation. Nothing is loaded, so broken packages are listed too.
    """
    own = {"raster_segmenter": __version__, "python": platform.python_version(), "gdal": _gdal()}
    return {**own, "torch": release("torch"), "numpy": release("numpy"), "system": platform.platform()}


def _gdal() -> str:
    """The release of GDAL: the loaded one, else that of the package from PyPI, which hides the system's."""
    loaded = sys.modules.get("osgeo.gdal")
    return str(loaded.VersionInfo("RELEASE_NAME")) if loaded else release("gdal-wheel") or release("GDAL")


def one_line(versions: dict[str, str]) -> str:
    """Names and versions on one line; names without a version are left out."""
    return ", ".join(f"{title(name)} {version}" for name, version in versions.items() if version)


def missing() -> list[str]:
    """The names of the modules that are needed and not installed. Nothing is loaded."""
    modules = (module.partition(".")[0] for module in (*NEEDED.values(), *SOMETIMES_NEEDED.values(), _GDAL))
    return [module for module in modules if not importlib.util.find_spec(module)]


def require_releases(unneeded: Sequence[str] = ()) -> None:
    """Raise `EngineError` for a package that is missing, or older than ``requirements.txt`` allows.

    Nothing is loaded. The ``unneeded`` packages may be missing. GDAL is checked where it is first used.
    """
    if lacking := [module for module in missing() if module not in ("osgeo", *unneeded)]:
        raise EngineError(
            "missing_package",
            "{python} lacks: {modules}.",
            install_all(),
            python=_python(),
            modules=", ".join(lacking),
        )
    for package in (*NEEDED, *SOMETIMES_NEEDED):
        floor, found = oldest(package), release(package)
        if floor and found and _is_older(found, floor):
            raise EngineError(
                "old_package",
                "{package} {found} is installed in {python}; the engine needs {needed} or newer.",
                install_all(),
                package=title(package),
                found=found,
                python=_python(),
                needed=floor,
            )


@contextlib.contextmanager
def loading(package: str) -> Iterator[None]:
    """Turn an exception in the import of ``package`` into an `EngineError` with the cause and a remedy."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:  # a broken library may raise anything
        cause, remedy = explain(f"{type(error).__name__}: {error}", release("numpy"))
        first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise EngineError(
            "broken_package",
            "{package} cannot be loaded by {python}, because {cause}: {error}.",
            remedy,
            package=_title_and_release(package),
            python=_python(),
            cause=cause,
            error=first_line.rstrip("."),
        ) from error


def title(package: str) -> str:
    """The usual name of a package."""
    return _TITLES.get(package, package)


def _title_and_release(package: str) -> str:
    return f"{title(package)} {release(package)}".strip()


def release(package: str) -> str:
    """The installed release; empty if the package is not installed or has no metadata."""
    try:
        return version(package) or ""
    except PackageNotFoundError:
        return ""


def oldest(package: str) -> str:
    """The oldest release of a package that ``requirements.txt`` allows; empty if it names none."""
    from packaging.requirements import Requirement  # noqa: PLC0415 (it is one of those that may be missing)
    from packaging.utils import canonicalize_name  # noqa: PLC0415

    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines())
    for requirement in (Requirement(line) for line in lines if line and not line.startswith("-")):
        applies = requirement.marker is None or requirement.marker.evaluate()
        if applies and canonicalize_name(requirement.name) == canonicalize_name(package):
            floors = (
                limit.version for limit in requirement.specifier if limit.operator in (">=", "==", "~=")
            )
            return next(floors, "")
    return ""


def install_all() -> Message:
    """A sentence with the command that installs all packages in releases that work together."""
    return message(
        'Run this in a terminal: "{python}" "{installer}"', python=sys.executable, installer=INSTALLER
    )


def _is_older(found: str, floor: str) -> bool:
    """Whether ``found`` is older, by numbers alone: previews and rebuilds of the oldest release pass."""
    from packaging.version import Version  # noqa: PLC0415 (it is one of those that may be missing)

    return Version(found).release < Version(floor).release


def _load_in_another_process() -> None:
    """Raise `EngineError` for a library that crashes while it loads; other errors show up here later."""
    modules = {**NEEDED, **SOMETIMES_NEEDED, "GDAL": _GDAL}
    run = subprocess.run(  # noqa: S603 # nosec B603 (this very Python)
        [sys.executable, "-c", _LOADER, *modules.values()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_LOAD_TIMEOUT_S,
        check=False,
    )
    if ended := crash(run.returncode):
        printed = run.stdout.decode(errors="replace").split()
        last = [word for word in printed if word in modules.values()][-1:]
        raise _crashed(next((name for name, module in modules.items() if module in last), "python"), ended)


def _crashed(package: str, cause: Message) -> EngineError:
    """The error for a library that crashed as it was loaded; `crash` gives the ``cause``."""
    too_new = message(
        "It is built for a newer processor than this one ({processor}): install an older release. On a "
        "virtual machine, give the virtual machine the instructions of the host's processor (AVX2).",
        processor=platform.processor() or platform.machine(),
    )
    return EngineError(
        "crashed_package",
        "{package} crashes as it is loaded by {python}: {cause}.",
        too_new if cause.startswith(ILLEGAL_INSTRUCTION) else new_environment(),
        package=_title_and_release(package),
        python=_python(),
        cause=cause,
    )


def _python() -> str:
    return f"Python {platform.python_version()} ({sys.executable})"
