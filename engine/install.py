"""Install what the engine needs: ``python3 engine/install.py [FOLDER]``.

With FOLDER, into an environment there, which sees the packages of the Python that runs this (GDAL's bindings
are among them); without, into that Python itself. Every package has the version and the hash that the lock
says. On Linux without an NVIDIA driver PyTorch is the build for CPUs, a tenth the size of the other.

This is a program of the standard library alone, since it runs before anything else is there.
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
"""PyTorch's own index of builds for CPUs; asked for PyTorch alone."""
SIZES = {"cpu": "0.3 GB to download, 1.4 GB on disk", "cuda": "2.9 GB to download, 6 GB on disk"}
"""What the whole lock takes on Linux with either build of PyTorch (x86-64, Python 3.12)."""
LOCKED = ((3, 10), (3, 14))
"""The first and the last Python that the lock is made for."""

_ANSWER_S = 20
"""An index that has not said by then what it holds is not reached."""
_NO_UPDATE = ("--disable-pip-version-check",)
"""Else pip looks for a newer pip in the index of PyTorch's builds."""
_GPU_ONLY = ("nvidia-", "cuda-", "triton")
_PROBE = """
import importlib.metadata as m, json, sys
print(json.dumps([sys.version_info[:2], {d.metadata["Name"].lower(): d.version for d in reversed(list(m.distributions()))}]))
"""


_NO_GDAL = (
    "{python} has no GDAL (the Python module osgeo), by which the engine reads images. Run this with the Python that QGIS uses: "
    "on Debian and Ubuntu that is /usr/bin/python3, with the package python3-gdal; on Windows python in the OSGeo4W Shell. "
    "In conda, install gdal first."
)


class InstallError(Exception):
    """What stopped the installation, in a sentence for the terminal."""


@dataclass(frozen=True)
class Locks:
    """The files that say what to install; ``engine`` with the PyTorch of PyPI, ``cpu`` with nothing but its
    build for CPUs.
    """

    requirements: Path = HERE / "requirements.txt"
    engine: Path = HERE / "requirements.lock"
    cpu: Path = HERE / "torch-cpu.lock"
    cpu_index: str = CPU_INDEX

    def accepts(self, name: str, version: str) -> bool:
        """Whether ``version`` lies in the range of ``requirements`` for ``name``."""
        found = re.search(
            rf"^{name}>=([\d.]+),<([\d.]+)", self.requirements.read_text(encoding="utf-8"), re.MULTILINE
        )
        if not found:
            return False
        low, high = map(_numbers, found.groups())
        return low <= _numbers(version) < high


@dataclass(frozen=True)
class Target:
    """The interpreter to install into, its version, and the packages that it finds by name."""

    python: str
    version: tuple[int, int]
    packages: dict[str, str]


@dataclass(frozen=True)
class Source:
    """Where PyTorch comes from: entries of a lock, and pip's options for them."""

    why: str
    entries: list[str]
    options: tuple[str, ...] = ()


def install(target: Target, build: str, locks: Locks) -> None:
    """Install all that the engine needs into ``target``; ``build`` is auto, cpu, cuda or none (all but
    PyTorch).
    """
    if not LOCKED[0] <= target.version <= LOCKED[1]:
        low, high, own = (".".join(map(str, version)) for version in (*LOCKED, target.version))
        print(
            f"The lock is for Python {low} to {high}, and this is {own}: the newest in the ranges are taken.",
            flush=True,
        )
        _pip(target.python, "install", "-r", str(locks.requirements))
        return
    source = pytorch(target, build, locks)
    print(f"PyTorch: {source.why}.", flush=True)
    rest = [
        entry
        for entry in entries(locks.engine)
        if not _is_pytorch(entry) and not _is_kept(entry, target, locks)
    ]
    _install(target.python, rest)
    _install(target.python, source.entries, source.options)


def pytorch(target: Target, build: str, locks: Locks) -> Source:
    """The PyTorch that fits this machine. Raises `InstallError` where a build for CPUs is a must and nobody
    has one.
    """
    if build == "none":
        return Source("left out", [])
    usual = [entry for entry in entries(locks.engine) if _is_pytorch(entry)]
    if not sys.platform.startswith("linux"):
        return Source("the build of PyPI", usual)
    if build == "cuda" or (build == "auto" and has_nvidia_driver()):
        why = "asked for" if build == "cuda" else "the driver of one is here"
        return Source(f"the build for NVIDIA GPUs ({why}); {SIZES['cuda']} in all", usual)
    cpu = entries(locks.cpu)
    no_gpu = "the build for CPUs ({}), since " + (
        "it was asked for" if build == "cpu" else "no NVIDIA driver is here"
    )
    for name, options in (("pip's index", ()), (locks.cpu_index, ("--index-url", locks.cpu_index))):
        if _offers(target.python, cpu, options):
            return Source(f"{no_gpu.format(name)}; {SIZES['cpu']} in all", cpu, options)
    version = target.packages.get("torch")
    if version and locks.accepts("torch", version):
        return Source(f"{version}, which is here already, since {locks.cpu_index} was not reached", [])
    if build == "cpu":
        raise InstallError(
            f"{locks.cpu_index} was not reached, or has no PyTorch for this Python and machine."
        )
    return Source(
        f"the build for NVIDIA GPUs, though no driver of one is here, since {locks.cpu_index} was not reached; "
        f"it computes on the CPU just as well, but takes {SIZES['cuda']} in all (Ctrl+C stops)",
        usual,
    )


def has_nvidia_driver(folder: Path = Path("/proc/driver/nvidia")) -> bool:
    return shutil.which("nvidia-smi") is not None or (folder / "version").exists()


def entries(lock: Path) -> list[str]:
    """The entries of a lock, each with its hashes."""
    return re.findall(r"^\w.*(?:\n[ \t].*)*", lock.read_text(encoding="utf-8"), re.MULTILINE)


def make_environment(folder: Path) -> str:
    """The interpreter of a new or renewed environment in ``folder``. Raises `InstallError`."""
    if folder.exists() and not folder.is_dir():
        raise InstallError(f"{folder} is a file. Name a folder for the environment.")
    if not find_spec("ensurepip"):
        raise InstallError(
            f"{sys.executable} cannot make environments. Debian and Ubuntu need the package python3-venv for it."
        )
    command = [sys.executable, "-m", "venv", "--system-site-packages", str(folder)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 # nosec B603 (no shell)
        raise InstallError(f"No environment could be made in {folder}; why stands above.")
    return str(folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def target_of(python: str) -> Target:
    """What is in the Python ``python``."""
    command = [python, "-c", _PROBE]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603 # nosec B603 (no shell)
    (major, minor), packages = json.loads(run.stdout)
    return Target(python, (major, minor), packages)


def _require_own_packages() -> None:
    """Raise `InstallError` where the system keeps this Python's packages to itself (PEP 668): there pip
    installs nothing.
    """
    if sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists():
        command = (
            f'"{sys.executable}" "{Path(__file__).resolve()}" "{Path.home() / "raster-segmenter-engine"}"'
        )
        raise InstallError(
            f"The system manages the packages of {sys.executable}. Make an environment instead: {command}"
        )


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(text).expanduser().absolute()


def _is_pytorch(entry: str) -> bool:
    """Whether ``entry`` is PyTorch, or what its build for NVIDIA GPUs needs and the other does not."""
    return entry.startswith(("torch==", *_GPU_ONLY))


def _is_kept(entry: str, target: Target, locks: Locks) -> bool:
    """Whether ``entry`` is numpy and one is there: GDAL's bindings are compiled for that one."""
    version = target.packages.get("numpy")
    return entry.startswith("numpy==") and version is not None and locks.accepts("numpy", version)


def _offers(python: str, cpu: list[str], options: tuple[str, ...]) -> bool:
    """Whether pip finds the build for CPUs with ``options``; an index that does not answer soon has none."""
    wanted = cpu[0].split()[0].removeprefix("torch==")
    command = [
        python,
        "-m",
        "pip",
        *_NO_UPDATE,
        "index",
        "versions",
        "torch",
        "--timeout",
        "5",
        "--retries",
        "0",
        *options,
    ]
    try:
        run = subprocess.run(  # noqa: S603 # nosec B603 (no shell)
            command, capture_output=True, encoding="utf-8", timeout=_ANSWER_S, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return wanted in run.stdout.replace(",", " ").split()


def _install(python: str, wanted: list[str], options: tuple[str, ...] = ()) -> None:
    """Install entries of a lock, which is complete: what they need is among them."""
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lock.txt")
        path.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        _pip(
            python,
            "install",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--require-hashes",
            *options,
            "-r",
            str(path),
        )


def _pip(python: str, *arguments: str) -> None:
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    command = [python, "-m", "pip", *_NO_UPDATE, *arguments, *quiet]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 # nosec B603 (no shell)
        raise InstallError("pip could not install a package; what it says stands above.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Install what the engine of Raster Segmenter needs.")
    parser.add_argument(
        "folder", nargs="?", type=_folder, help="of a new environment; without it, this Python is completed"
    )
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
        sys.exit("Stopped. Run the same command again to go on.")
    print(f"The engine's Python is {python}")
    print(
        "Name it in QGIS: Settings > Options > Processing > Providers > Raster Segmenter, then press Enter."
    )


if __name__ == "__main__":
    main()
