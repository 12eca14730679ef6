"""How the ingestion tests read a file: name and content in, deck out."""

from __future__ import annotations

from collections.abc import Callable

from kejian.ingest.model import Deck

Read = Callable[[str, str | bytes], Deck]
