"""What one reading of a file found out about its pictures, as plain values between two processes."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from kejian.ingest.pictures import Pictures, View, Wanted


@dataclass(frozen=True, slots=True)
class Parcel:
    """A picture to be recognised; ``content`` in base64."""

    key: str
    content: str
    view: View


@dataclass(frozen=True, slots=True)
class Parcels:
    """The keys of all pictures that were looked up, and those that are to be recognised."""

    used: tuple[str, ...]
    wanted: tuple[Parcel, ...]


def handed_over(pictures: Pictures) -> Parcels:
    """What ``pictures`` learned."""
    wanted = (
        Parcel(key, base64.b64encode(wanted.content).decode("ascii"), wanted.view)
        for key, wanted in pictures.wanted.items()
    )
    return Parcels(tuple(sorted(pictures.used)), tuple(wanted))


def take_over(parcels: Parcels, pictures: Pictures) -> None:
    """Let ``pictures`` learn the same.

    Raises:
        TypeError: the content is no base64.
    """
    try:
        wanted = {p.key: Wanted(base64.b64decode(p.content, validate=True), p.view) for p in parcels.wanted}
    except (binascii.Error, ValueError) as error:
        raise TypeError("no base64") from error
    pictures.used.update(parcels.used)
    pictures.wanted.update(wanted)
