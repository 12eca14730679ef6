"""Text that others chose (names of files above all) on one line, with nothing in it that hides or turns round."""

from __future__ import annotations

import re

# Controls (line breaks, escapes of terminals), zero-width characters, and what turns the direction of writing.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def visible(text: str) -> str:
    """``text`` with unseen characters written out, line breaks and tabs as a space.

    >>> visible("年假\\u202emd.exe\\n")
    '年假<202E>md.exe '
    """
    return UNSEEN.sub(lambda found: " " if found[0].isspace() else f"<{ord(found[0]):04X}>", text)
