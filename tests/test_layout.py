"""The house's import rules, read from the source: who may know whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {
    "core": "",
    "protocol": "",
    "runtime": "protocol",
    "files": "core protocol runtime",
    "losses": "core protocol",
    "metrics": "core protocol",
    "models": "core protocol runtime",
    "compute": "core protocol runtime models",
    "raster": "core protocol runtime files",
    "labels": "core protocol runtime files raster",
    "model_files": "core protocol runtime files models compute",
    "training": "core protocol runtime files losses metrics models compute raster labels",
    "classification": "core protocol runtime files models compute raster",
    "evaluation": "core protocol runtime files metrics raster labels",
    "reports": "core protocol metrics models model_files raster training classification evaluation",
}
"""The engine's rooms, and which others each may import from. `jobs`, where all is put together, may import
from all.
"""
ENTRIES = {"__main__", "probe", "install"}
"""Programs at the engine's top."""
WITHOUT_TORCH = ("core", "protocol", "runtime", "files", "metrics", "evaluation")
MOST_LINES, MOST_FUNCTION_LINES = 260, 45


@dataclass(frozen=True)
class Import:
    file: Path
    line: int
    target: str
    """Dotted, from the repository's root for a relative import (`engine.protocol`)."""
    relative: bool
    in_function: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.target}"


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(folder: str) -> Iterator[Import]:
    for path in sources(folder):
        yield from imports_of(path, parsed(path), in_function=False)


def imports_of(path: Path, parent: ast.AST, in_function: bool) -> Iterator[Import]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, False, in_function)
        elif isinstance(node, ast.ImportFrom):
            for target in targets(path, node):
                yield Import(path, node.lineno, target, node.level > 0, in_function)
        inside = in_function or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        yield from imports_of(path, node, inside)


def targets(path: Path, node: ast.ImportFrom) -> Iterator[str]:
    """The modules that `from ... import ...` names; names of a package's own folder count as its modules."""
    package = path.parent.relative_to(ROOT).parts
    above = package[: len(package) - node.level + 1] if node.level else ()
    assert node.level <= len(package) + 1, f"{path}:{node.lineno} climbs out of the plugin"
    base = ".".join((*above, *((node.module,) if node.module else ())))
    if node.module:
        yield base
    else:
        yield from (f"{base}.{alias.name}" if base else alias.name for alias in node.names)


def unit(target: str) -> str:
    """`engine.raster.grid` belongs to the unit `raster`."""
    return target.split(".")[1]


def engine_edges() -> Iterator[tuple[str, str, Import]]:
    """Which unit of the engine imports which other one."""
    for found in imports("engine"):
        if found.relative:
            own = found.file.relative_to(ROOT / "engine").parts[0].removesuffix(".py")
            assert found.target.startswith("engine."), found
            if unit(found.target) not in (own, "__version__"):
                yield own, unit(found.target), found


def complain(found: list[object]) -> None:
    assert not found, "\n".join(map(str, found))


def test_there_is_something_to_read():
    assert len(sources("engine")) > 20 and len(sources("plugin")) > 10 and len(list(imports("plugin"))) > 40


@pytest.mark.parametrize("folder", ["plugin", "engine"])
def test_imports_within_are_relative(folder):
    complain(
        [
            i
            for i in imports(folder)
            if not i.relative and i.target.split(".")[0] in ("plugin", "engine", "raster_segmenter")
        ]
    )


def test_plugin_knows_only_the_protocol_of_the_engine():
    complain(
        [
            i
            for i in imports("plugin")
            if i.relative and i.target.startswith("engine") and i.target != "engine.protocol"
        ]
    )


def test_plugin_needs_nothing_beside_qgis():
    allowed = {*sys.stdlib_module_names, "qgis", "processing"}
    complain([i for i in imports("plugin") if not i.relative and i.target.split(".")[0] not in allowed])


def test_engine_knows_nothing_of_qgis_and_plugin():
    forbidden = ("qgis", "PyQt", "PySide", "processing", "plugin")
    complain([i for i in imports("engine") if i.target.startswith(forbidden)])


def test_protocol_needs_the_standard_library_alone():
    def is_fine(found: Import) -> bool:
        if found.relative:
            return found.target.startswith("engine.protocol.")
        return found.target.split(".")[0] in sys.stdlib_module_names

    complain([i for i in imports("engine/protocol") if not is_fine(i)])


def test_every_room_of_the_engine_has_its_rule():
    units = {path.relative_to(ROOT / "engine").parts[0].removesuffix(".py") for path in sources("engine")} - {
        "__init__"
    }
    assert units == {*ROOMS, *ENTRIES, "jobs"}


@pytest.mark.slow
def test_rooms_of_the_engine_import_from_those_that_they_may():
    complain(
        [found for own, other, found in engine_edges() if own in ROOMS and other not in ROOMS[own].split()]
    )


def test_rooms_without_tensors_do_not_import_torch():
    homes = [ROOT / "engine" / room for room in WITHOUT_TORCH]
    torch = [i for i in imports("engine") if not i.relative and i.target.split(".")[0] == "torch"]
    complain([i for i in torch if any(home in i.file.parents for home in homes)])


def test_no_circle_in_the_engine():
    graph: dict[str, set[str]] = {}
    for own, other, _ in engine_edges():
        graph.setdefault(own, set()).add(other)
    assert list(TopologicalSorter(graph).static_order())


def test_gdal_is_imported_lazily_and_for_rasters_and_labels_alone():
    gdal = [i for i in imports("engine") if i.target.split(".")[0] in ("osgeo", "gdal", "rasterio", "fiona")]
    assert gdal
    homes = (ROOT / "engine" / "raster", ROOT / "engine" / "labels")
    complain([i for i in gdal if not i.in_function or not any(home in i.file.parents for home in homes)])


@pytest.mark.slow
def test_nothing_relies_on_how_gdals_bindings_are_made():
    insides = {"thisown", "this", "__swig_destroy__", "__disown__"}
    named = [
        (path, node)
        for path in sources("engine")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
    ]
    complain(
        [
            f"{path.relative_to(ROOT)}:{node.lineno} .{node.attr}"
            for path, node in named
            if node.attr in insides
        ]
    )
    texts = [path for path in sources("engine") if "_swig" in path.read_text(encoding="utf-8").lower()]
    complain(list(texts))


def loaded_without(missing: str, modules: Iterator[str]) -> None:
    """Import ``modules`` in a Python of its own that lacks the package ``missing``."""
    imports = ", ".join(modules)
    program = (
        f"import sys; sys.modules['{missing}'] = None; import {imports}; assert 'qgis' not in sys.modules"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_engine_loads_without_gdal():
    pytest.importorskip("torch")
    modules = (
        path.relative_to(ROOT).with_suffix("").parts
        for path in sources("engine/jobs")
        if path.stem != "__init__"
    )
    loaded_without("osgeo", map(".".join, modules))


def test_evaluations_and_samples_need_no_torch():
    loaded_without(
        "torch",
        iter(
            ("engine.jobs", "engine.jobs.evaluate", "engine.jobs.sample_points", "engine.raster.geopackage")
        ),
    )


def test_root_loads_nothing_before_qgis_asks():
    top = [
        node for node in parsed(ROOT / "__init__.py").body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    loaded = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in top}
    assert loaded <= sys.stdlib_module_names


@pytest.mark.parametrize("folder", ["plugin", "engine"])
def test_files_and_functions_fit_on_a_page(folder):
    long: list[object] = []
    for path in sources(folder):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            long.append(f"{path.relative_to(ROOT)} has {lines} lines")
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MOST_FUNCTION_LINES:
                lines = node.end_lineno - node.lineno + 1
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines")
    complain(long)


SENTENCES = {
    "EngineError": (1, 2),
    "Started": (1,),
    "Progress": (2,),
    **dict.fromkeys(("Log", "advised", "info", "joined", "message", "warning"), (0,)),
}
"""Functions of `engine.protocol` that take sentences for the user, and the places of these arguments."""


def is_literal_or_message(sentence: ast.expr) -> bool:
    """Whether ``sentence`` can be translated: a literal, or what may be a `Message` made elsewhere."""
    if isinstance(sentence, ast.IfExp):
        return is_literal_or_message(sentence.body) and is_literal_or_message(sentence.orelse)
    if isinstance(sentence, ast.BoolOp):
        return all(map(is_literal_or_message, sentence.values))
    if isinstance(sentence, ast.Call):
        called = getattr(sentence.func, "attr", "")
        return called not in ("format", "join", "replace", "strip", "rstrip") and called != "str"
    return isinstance(sentence, (ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Starred))


def test_sentences_for_the_user_can_be_translated():
    """A text put together by ``+``, ``%``, `str.format` or an f-string would have no translation."""
    built: list[object] = []
    for path in sources("engine"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                for place in SENTENCES.get(name, ()):
                    if place < len(node.args) and not is_literal_or_message(node.args[place]):
                        sentence = ast.unparse(node.args[place])
                        built.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}({sentence[:60]} ...)")
    complain(built)
