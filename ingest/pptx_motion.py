"""Where an animation moves a shape to that waits beside the slide."""

from __future__ import annotations

import re
from typing import Any

from kejian.ingest.drawing import Frame
from kejian.ingest.elements import P, name_of

NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


def rested(element: Any, frame: Frame, width: int, height: int) -> Frame:
    """``frame`` at the end of the last motion of its shape; where it is if there is none.

    The path of a p:animMotion (ECMA-376 part 1, 19.5.4) is in parts of the slide's width and height.
    """
    named = name_of(element)
    slide = element.getroottree().getroot()
    for motion in slide.iter(f"{P}animMotion"):
        moved = any(target.get("spid") == named.get("id") for target in motion.iter(f"{P}spTgt"))
        steps = NUMBER.findall(motion.get("path") or "") if moved else []
        if len(steps) > 1 and all(abs(float(step)) < 100 for step in steps[-2:]):
            across, down = round(float(steps[-2]) * width), round(float(steps[-1]) * height)
            frame = Frame(frame.left + across, frame.top + down, frame.right + across, frame.bottom + down)
    return frame
