"""What somebody may do to a signed certificate. Each takes its bytes and gives others."""

import random
import re
from datetime import datetime
from io import BytesIO

import pikepdf
from asn1crypto.x509 import Certificate
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates.proof import inspecting

BAR = b"q 1 0 0 rg 100 300 300 40 re f Q"  # a red bar over the name


def inspected_here(pdf: bytes, ours: dict[bytes, str], roots: list[bytes]) -> str:
    """Instead of `judging._inspected`: without a process of its own. The parser may give up, and nothing else."""
    moments = {der: datetime.fromisoformat(moment) for der, moment in ours.items()}
    try:
        return inspecting.inspect(pdf, moments, [Certificate.load(der) for der in roots])
    except Exception:
        return "foreign"


def byte_flipped(pdf: bytes) -> bytes:
    """In the page's content."""
    place = pdf.index(b"stream") + 200
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def overlaid(pdf: bytes) -> bytes:
    """As editors do it: what was signed stays, and something is added behind it."""
    return _added(pdf, BAR)


def rewritten(pdf: bytes) -> bytes:
    """Another page content, every object numbered anew, the signature kept."""
    with pikepdf.open(BytesIO(pdf)) as document:
        document.pages[0].contents_add(document.make_stream(BAR))
        return _saved(document)


def attachment_swapped(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        (name,) = document.attachments
        document.attachments[name] = pikepdf.AttachedFileSpec(document, b'{"name": "Somebody Else"}', filename=name)
        return _saved(document)


def signature_taken_out(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.Root.AcroForm, document.Root.Perms, document.pages[0].Annots
        return _saved(document)


def encrypted(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        return _saved(document, encryption=pikepdf.Encryption(owner="owner", user="user"))


def signature_moved(pdf: bytes, onto: bytes) -> bytes:
    """Ours, put into the place of another file's."""
    (ours,) = re.findall(rb"/Contents <([0-9A-F]+)>", pdf)
    return re.sub(rb"(/Contents <)[0-9A-F]+>", lambda found: found[1] + ours + b">", onto)


def trailing_bytes(pdf: bytes) -> bytes:
    return pdf + b"\n% more"


def padding_filled(pdf: bytes) -> bytes:
    """Between signature and end of its place, which the signature itself cannot cover."""
    end = pdf.index(b"00>\n", pdf.index(b"/Contents <"))
    return pdf[: end - 10] + b"C0FFEE" + pdf[end - 4 :]


def certificate_beside_changed(pdf: bytes) -> bytes:
    """The root’s, in the signature: readers take it from elsewhere, so the signature itself still holds."""
    named = b", root".hex().encode().upper()
    place = pdf.rindex(named)
    return pdf[:place] + b", toor".hex().encode().upper() + pdf[place + len(named) :]


def truncated(pdf: bytes) -> bytes:
    """A download that broke off near its end."""
    return pdf[:-100]


def cut_in_half(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


def scanned() -> bytes:
    """A sheet on a scanner: one picture on one page."""
    output = BytesIO()
    Image.new("RGB", (1240, 877), "white").save(output, "PDF")
    return output.getvalue()


def photographed() -> bytes:
    output = BytesIO()
    Image.new("RGB", (640, 480), "white").save(output, "JPEG")
    return output.getvalue()


def mutated(pdf: bytes, chance: random.Random) -> tuple[str, bytes]:
    """One change of a kind by chance, and its kind."""
    kind = chance.choice(list(KINDS))
    return kind, KINDS[kind](pdf, chance)


def _bits_flipped(pdf: bytes, chance: random.Random) -> bytes:
    changed = bytearray(pdf)
    for _ in range(chance.choice((1, 1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(pdf: bytes, chance: random.Random) -> bytes:
    return pdf[: chance.randrange(len(pdf))]


def _cut_out(pdf: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(pdf))
    return pdf[:start] + pdf[start + chance.randrange(1, 2000) :]


def _put_in(pdf: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(pdf) + 1)
    return pdf[:start] + chance.randbytes(chance.randrange(1, 500)) + pdf[start:]


def _copied_about(pdf: bytes, chance: random.Random) -> bytes:
    """A piece of the file over another: names and numbers stay readable, so the parser gets further."""
    start, to, length = chance.randrange(len(pdf)), chance.randrange(len(pdf)), chance.randrange(1, 400)
    return pdf[:to] + pdf[start : start + length] + pdf[to + length :]


def _digits_changed(pdf: bytes, chance: random.Random) -> bytes:
    """Offsets, lengths, object numbers, byte ranges."""
    found = chance.choice(list(re.finditer(rb"\d+", pdf)))
    return pdf[: found.start()] + bytes(chance.choices(b"0123456789", k=len(found[0]))) + pdf[found.end() :]


def _overlaid_somewhere(pdf: bytes, chance: random.Random) -> bytes:
    """A bar of some colour laid over by an incremental update."""
    colour = " ".join(f"{chance.random():.2f}" for _ in range(3))
    box = " ".join(str(chance.randrange(600)) for _ in range(4))
    return _added(pdf, f"q {colour} rg {box} re f Q".encode())


def _added(pdf: bytes, content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=content)))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _saved(document: pikepdf.Pdf, **options) -> bytes:
    output = BytesIO()
    document.save(output, **options)
    return output.getvalue()


KINDS = {
    "bits flipped": _bits_flipped,
    "cut off": _cut,
    "piece cut out": _cut_out,
    "bytes put in": _put_in,
    "piece copied over another": _copied_about,
    "number changed": _digits_changed,
    "overlay": _overlaid_somewhere,
}
