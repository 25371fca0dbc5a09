"""The rules of Windows and macOS, by the values that they have there: QGIS's own Python, and what a child of
QGIS inherits.
"""

import ast
import ctypes
import shlex
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from raster_segmenter.plugin.engine_client import system

ROOT = r"C:\PROGRA~1\QGIS3~1.16"
WINDOWS = {
    "PATH": rf"{ROOT}\apps\qgis-ltr\bin;{ROOT}\apps\Python37;{ROOT}\apps\qt5\bin;{ROOT}\bin;"
    r"C:\Windows\system32;C:\Windows",
    "GDAL_DATA": rf"{ROOT}\share\gdal",
    "GDAL_DRIVER_PATH": rf"{ROOT}\bin\gdalplugins",
    "GDAL_FILENAME_IS_UTF8": "YES",
    "OSGEO4W_ROOT": ROOT,
    "PROJ_LIB": rf"{ROOT}\share\proj",
    "PYTHONHOME": rf"{ROOT}\apps\Python37",
    "PYTHONPATH": rf"{ROOT}\apps\Python37;{ROOT}\apps\Python37\Scripts",
    "PYTHONUTF8": "0",
    "QGIS_PREFIX_PATH": "C:/PROGRA~1/QGIS3~1.16/apps/qgis-ltr",
    "QT_PLUGIN_PATH": rf"{ROOT}\apps\qgis-ltr\qtplugins;{ROOT}\apps\qt5\plugins",
    "SSL_CERT_FILE": rf"{ROOT}\bin\curl-ca-bundle.crt",
    "USE_PATH_FOR_GDAL_PYTHON": "YES",
    "SYSTEMROOT": r"C:\Windows",
    "TEMP": r"C:\Users\Zoë\AppData\Local\Temp",
    "VSI_CACHE": "TRUE",
}
"""As qgis-ltr-bin.env and the scripts in etc/ini of the standalone installer set them."""
PREFIX = PureWindowsPath(WINDOWS["PYTHONHOME"])


def roots(prefix, environ, folders=()):
    return system.installation_roots(prefix, environ, lambda path: str(path) in folders)


@pytest.mark.parametrize(
    ("executable", "prefix", "there", "found"),
    [
        (
            rf"{ROOT}\bin\qgis-ltr-bin.exe",
            PREFIX,
            [rf"{ROOT}\apps\Python37\python.exe"],
            rf"{ROOT}\apps\Python37\python.exe",
        ),
        (
            rf"{ROOT}\bin\python3.exe",
            PREFIX,
            [rf"{ROOT}\apps\Python37\python.exe"],
            rf"{ROOT}\apps\Python37\python.exe",
        ),
        (r"C:\Users\me\.pyenv\shims\python.exe", PREFIX, [rf"{PREFIX}\python.exe"], rf"{PREFIX}\python.exe"),
        (rf"{PREFIX}\PYTHON.EXE".upper(), PREFIX, [], rf"{PREFIX}\PYTHON.EXE".upper()),
        (r"D:\qgis-env\Scripts\python.exe", r"D:\QGIS-Env", [], r"D:\qgis-env\Scripts\python.exe"),
        (
            r"C:\conda\envs\q\Library\bin\qgis.exe",
            r"C:\conda\envs\q",
            [r"C:\conda\envs\q\python.exe"],
            r"C:\conda\envs\q\python.exe",
        ),
    ],
)
def test_own_python_on_windows(executable, prefix, there, found):
    files = [PureWindowsPath(path) for path in there]
    own = system.own_python(PureWindowsPath(executable), PureWindowsPath(prefix), files.__contains__)
    assert own == PureWindowsPath(found)


APP = "/Applications/QGIS.app/Contents"


@pytest.mark.parametrize(
    ("executable", "prefix", "there", "found"),
    [
        (f"{APP}/MacOS/QGIS", f"{APP}/MacOS", [f"{APP}/MacOS/bin/python3"], f"{APP}/MacOS/bin/python3"),
        (f"{APP}/MacOS/QGIS", "/elsewhere", [f"{APP}/MacOS/bin/python3"], f"{APP}/MacOS/bin/python3"),
        (
            f"{APP}/MacOS/QGIS",
            f"{APP}/Frameworks",
            [f"{APP}/MacOS/python", f"{APP}/MacOS/python3.12"],
            f"{APP}/MacOS/python",
        ),
        ("/usr/bin/python3", f"{APP}/Frameworks", [f"{APP}/MacOS/python"], f"{APP}/MacOS/python"),
        ("/opt/homebrew/bin/python3.12", "/opt/homebrew", [], "/opt/homebrew/bin/python3.12"),
    ],
)
def test_own_python_on_macos(executable, prefix, there, found):
    files = [PurePosixPath(path) for path in there]
    own = system.own_python(PurePosixPath(executable), PurePosixPath(prefix), files.__contains__)
    assert own == PurePosixPath(found)


@pytest.mark.parametrize(
    ("prefix", "environ", "folders", "found"),
    [
        (PREFIX, WINDOWS, [], [ROOT]),
        (PureWindowsPath(r"D:\OSGeo4W\apps\Python312"), {}, [], [r"D:\OSGeo4W"]),
        (
            PureWindowsPath(r"C:\conda\envs\q"),
            {"OSGEO4W_ROOT": r"D:\OSGeo4W"},
            [r"C:\conda\envs\q\conda-meta"],
            [r"C:\conda\envs\q"],
        ),
        (PureWindowsPath("E:\\apps\\Python312"), {"OSGEO4W_ROOT": "E:\\"}, [], []),
        (PureWindowsPath(r"\\server\gis\OSGeo4W\apps\Python312"), {}, [], [r"\\server\gis\OSGeo4W"]),
        (PurePosixPath(f"{APP}/Frameworks"), {}, [], ["/Applications/QGIS.app"]),
        (
            PurePosixPath("/tmp/.mount_QGISab/usr"),
            {"APPDIR": "/tmp/.mount_QGISab"},
            [],
            ["/tmp/.mount_QGISab"],
        ),
        (PurePosixPath("/snap/qgis/9/usr"), {"SNAP": "/snap/qgis/9"}, [], ["/snap/qgis/9"]),
        (PurePosixPath("/usr"), {"SNAP": "/snap/code/1", "APPDIR": "/tmp/.mount_other"}, [], []),
        (
            PurePosixPath("/home/me/conda/envs/q"),
            {},
            ["/home/me/conda/envs/q/conda-meta"],
            ["/home/me/conda/envs/q"],
        ),
    ],
)
def test_what_belongs_to_an_installation_of_qgis(prefix, environ, folders, found):
    assert roots(prefix, environ, folders) == [type(prefix)(root) for root in found]


def test_folders_are_compared_as_the_system_does():
    folders = [PureWindowsPath(r"C:\OSGeo4W"), PureWindowsPath(r"\\server\share\QGIS")]
    for inside in (r"c:/osgeo4w/bin", r"C:\OSGEO4W", r"//SERVER/share/qgis/apps"):
        assert system.is_within(PureWindowsPath(inside), folders)
    for outside in (r"C:\OSGeo4W64\bin", r"D:\OSGeo4W", "C:OSGeo4W", r"\\server\other\QGIS", ""):
        assert not system.is_within(PureWindowsPath(outside), folders)
    assert not system.is_within(
        PurePosixPath("/Applications/qgis.app"), [PurePosixPath("/Applications/QGIS.app")]
    )


def child(environ, found, separator=";", **what):
    return system.child_variables(
        environ, **{"foreign": False, "own": False, **what}, roots=found, separator=separator
    )


def test_qgis_own_python_on_windows_finds_its_library_and_gdals_dlls():
    left = child(WINDOWS, roots(PREFIX, WINDOWS), own=True)
    assert left == {**WINDOWS, "PYTHONUTF8": "1"}


def test_an_environment_made_of_qgis_python_on_windows_finds_gdals_dlls_and_its_own_library():
    left = child(WINDOWS, roots(PREFIX, WINDOWS))
    assert set(WINDOWS) - set(left) == {"PYTHONHOME", "PYTHONPATH"}
    assert (
        left["PATH"] == WINDOWS["PATH"]
        and left["USE_PATH_FOR_GDAL_PYTHON"] == "YES"
        and left["PYTHONUTF8"] == "1"
    )


def test_another_python_on_windows_sees_nothing_of_qgis():
    left = child(WINDOWS, roots(PREFIX, WINDOWS), foreign=True)
    assert left == {
        "PATH": r"C:\Windows\system32;C:\Windows",
        "GDAL_FILENAME_IS_UTF8": "YES",
        "PYTHONUTF8": "1",
        "SYSTEMROOT": r"C:\Windows",
        "TEMP": r"C:\Users\Zoë\AppData\Local\Temp",
        "VSI_CACHE": "TRUE",
    }


def test_another_python_beside_an_app_image_or_a_bundle():
    mount = "/tmp/.mount_QGISab"
    environ = {
        "APPDIR": mount,
        "LD_LIBRARY_PATH": f"{mount}/usr/lib:{mount}/lib:/home/me/lib",
        "LD_PRELOAD": f"{mount}/usr/lib/fix.so",
        "PATH": f"{mount}/usr/bin:/usr/bin",
        "DYLD_LIBRARY_PATH": "",
        "http_proxy": "http://proxy:3128",
        "__PYVENV_LAUNCHER__": "x",
        "PYTHONEXECUTABLE": "x",
    }
    left = child(environ, roots(PurePosixPath(f"{mount}/usr"), environ), ":", foreign=True)
    assert left == {
        "LD_LIBRARY_PATH": "/home/me/lib",
        "PATH": "/usr/bin",
        "DYLD_LIBRARY_PATH": "",
        "http_proxy": "http://proxy:3128",
        "PYTHONUTF8": "1",
    }
    bundle = {
        "PATH": f"{APP}/MacOS/bin:/usr/bin",
        "PROJ_DATA": f"{APP}/Resources/proj",
        "DYLD_FRAMEWORK_PATH": f"{APP}/Frameworks",
    }
    assert child(bundle, roots(PurePosixPath(f"{APP}/Frameworks"), {}), ":", foreign=True) == {
        "PATH": "/usr/bin",
        "PYTHONUTF8": "1",
    }


def test_the_home_of_a_virtual_environment_is_its_base(tmp_path):
    base, python = tmp_path / "apps" / "Python312", tmp_path / "engine" / "Scripts" / "python.exe"
    for path in (base / "python.exe", python):
        path.parent.mkdir(parents=True)
        path.touch()
    assert system.home(python) == python.parent and not system.is_virtual(python)
    (tmp_path / "engine" / "pyvenv.cfg").write_text(
        f"\ufeffversion = 3.12\nHome  =  {base}\n", encoding="utf-8"
    )
    assert system.home(python) == base == system.home(base / "python.exe") and system.is_virtual(python)
    link = tmp_path / "short"  # a second name, as C:\PROGRA~1 is one
    link.symlink_to(base)
    (tmp_path / "engine" / "pyvenv.cfg").write_text(f"home = {link}\n", encoding="utf-8")
    assert system.home(python) == base == system.home(link / "python.exe")


def test_a_real_virtual_environment_is_of_the_python_that_made_it(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "e")], check=True)
    assert system.home(tmp_path / "e" / "bin" / "python") == system.home(Path(sys.executable))


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ('  "C:\\Program Files\\Python\\python.exe" ', r"C:\Program Files\Python\python.exe"),
        ("/usr/bin/python3\n", "/usr/bin/python3"),
        ('"', '"'),
        ('""', ""),
        ('/odd"name', '/odd"name'),
    ],
)
def test_paths_as_users_paste_them(typed, path):
    assert system.typed_path(typed) == path


def read_by_windows(line):
    """Words as the programs that cmd starts read them, by the rules of Microsoft's C library: 2n backslashes
    and a quote are n backslashes and a change of quoting; 2n + 1 are n backslashes and a quotation mark.
    """
    words, word, quoted, at = [], None, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        after = line[at + slashes : at + slashes + 1]
        if slashes:
            word = (word or "") + "\\" * (slashes // 2 if after == '"' else slashes)
            at += slashes
            if after == '"' and slashes % 2:
                word, at = word + '"', at + 1
        elif after == '"':
            word, quoted, at = word or "", not quoted, at + 1
        elif after == " " and not quoted:
            words, word, at = words if word is None else [*words, word], None, at + 1
        else:
            assert quoted or after not in "&|<>^()", f"cmd itself reads {after}"
            word, at = (word or "") + after, at + 1
    return words if word is None else [*words, word]


def test_commands_for_cmd_are_read_as_they_were_meant():
    words = [
        "qgis_process-qgis.bat", "run", "--INPUT=C:\\Bilder & Pläne\\bild.tif",
        "--REFERENCE=C:/a b/c.gpkg|layername=häuser (2)",
        '--RENAMES=a="b\\"; 7=water #0000ff', "--OUTPUT=D:\\out dir\\", "--X=",
        "\\\\server\\share\\a^b.tif", "--W=<1>",
    ]  # fmt: skip
    assert read_by_windows(" ".join(map(system.cmd_word, words))) == words
    assert system.cmd_word("--MINUTES=2.0") == "--MINUTES=2.0"
    with pytest.raises(AssertionError):
        read_by_windows(" ".join(map(shlex.quote, words)))


@pytest.mark.skipif(not hasattr(ctypes, "windll"), reason="asks Windows itself")
def test_windows_reads_commands_so():
    count = ctypes.c_int()
    split = ctypes.windll.shell32.CommandLineToArgvW
    split.restype = ctypes.POINTER(ctypes.c_wchar_p)
    words = ["x.exe", 'a "b" c\\', "C:\\d e\\"]
    found = split(" ".join(map(system.cmd_word, words)), ctypes.byref(count))
    assert found[: count.value] == words


def test_no_process_opens_a_console_over_qgis_on_windows():
    """Each one is started with the flag for that."""
    started = []
    for path in Path(system.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "subprocess.run",
                "subprocess.Popen",
            ):
                started.append(path.name)
                flags = [
                    ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "creationflags"
                ]
                assert [flag.split(".")[-1].lower() for flag in flags] == ["no_window"], (
                    f"{path}:{node.lineno}"
                )
    assert "process.py" in started and len(started) >= 2


@pytest.mark.parametrize(
    ("executable", "program"),
    [
        (rf"{ROOT}\bin\qgis-ltr-bin.exe", "qgis_process-qgis-ltr.bat"),
        (r"C:\OSGeo4W\bin\QGIS-BIN.EXE", "qgis_process-qgis.bat"),
        (r"C:\OSGeo4W\bin\qgis-qt6-bin.exe", "qgis_process-qgis-qt6.bat"),
        (r"C:\OSGeo4W\bin\python3.exe", "qgis_process-qgis.bat"),
    ],
)
def test_the_name_of_qgis_process_on_windows(executable, program):
    assert system.process_program(PureWindowsPath(executable), lambda path: False, windows=True) == program


@pytest.mark.parametrize(
    ("application", "there", "program"),
    [
        (f"{APP}/MacOS/QGIS", f"{APP}/MacOS/bin/qgis_process", f"{APP}/MacOS/bin/qgis_process"),
        (f"{APP}/MacOS/QGIS", f"{APP}/MacOS/qgis_process", f"{APP}/MacOS/qgis_process"),
        (f"{APP}/MacOS/QGIS", "", "qgis_process"),
        ("/usr/bin/qgis", "/usr/bin/qgis_process", "qgis_process"),
    ],
)
def test_the_name_of_qgis_process_elsewhere(application, there, program):
    assert (
        system.process_program(PurePosixPath(application), lambda path: str(path) == there, windows=False)
        == program
    )
