"""Pictures without what a camera wrote into them: where it was, when, and whose it is.

The picture is drawn anew from its points, so that nothing hidden behind or beside it comes along:
EXIF, XMP, comments, a second picture, a short film. It is turned the way up that the camera noted.
"""

import struct
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps, JpegImagePlugin

from audit_app.core.evidence.kinds import Made

MOST_POINTS = 64_000_000
"""Eight thousand by eight thousand: more than phones take, and what memory has room for."""

FORMATS: dict[Made, str] = {Made.JPEG: "JPEG", Made.PNG: "PNG", Made.WEBP: "WEBP"}
TURNED = 0x0112
"""The EXIF field in which a camera notes how it was held."""


class PictureCannotBeRead(Exception):
    """The picture is damaged, or too large to be drawn; the message says which."""


def without_place(file: BinaryIO, made: Made) -> BytesIO:
    """Draw a picture anew, with nothing but its points and colours. Raises PictureCannotBeRead."""
    name = FORMATS[made]
    file.seek(0)
    try:
        with Image.open(file, formats=[name]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise PictureCannotBeRead("it is too large a picture: make it smaller first")
            return _drawn(picture, name)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureCannotBeRead("it is too large a picture: make it smaller first") from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, struct.error):
        raise PictureCannotBeRead("it is damaged, or it is not what its name says") from None


def _drawn(picture: Image.Image, name: str) -> BytesIO:
    told: dict[str, Any] = _as_fine(picture, name)
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    turned.info = {"icc_profile": profile} if profile else {}
    turned.info |= {k: picture.info[k] for k in ("transparency",) if k in picture.info}
    new = BytesIO()
    turned.save(new, name, exif=b"", icc_profile=profile, **told)
    return new


def _as_fine(picture: Image.Image, name: str) -> dict[str, Any]:
    """Say how finely the picture was kept, so that it is not made coarser."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(picture)
        fine = {"qtables": picture.quantization, "comment": b""}
        return fine | ({"subsampling": sampling} if sampling >= 0 else {})
    return {"quality": 90, "method": 4} if name == "WEBP" else {}
