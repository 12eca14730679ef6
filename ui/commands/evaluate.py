"""``kejian eval``: the gold questions against this library, or retrieval on a data set in BEIR layout."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import SetupError, UsageError
from kejian.ui import terminal
from kejian.ui.commands.open import filled_snapshot, opened_home
from kejian.ui.commands.parser import Commands, add_command, whole_number
from kejian.ui.commands.questions import checked_question, checked_turns
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.evaluation.gold_run import GoldReport
    from kejian.corpus.gold_questions import GoldQuestion
    from kejian.index.snapshot import Snapshot

DETAIL = """
默认用自带的标准问题评测资料库,报告检索、要点覆盖率、引用与拒答,并逐项与门槛比较。
退出码:0 全部达标,1 有一项没达标,2 无法评测。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "eval", "评测回答质量或检索质量", DETAIL)
    parser.set_defaults(run=run)
    gold = parser.add_argument_group("用标准问题评测")
    gold.add_argument(
        "--gold", metavar="文件", type=Path, action="append", help="标准问题(JSONL),可多次给出;默认用自带的全部"
    )
    gold.add_argument("--html", metavar="文件", type=Path, help="另存一份网页报告(单个文件)")
    gold.add_argument("--baseline", metavar="文件", type=Path, help="与之前用 --json 存下的结果比较")
    gold.add_argument(
        "--stability",
        metavar="题数",
        type=whole_number(1, 10**6),
        help="另取若干题换成错字、繁体、客套话等说法再问,看回答是否相同",
    )
    beir = parser.add_argument_group("用 BEIR 格式的数据集评测检索")
    beir.add_argument(
        "--beir", metavar="文件夹", type=Path, help="内有 corpus.jsonl、queries.jsonl、qrels/test.tsv 的文件夹"
    )
    beir.add_argument("--queries", metavar="个数", type=whole_number(1, 10**7), help="只用前若干个问题")
    parser.common.add_argument("--json", metavar="文件", help="另存一份 JSON 结果;- 为标准输出")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Report on standard output; 1 where a gate fell."""
    if options.beir is not None:
        return _run_beir(options, settings)
    if options.queries is not None:
        raise UsageError("--queries 只与 --beir 同用")
    return _run_gold(options, settings)


def _run_gold(options: argparse.Namespace, settings: Settings) -> int:
    from kejian.assistant.evaluation.baseline import compared, read_baseline
    from kejian.assistant.evaluation.html import as_html
    from kejian.assistant.evaluation.report import as_json, print_report

    baseline = read_baseline(options.baseline) if options.baseline else None
    questions = gold_questions(options.gold)
    report = gold_report(questions, settings, options.stability)
    result = as_json(report)
    changes = compared(baseline, result) if baseline else None
    if options.html:
        save(options.html, as_html(report, changes))
    if options.json and options.json != "-":
        save(Path(options.json), terminal.json_text(result, indent=1) + "\n")
    if options.json == "-":
        terminal.write_json(result, indent=1)
    else:
        print_report(report, changes, terminal.result_console())
    return 0 if report.holds else 1


def gold_questions(paths: list[Path] | None) -> list[GoldQuestion]:
    """The questions of the files given, else every bundled one.

    Raises:
        UsageError: a file cannot be read, a line is wrong, or there is no question at all.
    """
    from kejian.corpus.gold_questions import bundled_gold, read_gold

    questions = [question for path in paths for question in read_gold(path)] if paths else bundled_gold()
    if not questions:
        named = "、".join(map(str, paths)) if paths else "自带的标准问题文件"
        raise UsageError(f"{named} 里没有一个问题;每行要写一个 JSON 对象,例子见 corpus/gold")
    _require_askable(questions)
    return questions


def _require_askable(questions: list[GoldQuestion]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise UsageError(f"标准问题里有两个 id 都是「{question.id}」,请改掉一个,或只评测其中一个文件")
        seen.add(question.id)
        checked_question(question.question, f"标准问题 {question.id}")
        checked_turns(question.turns, f"标准问题 {question.id} 的 turns")


def gold_report(questions: list[GoldQuestion], settings: Settings, varied: int | None = None) -> GoldReport:
    """The questions answered and judged; variants of ``varied`` of them are asked, too.

    Raises:
        SetupError: the library is empty or lacks a deck that the questions are about.
    """
    from kejian.assistant.engine import Assistant
    from kejian.assistant.evaluation.gold_run import evaluate_gold
    from kejian.assistant.evaluation.stability import spread, stability
    from kejian.assistant.evaluation.variants import Variants

    with opened_home(settings) as home:
        snapshot = filled_snapshot(home, settings)
        require_decks(snapshot, questions, settings)
        assistant = Assistant(snapshot, home.terms)
        assert snapshot.search is not None
        report = evaluate_gold(assistant, snapshot.search, snapshot.decks, questions)
        if varied is None:
            return report
        variants = Variants.of_library(assistant.knowledge)
        return replace(report, pairs=stability(assistant, spread(questions, varied), variants))


def require_decks(snapshot: Snapshot, questions: list[GoldQuestion], settings: Settings) -> None:
    """Raise ``SetupError`` unless the library holds every deck the questions name."""
    from kejian.assistant.evaluation.cases import deck_named

    for name in dict.fromkeys(question.deck for question in questions if question.deck):
        if deck_named(name, snapshot.decks) is None:
            raise SetupError(
                f"资料库 {settings.home} 里没有评测要用的课件《{name}》;"
                "自带的课件用 kejian ingest --bundled 收入,别的用 kejian ingest 文件…"
            )


def _run_beir(options: argparse.Namespace, settings: Settings) -> int:
    if options.gold or options.html or options.baseline or options.stability:
        raise UsageError("--beir 不能与 --gold、--html、--baseline、--stability 同时用")
    from kejian.assistant.evaluation.beir import evaluate_beir
    from kejian.index.encoder import open_encoder

    result: dict[str, Any] = evaluate_beir(options.beir, open_encoder(settings.embedding_model), options.queries)
    if options.json and options.json != "-":
        save(Path(options.json), terminal.json_text(result, indent=1) + "\n")
    terminal.write_json(result, indent=1)
    return 0


def save(path: Path, text: str) -> None:
    """Write ``text`` to ``path``.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} 写不进去({error.strerror}),请检查文件夹是否存在、可写") from error
