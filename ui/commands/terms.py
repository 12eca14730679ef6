"""``kejian terms``: what the term base holds, what the decks propose for it, and which of that is taken over."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.corpus.terms import TermBase
    from kejian.corpus.terms_file import Additions
    from kejian.ingest.term_mining import Proposal

ACCEPT = "accept"
KINDS = {"alias": "别名", "aspect": "方面", "subject": "对象"}
SHOWN = 20  # of each kind, in the listing
DETAIL = """
列出课件里有、术语库里没有的新术语:别名(CRM = 客户关系管理)、方面(表头、标签)、对象(部门、产品…),附出处。
kejian terms accept 名称… 把它们写入资料库的 terms.yaml,原有内容和注释不变;两处含义不同的别名写作「别名=全称」。
写明「简称」「又称」或括注缩写的别名,提问时已经认得,不收也能用。
收入后索引随即按新术语重建,提问即按新术语理解;已收入的事实和方面不重新划分,要重新划分请再收一次原文件。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "terms", "列出术语库和课件里的新术语", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("words", metavar="accept 名称", nargs="*", help="把这些新术语收入术语库;不写则列出")
    parser.common.add_argument("--all", action="store_true", help="与 accept 同用:收入全部新术语")
    parser.common.add_argument("--write", metavar="文件", type=Path, help="把新术语写成术语库文件,供编辑后使用")
    parser.common.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List the proposals, or write those chosen.

    Raises:
        UsageError: a name is not proposed, or the options do not fit together.
        SetupError: the term base cannot be read or written.
    """
    _check(options)
    from kejian.ingest.term_mining import proposals

    with opened_home(settings) as home:
        terms = home.terms
        proposed = proposals(home.snapshot().decks, terms)
    if options.words:
        return accept(proposed if options.all else chosen(proposed, options.words[1:]), terms, settings)
    if options.write:
        return write(options.write, proposed, terms)
    if options.json:
        terminal.write_json(as_json(proposed, terms), indent=2)
    else:
        _tell(proposed, terms)
    return 0


def accept(proposed: Sequence[Proposal], terms: TermBase, settings: Settings) -> int:
    """Write ``proposed`` into the library's own term base."""
    from kejian.corpus.terms_file import add_terms
    from kejian.index.lock import owner_lock

    path = settings.home / "terms.yaml"
    with owner_lock(settings.home):
        add_terms(path, additions(proposed, terms))
    terminal.write(f"已把 {len(proposed)} 个术语写入 {path}")
    with opened_home(settings) as home:
        decks = home.reindex()
    if decks:
        terminal.write(f"索引已按新术语重建({len(decks)} 份课件,没有重算向量),提问即按新术语理解")
        files = terminal.named([deck.path for deck in decks], "kejian decks --json ")
        terminal.say("课件没有重读:已收入的事实、方面和上下级关系仍按原来的术语划分")
        terminal.say(f"要重新划分,请再运行一次 kejian ingest 原文件:{files}")
    return 0


def write(path: Path, proposed: Sequence[Proposal], terms: TermBase) -> int:
    """Write ``proposed`` as a term base of their own."""
    if path.exists():
        raise UsageError(f"{path} 已经存在,没有覆盖;请换一个文件名,或先移走它")
    if not proposed:
        raise UsageError("课件里没有新术语,没有写文件")
    from kejian.corpus.terms_file import add_terms

    add_terms(path, additions(proposed, terms))
    terminal.write(f"已把 {len(proposed)} 个新术语写入 {path};删改之后存为资料库的 terms.yaml 即可使用")
    return 0


def chosen(proposed: Sequence[Proposal], names: Sequence[str]) -> list[Proposal]:
    """The proposals of these names; 「别名=全称」 tells apart aliases that stand for two things."""
    from kejian.corpus.normalize import searchable

    found: list[Proposal] = []
    for name in names:
        short, _, whole = (searchable(part) for part in name.replace("＝", "=").partition("="))
        fitting = [p for p in proposed if searchable(p.name) == short and whole in ("", searchable(p.of))]
        if not fitting:
            raise UsageError(f"没有「{name}」这个新术语;kejian terms 列出全部")
        if len(fitting) > 1:
            ways = "、".join(f"{p.name}={p.of}" for p in fitting)
            raise UsageError(f"「{name}」有 {len(fitting)} 种含义,请写明其中一种:{ways}")
        found += fitting
    return found


def additions(proposed: Sequence[Proposal], terms: TermBase) -> Additions:
    """``proposed`` as terms; an alias joins the subject that its whole name is a spelling of."""
    from kejian.corpus.terms import Term
    from kejian.corpus.terms_file import Additions

    subjects = []
    for proposal in proposed:
        if proposal.kind == "subject":
            subjects.append(Term(proposal.name))
        elif proposal.kind == "alias":
            owner = terms.subject(proposal.of) or terms.subject(proposal.name)
            spellings = dict.fromkeys((proposal.of, proposal.name))
            name = owner.name if owner else proposal.of
            subjects.append(Term(name, tuple(text for text in spellings if text != name)))
    aspects = tuple(Term(p.name, role=p.role) for p in proposed if p.kind == "aspect")
    return Additions(tuple(subjects), aspects)


def as_json(proposed: Sequence[Proposal], terms: TermBase) -> dict[str, Any]:
    """``{"known": {"subjects", "aspects"}, "proposals"}``; each proposal with its kind, evidence and count."""
    known = {"subjects": [asdict(t) for t in terms.subjects], "aspects": [asdict(t) for t in terms.aspects]}
    return {"known": known, "proposals": [asdict(proposal) for proposal in proposed]}


def _check(options: argparse.Namespace) -> None:
    if options.words and options.words[0] != ACCEPT:
        raise UsageError(f"不认识「{options.words[0]}」;收入新术语请写 kejian terms accept 名称…")
    if options.words[:1] == [ACCEPT] and bool(options.words[1:]) == options.all:
        raise UsageError("accept 后面请写要收入的名称,或者用 --all 收入全部")
    if options.all and not options.words:
        raise UsageError("--all 只与 accept 同用:kejian terms accept --all")
    if sum(map(bool, (options.words, options.write, options.json))) > 1:
        raise UsageError("accept、--write、--json 一次只能用一个")


def _tell(proposed: Sequence[Proposal], terms: TermBase) -> None:
    terminal.write(f"术语库:{len(terms.subjects)} 个对象,{len(terms.aspects)} 个方面")
    terminal.write(f"课件里的新术语:{len(proposed)} 个")
    for kind, title in KINDS.items():
        for line in _listed(title, [proposal for proposal in proposed if proposal.kind == kind]):
            terminal.write(line)
    if proposed:
        terminal.say("收入术语库用 kejian terms accept 名称…")


def _listed(title: str, group: Sequence[Proposal]) -> Iterator[str]:
    if group:
        yield f"{title} {len(group)} 个"
    for proposal in group[:SHOWN]:
        seen = proposal.sightings[0]
        whole = f" = {proposal.of}" if proposal.of else ""
        quote = seen.quote if len(seen.quote) <= 40 else f"{seen.quote[:40]}…"
        yield f"  {proposal.name}{whole}  {proposal.count} 处,《{seen.deck}》第 {seen.slide} 页:{quote}"
    if len(group) > SHOWN:
        yield f"  (其余 {len(group) - SHOWN} 个用 --json 查看)"
