"""Jobs as lines of JSON, and back: what is wrong with one is named."""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from collections.abc import Callable
from typing import Any

from .errors import EngineError
from .jobs import JOBS, VERSION, Job


def encode_job(job: Job) -> str:
    """One line of JSON that `parse_job` turns back into an equal job."""
    return json.dumps({"job": job.kind, "version": VERSION, **dataclasses.asdict(job)}, allow_nan=False)


def parse_job(text: str) -> Job:
    """The job in ``text``. Raises `EngineError` naming the key and value that are wrong."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise EngineError("bad_job", f"The job is not valid JSON: {error}.", "Check the job file.") from None
    if not isinstance(values, dict):
        raise EngineError(
            "bad_job", f"A job is a JSON object, not {type(values).__name__}.", "Check the job file."
        )
    kind, version = values.pop("job", None), values.pop("version", None)
    if not isinstance(kind, str) or kind not in JOBS:
        raise EngineError("bad_job", f"Unknown job {kind!r}.", f'Set "job" to one of: {", ".join(JOBS)}.')
    if version != VERSION:
        raise EngineError(
            "bad_job",
            f"The job has version {version!r}; this engine understands version {VERSION}.",
            "Update Raster Segmenter."
            if isinstance(version, int) and version > VERSION
            else f'Set "version" to {VERSION}.',
        )
    return _build(JOBS[kind], values)


def _build(cls: type[Job], values: dict[str, Any]) -> Job:
    fields = {field.name: field for field in dataclasses.fields(cls)}
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise EngineError(
            "bad_job", f"Unknown key {unknown[0]!r} in a {cls.kind} job.", f"Known keys: {', '.join(fields)}."
        )
    missing = [
        f.name
        for f in fields.values()
        if f.default is f.default_factory is dataclasses.MISSING and f.name not in values
    ]
    if missing:
        raise EngineError("bad_job", f"The {cls.kind} job lacks the key {missing[0]!r}.", "Add it.")
    hints = typing.get_type_hints(cls)
    return cls(**{name: _checked(fields[name], hints[name], value) for name, value in values.items()})


def _checked(field: dataclasses.Field[Any], hint: Any, value: Any) -> Any:
    """``value`` as the field's own type, or an `EngineError` that names the key, the value and what is
    allowed.
    """
    limits = field.metadata
    if typing.get_origin(hint) is tuple:
        least = 1 if field.default is dataclasses.MISSING else 0
        good = (
            isinstance(value, (list, tuple))
            and len(value) >= least
            and all(isinstance(v, str) and v for v in value)
        )
        value, wanted = (
            tuple(value) if good else value,
            "a list with at least one path" if least else "a list of paths",
        )
    elif typing.get_origin(hint) is dict:
        is_item, items = _ITEMS[typing.get_args(hint)[1]]
        good, wanted = isinstance(value, dict) and all(map(is_item, value.values())), f"an object of {items}"
    elif hint is bool:
        good, wanted = isinstance(value, bool), "true or false"
    elif hint is str:
        good = isinstance(value, str) and ("values" not in limits or value in limits["values"])
        wanted = f"one of {', '.join(limits['values'])}" if "values" in limits else "text"
    else:
        good = (
            _is_number(value)
            and (hint is float or value == int(value))
            and limits["low"] <= value <= limits["high"]
        )
        value = hint(value) if good else value
        wanted = (
            f"{'a whole number' if hint is int else 'a number'} from {limits['low']:g} to {limits['high']:g}"
        )
    if not good:
        raise EngineError("bad_job", f"{field.name} is {value!r}.", f"It must be {wanted}.")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_ITEMS: dict[Any, tuple[Callable[[Any], bool], str]] = {
    str: (_is_text, "texts"),
    float: (_is_number, "numbers"),
    dict[str, str]: (_are_texts, "objects of texts"),
}
"""Of a dictionary's type of values: whether a value is of it, and what such are called."""
