"""``kejian search``: the passages that retrieval finds, without an answer or with what an answer made of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.commands.ask import explained
from kejian.ui.commands.open import filled_snapshot, opened_assistant, opened_home
from kejian.ui.commands.parser import Commands, add_command, whole_number
from kejian.ui.commands.questions import Question, checked_question, read_batch
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.inspection import Inspection
    from kejian.index.snapshot import Snapshot

MOST_HITS = 1000
MOST_EXPLAINED = 50
DETAIL = """
批量文件每行一个 JSON 对象:{"id": "q1", "question": "前后端型"};结果按同样的顺序一行一个:{"id", "hits"}。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "search", "查找相关的原文片段", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("words", metavar="词", nargs="*", type=terminal.typed_text, help="要找的词或话")
    parser.common.add_argument(
        "-k", metavar="个数", type=whole_number(1, MOST_HITS), default=10, help="最多给出几个片段(默认 10)"
    )
    parser.common.add_argument("--json", action="store_true", help="输出 JSON 列表")
    parser.common.add_argument(
        "--explain", action="store_true", help="说明每个片段两路的名次和得分、综合分的组成、有没有用到和为什么"
    )
    parser.common.add_argument("--batch", metavar="文件", help="批量查找,结果一行一个 JSON;- 为标准输入")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Hits on standard output."""
    queries = asked(options)
    if not queries:
        return 0
    if options.explain:
        return explain(queries[0], options, settings)
    with opened_home(settings) as home:
        snapshot = filled_snapshot(home, settings)
        for query in queries:
            hits = found(snapshot, query.text, options.k)
            _show(query, hits, batch=options.batch is not None, as_json=options.json)
    return 0


def asked(options: argparse.Namespace) -> list[Question]:
    """The queries of the command line.

    Raises:
        UsageError: none, or one beside a batch, or one that cannot be searched for.
    """
    if options.batch is None:
        return [Question(checked_question(" ".join(options.words), "要找的词"))]
    if options.words or options.explain:
        raise UsageError("--batch 与要找的词、--explain 不能同时用;批量里的词写在文件里")
    return read_batch(options.batch)


def explain(query: Question, options: argparse.Namespace, settings: Settings) -> int:
    """The passages as the answer to the query was looked for in them."""
    with opened_assistant(settings) as (assistant, keep):
        inspection = assistant.inspect(query.text, query.turns, min(options.k, MOST_EXPLAINED))
        keep(inspection.trace)
    if options.json:
        terminal.write_json(inspection.to_json(), indent=2)
    else:
        terminal.write("\n\n".join([explained(inspection.answer, inspection.trace), *_explained(inspection)]))
    return 0


def found(snapshot: Snapshot, query: str, k: int) -> list[dict[str, Any]]:
    """Hits as in the contract: ``{deck, deck_title, slide, text, score, dense_rank, lexical_rank}``, best first."""
    numbers = {slide.id: slide.number for deck in snapshot.decks for slide in deck.slides}
    titles = {deck.id: deck.title for deck in snapshot.decks}
    assert snapshot.search is not None
    return [
        {
            "deck": hit.deck_id,
            "deck_title": titles[hit.deck_id],
            "slide": numbers[hit.slide_id],
            "text": hit.text,
            "score": round(float(hit.score), 6),
            "dense_rank": hit.dense_rank,
            "lexical_rank": hit.lexical_rank,
        }
        for hit in snapshot.search.search(query, k)
    ]


def _show(query: Question, hits: list[dict[str, Any]], *, batch: bool, as_json: bool) -> None:
    if batch:
        terminal.write_json({"id": query.id, "hits": hits})
    elif as_json:
        terminal.write_json(hits)
    elif hits:
        terminal.write("\n\n".join(_lines(hits)))
    else:
        terminal.say("没有找到相关的片段")


def _lines(hits: list[dict[str, Any]]) -> Iterator[str]:
    for n, hit in enumerate(hits, 1):
        text = " ".join(str(hit["text"]).split())
        yield f"{n}. 《{hit['deck_title']}》第 {hit['slide']} 页({hit['score']:.3f})\n   {text}"


def _explained(inspection: Inspection) -> Iterator[str]:
    for hit in inspection.hits:
        parts = hit.parts
        yield "\n".join(
            (
                f"{hit.rank}. 《{hit.deck_title}》第 {hit.slide} 页 {hit.title}:{hit.outcome}",
                f"   综合 {hit.score:.3f} = 语义 {parts.nearness:.3f} + 词语 {parts.wording:.3f}"
                f" + 说到 {parts.borne_out:.3f} + 长短 {parts.fullness:.3f};够回答的概率 {hit.probability:.2f}",
                f"   向量第 {hit.dense_rank or '—'} 名(余弦 {hit.dense_score:.3f},高出平均 {hit.dense_z:.1f} 个标准差)"
                f",词语第 {hit.lexical_rank or '—'} 名(BM25 {hit.lexical_score:.2f})",
                f"   {' '.join(hit.text.split())}",
            )
        )
