"""Which classes the references hold, and which place each has among the classes in the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ..core.legend import (
    BACKGROUND_COLOR,
    HIGHEST_VALUE,
    IGNORE,
    LIMIT,
    MOST_CLASSES,
    LegendClass,
    default_color,
)
from ..protocol import ClassTitle, EngineError

UNKNOWN = 254
"""Id of pixels that are covered by something of unknown class: never background."""


@dataclass(frozen=True)
class Found:
    """A class as a reference has it; ``value`` is None where it has only a name, and ``name`` the value where
    it has no other.
    """

    name: str
    value: int | None = None
    color: tuple[int, int, int] | None = None
    renamed: bool = False
    """By the user, and so one with a class of that name, if there is any."""
    own: str = ""
    """What the reference itself holds: the code, or the name that it has there."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", self.own or (self.name if self.value is None else str(self.value)))

    @property
    def titled(self) -> bool:
        """Whether the name is more than what the reference holds."""
        return self.name != self.own


BACKGROUND = Found("background", 0, BACKGROUND_COLOR)


class Catalogue:
    """Gives each class found an id, in the order they are found; the same code or name has the same id.

    Classes have the titles (as `ClassTitle.parse` reads them) that ``legends`` give them, of each reference
    by their codes or names there; the title of ``""`` is for any other. ``renames`` gives them others, by any
    of their names or their codes. What codes ``settled`` mean is known, whatever references call them.
    """

    def __init__(
        self,
        renames: Mapping[str, str] | None = None,
        legends: Mapping[str, Mapping[str, str]] | None = None,
        settled: Collection[int] = (),
    ) -> None:
        self.found: list[Found] = []
        self._settled = settled
        self._ids: dict[int | str, int] = {}
        self._renames = _titles(renames or {})
        self._legends = {reference: _titles(legend) for reference, legend in (legends or {}).items()}
        self._said: dict[str, dict[str, str]] = {}
        """Of each reference: how it calls its classes, by their codes or their own names."""
        for reference, legend in self._legends.items():
            self.declare(reference, {own: title.name for own, title in legend.items() if own and title.name})
        self.not_found = dict.fromkeys(self._renames)
        """Of the renamed classes those that have not come up."""

    def declare(self, reference: str, names: Mapping[str, str]) -> None:
        """``reference`` calls its classes so, by their codes or own names, whether they occur or not.

        What the user renames is of no account.
        """
        said = {own.casefold(): name for own, name in names.items() if own.casefold() != name.casefold()}
        renamed = {
            own for own, name in said.items() if own in self._renames or name.casefold() in self._renames
        }
        self._said.setdefault(reference, {}).update(
            {own: name for own, name in said.items() if own not in renamed}
        )

    def add(self, found: Found, reference: str) -> int:
        """The id of ``found``.

        Raises `EngineError` naming ``reference`` for an impossible code, too many classes, or a class that another
        reference has under another code or name.
        """
        legend, own = self._legends.get(reference, {}), found.own.casefold()
        found = _under(legend.get(own) or legend.get("", ClassTitle()), found)
        for old in (found.name.casefold(), own):
            if old in self._renames:
                self.not_found.pop(old, None)
                found = replace(_under(self._renames[old], found), renamed=bool(self._renames[old].name))
                break
        open_question = found.titled and not found.renamed and found.value not in self._settled
        if open_question and found.name.casefold() != BACKGROUND.name:
            self._require_agreement(found, reference)
        keys = (found.value,) if found.value is not None else (own, found.name.casefold())
        known = next((self._ids[key] for key in keys if key in self._ids), None)
        if known is None:
            known = self._append(found, reference)
        elif (
            found.titled and not self.found[known].titled
        ):  # the first to give the class a name of another kind
            self.found[known] = found
        self._ids.update(dict.fromkeys(keys, known))
        return known

    def _append(self, found: Found, reference: str) -> int:
        if found.value is not None:
            _check_code(found.value, reference)
        if len(self.found) == MOST_CLASSES:
            raise too_many(f"{reference}, with the references before it,", MOST_CLASSES + 1)
        self.found.append(found)
        return len(self.found) - 1

    def _require_agreement(self, found: Found, reference: str) -> None:
        """`EngineError` where another reference calls the same code otherwise, or calls another code alone
        the same.
        """
        own, called = found.own.casefold(), found.name.casefold()
        self.declare(reference, {own: found.name})
        for other, names in self._said.items():
            alike = [code for code, name in names.items() if name.casefold() == called and code.isdigit()]
            if names.get(own, found.name).casefold() != called:
                differing = own
            elif found.value is not None and own not in names and alike:
                differing = alike[0]
            else:
                continue
            raise EngineError(
                "codes_differ",
                f"{other} calls the class {differing!r} {names[differing]!r}, {reference} calls {own!r} {found.name!r}.",
                f"Rename one in RENAMES (to say that both are one class: {own}={names[differing]}), or reclassify it.",
            )


def _titles(texts: Mapping[str, str]) -> dict[str, ClassTitle]:
    return {own.casefold(): ClassTitle.parse(text) for own, text in texts.items()}


def _under(title: ClassTitle, found: Found) -> Found:
    return replace(found, name=title.name or found.name, color=title.color or found.color)


def too_many(holder: str, count: int) -> EngineError:
    """The error for more classes than can be told apart."""
    return EngineError(
        "too_many_classes",
        f"{holder} has {count} different classes or more; {LIMIT}.",
        "Choose a field or raster that holds classes, or join classes to fewer ones.",
    )


def _check_code(value: int, reference: str) -> None:
    if not 0 <= value <= HIGHEST_VALUE:
        raise EngineError(
            "bad_code",
            f"{reference} holds the class code {value}; codes from 0 to {HIGHEST_VALUE} are possible.",
            "Reclassify it.",
        )


def settle(
    found: Sequence[Found], given: Sequence[LegendClass], occurring: Collection[int]
) -> tuple[tuple[LegendClass, ...], dict[int, int]]:
    """The classes, and for each id of ``found`` its index among them.

    ``given`` classes come first and as they are. A class found is one of them if it has the same
    value, else if it has the same name; a class known by name only goes by name. The others follow
    by value, if they occur at all; names without a value get the values that are free, from 1 up.
    """
    members: dict[int, LegendClass] = {}
    coded = sorted((i for i, f in enumerate(found) if f.value is not None), key=lambda i: found[i].renamed)
    named = sorted((i for i, f in enumerate(found) if f.value is None), key=lambda i: found[i].name)
    classes = list(given)
    for i in coded:
        same = _match(found[i], () if found[i].renamed else classes, classes if found[i].renamed else given)
        members[i] = same or _append(classes, found[i], found[i].value or 0)
    for i in named:
        only = _only_class(given) if len(found) - (BACKGROUND in found) == 1 else None
        members[i] = (
            _match(found[i], classes, classes) or only or _append(classes, found[i], _free_value(classes))
        )
    present = {members[i].value for i in occurring}
    number_given = len(given)
    others = sorted((c for c in classes[number_given:] if c.value in present), key=lambda c: c.value)
    final = _colored([*given, *others])
    index = {c.value: i for i, c in enumerate(final)}
    return final, {i: index.get(c.value, IGNORE) for i, c in members.items()}


_NO_COLOR = (-1, -1, -1)


def _match(
    found: Found, by_value: Sequence[LegendClass], by_name: Sequence[LegendClass]
) -> LegendClass | None:
    values = {c.value: c for c in by_value}
    if found.value in values:
        return values[found.value]
    names = {c.name.casefold(): c for c in by_name}
    if found.value is not None and not found.titled:
        return None
    return names.get(found.name.casefold()) or names.get(found.own.casefold())


def _only_class(given: Sequence[LegendClass]) -> LegendClass | None:
    """The one class beside background: what a layer of a single, differently named kind must be."""
    others = [c for c in given if c.name.casefold() != BACKGROUND.name]
    return others[0] if len(others) == 1 else None


def _append(classes: list[LegendClass], found: Found, value: int) -> LegendClass:
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
    """The classes, those without a colour in the next default ones."""
    colored: list[LegendClass] = []
    for c in classes:
        place = sum(before.color != BACKGROUND_COLOR for before in colored)
        colored.append(
            LegendClass(c.value, c.name, default_color(place) if c.color == _NO_COLOR else c.color)
        )
    return tuple(colored)
