"""Jobs to lines of JSON and back, with every value checked."""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from collections.abc import Callable
from typing import Any

from .errors import EngineError
from .job import VERSION, Job
from .jobs import JOBS
from .messages import Message, message


def encode_job(job: Job) -> str:
    """One line of JSON that `parse_job` turns back into an equal job."""
    return json.dumps({"job": job.kind, "version": VERSION, **dataclasses.asdict(job)}, allow_nan=False)


def parse_job(text: str) -> Job:
    """The job in ``text``. Raises `EngineError`, which names the key and the value that are wrong."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise EngineError(
            "bad_job", "The job is not valid JSON: {error}.", "Check the job file.", error=error
        ) from None
    if not isinstance(values, dict):
        found = type(values).__name__
        raise EngineError(
            "bad_job", "A job is a JSON object, not {found}.", "Check the job file.", found=found
        )
    kind, version = values.pop("job", None), values.pop("version", None)
    if not isinstance(kind, str) or kind not in JOBS:
        raise EngineError(
            "bad_job",
            "Unknown job {kind}.",
            'Set "job" to one of: {kinds}.',
            kind=repr(kind),
            kinds=", ".join(JOBS),
        )
    if version != VERSION:
        is_newer = isinstance(version, int) and version > VERSION
        raise EngineError(
            "bad_job",
            "The job has version {version}; this engine understands version {understood}.",
            message("Update Raster Segmenter.")
            if is_newer
            else message('Set "version" to {understood}.', understood=VERSION),
            version=repr(version),
            understood=VERSION,
        )
    return _build(JOBS[kind], values)


def _build(cls: type[Job], values: dict[str, Any]) -> Job:
    fields = {field.name: field for field in dataclasses.fields(cls)}
    if unknown := sorted(set(values) - set(fields)):
        raise EngineError(
            "bad_job",
            "Unknown key {key!r} in a {kind} job.",
            "Known keys: {keys}.",
            key=unknown[0],
            kind=cls.kind,
            keys=", ".join(fields),
        )
    for field in fields.values():
        if field.default is field.default_factory is dataclasses.MISSING and field.name not in values:
            raise EngineError(
                "bad_job",
                "The {kind} job lacks the key {key!r}.",
                "Add it to the job file.",
                kind=cls.kind,
                key=field.name,
            )
    hints = typing.get_type_hints(cls)
    return cls(**{name: _checked(fields[name], hints[name], value) for name, value in values.items()})


def _checked(field: dataclasses.Field[Any], hint: Any, value: Any) -> Any:
    """``value`` in the field's own type. Raises `EngineError` with the key, the value and what is allowed."""
    is_good, wanted = _check(field, hint, value)
    if not is_good:
        raise EngineError(
            "bad_job",
            "{key} is {value}.",
            "It must be {wanted}.",
            key=field.name,
            value=repr(value),
            wanted=wanted,
        )
    if typing.get_origin(hint) is tuple:
        return tuple(value)
    return hint(value) if hint in (int, float) else value


def _check(field: dataclasses.Field[Any], hint: Any, value: Any) -> tuple[bool, Message]:
    """Whether ``value`` is allowed, and the end of the sentence "It must be …"."""
    limits = field.metadata
    if typing.get_origin(hint) is tuple:
        return _check_paths(value, required=field.default is dataclasses.MISSING)
    if typing.get_origin(hint) is dict:
        is_item, wanted = _ITEMS[typing.get_args(hint)[1]]
        return isinstance(value, dict) and all(map(is_item, value.values())), wanted
    if hint is bool:
        return isinstance(value, bool), message("true or false")
    if hint is str:
        return _check_text(value, limits.get("values"))
    return _check_number(value, hint, limits["low"], limits["high"])


def _check_paths(value: Any, required: bool) -> tuple[bool, Message]:
    are_paths = isinstance(value, (list, tuple)) and all(isinstance(path, str) and path for path in value)
    if required:
        return are_paths and len(value) > 0, message("a list with at least one path")
    return are_paths, message("a list of paths")


def _check_text(value: Any, allowed: tuple[str, ...] | None) -> tuple[bool, Message]:
    if allowed is None:
        return isinstance(value, str), message("text")
    return value in allowed, message("one of {values}", values=", ".join(allowed))


def _check_number(value: Any, hint: type, low: float, high: float) -> tuple[bool, Message]:
    is_inside = _is_number(value) and low <= value <= high
    if hint is int:
        wanted = message("a whole number from {low:g} to {high:g}", low=low, high=high)
        return is_inside and value == int(value), wanted
    return is_inside, message("a number from {low:g} to {high:g}", low=low, high=high)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_ITEMS: dict[Any, tuple[Callable[[Any], bool], Message]] = {
    str: (_is_text, message("an object of texts")),
    float: (_is_number, message("an object of numbers")),
    dict[str, str]: (_are_texts, message("an object of objects of texts")),
}
"""For each type of a dictionary's values: a check of one value, and what such a dictionary is called."""
