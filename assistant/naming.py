"""What decks call one thing: the names as they are written, and which of them are spellings of one.

By what is written alone: no question, and nothing of how it is answered, comes in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords
from kejian.corpus.terms import TermBase
from kejian.ingest.holders import held
from kejian.ingest.model import Slide
from kejian.ingest.wording import ORDINAL

Spellings = tuple[str, ...]
BRACKETED = re.compile(r"^(.+?)\s*[（(]\s*([^（）()]{2,20})\s*[)）]$")
NO_NAME = re.compile(r"^[\d第共约含仅限如见以越]|[:：，,]|[人名个台]$")  # brackets that count or limit
KIND_END = re.compile(r"(?<=..[^的])(?:制|型|式|法|模式|方案|架构)$")
LONGEST_ENDING = 4
GLOSSED = re.compile(r"^(?P<name>[^\s:：—–]{2,10})(?:\s*[:：]\s*|\s*[—–]{1,2}\s*)\S.{2,}$")


def written_names(slides: Iterable[Slide], terms: TermBase) -> Iterator[str]:
    """Every name that slides give something they speak about, in their order; many come more than once."""
    for slide in slides:
        for relation in slide.relations:
            yield relation.parent
            yield relation.child
        for fact in slide.facts:
            yield fact.subject
        headings = dict.fromkeys(heading for block in slide.blocks for heading in block.path)
        for heading in (slide.title, *headings):
            subject, aspect = terms.split_heading(heading)
            yield subject if aspect else terms.without_mark(heading)


def linked_names(names: Iterable[str], terms: TermBase) -> tuple[tuple[Spellings, ...], dict[str, int]]:
    """The spellings of each thing, the fullest first, and by its searchable form the place of each among them.

    「甲部(乙部)」 is 甲部 and 乙部; the term base adds aliases.
    """
    plain = list(dict.fromkeys(filter(None, (terms.without_mark(name) for name in dict.fromkeys(names)))))
    aliases = _bracket_aliases(plain, terms)
    owner: dict[str, int] = {}
    spellings: list[list[str]] = []
    for name in sorted(plain, key=lambda name: BRACKETED.match(name) is None):  # else in the order of occurrence
        if terms.aspect(name) is not None:
            continue
        written = [name, *aliases.get(name, ())]
        for spelling in tuple(written):
            subject = terms.subject(spelling)
            written += subject.spellings if subject else ()
        number = next((owner[searchable(s)] for s in written if searchable(s) in owner), len(spellings))
        if number == len(spellings):
            spellings.append([])
        for spelling in written:
            if owner.setdefault(searchable(spelling), number) == number and spelling not in spellings[number]:
                spellings[number].append(spelling)
    return tuple(map(tuple, spellings)), owner


def _bracket_aliases(names: Sequence[str], terms: TermBase) -> dict[str, tuple[str, ...]]:
    """Both parts of 「甲部(乙部)」; what several names carry in brackets is a remark, not an alias."""
    parts = {name: found.groups() for name in names if (found := BRACKETED.match(name))}
    inside = Counter(second for _, second in parts.values())
    aliases: dict[str, tuple[str, ...]] = {
        name: (first, second) if _names_again(first, second, inside) else (first,)
        for name, (first, second) in parts.items()
    }
    for name, spelled in chain(
        _numbered_aliases(names),
        _glossed_aliases(names),
        _held_aliases(names),
        _headed_aliases(names),
        _ended_aliases(names, terms),
    ):
        aliases[name] = (*aliases.get(name, ()), *spelled)
    for name in names:
        if "/" in name and name not in aliases:
            pieces = [piece.strip() for piece in name.split("/")]
            aliases[name] = tuple(piece for piece in ("".join(pieces), *pieces) if len(piece) > 2)
    return aliases


def _names_again(first: str, second: str, inside: Counter[str]) -> bool:
    """Whether what stands in brackets is another name, not a count or a remark."""
    return first == second or (inside[second] == 1 and not NO_NAME.search(second))


def _numbered_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「方案一:集中制」 is 方案一 and 集中制; a number that heads several names stands for none of them."""
    found = {name: match for name in names if (match := ORDINAL.match(name))}
    named: dict[str, set[str]] = defaultdict(set)
    for match in found.values():
        named[searchable(match["label"])].add(searchable(_without_gloss(match["name"])))
    for name, match in found.items():
        label = (match["label"],) if len(named[searchable(match["label"])]) == 1 else ()
        inner, bare = match["name"], _without_gloss(match["name"])
        stem = KIND_END.sub("", bare)
        yield name, tuple(dict.fromkeys((*label, inner, bare, stem)))


def _without_gloss(name: str) -> str:
    """「独立制——麻雀虽小」 is 独立制."""
    found = GLOSSED.match(name)
    return found["name"] if found else name


def _held_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「总裁 李某」 is the post and its holder; a post that several hold stands for none of them."""
    found = {name: holder for name in names if (holder := held(name))}
    posts = Counter(holder.name for holder in found.values())
    people = Counter(holder.person for holder in found.values())
    for name, holder in found.items():
        alone = posts[holder.name] == 1 and people[holder.person] == 1
        yield name, holder.spellings if alone else holder.spellings[-1:]


def _glossed_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「职能型:专业扎堆」 is 职能型: a short name with a gloss behind it, where no other name begins alike."""
    found = {name: match["name"] for name in names if (match := GLOSSED.match(name)) and not ORDINAL.match(name)}
    times = Counter(found.values())
    for name, short in found.items():
        if times[short] == 1:
            yield name, (short,)


def _headed_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The column 「编制在车间 派驻式」 of a table with two rows of heads is 派驻式, where that is a name elsewhere."""
    known = {searchable(name) for name in names}
    known |= {searchable(_without_gloss(match["name"])) for name in names if (match := ORDINAL.match(name))}
    known |= {searchable(_without_gloss(name)) for name in names}
    known |= {searchable(match[1]) for name in names if (match := BRACKETED.match(name))}
    inner = {name: name.rsplit(" ", 1)[1] for name in names if " " in name and not held(name)}
    times = Counter(inner.values())
    for name, last in inner.items():
        if searchable(last) in known and times[last] == 1:
            yield name, (last,)


def _ended_aliases(names: Sequence[str], terms: TermBase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「热链供餐」 is the 热链 of a table whose 冷链 and 冻链 have headings 冷链供餐 and 冻链供餐, too.

    An ending that makes a unit, a post or an aspect of a name makes another thing of it.
    """
    known, words = set(names), SlideWords.bundled()
    longer: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        for cut in range(len(name) - LONGEST_ENDING, len(name) - 1):
            if cut > 1 and name[:cut] in known:
                longer[name[cut:]].append((name, name[:cut]))
    for ending, found in longer.items():
        if len(found) > 1 and terms.aspect(ending) is None:
            yield from ((n, (short,)) for n, short in found if not (words.is_unit(n) or words.is_post(n)))
