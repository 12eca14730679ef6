"""``kejian ingest``: files and folders into the library."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import UsageError
from kejian.corpus.visible import visible
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.output import check_new
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.corpus.terms import TermBase
    from kejian.index.report import FileReport, IngestReport, Progress

COUNTED = ("slides", "blocks", "facts", "passages", "added", "unchanged", "removed")
STAGES = {"read": "读课件", "recognise": "识别图片", "embed": "算向量", "index": "建索引"}
DETAIL = """
收入 .pptx .docx .pdf .html .xlsx .csv .md .txt 与 BEIR .jsonl 文件,或文件夹里的全部这类文件;
同一文件再收一次不会有变化,改过的页只更新那几页。
有文件没有被收下时退出码为 1,其余文件照常收入。
版式已丢失的文本摘录可先用 --draft 写成 Markdown 草稿,在编辑器里改好再收入,页码不变。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "ingest", "把课件收入资料库", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("paths", metavar="路径", nargs="*", type=Path, help="课件文件或文件夹")
    parser.common.add_argument("--bundled", action="store_true", help="收入自带的课件")
    parser.common.add_argument("--json", action="store_true", help="输出一个 JSON 报告")
    parser.common.add_argument("--draft", metavar="文件", type=Path, help="不收入,只把文本摘录恢复成 Markdown 草稿")
    parser.common.add_argument("-o", dest="output", metavar="文件", type=Path, help="草稿写到这个文件(默认标准输出)")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Take the files in; 1 where one of them was refused. With ``--draft``, write what one of them says instead."""
    if options.draft or options.output:
        return write_draft(options, settings)
    paths = [*(bundled_decks() if options.bundled else ()), *options.paths]
    if not paths:
        raise UsageError("没有说要收入什么;请给出文件或文件夹,或用 --bundled 收入自带课件")
    report = taken_in(paths, settings)
    found = new_terms(report, settings)
    if options.json:
        terminal.write_json(as_json(report, found), indent=2)
    for file in report.files:
        _tell(file, quiet=options.json)
    if report.skipped:
        terminal.say(
            f"跳过了 {len(report.skipped)} 个读不了的文件类型:{terminal.named(report.skipped, '--json 的报告')}"
        )
    if found and not options.json:
        terminal.say(f"发现 {found} 个新术语,可用 kejian terms 查看")
    return 1 if report.refused else 0


def new_terms(report: IngestReport, settings: Settings) -> int:
    """How many terms the decks that changed in this run propose to the term base."""
    changed = {file.deck for file in report.files if file.added}
    if not changed:
        return 0
    from kejian.ingest.term_mining import proposals

    with opened_home(settings) as home:
        return len(proposals((deck for deck in home.snapshot().decks if deck.id in changed), home.terms))


def write_draft(options: argparse.Namespace, settings: Settings) -> int:
    """Write the draft of one file.

    Raises:
        UsageError: there is no file to draft, something else is asked for as well, or the output exists.
        RefusedFile: the file is no text.
    """
    if not options.draft:
        raise UsageError("-o 只与 --draft 一起用;要写草稿请给出 --draft 文件")
    if options.paths or options.bundled or options.json:
        raise UsageError("--draft 只写草稿,不能同时收入课件或输出报告;请分两次运行")
    check_new(options.output)
    from kejian.ingest.deck_reader import DeckReader

    with DeckReader(_terms(settings)) as reader:
        text, warnings = reader.draft(options.draft)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        terminal.write(text.rstrip("\n"))
    for warning in warnings:
        terminal.say(f"注意:{options.draft}:{warning}")
    return 0


def _terms(settings: Settings) -> TermBase:
    """The term base of the library, which need not exist for this."""
    from kejian.corpus.terms import BUNDLED_TERMS, TermBase

    own = settings.home / "terms.yaml"
    return TermBase.read(BUNDLED_TERMS, *([own] if own.exists() else []))


def taken_in(paths: list[Path], settings: Settings) -> IngestReport:
    """Ingest ``paths``, showing how far it is on a terminal."""
    with opened_home(settings) as home, terminal.progress_bar("准备") as bar:
        if bar is None:
            return home.ingest(paths)
        show = bar

        def follow(progress: Progress) -> None:
            show(STAGES[progress.stage], progress.done, progress.total)

        return home.ingest(paths, on_progress=follow)


def bundled_decks() -> list[Path]:
    """The decks that ship with the product, in the order of their names."""
    import kejian.corpus

    return sorted(Path(kejian.corpus.__file__).with_name("decks").glob("*.pptx"))


def as_json(report: IngestReport, found: int) -> dict[str, Any]:
    """``{"files", "skipped", "totals", "new_terms"}``, the last being ``found``: see ``new_terms``.

    A file has the fields of the contract and ``error``, null or one line.
    """
    files = [{**asdict(file), "warnings": list(file.warnings)} for file in report.files]
    totals = {name: sum(file[name] for file in files) for name in COUNTED}
    counts = {"files": len(files), "refused": len(report.refused)}
    return {
        "files": files,
        "skipped": list(report.skipped),
        "totals": {**counts, **totals, "seconds": round(report.seconds, 3)},
        "new_terms": found,
    }


def _tell(file: FileReport, *, quiet: bool) -> None:
    path = visible(file.path)
    for warning in file.warnings:
        terminal.say(f"注意:{path}:{visible(warning)}")
    if file.error:
        terminal.say(f"没有收下:{file.error}")
    elif not quiet:
        change = f"新增 {file.added} 页,未变 {file.unchanged} 页,移除 {file.removed} 页"
        terminal.write(f"已收入 {path}:{file.slides} 页,{file.facts} 条事实({change})")
