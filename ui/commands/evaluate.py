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
    from collections.abc import Callable

    from kejian.assistant.evaluation.gold_run import GoldReport
    from kejian.assistant.evaluation.judging import Judge
    from kejian.assistant.evaluation.model_judge import ModelJudgement
    from kejian.assistant.evaluation.regression import Changes
    from kejian.corpus.gold_questions import GoldQuestion
    from kejian.index.snapshot import Snapshot

BUNDLED = Path("自带")  # what --baseline without a file stands for
GOLD_ONLY = (
    "gold", "slice", "answers", "stability", "distractors", "html", "junit", "ragas", "deepeval", "baseline",
    "save_baseline",
)  # fmt: skip
DETAIL = """
默认用自带的标准问题评测资料库,报告检索、要点覆盖率、引用、拒答、对比表、结构和追问,并逐项与门槛比较;
每个数字带 95% 区间,怎样算见 docs/evaluation.md。
退出码:0 全部达标,1 有一项没达标或比基线退步,2 无法评测。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "eval", "评测回答质量或检索质量", DETAIL)
    parser.set_defaults(run=run)
    gold = parser.add_argument_group("用标准问题评测")
    gold.add_argument(
        "--gold", metavar="文件", type=Path, action="append", help="标准问题(JSONL),可多次给出;默认用自带的全部"
    )
    gold.add_argument("--slice", metavar="类别", action="append", help="只评这一类的题,可多次给出")
    gold.add_argument(
        "--answers", metavar="文件", type=Path, help="不提问,评别的系统的回答:Answer 对象,或 {id, answer, citations}"
    )
    gold.add_argument(
        "--stability",
        metavar="题数",
        type=whole_number(1, 10**6),
        help="另取若干题换成错字、繁体、客套话等说法再问,看回答是否相同",
    )
    gold.add_argument(
        "--distractors",
        metavar="文件",
        type=Path,
        action="append",
        help="与 --stability 同用:混入这些课件再问,看回答是否相同",
    )
    reports = parser.add_argument_group("报告与比较")
    reports.add_argument("--html", metavar="文件", type=Path, help="另存一份网页报告(单个文件)")
    reports.add_argument("--junit", metavar="文件", type=Path, help="另存一份 JUnit XML,供持续集成读取")
    reports.add_argument("--ragas", metavar="文件", type=Path, help="另存成 ragas 能读的 JSONL")
    reports.add_argument("--deepeval", metavar="文件", type=Path, help="另存成 deepeval 能读的 JSONL")
    reports.add_argument(
        "--baseline",
        metavar="文件",
        type=Path,
        nargs="?",
        const=BUNDLED,
        help="与存下的基线比较,显著退步时退出码为 1;不写文件则用自带的基线",
    )
    reports.add_argument("--save-baseline", metavar="文件", type=Path, help="把这次的结果存成基线,每题一行")
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
    if options.distractors and not options.stability:
        raise UsageError("--distractors 要与 --stability 题数 同用")
    if options.answers and options.stability:
        raise UsageError("--answers 评的是现成的回答,不能与 --stability 同时用")
    return _run_gold(options, settings)


def _run_gold(options: argparse.Namespace, settings: Settings) -> int:
    from kejian.assistant.evaluation.baseline import BUNDLED_BASELINE, read_baseline
    from kejian.assistant.evaluation.regression import compared
    from kejian.assistant.evaluation.report import as_json

    path = BUNDLED_BASELINE if options.baseline == BUNDLED else options.baseline
    baseline = read_baseline(path) if path else None
    questions = chosen_slices(gold_questions(options.gold), options.slice)
    report = gold_report(questions, settings, options)
    result = as_json(report)
    slides = {question.id: question.slides for question in questions}
    changes = compared(baseline, result, slides) if baseline else None
    write_reports(options, report, result, changes)
    return 0 if report.holds and (changes is None or changes.holds) else 1


def write_reports(
    options: argparse.Namespace, report: GoldReport, result: dict[str, Any], changes: Changes | None
) -> None:
    """Every report that is asked for, and the tables on standard output."""
    from kejian.assistant.evaluation.baseline import baseline_text
    from kejian.assistant.evaluation.exports import as_deepeval, as_ragas
    from kejian.assistant.evaluation.html import as_html
    from kejian.assistant.evaluation.junit import as_junit
    from kejian.assistant.evaluation.tables import print_report

    made: dict[Path | None, Callable[[], str]] = {
        options.html: lambda: as_html(report, changes),
        options.junit: lambda: as_junit(report, changes),
        options.ragas: lambda: as_ragas(report),
        options.deepeval: lambda: as_deepeval(report),
        options.save_baseline: lambda: baseline_text(result),
        Path(options.json) if options.json and options.json != "-" else None: lambda: (
            terminal.json_text(result, indent=1) + "\n"
        ),
    }
    for path, text in made.items():
        if path is not None:
            save(path, text())
    if options.json == "-":
        terminal.write_json(result, indent=1)
    else:
        print_report(report, changes, terminal.result_console())


def chosen_slices(questions: list[GoldQuestion], names: list[str] | None) -> list[GoldQuestion]:
    """The questions of the slices named, or all.

    Raises:
        UsageError: a slice has no question.
    """
    known = list(dict.fromkeys(question.slice for question in questions))
    if unknown := [name for name in names or () if name not in known]:
        raise UsageError(f"标准问题里没有「{'、'.join(unknown)}」这一类;有的是 {'、'.join(known)}")
    return [question for question in questions if not names or question.slice in names]


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


def gold_report(questions: list[GoldQuestion], settings: Settings, options: argparse.Namespace) -> GoldReport:
    """The questions answered, or the answers of a file, judged.

    Raises:
        SetupError: the library is empty or lacks a deck that the questions are about.
    """
    from kejian.assistant.evaluation.agreement import bundled_agreement
    from kejian.assistant.evaluation.judging import Judge

    with opened_home(settings) as home:
        snapshot = filled_snapshot(home, settings)
        require_decks(snapshot, questions, settings)
        judge = Judge(snapshot.decks, home.terms)
        if options.answers:
            from kejian.assistant.evaluation.answers_file import evaluate_answers

            report = evaluate_answers(options.answers, judge, questions)
        else:
            report = _asked(questions, snapshot, judge, options, settings)
    return replace(report, scorer=bundled_agreement(), model=model_judgement(report, settings))


def _asked(
    questions: list[GoldQuestion], snapshot: Snapshot, judge: Judge, options: argparse.Namespace, settings: Settings
) -> GoldReport:
    from kejian.assistant.engine import Assistant
    from kejian.assistant.evaluation.distraction import distracted
    from kejian.assistant.evaluation.gold_run import evaluate_gold
    from kejian.assistant.evaluation.stability import spread, stability
    from kejian.assistant.evaluation.variants import Variants
    from kejian.index.encoder import open_encoder

    assistant = Assistant(snapshot, judge.terms)
    assert snapshot.search is not None
    report = evaluate_gold(assistant, snapshot.search, judge, questions)
    wrong = [case.gold for case in report.wrong]
    traces = {gold.id: assistant.ask_with_trace(gold.question, gold.turns, gold.id)[1] for gold in wrong}
    report = replace(report, traces=traces)
    if options.stability is None:
        return report
    asked = spread(questions, options.stability)
    pairs = stability(assistant, asked, Variants.of_library(assistant.knowledge))
    if options.distractors:
        encoder = open_encoder(settings.embedding_model)
        pairs += distracted(assistant, asked, judge, options.distractors, encoder)
    return replace(report, pairs=pairs)


def model_judgement(report: GoldReport, settings: Settings) -> ModelJudgement | None:
    """What the configured model makes of the answers; None where none is configured, and nothing is imported."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    from kejian.assistant.evaluation.model_judge import ChatEndpoint, judged_by_model

    endpoint = ChatEndpoint(settings.llm_url, settings.llm_model, settings.llm_key)
    return judged_by_model(settings.llm_model, endpoint, report.cases)


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
    if given := [f"--{name.replace('_', '-')}" for name in GOLD_ONLY if getattr(options, name)]:
        raise UsageError(f"--beir 不能与 {'、'.join(given)} 同时用")
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
