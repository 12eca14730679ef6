"""Text in pictures, recognised offline in a limited process of its own, which is started by the first picture."""

from __future__ import annotations

from importlib import metadata, util

from kejian.corpus.errors import RefusedFile, SetupError
from kejian.ingest.limited import MEGABYTE, Failed, LimitedChild, Limits, Stopped
from kejian.ingest.pictures import Seen, Wanted
from kejian.ingest.plain import to_plain
from kejian.ingest.typed import typed

PACKAGES = ("rapidocr", "onnxruntime", "cv2", "PIL")
BROKEN = "文字识别启动不了,请重新安装 kejian[ocr]"
RULES = 1  # raised when what is done to a picture before or after the recogniser changes
# Address space of models, two libraries of computer vision and a picture of 40 million pixels; measured: 1.1 to 1.9 GB.
LIMITS = Limits(memory=4_096 * MEGABYTE, cpu_seconds=600, wall_seconds=300.0, files=128)


def is_installed() -> bool:
    """Whether pictures can be recognised here."""
    return all(util.find_spec(name) is not None for name in PACKAGES)


def engine_name() -> str:
    """Names what recognised a text: with another engine or other rules pictures are recognised anew."""
    return f"rapidocr-{metadata.version('rapidocr')}-{RULES}"


class Recognition:
    """See the module. Used as a context, or closed."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._child = LimitedChild("kejian.ingest.recognition_work", limits)
        self._broken = ""

    def recognise(self, wanted: Wanted) -> Seen:
        """What a picture says; its ``fault`` where it cannot be read, or no picture can: the text around it can be."""
        if self._broken:
            return Seen(fault=self._broken)
        try:
            found = self._child.ask(to_plain(wanted.view), wanted.content)
        except SetupError:
            self._broken = BROKEN
            return Seen(fault=BROKEN)
        except (Stopped, Failed, RefusedFile) as error:
            return Seen(fault=f"识别失败:{error}")
        try:
            return typed(Seen, found) if found is not None else Seen(fault="已损坏")
        except TypeError:
            return Seen(fault="识别失败")

    def close(self) -> None:
        """End the process."""
        self._child.__exit__()

    def __enter__(self) -> Recognition:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
