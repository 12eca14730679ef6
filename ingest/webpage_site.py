"""What a web site puts around an article: banner, side bar, footer, links to share and to turn pages."""

from __future__ import annotations

import re
from typing import Any

from kejian.ingest.webpage_text import is_hidden, lines_of
from kejian.ingest.wording import one_line

LEAST_SHARE = 0.3  # of the page's text: an element that holds less is not its main part
ROLES = ("banner", "contentinfo", "complementary", "search")
AROUND = ("header", "footer", "aside")
SITE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|share|sharing|social|prev-?next|pagination|pager|sidebar|side-bar|related|copyright"
    r"|toolbar|topbar|site-?(?:header|footer))(?:$|[\s_-])",
    re.IGNORECASE,
)
LONGEST_SHOWN = 20


def without_site(root: Any) -> list[str]:
    """Take out of ``root`` what stands around its main part, where it has one; the first line of each thing taken.

    A page without a ``main`` or a single ``article`` is left as it is.
    """
    main = _main(root)
    apart = [element for element in root.iter() if isinstance(element.tag, str) and _is_apart(element, main)]
    known = set(apart)
    taken: list[str] = []
    for element in apart:
        if any(above in known for above in element.iterancestors()):
            continue
        taken += lines_of(element)[:1] if not is_hidden(element) else []
        _remove(element)
    return [text[:LONGEST_SHOWN] for text in dict.fromkeys(taken)]


def _main(root: Any) -> Any:
    """The element that holds the article; None where none can be told."""
    for name in ("main", "article"):
        found = [element for element in root.iter(name) if not is_hidden(element)]
        if len(found) == 1 and len(_text(found[0])) >= LEAST_SHARE * len(_text(root)):
            return found[0]
    return None


def _text(element: Any) -> str:
    return one_line("".join(lines_of(element)))


def _is_apart(element: Any, main: Any) -> bool:
    marked = element.tag in AROUND or element.get("role") in ROLES
    named = bool(SITE_WORDS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
    if main is None:
        return False
    if element is main or any(above is element for above in main.iterancestors()):
        return False
    inside = any(above is main for above in element.iterancestors())
    return named or (bool(marked) and not inside)


def _remove(element: Any) -> None:
    """Take an element out, but not the text behind it."""
    parent, tail = element.getparent(), element.tail
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
