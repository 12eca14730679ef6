"""``kejian ask``: one question or a batch of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.answer_text import answer_text
from kejian.ui.commands.open import opened_assistant
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.commands.questions import Question, checked_question, checked_turns, read_batch
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.assistant.trace import Trace

DETAIL = """
批量文件每行一个 JSON 对象:{"id": "q1", "question": "那它的缺点呢", "turns": ["前后端型有哪些优点"]},
turns 是之前问过的话,从旧到新;答案按同样的顺序一行一个。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "ask", "回答一个问题,或一批问题", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("question", metavar="问题", nargs="*", type=terminal.typed_text, help="要问的话")
    parser.common.add_argument(
        "--turn",
        metavar="问题",
        action="append",
        default=[],
        type=terminal.typed_text,
        help="之前问过的话,从旧到新,可多次给出",
    )
    parser.common.add_argument("--json", action="store_true", help="输出答案对象(JSON)")
    parser.common.add_argument("--explain", action="store_true", help="在答案之后说明它的来龙去脉")
    parser.common.add_argument("--batch", metavar="文件", help="批量回答,答案一行一个 JSON;- 为标准输入")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer on standard output; questions are checked before anything is loaded."""
    questions = asked(options)
    for answer, trace in answers(questions, settings):
        if options.json or options.batch:
            terminal.write_json(answer.to_json() | ({"explain": trace.to_json()} if options.explain else {}))
        else:
            terminal.write(answer_text(answer))
            if options.explain:
                terminal.write("\n" + explained(answer, trace))
    return 0


def asked(options: argparse.Namespace) -> list[Question]:
    """The questions of the command line.

    Raises:
        UsageError: none, or one beside a batch, or one that cannot be asked.
    """
    if options.batch is None:
        return [Question(checked_question(" ".join(options.question)), checked_turns(options.turn))]
    if options.question or options.turn:
        raise UsageError("--batch 与问题、--turn 不能同时用;批量里的问题和 turns 写在文件里")
    return read_batch(options.batch)


def answers(questions: list[Question], settings: Settings) -> Iterator[tuple[Answer, Trace]]:
    """Answers with their traces in the order of the questions; the library keeps each trace."""
    if not questions:
        return
    with opened_assistant(settings) as (assistant, keep):
        for question in questions:
            answer, trace = assistant.ask_with_trace(question.text, question.turns, question.id)
            keep(trace)
            yield answer, trace


def explained(answer: Answer, trace: Trace) -> str:
    """The way from the question to the answer, a line each."""
    lines = [
        "来龙去脉:",
        f"- 理解为:{trace.resolved}" + (f"(又按“{trace.wordings[-1]}”检索)" if len(trace.wordings) > 1 else ""),
        f"- 对象:{_listed(trace.subjects)};方面:{_listed(trace.aspects)};问法:{_listed(trace.intents)}",
        f"- 其余的词:{_listed(trace.words)}",
        *(
            f"- 段落:《{hit.deck}》第 {hit.slide} 页,综合 {hit.score:.3f},向量第 {hit.dense_rank or '—'} 名,"
            f"词语第 {hit.lexical_rank or '—'} 名,够回答的概率 {hit.probability:.2f}(门槛 {trace.threshold})"
            for hit in trace.hits
        ),
        *(f"- {note}" for note in (*trace.notes, *trace.faults)),
        f"- 走的路:{trace.path};把握 {answer.confidence:.2f},用时 {answer.timing_ms.get('total', 0):.1f} 毫秒",
        f"- 记录编号:{trace.id}",
    ]
    return "\n".join(lines)


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names) or "无"
