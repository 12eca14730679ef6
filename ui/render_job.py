"""资料库: how far a run is, what became of each file, and drafts to correct."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from kejian.index.report import FileReport, IngestReport, Progress
from kejian.ui.commands.ingest import STAGES
from kejian.ui.html import Html, element
from kejian.ui.jobs import Draft, Job
from kejian.ui.render_holder import slot
from kejian.ui.texts import Say

MOST_SKIPPED = 20


def job_view(job: Job, say: Say) -> Html:
    """The run as it stands; while it goes on, the page asks again (``data-poll``)."""
    if job.state == "failed":
        return element("p", job.error, cls="kj-error", role="alert")
    if job.report is None:
        poll = f"/api/ingest/{job.id}"
        return element("div", _progress(job.progress, say), cls="kj-progress", data_poll=poll)
    return element(
        "div",
        _report(job.report, say),
        [_draft(draft, f"draft-{n}", say) for n, draft in enumerate(job.drafts)],
        cls="kj-report",
        data_refresh="/api/decks?part=list",
        data_refresh_into="decks",
    )


def _progress(progress: Progress | None, say: Say) -> list[Html]:
    if progress is None:
        return [element("progress", aria_label=say("收入进度")), element("p", say("排队等候或正在准备"), role="status")]
    of = say("{stage}：{done} / {total}", stage=say(STAGES[progress.stage]), done=progress.done, total=progress.total)
    bar = element("progress", value=progress.done, max=max(progress.total, 1), aria_label=say("收入进度"))
    return [bar, element("p", of, element("small", progress.name), role="status")]


def _report(report: IngestReport, say: Say) -> list[Html | None]:
    good, bad = len(report.files) - len(report.refused), len(report.refused)
    told = say("收入了 {good} 个文件，用时 {seconds} 秒", good=good, seconds=f"{report.seconds:.1f}")
    refused = say("，{n} 个没有收下", n=bad) if bad else ""
    skipped = say("跳过了 {n} 个读不了的文件类型：", n=len(report.skipped))
    return [
        element("h3", told, refused, role="status"),
        element("ul", [_file(file, say) for file in report.files], cls="kj-file-reports"),
        element("p", skipped, "、".join(report.skipped[:MOST_SKIPPED]), cls="kj-lead") if report.skipped else None,
    ]


def _file(file: FileReport, say: Say) -> Html:
    name = element("strong", PurePath(file.path).name, title=file.path)
    if file.error:
        return element("li", name, element("p", file.error, cls="kj-error"), cls="kj-refused")
    counts = say(
        "《{title}》：{slides} 页，{facts} 条事实（新增 {added} 页，未变 {unchanged} 页，移除 {removed} 页）",
        title=file.title, slides=file.slides, facts=file.facts,
        added=file.added, unchanged=file.unchanged, removed=file.removed,
    )  # fmt: skip
    warnings = (
        element("ul", [element("li", said) for said in file.warnings], cls="kj-warned") if file.warnings else None
    )
    return element("li", name, element("p", counts), warnings)


def _draft(draft: Draft, into: str, say: Say) -> Html:
    """The editor of one draft: it stays, and what becomes of the corrected file stands in the slot below it."""
    name = f"{draft.name.rpartition('.')[0] or draft.name}.md"
    return element(
        "section",
        element("h3", say("订正草稿：{name}", name=draft.name)),
        element(
            "p",
            say(
                "这份摘录的版式已丢失，下面是恢复出的草稿。把条目移到所属的标题下，改好后收入；它会代替刚才收入的摘录。"
            ),
            cls="kj-lead",
        ),
        _doubts(draft.doubts, say),
        element("textarea", draft.text, cls="kj-draft", rows=24, spellcheck="false", aria_label=say("草稿")),
        element(
            "div",
            element(
                "button",
                say("收入改好的草稿"),
                type="button",
                cls="kj-button kj-primary",
                data_draft=name,
                data_into=into,
            ),
            element("button", say("下载草稿"), type="button", cls="kj-button", data_download=PurePath(name).name),
            cls="kj-bar-of-buttons",
        ),
        slot(into),
        cls="kj-drafting",
    )


def _doubts(doubts: Sequence[str], say: Say) -> Html | None:
    if not doubts:
        return None
    summary = element("summary", say("{n} 处疑点", n=len(doubts)))
    return element(
        "details", summary, element("ul", [element("li", said) for said in doubts]), cls="kj-read", open=True
    )
