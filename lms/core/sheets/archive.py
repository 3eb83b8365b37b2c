"""What kind of file it is, before anything in it is read: only a plain workbook without surprises goes on.

Nothing inside a workbook is ever unpacked to disk, run, fetched or followed.
"""

import codecs
import io
import re
import zipfile

from django.utils.translation import gettext as _

from .refusals import FileNotReadable, FileTooLarge

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 1_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ODF = b"application/vnd.oasis.opendocument"
XML_PARTS = (".xml", ".rels", ".vml")
MERGED = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z0-9:]{1,20})"')


def is_workbook(data: bytes) -> bool:
    """Whether it is a ZIP. Raises FileNotReadable for the binary formats of old and for encrypted workbooks."""
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise FileNotReadable(_("The workbook has a password. Take the password away and send it again."))
        raise FileNotReadable(_("This is an old Excel file (XLS). Save it as XLSX and send it again."))
    return data.startswith(ZIP)


def check_parts(data: bytes) -> None:
    """Raises FileTooLarge and FileNotReadable. A part that unpacks to more than it says is broken for `zipfile`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise FileTooLarge(_("The workbook is too large when unpacked. Copy its rows into a new sheet."))
        for part in parts:
            _check_part(archive, part)


def check_not_merged(data: bytes, path: str) -> None:
    """Of merged cells only the first holds anything: rows would lose their site, or a name its column."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        merged = [place.decode() for place in MERGED.findall(archive.read(path))]
    if merged:
        places = ", ".join(merged[:5])
        raise FileNotReadable(_("Cells are merged: %(places)s. Split them and send it again.") % {"places": places})


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if name.endswith("vbaproject.bin"):
        raise FileNotReadable(_("The workbook holds macros. Save it as XLSX, without macros, and send it again."))
    if part.flag_bits & 0x1:
        raise FileNotReadable(_("The workbook has a password. Take the password away and send it again."))
    if name == "mimetype" and archive.read(part).startswith(ODF):
        raise FileNotReadable(_("This is an OpenDocument sheet (ODS). Save it as XLSX and send it again."))
    if name.endswith(XML_PARTS):
        _check_xml(archive.read(part))


def _check_xml(text: bytes) -> None:
    """No workbook declares a document type; a bomb of entities does, and could hide it in another encoding."""
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in text[:4] or b"<!DOCTYPE" in text:
        raise FileNotReadable(_("The workbook is broken. Copy its rows into a new sheet and send that."))
