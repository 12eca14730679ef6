"""Tables that are made when they are first needed, made before: no question has to wait for them."""

from __future__ import annotations

from functools import cached_property


def make_tables(*owners: object) -> None:
    """Work out every cached property of ``owners``."""
    for owner in owners:
        for name, value in vars(type(owner)).items():
            if isinstance(value, cached_property):
                getattr(owner, name)
