"""Certificates as files, for tests that look at what is on the paper."""

import base64
import io
import subprocess

from PIL import Image
from pypdf import PdfReader

from certificates.paper import drawing, pictures
from tests.factories.certificates import make_snapshot

CREDENTIAL = base64.b32encode(bytes(range(7, 149))).decode().rstrip("=")  # as long as a real one
ETHIOPIC = "አበበ ቢቂላ ወልደ ማርያም"
LONG_NAME = "Ŋándi Đorkenoo Ñúñez-Wanjirũ ŵa Mwanakatwe-Oz"


def drawn(folder, file="other.pdf", drawer=drawing, credential=CREDENTIAL, **changes):
    path = folder / file
    path.write_bytes(drawer.draw(make_snapshot(**changes), credential))
    return path


def scanned(pdf, folder, dpi: int, *options: str) -> Image.Image:
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", *options, "-singlefile", pdf, folder / "page"], check=True)
    return Image.open(folder / "page.png")


def words_of(pdf) -> str:
    return " ".join(page.extract_text() for page in PdfReader(pdf).pages)


def picture(kind="PNG") -> tuple[bytes, str]:
    """As one is kept."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize((240, 90)).save(file, kind)
    kept = pictures.for_paper(file.getvalue())
    return kept.data, kept.content_type
