"""Files to be sent by tests, made here so that each is what the test says and nothing else."""

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from audit_app.core.evidence.kinds import TAKEN

PDF = b"%PDF-1.7\n%invented\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LONDON = (51.0, 30.0, 26.0)


def office(extension: str = "docx", *, extra: dict[str, bytes] | None = None) -> bytes:
    """Make an Office file with the parts of its kind, and more where the test asks for them."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        content_type = TAKEN[extension].main
        types = f'<Types><Override PartName="/a.xml" ContentType="{content_type}"/></Types>'
        package.writestr("[Content_Types].xml", types)
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return made.getvalue()


def photograph(*, turned: int = 6, size: tuple[int, int] = (40, 20)) -> bytes:
    """Make a photograph that knows where it was taken, held sideways, with a red corner."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[Base.Orientation], exif[Base.Make] = turned, "Camera of somebody"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = LONDON
    made = BytesIO()
    picture.save(made, "JPEG", exif=exif, comment=b"taken at home", quality=95)
    return made.getvalue()


def sent(*files: tuple[str, bytes]) -> list[tuple[BytesIO, str]]:
    """Give files as a test's browser sends them."""
    return [(BytesIO(content), name) for name, content in files]


def form(*files: tuple[str, bytes], token: str, **fields: Any) -> dict[str, Any]:
    """Give the form of an upload."""
    return {"csrf_token": token, "files": sent(*files), **fields}
