"""Pages put together: what they show is there, what only a single file carries is not, the same is kept once."""

import io

from pikepdf import Name, Pdf
from pypdf import PdfReader

from certificates.bundles.gathering import Gathering
from tests.certificates.bundles.conftest import make_pdf


def gathered(*files: bytes) -> bytes:
    made = Gathering("Certificates to print", "For printing only.")
    for file in files:
        made.add_pages(file)
    spool = io.BytesIO()
    made.save(spool)
    return spool.getvalue()


def test_pages_follow_each_other_whole():
    reader = PdfReader(io.BytesIO(gathered(make_pdf("one", "two"), make_pdf("three"))))
    assert [page.extract_text() for page in reader.pages] == ["one", "two", "three"]
    assert {tuple(round(float(edge)) for edge in page.mediabox) for page in reader.pages} == {(0, 0, 842, 595)}
    assert reader.metadata.title == "Certificates to print"


def test_signatures_and_tags_stay_behind():
    with Pdf.open(io.BytesIO(gathered(make_pdf("one", signed=True)))) as pdf:
        assert set(pdf.Root.keys()) == {"/Pages", "/Type"}
        assert Name.Annots not in pdf.pages[0].obj and Name.StructParents not in pdf.pages[0].obj
        assert not any(isinstance(thing, dict) and thing.get("/Type") == Name.Sig for thing in pdf.objects)
        assert b"/Sig" not in b"".join(thing.unparse() for thing in pdf.objects)


def test_what_files_share_is_kept_once():
    face = bytes(range(256)) * 400
    many = [make_pdf(f"word {number}", face=face) for number in range(20)]
    assert len(gathered(*many)) < len(gathered(many[0])) + 20 * 1000


def test_what_differs_is_kept_apart():
    reader = PdfReader(io.BytesIO(gathered(make_pdf("one", face=b"x" * 99), make_pdf("one", face=b"y" * 99))))
    faces = {page["/Resources"]["/Font"]["/F"]["/FontFile"].get_data() for page in reader.pages}
    assert faces == {b"x" * 99, b"y" * 99}
