"""The catalogue of all classes that references contain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from ..core.legend import BACKGROUND_COLOR, HIGHEST_VALUE, MOST_CLASSES
from ..protocol import ClassTitle, EngineError, message

UNKNOWN = 254
"""Id of pixels that a feature or raster of unknown class covers; they never become background."""


@dataclass(frozen=True)
class FoundClass:
    """A class as a reference has it: with a code (``value``), or with a name alone.

    If it has no other name, ``name`` is its code as text.
    """

    name: str
    value: int | None = None
    color: tuple[int, int, int] | None = None
    renamed: bool = False
    """Whether the user has given the name; the class then joins a class of the same name, if there is one."""
    code_or_name: str = ""
    """The code, as text, or the name of the class in the reference itself."""

    def __post_init__(self) -> None:
        if not self.code_or_name:
            text = self.name if self.value is None else str(self.value)
            object.__setattr__(self, "code_or_name", text)

    @property
    def has_own_name(self) -> bool:
        """Whether the class has another name than its code or name in the reference."""
        return self.name != self.code_or_name


BACKGROUND = FoundClass("background", 0, BACKGROUND_COLOR)


class Catalogue:
    """Gives an id to each class that is found, in this order; the same code or name gets the same id.

    ``legends`` has, for each reference, titles (text that `ClassTitle.parse` reads) of its classes, by their
    codes or names in the reference; the title of ``""`` is for all others. ``renames`` has new titles by code
    or by any name of a class. References may have different names for ``known_codes``, whose meaning is
    known.
    """

    def __init__(
        self,
        renames: Mapping[str, str] | None = None,
        legends: Mapping[str, Mapping[str, str]] | None = None,
        known_codes: Collection[int] = (),
    ) -> None:
        self.found: list[FoundClass] = []
        self._known_codes = known_codes
        self._ids: dict[int | str, int] = {}
        self._renames = _titles(renames or {})
        self._legends = {reference: _titles(legend) for reference, legend in (legends or {}).items()}
        self._declared: dict[str, dict[str, str]] = {}
        """For each reference, the names of its classes by their codes or names in the file."""
        for reference, legend in self._legends.items():
            self.declare(reference, {own: title.name for own, title in legend.items() if own and title.name})
        self.not_found = dict.fromkeys(self._renames)
        """The renamed classes that have not been found so far."""

    def declare(self, reference: str, names: Mapping[str, str]) -> None:
        """Record the names that ``reference`` gives to its codes, whether these occur or not.

        The names of classes that the user renames are ignored.
        """
        declared = {own.casefold(): name for own, name in names.items() if own.casefold() != name.casefold()}
        self._declared.setdefault(reference, {}).update(
            {
                own: name
                for own, name in declared.items()
                if own not in self._renames and name.casefold() not in self._renames
            }
        )

    def add(self, found: FoundClass, reference: str) -> int:
        """The id of ``found``.

        Raises `EngineError` naming ``reference`` for an impossible code, for too many classes, and for a
        class that another reference has under another code or name.
        """
        legend, own = self._legends.get(reference, {}), found.code_or_name.casefold()
        found = _retitled(found, legend.get(own) or legend.get("", ClassTitle()))
        for old in (found.name.casefold(), own):
            if old in self._renames:
                self.not_found.pop(old, None)
                title = self._renames[old]
                found = replace(_retitled(found, title), renamed=bool(title.name))
                break
        unclear = found.has_own_name and not found.renamed and found.value not in self._known_codes
        if unclear and found.name.casefold() != BACKGROUND.name:
            self._require_agreement(found, reference)
        keys = (found.value,) if found.value is not None else (own, found.name.casefold())
        known = next((self._ids[key] for key in keys if key in self._ids), None)
        if known is None:
            known = self._append(found, reference)
        elif found.has_own_name and not self.found[known].has_own_name:
            self.found[known] = found  # the first that gives the class a name
        self._ids.update(dict.fromkeys(keys, known))
        return known

    def _append(self, found: FoundClass, reference: str) -> int:
        if found.value is not None:
            _require_code(found.value, reference)
        if len(self.found) == MOST_CLASSES:
            holder = message("{reference} together with the references before it", reference=reference)
            raise too_many(holder, MOST_CLASSES + 1)
        self.found.append(found)
        return len(self.found) - 1

    def _require_agreement(self, found: FoundClass, reference: str) -> None:
        """Raise `EngineError` if another reference has another name for the code, or the reverse."""
        own, name = found.code_or_name.casefold(), found.name.casefold()
        self.declare(reference, {own: found.name})
        for other, names in self._declared.items():
            alike = [code for code, called in names.items() if called.casefold() == name and code.isdigit()]
            if names.get(own, found.name).casefold() != name:
                differing = own
            elif found.value is not None and own not in names and alike:
                differing = alike[0]
            else:
                continue
            raise EngineError(
                "codes_differ",
                "{other} calls the class {differing!r} {its_name!r}, {reference} calls {own!r} {name!r}.",
                "Rename one of them with RENAMES ({own}={its_name} if both are the same class), or "
                "reclassify the reference.",
                other=other,
                differing=differing,
                its_name=names[differing],
                reference=reference,
                own=own,
                name=found.name,
            )


def _titles(texts: Mapping[str, str]) -> dict[str, ClassTitle]:
    return {own.casefold(): ClassTitle.parse(text) for own, text in texts.items()}


def _retitled(found: FoundClass, title: ClassTitle) -> FoundClass:
    return replace(found, name=title.name or found.name, color=title.color or found.color)


def too_many(holder: str, count: int) -> EngineError:
    """The error for more classes than the engine can count."""
    return EngineError(
        "too_many_classes",
        "{holder} has {count} different classes or more. At most {most} classes are possible, because they "
        "are stored in 8 bits; their codes may be any from 0 to {highest}.",
        "Choose a field or raster that holds classes, or join classes.",
        holder=holder,
        count=count,
        most=MOST_CLASSES,
        highest=HIGHEST_VALUE,
    )


def _require_code(value: int, reference: str) -> None:
    if not 0 <= value <= HIGHEST_VALUE:
        raise EngineError(
            "bad_code",
            "{reference} holds the class code {value}; codes from 0 to {highest} are possible.",
            "Reclassify it.",
            reference=reference,
            value=value,
            highest=HIGHEST_VALUE,
        )
