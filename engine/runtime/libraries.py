"""The libraries that the engine stands on: whether they are there, recent enough, and load. If not, a
sentence says why.

Standard library only, until something is loaded: this module is what runs first.
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
from ..protocol import ILLEGAL_INSTRUCTION, CheckJob, EngineError, EvaluateJob, Job, SamplePointsJob, crash
from .load_errors import explained, new_environment

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
"""Owns the oldest release of each package that the engine works with."""
INSTALLER = Path(__file__).parents[1] / "install.py"
NEEDED = {
    "packaging": "packaging.requirements",
    "numpy": "numpy",
    "torch": "torch",
    "safetensors": "safetensors.torch",
    "jinja2": "jinja2",
    "pillow": "PIL.Image",
    "scipy": "scipy.ndimage",
}
"""The packages that jobs need, in the order in which they are loaded: what to import of each."""
_OF_NETWORKS = ("torch", "safetensors")
"""Those that jobs without a network do without."""
SOMETIMES_NEEDED = {"scikit-learn": "sklearn.svm"}
_TITLES = {
    "raster_segmenter": "Raster Segmenter", "python": "Python", "torch": "PyTorch", "numpy": "NumPy", "scipy": "SciPy",
    "pillow": "Pillow", "jinja2": "Jinja2", "gdal": "GDAL", "openvino": "OpenVINO", "qgis": "QGIS", "system": "on",
}  # fmt: skip
_GDAL = "osgeo.gdal_array"
_TRIAL_S = 300.0


def prepare(job: Job) -> None:
    """Load what ``job`` needs. Raises `EngineError` for the first package that is missing, too old, or does
    not load.

    For a check of the engine another process loads everything first, GDAL too: if a library crashes, that one
    does.
    """
    thorough = isinstance(job, CheckJob) and not job.only_device
    spared = _OF_NETWORKS if isinstance(job, (EvaluateJob, SamplePointsJob)) else ()
    try:
        require_releases(spared)
        if thorough:
            _try_in_another_process()
        _load({package: module for package, module in NEEDED.items() if package not in spared})
    except EngineError as error:
        if isinstance(job, CheckJob) and thorough:
            raise error.advised(f"({in_words({'qgis': job.qgis, **installed()})})") from error
        raise


def load_all() -> None:
    """Load what only some jobs need as well, but for GDAL. Raises `EngineError` as `prepare` does."""
    _load(NEEDED | SOMETIMES_NEEDED)


def _load(packages: dict[str, str]) -> None:
    for package, module in packages.items():
        with loading(package):
            importlib.import_module(module)


def installed() -> dict[str, str]:
    """The engine and what it stands on, by name, as the installation says. Nothing is loaded, so that broken
    ones count too.
    """
    names = {"raster_segmenter": __version__, "python": platform.python_version(), "gdal": _gdal()}
    return {
        **names,
        **{package: release(package) for package in ("torch", "numpy")},
        "system": platform.platform(),
    }


def _gdal() -> str:
    """GDAL's release: the one that is loaded, else that of the package from PyPI, which hides the
    system's.
    """
    loaded = sys.modules.get("osgeo.gdal")
    return str(loaded.VersionInfo("RELEASE_NAME")) if loaded else release("gdal-wheel") or release("GDAL")


def in_words(versions: dict[str, str]) -> str:
    """Versions in a line."""
    return ", ".join(f"{title(name)} {version}" for name, version in versions.items() if version)


def missing() -> list[str]:
    """The modules that are needed and not there, by their names. Nothing is loaded."""
    modules = (module.partition(".")[0] for module in (*NEEDED.values(), *SOMETIMES_NEEDED.values(), _GDAL))
    return [module for module in modules if not importlib.util.find_spec(module)]


def require_releases(spared: Sequence[str] = ()) -> None:
    """Raise `EngineError` for a package that is missing, or older than the oldest in ``requirements.txt``;
    loads none of them.

    Those ``spared`` may be missing. GDAL is asked for by those who need it.
    """
    if lacking := [module for module in missing() if module not in ("osgeo", *spared)]:
        message = f"{_python()} lacks: {', '.join(lacking)}."
        raise EngineError("missing_package", message, install_all())
    for package in (*NEEDED, *SOMETIMES_NEEDED):
        floor, found = oldest(package), release(package)
        if floor and found and _is_older(found, floor):
            message = (
                f"{title(package)} {found} is installed in {_python()}; the engine needs {floor} or newer."
            )
            raise EngineError("old_package", message, install_all())


@contextlib.contextmanager
def loading(package: str) -> Iterator[None]:
    """Turns what the imports of ``package`` in this block raise into an `EngineError` that says why, and what
    to do.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:  # a broken library may raise anything
        why, remedy = explained(f"{type(error).__name__}: {error}", release("numpy"))
        words = str(error).strip().splitlines() or [type(error).__name__]
        message = f"{title(package)} {release(package)} cannot be loaded by {_python()}, because {why}: {words[0].rstrip('.')}."
        raise EngineError("broken_package", message.replace("  ", " "), remedy) from error


def title(package: str) -> str:
    """What people call it."""
    return _TITLES.get(package, package)


def release(package: str) -> str:
    """The installed release; empty where the installation does not say."""
    try:
        return version(package) or ""
    except PackageNotFoundError:
        return ""


def oldest(package: str) -> str:
    """The oldest release of a package that ``requirements.txt`` allows; empty where it names none."""
    from packaging.requirements import Requirement  # noqa: PLC0415 (it is one of those that may be missing)
    from packaging.utils import canonicalize_name  # noqa: PLC0415

    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines())
    for requirement in (Requirement(line) for line in lines if line and not line.startswith("-")):
        applies = requirement.marker is None or requirement.marker.evaluate()
        if applies and canonicalize_name(requirement.name) == canonicalize_name(package):
            floors = [
                limit.version for limit in requirement.specifier if limit.operator in (">=", "==", "~=")
            ]
            return floors[0] if floors else ""
    return ""


def install_all() -> str:
    """The command that installs all packages in releases that work together."""
    return f'Run this in a terminal: "{sys.executable}" "{INSTALLER}"'


def _is_older(found: str, floor: str) -> bool:
    """By their numbers alone: the floor's own previews and rebuilds are as good as it."""
    from packaging.version import Version  # noqa: PLC0415 (it is one of those that may be missing)

    return Version(found).release < Version(floor).release


def _try_in_another_process() -> None:
    """Raise `EngineError` for the library whose loading ends a process. What else goes wrong is told when we
    load it.
    """
    modules = [*NEEDED.values(), *SOMETIMES_NEEDED.values(), _GDAL]
    program = "import importlib, sys\nfor name in sys.argv[1:]:\n    print(name, flush=True)\n    importlib.import_module(name)"
    run = subprocess.run(  # noqa: S603 # nosec B603 (this very Python)
        [sys.executable, "-c", program, *modules],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_TRIAL_S,
        check=False,
    )
    if ended := crash(run.returncode):
        module = run.stdout.decode(errors="replace").split()[-1:]
        package = next(
            (name for name, theirs in {**NEEDED, **SOMETIMES_NEEDED}.items() if [theirs] == module), "GDAL"
        )
        raise crashed(package, ended)


def crashed(package: str, ended: str) -> EngineError:
    """The error for a library whose loading ended a process, by ``ended`` as `crash` says it."""
    message = f"{title(package)} {release(package)} crashes as it is loaded by {_python()}: {ended}."
    if ended.startswith(ILLEGAL_INSTRUCTION):
        remedy = (
            f"It is built for a newer processor than this one ({platform.processor() or platform.machine()}): install an older "
            "release. On a virtual machine, let it have the instructions of the host's processor (AVX2)."
        )
    else:
        remedy = new_environment()
    return EngineError("crashed_package", message, remedy)


def _python() -> str:
    return f"Python {platform.python_version()} ({sys.executable})"
