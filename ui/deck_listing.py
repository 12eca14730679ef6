"""A deck as it is listed slide by slide, on the command line and over HTTP."""

from __future__ import annotations

from typing import Any

from kejian.ingest.model import Deck, Slide

COUNTED = ("blocks", "facts", "relations", "passages")


def deck_json(deck: Deck) -> dict[str, Any]:
    """``{"deck", "deck_title", "slides": […]}``, a slide with its heads and how much it holds."""
    return {"deck": deck.id, "deck_title": deck.title, "slides": [_counted(slide) for slide in deck.slides]}


def _counted(slide: Slide) -> dict[str, Any]:
    heads = {name: getattr(slide, name) for name in ("number", "position", "title", "hidden")}
    return {**heads, **{name: len(getattr(slide, name)) for name in COUNTED}}
