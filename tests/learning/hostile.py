"""Made-up files that somebody could send, each with words of the sentence that refuses it."""

import io
import zipfile

from openpyxl import Workbook

from .intakes import saved, sheet, workbook

HEADS = ["Given names", "Family name"]
PLAIN = workbook(HEADS, ["Grace", "Otieno"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = "The workbook is broken"
BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'


def repacked(changes: dict[str, bytes], data: bytes = PLAIN) -> bytes:
    """A workbook with these parts put in, or put in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in was.namelist():
            archive.writestr(name, changes.pop(name, None) or was.read(name))
        for name, part in changes.items():
            archive.writestr(name, part)
    return made.getvalue()


def merged() -> bytes:
    book = Workbook()
    for line in (HEADS, ["Grace", "Otieno"], ["Amina", "Juma"]):
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    return saved(book)


def hidden() -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        part = archive.read("xl/workbook.xml")
    return repacked({"xl/workbook.xml": part.replace(b'state="visible"', b'state="hidden"')})


def ods() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return made.getvalue()


def zip_in_zip() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(60 * 1024 * 1024))
    return repacked({"xl/embeddings/inner.zip": inner.getvalue(), "xl/media/zeros.bin": bytes(41 * 1024 * 1024)})


def endless() -> bytes:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(3, 100_000))
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    return repacked({"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", rows + b"</sheetData>")})


FILES = {
    "empty": (lambda: b"", "The file is empty."),
    "heading alone": (lambda: sheet(), "no rows below it"),
    "binary": (lambda: b"\x81\x8d\x8f", "not text"),
    "NUL bytes": (lambda: sheet("Grace\0,Otieno"), "not text"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0", "not text"),
    "too large": (lambda: b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    "too many rows": (lambda: sheet(*["Grace,Otieno"] * 2001), "more than 2000 rows"),
    "too many columns": (lambda: sheet("a", headings=",".join("abc" for _ in range(50))), "more than 40 columns"),
    "old Excel": (lambda: OLE + bytes(600), "old Excel file"),
    "password": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    "OpenDocument": (ods, "OpenDocument"),
    "macros": (lambda: repacked({"xl/vbaProject.bin": b"x"}), "macros"),
    "entities": (lambda: repacked({"xl/sharedStrings.xml": BOMB}), BROKEN),
    "entities in UTF-16": (lambda: repacked({"xl/sharedStrings.xml": BOMB.decode().encode("utf-16")}), BROKEN),
    "zip bomb": (lambda: repacked({"xl/media/zeros.bin": bytes(41 * 1024 * 1024)}), "too large when unpacked"),
    "zip in zip": (zip_in_zip, "too large when unpacked"),
    "thousands of parts": (lambda: repacked({f"x{n}": b"" for n in range(1001)}), "too large when unpacked"),
    "merged cells": (merged, "Cells are merged: A2:A3."),
    "hidden sheets": (hidden, "Every sheet of the workbook is hidden"),
    "empty rows without end": (endless, "goes on with empty rows"),
    "cut off": (lambda: PLAIN[: len(PLAIN) // 2], "cannot be opened"),
    "any zip": (lambda: ods().replace(b"opendocument", b"opendokument"), "cannot be opened"),
}
