import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from lms.people import selections
from tests.reports.rows import make_certificate, make_learner

MM = 72 / 25.4
A4, CARD = (297, 210), (85.6, 54)


def make_pdf(*pages: str, size=A4, face: bytes = b"a face that all share" * 50, signed: bool = False) -> bytes:
    """Pages with a word each and a face of their own copy; `signed` adds the field of a signature and tags."""
    pdf = Pdf.new()
    for word in pages:
        page = pdf.add_blank_page(page_size=(size[0] * MM, size[1] * MM))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.FontFile = pdf.make_stream(face)
        page.obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = Stream(pdf, f"BT /F 12 Tf 20 20 Td ({word}) Tj ET".encode())
        page.obj.StructParents = 0
    if signed:
        _sign(pdf)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _sign(pdf: Pdf) -> None:
    signature = Dictionary(Type=Name.Sig, Contents=b"0" * 64)
    field = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=[0, 0, 0, 0], V=signature)
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))


@pytest.fixture
def holder_of(site, curriculum):
    """A learner with a stored certificate, whose page says her name and whose card is there if asked for."""

    def make(name: str, *, family_name="Otieno", card: bool = False, **more):
        person = make_learner(name, site, curriculum, family_name=family_name)
        files = {"pdf": make_pdf(name, signed=True)}
        if card:
            files["card"] = make_pdf(f"{name} front", f"{name} back", size=CARD)
        sums = {f"{part}_sha256": hashlib.sha256(content).hexdigest() for part, content in files.items()}
        certificate = make_certificate(person, **(sums | more))
        for part, content in files.items():
            getattr(certificate.payload, part).save("x.pdf", ContentFile(content))
        return certificate

    return make


@pytest.fixture
def bundle(client, hr):
    """HR ticks these enrolments and presses the button: the page of results, and the file if one was made."""

    def make(action: str, enrolments, **choices):
        client.force_login(hr)
        selection = selections.pick(hr, "reports:people", [(row.person_id, row.pk) for row in enrolments])
        result = client.post(reverse("staff_bulk:confirm", args=[selection.pk, action]), choices, follow=True)
        answer = client.get(reverse("staff_bulk:file", args=[selection.pk]))
        content = b"".join(answer.streaming_content) if answer.status_code == 200 else None
        return result, answer, content

    return make
