"""A deck with every kind of object that training decks hold, and what a reader must find on each of its slides.

``SLIDES`` is the truth, ``deck()`` the file. The truth was written down from what the slides show.
"""

from __future__ import annotations

from every_chart import CHARTS
from every_structure import STRUCTURES
from every_table import TABLES
from every_text import TEXTS
from pptx import Presentation
from slide_maker import SlideMaker, saved
from truth import Truth

FIRST = 11  # the number printed on the first slide
SLIDES: tuple[Truth, ...] = (*TEXTS, *TABLES, *STRUCTURES, *CHARTS)


def deck() -> bytes:
    """The file: a slide to each of ``SLIDES``."""
    presentation = Presentation()
    presentation.core_properties.title = "课件对象大全"
    presentation.part._element.set("firstSlideNum", str(FIRST))
    for truth in SLIDES:
        slide = presentation.slides.add_slide(presentation.slide_layouts[truth.layout])
        if slide.shapes.title is not None and truth.title:
            slide.shapes.title.text = truth.title
        truth.draw(SlideMaker(slide))
    return saved(presentation)
