"""Events: what the engine says while it runs a job."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Union

from .errors import EngineError
from .messages import Message


@dataclass(frozen=True)
class Started:
    """The first event of a run: the device in use and the reason why it is that one."""

    device: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` ``unit`` so far, at ``rate`` per second; both estimates 0 while unknown."""

    done: float
    total: float
    unit: str
    rate: float = 0.0
    remaining_s: float = 0.0


@dataclass(frozen=True)
class Log:
    """A sentence for the user; ``warning`` when the result may not be what was wished for."""

    text: str
    warning: bool = False


@dataclass(frozen=True)
class Epoch:
    """One pass of training: losses, and the validation part's figures (0 to 1), by class name where they are
    lists.
    """

    number: int
    training_loss: float
    validation_loss: float
    mean_f1: float
    mean_iou: float
    overall_accuracy: float
    f1: dict[str, float]
    learning_rate: float
    seconds: float
    iou: dict[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Classes:
    """The classes of the run's maps in the order of their ids; colours as ``#rrggbb``."""

    names: tuple[str, ...]
    colors: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """A part of a raster's grid, by a ``number`` that later events name: outlines and tiles lie in it.

    ``transform`` (GDAL's order) and ``crs`` (WKT, "" for none) are the raster's; so are ``x`` and ``y``, the
    part's first column and row. Tiles show the pixels whose column and row in the part are multiples of
    ``step``.
    """

    number: int
    crs: str
    transform: tuple[float, ...]
    x: int
    y: int
    width: int
    height: int
    step: int = 1


@dataclass(frozen=True)
class Outlines:
    """The windows that are now of a kind, in place of those before: ``training`` and ``validation`` blocks,
    patches of the last ``batch``, windows in ``work``.

    Each is a frame's number, and x, y, width and height in pixels of the frame's raster.
    """

    kind: str
    windows: tuple[Sequence[int], ...]


@dataclass(frozen=True)
class Tile:
    """A finished window of a frame, in pixels of its raster, and what it was taken for.

    ``preview`` holds class ids of a pixel each, row by row, 255 for none: deflated, base64. ``counts`` are of
    all of its pixels, by class. Of a training, it is one and the same window of the validation part, as the
    network sees it after each epoch.
    """

    frame: int
    x: int
    y: int
    width: int
    height: int
    preview: str
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Result:
    """The last event of a run that did what was asked: figures and the files written."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The last event of a run that did not."""

    code: str
    message: str
    remedy: str = ""


Event = Union[Started, Progress, Log, Epoch, Classes, Frame, Outlines, Tile, Result, Failure]
Emit = Callable[[Event], None]
"""Takes the events of a run. It raises `Cancelled` when the run is to stop."""
_EVENTS: dict[str, Any] = {cls.__name__.lower(): cls for cls in typing.get_args(Event)}
CANCEL_LINE = json.dumps({"cancel": True})
AT_REST = "\x1e"
"""A line on the engine's stderr that ends with this says that the engine is idle: what stands before belongs
to the last job.
"""


def is_cancel(line: str) -> bool:
    """True for a line that asks to stop the running job."""
    return line.strip() == CANCEL_LINE


def info(template: str, /, **values: Any) -> Log:
    """`Log` of a `Message`: something the user may want to know."""
    return Log(Message(template, **values))


def warning(template: str, /, **values: Any) -> Log:
    """`Log` of a `Message`: the result may not be what was wished for."""
    return Log(Message(template, **values), warning=True)


def encode_event(event: Event) -> str:
    """One line of JSON that `parse_event` turns back into an equal event.

    Sentences stand in it in English; ``messages`` holds template and values of those that can be translated, by
    the field, or in a `Result` by the name among its values.
    """
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    texts = event.values if isinstance(event, Result) else values
    messages = {name: text.to_json() for name, text in texts.items() if isinstance(text, Message)}
    written = {"event": type(event).__name__.lower(), **values}
    return json.dumps({**written, "messages": messages} if messages else written, allow_nan=False)


def parse_event(line: str) -> Event:
    """The event on ``line``. Raises `EngineError` when something other than the engine wrote it."""
    try:
        values = json.loads(line)
        cls = _EVENTS[values.pop("event")]
        messages = {
            name: Message.from_json(text)
            for name, text in values.pop("messages", {}).items()
            if text is not None
        }
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        if cls is Result:
            fields["values"] = {**fields["values"], **messages}
        else:
            fields.update(messages)
        event: Event = cls(**fields)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise EngineError(
            "protocol",
            "The engine sent a line that is no event ({error}): {line!r}.",
            "Reinstall Raster Segmenter.",
            error=error,
            line=line[:200],
        ) from None
    return event
