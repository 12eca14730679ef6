"""How Chinese slides are worded, whatever their subject: numbering, marks, lead-ins, names; cleaning of raw text."""

from __future__ import annotations

import re

CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
NUMERAL = "零一二三四五六七八九十百"
CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)
BREAK = re.compile(r"\s*[\n\r\x0b\x0c\u2028\u2029]\s*")
BREAK_BEFORE_BRACKET = re.compile(rf"{BREAK.pattern}(?=[(（])")
BREAK_IN_CHINESE = re.compile(rf"(?<=[{CHINESE}]){BREAK.pattern}(?=[{CHINESE}])")
BULLET = re.compile(r"^(?:[•●○◦▪▫■□◆◇►▶➢➤✓✔\uf0a7\uf0b7\uf0d8\uf06c\uf06e\uf075\uf0fc]\s*|[·‧・∙]\s*|[-–—+]\s+)")
STEP = re.compile(
    rf"^(?:第\s*[{NUMERAL}\d]+\s*步|步骤\s*[{NUMERAL}\d]+|(?i:step)\s*\d{{1,2}}(?!\d)|[(（][{NUMERAL}\d]{{1,3}}[)）]|\d{{1,2}}[.．、)）](?!\d)|[①-⑳])[\s:：]*"
)
NUMBERING = re.compile(
    rf"^(?:第\s*[{NUMERAL}\d]+\s*[章节篇讲课编部分条]{{1,2}}[\s:：、]*|[{NUMERAL}]{{1,3}}[、.．]\s*|[(（][{NUMERAL}\d]{{1,3}}[)）]\s*"
    r"|[1-9]\d?(?:[.．][1-9]\d?)+[.．、]?\s*|\d{1,2}[、.．)）](?!\d)\s*|[1-9]\d?\s+(?=\D)|[①-⑳]\s*|[甲乙丙丁戊己庚辛][、.．]\s*)"
)
TREE_LINES = re.compile(r"^[└├│─┗┣┕┝\s　·]+")
MARK = r"\*{1,4}|[＊※]{1,4}|[†‡]|[¹²³⁴⁵⁶⁷⁸⁹]|\[\^?\w{1,3}\]"
TRAILING_MARK = re.compile(rf"\s*({MARK})$")
MARK_BEFORE_BRACKET = re.compile(r"\s*(\*{1,4}|[＊※]{1,4})\s*(?=[(（][^()（）]*[)）]$)")
CIRCLED = re.compile(r"\s*([①-⑳])$")  # a mark behind the name of a unit, a number behind any other
FOOTNOTE = re.compile(
    rf"^(?:注\s*(?P<noted>{MARK}|\d{{1,2}})?\s*[:：]|(?P<mark>{MARK}|[①-⑳])\s*[:：]?)\s*(?P<text>.+)$"
)
NOTE = re.compile(r"^(?:备注|讲稿|讲师备注|讲者备注|演讲者备注|notes?)\s*[:：]\s*", re.IGNORECASE)
CONTINUED = re.compile(
    r"\s*[(（](?:续|续\s*[\d一二三四五六七八九十]+|[\d一二三四五六七八九十]+(?:\s*/\s*\d+)?|cont(?:'d|inued)?\.?)[)）]$",
    re.I,
)
# 「主要职责包括以下几点:」: what is left in front names the list.
LEAD_END = re.compile(
    r"(?:(?:主要)?(?:包括|包含|有|为|是|分为|体现在|表现为)(?=.{0,8}[:：]$))?"
    r"(?:(?:以下|如下|下列)[\d一二两三四五六七八九十几]*[个条点项方面步类种大]*|[\d一二两三四五六七八九十几]+[个条点项方面步类种大]+)?[:：]$"
)
# Words that a name does not hold: a line with one of them is a sentence, however short.
NOT_A_NAME = re.compile(r"了|以下|下列|如下|我们|你们|应该|应当|必须|为了|由于|因此|所以|如果|其中|例如|不是|就是")
# Labels that say something *of* what stands above them; any other short label names something of its own.
ATTRIBUTE = re.compile(
    r"^.{0,4}(?:时间|日期|地点|地址|对象|目的|目标|意义|作用|讲师|主讲人?|主持人?|联系人|负责人|责任人|电话|邮箱|人数|人员|费用|价格"
    r"|金额|数量|内容|要求|条件|标准|方式|方法|范围|原则|期限|周期|频率|时长|课时|学时|版本|作者|来源|格式|名称|编号|类型|状态|结果|结论)$"
)
SENTENCE_END = re.compile(r"(?<=[。！？；!?;])\s*")
CLAUSE = re.compile(r"[，。；！？,;!?]|\.\s")
COLON = re.compile(r"[:：]")
CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
LETTER = re.compile(r"[^\W\d_]")
NAME_LENGTH = 24
SHORTEST_DESCRIPTION = 8  # characters of a line without punctuation that says something of the name above it
LABEL = re.compile(rf"^(?P<label>[^:：，。；！？,;!?]{{1,{NAME_LENGTH}}})[:：](?!//)\s*(?P<rest>\S.*)$")
NO_LABEL = re.compile(
    rf"^(?:第[{NUMERAL}\d]+[步条款阶段]*|步骤\s*[{NUMERAL}\d]*|阶段\s*[{NUMERAL}\d]*|注意.{{0,2}}|提示|提醒|例如?|比如|譬如|如|即|答|问|其中|总之|因此|[\d\s.]+|.*\d)$"
)
MODIFIER = re.compile(
    r"^(?:主要|基本|核心|重点|关键|常见|存在|面临|现有|目前|当前|其|其他|其它|具体|相关|详细|总体|整体|各自|各|现在|我们|我们现在|咱们|谁|大家|各?(?:个|方|家|路)?(?:部门|岗位|单位|级|级人员|班组|中心|科室|角色|小组|团队|条线)|每个?(?:人|部门|岗位|单位|班组|小组)|(?:这|那)?(?:几|[一二三四五六七八九十\d]+)[个大](?:部门|岗位|单位|班组|中心|科室|角色|小组|团队|条线)|[一二两三四五六七八九十几]大)+的?$"
)
# 「某方案——好处、难处、什么时候合适」: a name and the aspects it is told under.
LISTING = re.compile(r"^(?P<of>.{2,30}?)\s*(?:[—–]{1,2}|\s-\s|[|｜])\s*(?P<aspects>[^—–|｜]{2,40})$")
LISTED = re.compile(r"\s*(?:[、,，/]|[和与及])\s*")
# 「部门职责(一):两个平台」, 「异常件怎么走:五步闭环」: what a heading opens with, and what it adds.
ADDED = re.compile(
    r"^(?P<head>[^:：]{2,20}?)(?P<part>\s*[(（][一二三四五六七八九十\d]{1,3}[)）])?\s*[:：]\s*(?P<rest>.{2,40})$"
)
DOING = re.compile(
    r"^(?P<of>[^:：]{2,16}?)了?(?:该|应该|应)?(?:怎么办|怎么做|如何处理|怎么处理|如何应对|怎么应对)[?？]?$"
)
BEGINNING = re.compile(
    r"^(?P<of>[^:：]{2,16}?)[，,]?\s*(?:第一步|首先|最先|先)(?:该|要|应|应该)?[做干](?:什么|啥)[?？]?$"
)
# 「顺序别搞反」 over a list says in which order it is done.
ORDERED = re.compile(
    r"^(?P<of>.{0,6}?)的?(?:先后顺序|顺序|次序|先后)(?:[如是为]下?|(?:别|不能|不可|不要|要|得|须).{1,6})?$"
)
TICK = re.compile(r"^[√✓✔☑✅●○◎△▲★☆■\uf0fc\uf0fe\uf050\uf052]$")
CROSS = re.compile(r"^[×✗✘✕❌╳]$")
TICKED = re.compile(r"^[√✓✔☑✅×✗✘✕❌]\s*(?=[\u4e00-\u9fff])")
AFTER = re.compile(r"^(?:调整|改革|改组|重组|优化|变更|现行|目前|现在|现有)后?的(?=..)")
LONE_NUMBER = re.compile(
    rf"^(?:第\s*)?(?:[{NUMERAL}〇壹贰叁肆伍陆柒捌玖拾\d]{{1,3}}|[①-⑳❶-❿➀-➉]|[A-Za-z]|(?:step|no)\.?\s*\d{{1,2}})\s*[步、.．:：)）]?$",
    re.IGNORECASE,
)
# 「问:…」 over 「答:…」: the answer is what the deck says of the question.
ASKED = re.compile(r"^(?:问\s*\d{0,2}\s*[:：.、．]|[Qq]\s*\d{0,2}[:：.、．\s])\s*(?P<asked>.{2,})$")
ANSWER = re.compile(r"^(?:答|[Aa])\s*\d{0,2}\s*[:：.、．]\s*(?=\S)")
# A question and its answer in one line: 「问:…?答:…」, 「Q …?A …」.
ASKED_AND_ANSWERED = re.compile(
    r"^(?:(?:问\s*\d{0,2}\s*[:：.、．]|[Qq]\s*\d{0,2}[:：.、．\s])\s*)?(?P<asked>[^。？?！!；;:：]{3,60}[？?])\s*"
    r"(?:(?:答\s*\d{0,2}\s*[:：.、．]|[Aa]\s*\d{0,2}[:：.、．\s])\s*)?(?P<said>\S.{2,})$"
)
REMARK = re.compile(r"\s*[(（][^（）()]{2,40}[)）]$")
STEPS = re.compile(rf"^(?P<of>[^\d:：]{{2,16}}?)的?[{NUMERAL}\d]{{1,2}}步(?:走|法|曲|骤|诀|闭环|流程)?$")
COUNTED = re.compile(rf"^[{NUMERAL}两几\d]+[种个类条项大]")
ORDINAL = re.compile(
    rf"^(?P<label>[\u4e00-\u9fff]{{1,4}}\s?(?:[{NUMERAL}]{{1,2}}|\d{{1,2}}|[A-Ha-h甲乙丙丁壹贰叁肆伍]))"
    r"\s*(?:[:：、.．—–|｜]+|\s|-)\s*(?!\d)(?P<name>[^:：]{2,24})$"
)
TRAILING_MODIFIER = re.compile(r"(?<=..)的?(?:主要|基本|核心|重点|关键|常见|潜在|具体|内部)的?$")
SPREAD = re.compile(r"(?<=.)(?:分别|各自|究竟|到底|平时|主要|(?<!首)都|各)+$")  # between several units and 「管什么」
# Titles that name nothing: what stands below is said of no subject.
FRAME = re.compile(
    r"^(?:目\s*录|目\s*次|内容提要|议\s*程|提\s*纲|大\s*纲|谢\s*谢.{0,6}|感谢.{0,6}|提问.{0,4}|讨论|问答|课间休息|参考文献|contents|agenda|outline"
    r"|thanks?.{0,4}|thank you.{0,2}|q\s*&\s*a|references)[!！。.]?$",
    re.IGNORECASE,
)
DEFINING = re.compile(
    r"^(?:什么是|何谓|何为|什么叫)\s*(?P<of>.{1,20}?)[?？]?$|^(?P<named>.{1,20}?)(?:是什么|指什么)[?？]?$"
)
INTRODUCING = re.compile(r"(?:的?(?:详细|具体|简要|情况|补充)?(?:说明|介绍|概述|简介|概况|详解|解读|一览|总览))$")


def one_line(text: str) -> str:
    """``text`` on one line: no control or invisible characters, line breaks inside Chinese words closed up.

    >>> one_line(" 商业客户部\\v(中小企业部)\\u200b \\n IT ")
    '商业客户部(中小企业部) IT'
    """
    if text.isprintable() and "  " not in text:  # nothing of what is looked for below
        return text.strip()
    joined = BREAK_IN_CHINESE.sub("", BREAK_BEFORE_BRACKET.sub("", CONTROL.sub("", text)))
    return re.sub(r"\s+", " ", joined).strip()


def is_name(text: str) -> bool:
    """Whether ``text`` is short and unpunctuated like a name or a heading, not a statement."""
    return bool(LETTER.search(text)) and len(text) <= NAME_LENGTH and not CLAUSE.search(text) and not COLON.search(text)


def is_question(text: str) -> bool:
    """Whether ``text`` ends with a question mark."""
    return text.rstrip().endswith(("？", "?"))


def is_description(text: str, name: str) -> bool:
    """Whether ``text`` below ``name`` is a statement, or so much longer that it is no name beneath it.

    >>> is_description("由总部统一谈价、统一下单", "集中采购"), is_description("华东片区", "全国")
    (True, False)
    """
    return bool(CLAUSE.search(text)) or len(text) >= max(SHORTEST_DESCRIPTION, len(name) * 3 // 2)


def without_numbering(text: str) -> str:
    """A heading without 「一、」, 「1.2」 or 「第三章」 in front; unchanged where nothing would be left.

    >>> without_numbering("一、组织结构"), without_numbering("1.2 职责"), without_numbering("1000呼叫中心")
    ('组织结构', '职责', '1000呼叫中心')
    """
    return text[found.end() :] or text if (found := NUMBERING.match(text)) else text


def split_mark(name: str) -> tuple[str, str]:
    """(name without its footnote mark, the mark); the mark may stand before a bracket at the end.

    >>> split_mark("黄页号簿公司 **"), split_mark("商业客户部*(中小企业部)")
    (('黄页号簿公司', '**'), ('商业客户部(中小企业部)', '*'))
    """
    if found := TRAILING_MARK.search(name):
        return name[: found.start()], found[1]
    if found := MARK_BEFORE_BRACKET.search(name):
        return name[: found.start()] + name[found.end() :], found[1]
    return name, ""


def sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of ``text``; a sentence of fewer than eight characters joins the one before it."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for end in [*(found.end() for found in SENTENCE_END.finditer(text)), len(text)]:
        if end > start and ranges and end - start < 8:
            ranges[-1] = (ranges[-1][0], end)
        elif end > start:
            ranges.append((start, end))
        start = end
    return [(start, start + len(text[start:end].rstrip())) for start, end in ranges]
