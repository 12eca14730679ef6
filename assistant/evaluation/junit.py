"""The evaluation as JUnit XML, which CI servers show: a suite a slice, a case a question, and a suite for the gates."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.gold_run import GoldReport
from kejian.assistant.evaluation.regression import Changes
from kejian.assistant.evaluation.report import faults, shown

# What XML 1.0 cannot hold, whatever an answer brings along.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: GoldReport, changes: Changes | None = None) -> str:
    """The report as one XML document."""
    root = Xml.Element("testsuites", name="kejian eval")
    seconds = dict(zip((case.gold.id for case in report.cases), report.timing.answering, strict=False))
    for name in dict.fromkeys(case.gold.slice for case in report.cases):
        suite = _suite(root, name)
        for case in (case for case in report.cases if case.gold.slice == name):
            _add(
                suite, f"{case.gold.id} {case.gold.question}", list(faults(case)), _detail(case), seconds[case.gold.id]
            )
    _gates(root, report)
    if changes is not None:
        _regression(root, changes)
    for suite in (root, *root):
        suite.set("tests", str(len(list(suite.iter("testcase")))))
        suite.set("failures", str(len(list(suite.iter("failure")))))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(root: Xml.Element, name: str) -> Xml.Element:
    return Xml.SubElement(root, "testsuite", name=_clean(name))


def _add(suite: Xml.Element, name: str, wrong: list[str], detail: str = "", seconds: float = 0.0) -> None:
    place = {"classname": suite.get("name", ""), "name": _clean(name), "time": f"{seconds:.4f}"}
    case = Xml.SubElement(suite, "testcase", place)
    if wrong:
        failure = Xml.SubElement(case, "failure", message=_clean(wrong[0]))
        failure.text = _clean("\n".join((*wrong, detail)).strip())


def _detail(case: Case) -> str:
    quotes = (f"[{c.n}] 第 {c.slide} 页:{c.quote}" for c in case.answer.citations)
    return "\n".join(("回答:", case.answer.answer, *quotes, f"记录:{case.answer.trace}"))


def _gates(root: Xml.Element, report: GoldReport) -> None:
    suite = _suite(root, "门槛")
    for gate in report.gates:
        value = shown(gate.value(report.total))
        _add(suite, gate.name, [] if gate.holds(report.total) else [f"{value} 低于 {shown(gate.least)}"])
    for kind, found in report.stability.items():
        _add(suite, f"换说法({kind})", [] if found.holds else [f"相同的只有 {shown(found.share)}"])


def _regression(root: Xml.Element, changes: Changes) -> None:
    suite = _suite(root, "与基线相比")
    _add(suite, "没有显著下降", [loss.line for loss in changes.losses])
    _add(suite, "引文都属实、格子都有根据", list(changes.broken))


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
