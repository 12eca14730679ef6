"""Gold questions proposed from a deck's own facts, for a trainer to accept, reword or throw away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kejian.assistant.evaluation.gold_map import Touched
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, Fact, Relation, Slide, content_id

SLICES = {
    "advantage": "优点",
    "drawback": "缺点",
    "duty": "职责",
    "rationale": "理由",
    "risk": "风险",
    "feature": "解释",
    "definition": "解释",
    "procedure": "流程",
    "remark": "解释",
    "structure": "结构",
    "other": "规定",
}
FEWEST_COMPARED, MOST_COMPARED = 2, 4
LONGEST_COMPARED = 24  # points; a question that asks for more is none that anybody asks


def drafted(deck: Deck, terms: TermBase, touched: Touched | None = None) -> list[GoldQuestion]:
    """Every subject × aspect, every relation, every matrix; with ``touched``, only what no question asks for yet."""
    found: dict[str, GoldQuestion] = {}
    for slide in deck.slides:
        for question in (*_of_facts(deck, slide, terms, touched), *_of_relations(deck, slide, terms, touched)):
            found.setdefault(question.question, question)
        for question in _of_matrices(deck, slide, terms, touched):
            found.setdefault(question.question, question)
    return list(found.values())


def _of_facts(deck: Deck, slide: Slide, terms: TermBase, touched: Touched | None) -> Iterator[GoldQuestion]:
    for (subject, aspect), facts in _by_cell(slide.facts, terms).items():
        if touched and all(fact.id in touched.facts for fact in facts):
            continue
        role = _role(aspect, terms)
        many = "有哪些" if len(facts) > 1 else "是什么"
        asked = f"{subject}的{aspect}{many}?" if aspect else f"介绍一下{subject}"
        slice = SLICES[role] if aspect else "解释"
        yield _question(deck, slide, slice, asked, [fact.text for fact in facts])


def _of_relations(deck: Deck, slide: Slide, terms: TermBase, touched: Touched | None) -> Iterator[GoldQuestion]:
    below: dict[tuple[str, tuple[str, ...]], list[Relation]] = {}
    above: dict[str, set[str]] = {}
    for relation in slide.relations:
        below.setdefault((relation.parent, relation.path), []).append(relation)
        above.setdefault(relation.child, set()).add(relation.parent)
    for (parent, path), relations in below.items():
        if touched and all(relation.id in touched.relations for relation in relations):
            continue
        chart = f"在“{terms.without_mark(path[-1])}”里," if path and len(_charts(slide, parent)) > 1 else ""
        names = [terms.without_mark(relation.child) for relation in relations]
        yield _question(deck, slide, "结构", f"{chart}{terms.without_mark(parent)}下设哪些单位?", names)
    for child, parents in above.items():
        mine = [relation.id for relation in slide.relations if relation.child == child]
        if len(parents) == 1 and not (touched and all(id in touched.relations for id in mine)):
            upper = [terms.without_mark(next(iter(parents)))]
            yield _question(deck, slide, "结构", f"{terms.without_mark(child)}的上级是哪个单位?", upper)


def _of_matrices(deck: Deck, slide: Slide, terms: TermBase, touched: Touched | None) -> Iterator[GoldQuestion]:
    """Subjects of which the slide says the same aspect, side by side."""
    cells = _by_cell(slide.facts, terms)
    for aspect in dict.fromkeys(aspect for _, aspect in cells if aspect):
        compared = [subject for subject, other in cells if other == aspect][:MOST_COMPARED]
        points = [fact for subject in compared for fact in cells[subject, aspect]]
        if len(compared) < FEWEST_COMPARED or len(points) > LONGEST_COMPARED:
            continue
        if touched and all(fact.id in touched.compared for fact in points):
            continue
        asked = f"{'、'.join(compared)}的{aspect}有什么不同?"
        yield _question(deck, slide, "比较", asked, [fact.text for fact in points], ("compare",))


def _by_cell(facts: Iterable[Fact], terms: TermBase) -> dict[tuple[str, str], list[Fact]]:
    cells: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        cells.setdefault((terms.without_mark(fact.subject), terms.without_mark(fact.aspect)), []).append(fact)
    return cells


def _charts(slide: Slide, parent: str) -> set[tuple[str, ...]]:
    return {relation.path for relation in slide.relations if relation.parent == parent}


def _role(aspect: str, terms: TermBase) -> str:
    term = terms.aspect(aspect) or terms.aspect(terms.split_heading(aspect)[1])
    return term.role if term else "other"


def _question(
    deck: Deck, slide: Slide, slice: str, asked: str, points: Iterable[str], kinds: tuple[str, ...] = ()
) -> GoldQuestion:
    id = f"draft-{content_id(deck.title, slide.number, asked, length=8)}"
    accepted = tuple((point,) for point in dict.fromkeys(points))
    return GoldQuestion(
        id, slice, asked, "answer", kinds=kinds, points=accepted, slides=(slide.number,), deck=deck.title
    )


def as_lines(questions: Iterable[GoldQuestion]) -> str:
    """Questions as JSON lines, keys that hold nothing left out."""
    rows = ({key: value for key, value in asdict(question).items() if value} for question in questions)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
