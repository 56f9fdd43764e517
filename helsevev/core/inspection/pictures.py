"""A picture drawn anew, pixel by pixel, so that nothing else of the file is left."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from helsevev.core.inspection.bounds import MOST_PIXELS
from helsevev.core.inspection.verdicts import Answer, Reason, Refuse, Removed

FORMATS = {"png": "PNG", "jpeg": "JPEG"}
# Our own limit is smaller, and says so in our own words.
Image.MAX_IMAGE_PIXELS = None
PLAIN_MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}


def clean(source: Path, target: Path, kind: str) -> Answer:
    """The picture the right way up, without notes on who, where and with what; the first one of several."""
    form = FORMATS[kind]
    try:
        with Image.open(source, formats=[form]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refuse(Reason.TOO_COMPLEX)
            noted = bool(opened.getexif()) or any(isinstance(value, str) for value in opened.info.values())
            opened.load()
            drawn = _bare(ImageOps.exif_transpose(opened), form)
    except (UnidentifiedImageError, SyntaxError) as error:
        raise Refuse(Reason.UNREADABLE) from error
    drawn.save(target, format=form, **({"quality": 90} if form == "JPEG" else {"optimize": False}))
    return Answer(removed=(Removed.METADATA,) if noted else ())


def _bare(picture: Image.Image, form: str) -> Image.Image:
    """Pixels and transparency, and nothing else that came with them."""
    if picture.mode not in PLAIN_MODES[form]:
        picture = picture.convert("RGB")
    elif picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    bare = picture.copy()
    bare.info = {}
    return bare
