"""Dataclasses as plain values (dicts, lists, texts, numbers) and back, exactly: what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, lru_cache
from sys import intern
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Read = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """A dataclass as a dict of its fields, a tuple as a list, anything else as it is.

    >>> from kejian.ingest.model import Passage
    >>> to_plain(Passage("p1", "补考", 0, 2))
    {'id': 'p1', 'text': '补考', 'start': 0, 'end': 2, 'context': ''}
    """
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: to_plain(getattr(value, name)) for name in _names(kind)}
    return [to_plain(part) for part in value] if isinstance(value, tuple) else value


def from_plain(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The dataclass ``kind`` from a dict of its fields, tuples restored; other keys of ``values`` are left aside.

    A field that ``values`` does not have, since it was written before there was one, has its default.

    Raises:
        KeyError: a field without a default is missing.
    """
    readers, required = _readers(kind), _required(kind)
    return kind(**{name: read(values[name]) for name, read in readers.items() if name in values or name in required})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    )


@cache
def _readers(kind: Any) -> dict[str, Read]:
    hints = get_type_hints(kind)
    return {name: _reader(hints[name]) for name in _names(kind)}


def _reader(hint: Any) -> Read:
    for choice in get_args(hint) if get_origin(hint) is UnionType else ():
        if is_dataclass(choice) and isinstance(choice, type):
            return lambda value: value and from_plain(choice, value)
    if get_origin(hint) is not tuple:
        return _shared if hint is str or get_origin(hint) is Literal else _same
    part: type[Any] = get_args(hint)[0]
    if is_dataclass(part):
        return lambda values: tuple(from_plain(part, value) for value in values)
    return _shared_texts if part is str else tuple


def _shared(value: Any) -> Any:
    """One and the same text for equal ones: subjects, headings and kinds are said over and over in a deck."""
    return intern(value) if type(value) is str else value


def _shared_texts(values: Iterable[str]) -> tuple[str, ...]:
    return _one_of_equal(tuple(map(_shared, values)))


@lru_cache(maxsize=1024)
def _one_of_equal(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Equal tuples near each other are one: the headings over neighbouring blocks and facts."""
    return texts


def _same(value: Any) -> Any:
    return value
