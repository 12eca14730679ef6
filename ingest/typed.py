"""Plain values from another process → the types they must have; what does not fit is refused, not converted."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Check = Callable[[Any], Any]


def typed(kind: type[T], value: Any) -> T:
    """``value`` (JSON) as ``kind``: a dataclass of texts, numbers, literals, options and tuples of such.

    Raises:
        TypeError: it does not fit.

    >>> from kejian.ingest.model import Passage
    >>> typed(Passage, {"id": "p1", "text": "补考", "start": 0, "end": 2, "context": ""}).text
    '补考'
    """
    hint: Any = kind
    result: T = _check(hint)(value)
    return result


@cache
def _check(hint: Any) -> Check:
    if is_dataclass(hint):
        return _dataclass(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple(_check(arguments[0]))
    if origin is Literal:
        return _one_of(frozenset(arguments))
    if origin in (Union, types.UnionType):
        (other,) = (part for part in arguments if part is not types.NoneType)
        return _optional(_check(other))
    return _plain(hint)


def _dataclass(kind: Any) -> Check:
    hints = get_type_hints(kind)
    checks = {field.name: _check(hints[field.name]) for field in fields(kind)}

    def read(value: Any) -> Any:
        if type(value) is not dict or value.keys() != checks.keys():
            raise TypeError(f"no {kind.__name__}")
        return kind(**{name: check(value[name]) for name, check in checks.items()})

    return read


def _tuple(check: Check) -> Check:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise TypeError("no list")
        return tuple(map(check, value))

    return read


def _one_of(allowed: frozenset[Any]) -> Check:
    def read(value: Any) -> Any:
        if type(value) is not str or value not in allowed:
            raise TypeError("not one of the known values")
        return value

    return read


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _plain(kind: Any) -> Check:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"no {kind.__name__}")
        return value

    return read
