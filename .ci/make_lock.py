"""Write the locks anew, with the newest versions in the ranges: `make lock`, which gives this program the
`uv` it needs.

Only facts that the requirements do not hold stand here: PyTorch's version, and the numpy that GDAL's bindings
come with.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
TORCH = "2.13.0"
PINS = f"""
torch=={TORCH}
numpy==1.24.*; python_version < "3.12"
numpy==1.26.*; python_version == "3.12"
numpy==2.2.*; python_version == "3.13"
numpy==2.3.*; python_version >= "3.14"
"""
"""numpy: the oldest that a distribution of that Python has. It is kept where it is there, so all else must
work with it.
"""
HEAD = """# Do not edit: `make lock` writes this file, as .ci/make_lock.py says.
# {about}
"""
ENGINE = """What engine/requirements.txt asks for and what that needs, for Python 3.10 to 3.14 on Linux, macOS and Windows.
# Every package is a wheel, so nothing is compiled. engine/install.py leaves out numpy where one is there already, and what
# only NVIDIA GPUs need where there is no driver of one; then it takes PyTorch from torch-cpu.lock.
# To change a version, change its range in engine/requirements.txt (or PyTorch's version in .ci/make_lock.py), run `make lock`
# and then `make test`."""
CPU = """PyTorch's builds for CPUs, which are not on PyPI but on an index of their own. `make lock` asks that index for their
# hashes, and leaves this file as it is where the index is not reached and the version is the same."""
TESTS = "What tests/requirements.txt asks for, at versions that go with engine/requirements.lock."


def compiled(source: str, *options: str) -> str:
    """The lock of the requirements in ``source``."""
    command = [
        str(Path(sys.executable).with_name("uv")),
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-config",
    ]
    command += [
        "--no-annotate",
        "--universal",
        "--python-version",
        "3.10",
        "--generate-hashes",
        "--only-binary",
        ":all:",
        *options,
        "-",
    ]
    return subprocess.run(
        command, cwd=ROOT, input=source, capture_output=True, encoding="utf-8", check=True
    ).stdout


def write(path: Path, about: str, lock: str) -> None:
    path.write_text(HEAD.format(about=about) + lock, encoding="utf-8")


def main() -> None:
    engine, cpu = ROOT / "engine" / "requirements.lock", ROOT / "engine" / "torch-cpu.lock"
    build = Path(sys.prefix)
    (build / "pins.txt").write_text(PINS, encoding="utf-8")
    wanted = (ROOT / "engine" / "requirements.txt").read_text(encoding="utf-8")
    write(engine, ENGINE, compiled(wanted, "-c", str(build / "pins.txt")))
    wanted = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")
    write(ROOT / "tests" / "requirements.lock", TESTS, compiled(wanted, "-c", str(engine)))
    try:
        write(cpu, CPU, compiled(f"torch=={TORCH}+cpu", "--no-deps", "--index-url", CPU_INDEX))
    except subprocess.CalledProcessError as error:
        if not re.search(rf"^torch=={TORCH}\+cpu ", cpu.read_text(encoding="utf-8"), re.MULTILINE):
            sys.exit(
                f"{cpu.name} must be made anew for PyTorch {TORCH}, and {CPU_INDEX} gave "
                f"none:\n{error.stderr}"
            )
        print(f"{cpu.name} stays as it is, since {CPU_INDEX} was not reached.")


if __name__ == "__main__":
    main()
