"""Install what the engine needs: ``python3 engine/install.py [FOLDER]``.

With FOLDER it makes an environment there, which also sees the packages of the Python that runs this program
(with GDAL's bindings); without, it installs into that Python itself. Every package has the version and the
hash of the lock file. On Linux without an NVIDIA driver, PyTorch is the build for CPUs, a tenth the size of
the other. The program runs before anything is installed, so it needs the standard library alone.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess  # nosec B404 (pip is a process of its own)
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own index of builds for CPUs; nothing but PyTorch is taken from it."""
SIZES = {"cpu": "0.3 GB to download, 1.4 GB on disk", "cuda": "2.9 GB to download, 6 GB on disk"}
"""The size of all packages on Linux with either build of PyTorch (x86-64, Python 3.12)."""
LOCKED = ((3, 10), (3, 14))
"""The oldest and the newest Python that the lock file is made for."""

_ANSWER_S = 20
"""An index that does not answer within this many seconds counts as not reached."""
_NO_UPDATE = "--disable-pip-version-check"
"""Without it, pip looks for a newer pip in the index of PyTorch's builds."""
_GPU_ONLY = ("nvidia-", "cuda-", "triton")
_PROBE = """
import importlib.metadata as m, json, sys
packages = {d.metadata["Name"].lower(): d.version for d in reversed(list(m.distributions()))}
print(json.dumps([sys.version_info[:2], packages]))
"""
_NO_GDAL = (
    "{python} has no GDAL (the Python module osgeo), which the engine needs to read images. "
    "Run this with the Python that QGIS uses: on Debian and Ubuntu that is /usr/bin/python3, with the "
    "package python3-gdal; on Windows python in the OSGeo4W Shell. In conda, install gdal first."
)


class InstallError(Exception):
    """The reason why the installation stopped, in a sentence for the terminal."""


@dataclass(frozen=True)
class Locks:
    """The lock files: ``engine`` with the PyTorch of PyPI, ``cpu`` with nothing but its build for CPUs."""

    requirements: Path = HERE / "requirements.txt"
    engine: Path = HERE / "requirements.lock"
    cpu: Path = HERE / "torch-cpu.lock"
    cpu_index: str = CPU_INDEX

    def accepts(self, name: str, version: str) -> bool:
        """Whether ``version`` lies in the range of ``requirements`` for ``name``."""
        ranges = self.requirements.read_text(encoding="utf-8")
        found = re.search(rf"^{name}>=([\d.]+),<([\d.]+)", ranges, re.MULTILINE)
        if not found:
            return False
        low, high = map(_numbers, found.groups())
        return low <= _numbers(version) < high


@dataclass(frozen=True)
class Target:
    """The interpreter to install into, its version, and the versions of its packages by name."""

    python: str
    version: tuple[int, int]
    packages: dict[str, str]


@dataclass(frozen=True)
class Source:
    """The source of PyTorch: the reason, entries of a lock file, and pip's options for them."""

    why: str
    entries: list[str]
    options: tuple[str, ...] = ()


def install(target: Target, build: str, locks: Locks) -> None:
    """Install the engine's packages into ``target``; ``build`` is auto, cpu, cuda or none (no PyTorch)."""
    if not LOCKED[0] <= target.version <= LOCKED[1]:
        low, high, own = (".".join(map(str, version)) for version in (*LOCKED, target.version))
        outside = f"The lock is for Python {low} to {high}, and this is {own}"
        print(f"{outside}: the newest versions in the allowed ranges are installed.", flush=True)
        _pip(target.python, "install", "-r", str(locks.requirements))
        return
    source = pytorch(target, build, locks)
    print(f"PyTorch: {source.why}.", flush=True)
    others = (entry for entry in entries(locks.engine) if not _is_pytorch(entry))
    _install(target.python, [entry for entry in others if not _is_kept(entry, target, locks)])
    _install(target.python, source.entries, source.options)


def pytorch(target: Target, build: str, locks: Locks) -> Source:
    """The PyTorch that fits this machine. Raises `InstallError` if ``build`` is cpu and no index has it."""
    if build == "none":
        return Source("left out", [])
    usual = [entry for entry in entries(locks.engine) if _is_pytorch(entry)]
    if not sys.platform.startswith("linux"):
        return Source("the build of PyPI", usual)
    if build == "cuda" or (build == "auto" and has_nvidia_driver()):
        why = "asked for" if build == "cuda" else "an NVIDIA driver is installed"
        return Source(f"the build for NVIDIA GPUs ({why}); {SIZES['cuda']} in all", usual)
    cpu = entries(locks.cpu)
    why = "asked for" if build == "cpu" else "no NVIDIA driver is installed"
    for name, options in (("pip's index", ()), (locks.cpu_index, ("--index-url", locks.cpu_index))):
        if _offers(target.python, cpu, options):
            return Source(f"the build for CPUs from {name} ({why}); {SIZES['cpu']} in all", cpu, options)
    version = target.packages.get("torch")
    if version and locks.accepts("torch", version):
        return Source(f"{version} is kept, since {locks.cpu_index} was not reached", [])
    if build == "cpu":
        raise InstallError(
            f"{locks.cpu_index} was not reached, or has no PyTorch for this Python and system."
        )
    why = f"no NVIDIA driver is installed, but {locks.cpu_index} was not reached"
    cost = f"it computes on the CPU just as well, but takes {SIZES['cuda']} in all (Ctrl+C stops)"
    return Source(f"the build for NVIDIA GPUs ({why}); {cost}", usual)


def has_nvidia_driver(folder: Path = Path("/proc/driver/nvidia")) -> bool:
    """Whether the driver of an NVIDIA GPU is installed."""
    return shutil.which("nvidia-smi") is not None or (folder / "version").exists()


def entries(lock: Path) -> list[str]:
    """The entries of a lock file, each with its hashes."""
    return re.findall(r"^\w.*(?:\n[ \t].*)*", lock.read_text(encoding="utf-8"), re.MULTILINE)


def make_environment(folder: Path) -> str:
    """Make or renew an environment in ``folder``. Returns its interpreter; raises `InstallError`."""
    if folder.exists() and not folder.is_dir():
        raise InstallError(f"{folder} is a file. Name a folder for the environment.")
    if not find_spec("ensurepip"):
        needed = "On Debian and Ubuntu, install the package python3-venv."
        raise InstallError(f"{sys.executable} cannot make environments. {needed}")
    command = [sys.executable, "-m", "venv", "--system-site-packages", str(folder)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 # nosec B603 (no shell)
        raise InstallError(f"No environment could be made in {folder}; the reason stands above.")
    return str(folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def target_of(python: str) -> Target:
    """The version and the packages of the interpreter ``python``."""
    command = [python, "-c", _PROBE]
    # No shell.
    run = subprocess.run(  # noqa: S603 # nosec B603
        command, capture_output=True, encoding="utf-8", check=True
    )
    (major, minor), packages = json.loads(run.stdout)
    return Target(python, (major, minor), packages)


def _require_own_packages() -> None:
    """Raise `InstallError` if the system manages this Python's packages (PEP 668), so that pip refuses."""
    if sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists():
        folder = Path.home() / "raster-segmenter-engine"
        raise InstallError(
            f"The system manages the packages of {sys.executable}. Make an environment instead: "
            f'"{sys.executable}" "{Path(__file__).resolve()}" "{folder}"'
        )


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(text).expanduser().absolute()


def _is_pytorch(entry: str) -> bool:
    """Whether ``entry`` is PyTorch, or a package that only its build for NVIDIA GPUs needs."""
    return entry.startswith(("torch==", *_GPU_ONLY))


def _is_kept(entry: str, target: Target, locks: Locks) -> bool:
    """Whether ``entry`` is numpy, and one is installed that GDAL's bindings are compiled for."""
    version = target.packages.get("numpy")
    return entry.startswith("numpy==") and version is not None and locks.accepts("numpy", version)


def _offers(python: str, cpu: list[str], options: tuple[str, ...]) -> bool:
    """Whether pip finds the build for CPUs with ``options``; an index that does not answer soon has none."""
    wanted = cpu[0].split()[0].removeprefix("torch==")
    question = ["index", "versions", "torch", "--timeout=5", "--retries=0", *options]
    command = [python, "-m", "pip", _NO_UPDATE, *question]
    try:
        run = subprocess.run(  # noqa: S603 # nosec B603 (no shell)
            command, capture_output=True, encoding="utf-8", timeout=_ANSWER_S, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return wanted in run.stdout.replace(",", " ").split()


def _install(python: str, wanted: list[str], options: tuple[str, ...] = ()) -> None:
    """Install entries of a lock file without looking for what they need, since the file has all."""
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lock.txt")
        path.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        checks = ("--no-deps", "--only-binary=:all:", "--require-hashes")
        _pip(python, "install", *checks, *options, "-r", str(path))


def _pip(python: str, *arguments: str) -> None:
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    command = [python, "-m", "pip", _NO_UPDATE, *arguments, *quiet]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 # nosec B603 (no shell)
        raise InstallError("pip could not install a package; its message stands above.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def main(arguments: list[str] | None = None) -> None:
    """Run the program with ``arguments``, or those of the command line."""
    parser = argparse.ArgumentParser(description="Install the packages of the engine of Raster Segmenter.")
    about = "folder of a new environment; without it, the packages go into this Python"
    parser.add_argument("folder", nargs="?", type=_folder, help=about)
    builds = ("auto", "cpu", "cuda", "none")
    parser.add_argument("--torch", choices=builds, default="auto", help="build of PyTorch (default: auto)")
    chosen = parser.parse_args(arguments)
    try:
        if not find_spec("osgeo"):
            raise InstallError(_NO_GDAL.format(python=sys.executable))
        if chosen.folder is None:
            _require_own_packages()
        python = make_environment(chosen.folder) if chosen.folder else sys.executable
        install(target_of(python), chosen.torch, Locks())
    except InstallError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to continue.")
    print(f"The engine's Python is {python}")
    print("Enter it in QGIS: Settings > Options > Processing > Providers > Raster Segmenter, press Enter.")


if __name__ == "__main__":
    main()
