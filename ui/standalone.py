"""A drawing as a file of its own: its colours and type travel with it, plain enough for Office and image viewers."""

from __future__ import annotations

from kejian.ui.html import Html, element, markup

FONTS = '"PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", sans-serif'
STYLE = f"""
svg {{ background: #fffefb; font-family: {FONTS}; }}
text {{ fill: #24272b; white-space: pre; }}
.c-line, .s-line {{ fill: none; stroke: #a3a7ac; stroke-width: 1.4; }}
.s-arrow {{ fill: #a3a7ac; }}
.c-node rect {{ fill: #fffefb; stroke: #e3ded3; stroke-width: 1.2; }}
.c-depth0 rect {{ fill: #0e5a5e; stroke: #0e5a5e; }}
.c-depth0 text {{ fill: #ffffff; font-weight: 600; }}
.c-depth1 rect {{ fill: #e2edeb; stroke: #a0bfbe; }}
.c-depth1 text {{ font-weight: 600; }}
.c-node .c-mark {{ font-size: 10.5px; font-weight: 600; fill: #0e5a5e; }}
.c-depth0 .c-mark {{ fill: #ffffff; }}
.s-page {{ fill: #fffefb; stroke: #e3ded3; }}
.s-box {{ fill: #eef4f2; stroke: #a0bfbe; stroke-width: 1.2; }}
.s-grid {{ fill: none; stroke: #e3ded3; stroke-width: 1.2; }}
.s-grid.s-head {{ fill: #eef4f2; }}
.s-picture {{ fill: #f4f1ea; stroke: #e3ded3; stroke-dasharray: 5 4; }}
.s-title {{ font-weight: 700; }}
.s-heading {{ font-weight: 600; fill: #0e5a5e; }}
.s-footnote, .s-note {{ fill: #5d636b; }}
.s-hit {{ fill: none; stroke: none; }}
.m-title {{ font-size: 20px; font-weight: 700; }}
.m-text, .m-head, .m-silent {{ font-size: 14px; }}
.m-head {{ font-weight: 600; fill: #0e5a5e; }}
.m-source {{ font-size: 12px; }}
.m-silent, .m-source {{ fill: #5d636b; }}
.m-top {{ fill: #e2edeb; }}
.m-line {{ fill: none; stroke: #e3ded3; }}
"""


def svg_file(svg: Html) -> str:
    """The text of an SVG file that holds ``svg``, a single ``<svg>`` element."""
    start = svg.index(">") + 1
    head = svg[: start - 1].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    style = markup(element("style", Html(STYLE)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{style}{svg[start:]}\n'
