"""The bytes of a picture → what it shows, as the recogniser wants it: upright, opaque, in RGB, of a workable size."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kejian.ingest.pictures import FORMATS, MOST_PIXELS, View

BRIGHT = 160  # mean of the opaque pixels: such text on a transparent ground is meant for a dark page
GROUNDS = {True: (40, 40, 40), False: (255, 255, 255)}
ENOUGH = 3_000_000  # pixels: beyond, a picture is scaled down
BROAD = 1_500  # pixels of the shorter side of a long strip
TILE, OVERLAP = 2_400, 160  # pixels along a long strip
MOST_TILES = 24


def prepared(content: bytes, view: View) -> Any:
    """The part that is shown, as a PIL image in RGB.

    Raises:
        ValueError: it cannot be decoded.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(content), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too large")
            image.load()
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError("cannot be decoded") from error
    return scaled(_turned(_cropped(_opaque(image), view), view.turn))


def _opaque(image: Any) -> Any:
    from PIL import Image, ImageOps

    # Office turns the frame of a photograph that lies on its side; who does not leaves it to the file's own note.
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        return _stretched(image)
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, GROUNDS[_is_bright(image)])
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _is_bright(image: Any) -> bool:
    """Whether what is drawn on a transparent ground is bright; an opaque picture has no ground to choose."""
    from PIL import ImageStat

    alpha = image.getchannel("A")
    mask = alpha.point(lambda value: 255 if value > 127 else 0)
    counted = ImageStat.Stat(image.convert("L"), mask)
    return bool(counted.count[0]) and counted.mean[0] > BRIGHT


def _stretched(image: Any) -> Any:
    """16 and 32 bits to the pixel → 8, from the darkest to the brightest."""
    import numpy
    from PIL import Image

    values = numpy.nan_to_num(numpy.asarray(image, dtype=numpy.float32))
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255 / max(high - low, 1e-6))).astype(numpy.uint8)).convert("RGB")


def _cropped(image: Any, view: View) -> Any:
    sides = (image.width, image.height, image.width, image.height)
    box = [round(min(max(edge, 0.0), 1.0) * side) for edge, side in zip(view.crop, sides, strict=True)]
    return image.crop(box) if box[2] > box[0] and box[3] > box[1] else image


def _turned(image: Any, degrees: int) -> Any:
    return image.rotate(-degrees, expand=True) if degrees else image


def scaled(image: Any) -> Any:
    """The picture at the size it is read in; strips, such as screenshots of a whole web page, keep their breadth."""
    short, long = sorted(image.size)
    if long <= 2 * short:
        factor = min(1.0, math.sqrt(ENOUGH / (short * long)))
    else:
        factor = min(1.0, BROAD / short, MOST_TILES * (TILE - OVERLAP) / long)
    if factor == 1.0:
        return image
    return image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))), reducing_gap=3.0)


def tiles(image: Any) -> Iterator[tuple[Any, int, int, tuple[int, int]]]:
    """(tile, left, top, the stretch it answers for) along the longer side; one tile for all but long strips."""
    down = image.height >= image.width
    length = image.height if down else image.width
    starts = [0] if length <= TILE else list(range(0, length - OVERLAP, TILE - OVERLAP))
    for start in starts:
        end = min(start + TILE, length)
        low = 0 if start == 0 else start + OVERLAP // 2
        high = length + 1 if end == length else end - OVERLAP // 2
        box = (0, start, image.width, end) if down else (start, 0, end, image.height)
        yield image.crop(box), box[0], box[1], (low, high)
