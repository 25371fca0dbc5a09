"""What is installed where: with small packages on an index of this machine, and drivers that stand in for
real ones.
"""

import base64
import hashlib
import http.server
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest

from engine import install
from engine.install import InstallError, Locks, Target

ROOT = Path(__file__).parents[3]
USUAL = ("torch-2.9.0", "nvidia_cudnn_cu13-1.0", "numpy-1.26.4", "typing_extensions-4.0")


class Indexes(http.server.SimpleHTTPRequestHandler):
    """``/usual`` and ``/cpu`` of a folder; a request for what is in ``slow`` is answered after half a
    minute.
    """

    slow: tuple[str, ...] = ()
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        if self.path.startswith(self.slow):
            time.sleep(30)
        super().do_GET()

    def log_message(self, *args):
        pass


def wheel(folder: Path, name: str) -> None:
    """An empty package on the index ``folder``."""
    project, version = name.split("-")
    page = folder / project.replace("_", "-")
    page.mkdir(parents=True, exist_ok=True)
    path = page / f"{name}-py3-none-any.whl"
    texts = {
        "METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in texts.items():
            archive.writestr(f"{name}.dist-info/{file}", text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            rows.append(f"{name}.dist-info/{file},sha256={digest},{len(text)}")
        archive.writestr(f"{name}.dist-info/RECORD", "\n".join([*rows, f"{name}.dist-info/RECORD,,"]))
    with (page / "index.html").open("a") as html:
        html.write(f'<a href="{path.name.replace("+", "%2B")}">{path.name}</a>\n')


def entry(folder: Path, name: str) -> str:
    project, version = name.split("-")
    path = folder / project.replace("_", "-") / f"{name}-py3-none-any.whl"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{project.replace('_', '-')}=={version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """Locks of packages on two indexes, of which pip's own has no build of PyTorch for CPUs; no driver is
    here.
    """
    usual, cpu = tmp_path / "index/usual", tmp_path / "index/cpu"
    for name in USUAL:
        wheel(usual, name)
    for name in ("torch-2.9.0+cpu", "typing_extensions-99.0"):
        wheel(cpu, name)
    (tmp_path / "engine.lock").write_text("# head\n" + "".join(entry(usual, name) for name in USUAL))
    (tmp_path / "cpu.lock").write_text("# head\n" + entry(cpu, "torch-2.9.0+cpu"))
    (tmp_path / "ranges.txt").write_text("torch>=2.6,<3 # why\nnumpy>=1.24,<3\n")
    monkeypatch.setattr(Indexes, "asked", [], raising=False)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Indexes, directory=str(tmp_path / "index"))
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/usual")
    monkeypatch.setattr(install, "has_nvidia_driver", lambda: False)
    yield Locks(tmp_path / "ranges.txt", tmp_path / "engine.lock", tmp_path / "cpu.lock", f"{address}/cpu")
    server.shutdown()
    server.server_close()


def names(source):
    return [entry.split()[0] for entry in source.entries]


def target(**packages: str) -> Target:
    return Target(sys.executable, (3, 11), packages)


@pytest.mark.slow
def test_without_a_driver_pytorch_alone_comes_from_its_index_of_cpu_builds(locks):
    source = install.pytorch(target(), "auto", locks)
    assert names(source) == ["torch==2.9.0+cpu"] and source.options == ("--index-url", locks.cpu_index)
    assert install.SIZES["cpu"] in source.why
    assert {path.split("/")[2] for path in Indexes.asked if path.startswith("/cpu")} == {"torch"}


@pytest.mark.slow
def test_with_a_driver_it_is_the_build_for_gpus_and_no_index_is_asked(locks, monkeypatch):
    monkeypatch.setattr(install, "has_nvidia_driver", lambda: True)
    source = install.pytorch(target(), "auto", locks)
    assert names(source) == ["torch==2.9.0", "nvidia-cudnn-cu13==1.0"] and not source.options
    assert install.SIZES["cuda"] in source.why and not Indexes.asked


@pytest.mark.slow
def test_a_cpu_build_that_pip_finds_by_itself_is_taken(locks, tmp_path):
    wheel(tmp_path / "index/usual", "torch-2.9.0+cpu")
    source = install.pytorch(target(), "auto", locks)
    assert names(source) == ["torch==2.9.0+cpu"] and not source.options


def unreached(locks: Locks) -> Locks:
    return Locks(locks.requirements, locks.engine, locks.cpu, "http://127.0.0.1:9/cpu")


@pytest.mark.slow
def test_where_the_index_is_down_the_other_build_is_taken_and_its_size_is_printed(locks):
    source = install.pytorch(target(), "auto", unreached(locks))
    assert names(source) == ["torch==2.9.0", "nvidia-cudnn-cu13==1.0"] and install.SIZES["cuda"] in source.why
    with pytest.raises(InstallError, match="was not reached"):
        install.pytorch(target(), "cpu", unreached(locks))


@pytest.mark.slow
def test_a_slow_index_counts_as_down(locks, monkeypatch):
    monkeypatch.setattr(Indexes, "slow", ("/cpu",))
    monkeypatch.setattr(install, "_ANSWER_S", 3)
    began_s = time.monotonic()
    assert names(install.pytorch(target(), "auto", locks))[0] == "torch==2.9.0"
    assert time.monotonic() - began_s < 20


@pytest.mark.slow
@pytest.mark.parametrize(("version", "kept"), [("2.6.0+debian", True), ("2.5.1", False)])
def test_where_the_index_is_down_a_pytorch_that_suffices_is_kept(locks, version, kept):
    assert (not install.pytorch(target(torch=version), "auto", unreached(locks)).entries) is kept


@pytest.mark.slow
def test_other_systems_take_the_build_of_pypi(locks, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert names(install.pytorch(target(), "auto", locks))[0] == "torch==2.9.0" and not Indexes.asked


def test_a_driver_is_known_by_its_program_or_by_the_kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not install.has_nvidia_driver(tmp_path)
    (tmp_path / "version").touch()
    assert install.has_nvidia_driver(tmp_path)
    program = tmp_path / "nvidia-smi"
    program.touch()
    program.chmod(0o755)
    assert install.has_nvidia_driver(tmp_path / "none")


def versions(python: str) -> dict[str, str]:
    return install.target_of(python).packages


@pytest.mark.slow
def test_an_environment_holds_what_the_locks_say(locks, tmp_path, capfd):
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    install.install(install.target_of(python), "auto", locks)
    held = versions(python)
    assert (held["torch"], held["numpy"], held["typing_extensions"]) == ("2.9.0+cpu", "1.26.4", "4.0")
    assert "nvidia_cudnn_cu13" not in held and "PyTorch: the build for CPUs" in capfd.readouterr().out
    text = locks.cpu.read_text()
    locks.cpu.write_text(text.replace(text[-10:], "000000000\n"))
    subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "torch"], check=True)
    with pytest.raises(InstallError, match="stands above"):
        install.install(install.target_of(python), "auto", locks)
    assert "torch" not in versions(python) and "HASH" in capfd.readouterr().err.upper()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("there", "wanted"), [("1.24.2", False), ("2.2.4", False), ("1.21.5", True), (None, True)]
)
def test_numpy_stays_where_gdals_bindings_have_one_that_suffices(locks, monkeypatch, there, wanted):
    installed: list[str] = []
    monkeypatch.setattr(install, "_install", lambda python, entries, options=(): installed.extend(entries))
    install.install(target(**({"numpy": there} if there else {})), "none", locks)
    assert any(entry.startswith("numpy==") for entry in installed) is wanted
    assert not any(entry.startswith(("torch", "nvidia")) for entry in installed)


@pytest.mark.slow
@pytest.mark.parametrize("version", [(3, 9), (3, 15)])
def test_a_python_that_the_lock_is_not_made_for_gets_the_ranges(locks, monkeypatch, capsys, version):
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(install, "_pip", lambda python, *arguments: ran.append(arguments))
    install.install(Target("python", version, {}), "auto", locks)
    assert ran == [("install", "-r", str(locks.requirements))]
    assert "The lock is for Python 3.10 to 3.14" in capsys.readouterr().out


def test_the_locks_agree_with_the_ranges_and_name_no_place():
    own = Locks()
    ranged = re.findall(r"^([\w-]+)>=", own.requirements.read_text(), re.MULTILINE)
    entries = install.entries(own.engine)
    for name in ranged:
        pinned = [re.split(r"==|[ ;\\]", entry)[1] for entry in entries if entry.startswith(f"{name}==")]
        assert pinned and all(own.accepts(name, version) for version in pinned), name
    (cpu,) = install.entries(own.cpu)
    (torch,) = (entry for entry in entries if entry.startswith("torch=="))
    assert cpu.split()[0] == f"{torch.split()[0]}+cpu"
    tests = ROOT / "tests" / "requirements.lock"
    for each in (own.engine, own.cpu, tests):
        text = each.read_text()
        assert "://" not in text and all("--hash=sha256:" in entry for entry in install.entries(each))


def test_the_readme_has_the_sizes_that_the_program_prints():
    rows = [
        line
        for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("   | PyTorch's")
    ]
    printed = [re.findall(r"[\d.]+ GB", install.SIZES[build]) for build in ("cpu", "cuda")]
    assert [re.findall(r"[\d.]+ GB", row) for row in rows] == printed


def test_a_python_that_the_system_manages_is_left_alone_and_another_command_is_named(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(install.sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(install.sys, "prefix", install.sys.base_prefix)
    monkeypatch.setattr(install, "_pip", lambda *_: pytest.fail("pip was called"))
    with pytest.raises(SystemExit, match=r'manages the packages of .*raster-segmenter-engine"'):
        install.main(["--torch", "none"])


def test_a_python_without_gdal_installs_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"has no GDAL .*/usr/bin/python3"):
        install.main([str(tmp_path / "engine")])
    assert not (tmp_path / "engine").exists()


def test_a_file_is_no_folder_for_an_environment_and_stopping_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "find_spec", lambda name: True)
    (tmp_path / "engine").touch()
    with pytest.raises(SystemExit, match=r"is a file\. Name a folder"):
        install.main([str(tmp_path / "engine")])

    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "make_environment", stop)
    with pytest.raises(SystemExit, match="Stopped"):
        install.main([str(tmp_path / "engine")])


def test_a_folder_without_a_name_is_refused(capsys):
    with pytest.raises(SystemExit):
        install.main([""])
    assert "the name of the folder is empty" in capsys.readouterr().err
