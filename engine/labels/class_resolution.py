"""The classes of labels: matches those that are found in references to those that are given."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from ..core.legend import BACKGROUND_COLOR, HIGHEST_VALUE, IGNORE, LegendClass, default_color
from .class_catalogue import BACKGROUND, FoundClass

_NO_COLOR = (-1, -1, -1)


def resolve_classes(
    found: Sequence[FoundClass], given: Sequence[LegendClass], occurring: Collection[int]
) -> tuple[tuple[LegendClass, ...], dict[int, int]]:
    """The classes of the labels, and for each id of ``found`` its index among them.

    The ``given`` classes come first and do not change. A class that is found is one of them if it has the
    same value, or else the same name; if it has no value, only the name counts. The other classes follow,
    sorted by value, if they are among the ``occurring`` ids; those without a value get free values, from 1
    up.
    """
    members: dict[int, LegendClass] = {}
    coded = sorted((i for i, f in enumerate(found) if f.value is not None), key=lambda i: found[i].renamed)
    named = sorted((i for i, f in enumerate(found) if f.value is None), key=lambda i: found[i].name)
    classes = list(given)
    for i in coded:
        same = _match(found[i], () if found[i].renamed else classes, classes if found[i].renamed else given)
        members[i] = same or _append(classes, found[i], found[i].value or 0)
    only = _only_class(given) if len(found) - (BACKGROUND in found) == 1 else None
    for i in named:
        same = _match(found[i], classes, classes) or only
        members[i] = same or _append(classes, found[i], _free_value(classes))
    present = {members[i].value for i in occurring}
    added = itertools.islice(classes, len(given), None)
    others = sorted((c for c in added if c.value in present), key=lambda c: c.value)
    final = _colored([*given, *others])
    index = {c.value: i for i, c in enumerate(final)}
    return final, {i: index.get(c.value, IGNORE) for i, c in members.items()}


def _match(
    found: FoundClass, by_value: Sequence[LegendClass], by_name: Sequence[LegendClass]
) -> LegendClass | None:
    values = {c.value: c for c in by_value}
    if found.value in values:
        return values[found.value]
    names = {c.name.casefold(): c for c in by_name}
    if found.value is not None and not found.has_own_name:
        return None
    return names.get(found.name.casefold()) or names.get(found.code_or_name.casefold())


def _only_class(given: Sequence[LegendClass]) -> LegendClass | None:
    """The only class that is not background; the only class of a layer matches it, whatever its name."""
    others = [c for c in given if c.name.casefold() != BACKGROUND.name]
    return others[0] if len(others) == 1 else None


def _append(classes: list[LegendClass], found: FoundClass, value: int) -> LegendClass:
    # Figures go by name: two codes of one name would be one class in every table.
    taken = found.name.casefold() in {c.name.casefold() for c in classes}
    classes.append(
        LegendClass(value, f"{found.name} ({value})" if taken else found.name, found.color or _NO_COLOR)
    )
    return classes[-1]


def _free_value(classes: Sequence[LegendClass]) -> int:
    used = {c.value for c in classes}
    return next(value for value in range(1, HIGHEST_VALUE) if value not in used)


def _colored(classes: Sequence[LegendClass]) -> tuple[LegendClass, ...]:
    """The classes; those without a colour get the next default colours."""
    colored: list[LegendClass] = []
    for c in classes:
        place = sum(before.color != BACKGROUND_COLOR for before in colored)
        colored.append(
            LegendClass(c.value, c.name, default_color(place) if c.color == _NO_COLOR else c.color)
        )
    return tuple(colored)
