"""Certificates as they come into being: by finishing a programme."""

import io
from copy import deepcopy
from datetime import date

from django.core.files.images import ImageFile
from PIL import Image as Pixels
from PIL import ImageDraw
from wagtail.images.models import Image
from wagtail.models import Revision

from certificates.award import issuing
from certificates.designs import frozen
from certificates.models import Certificate, CertificateDesign
from certificates.proof import codes
from curriculum.models import Review
from lms.learning.services import complete_unit, enrol
from lms.people.models import User

from .content import Content

COMPETENCIES = (
    "Screens for TB, refers the same day and follows up",
    "Measures blood pressure correctly and acts on it",
    "Uses the fever and malaria test pathway safely",
    "Explains cervical screening and refers",
)

PROGRAMME = {
    "code": "iphc",
    "version": 3,
    "title": "Mentor Mothers: HIV and more",
    "neutral_title": "Integrated Primary Health Care",
    "printed_title": "Integrated Primary Health Care",
    "level": "Community health worker",
}
SIGNATORIES = [
    {"name": "Dr Mutale Zulu", "title": "Programme director"},
    {"name": "Joseph Banda", "title": "Lead trainer, Zambia"},
]


def review_everything(content: Content, reviewer: User) -> None:
    """Every live revision of the programme's units is clinically reviewed today."""
    for page in (*content.lessons, content.quiz, content.practical):
        page.refresh_from_db()
        Review.objects.record(Revision.objects.get(pk=page.live_revision_id), reviewer, months=12)


def finish(person: User, content: Content) -> Certificate:
    """Enrol and complete all that is required; the award comes with the last completion."""
    enrolment = enrol(person, content.programme)
    for lesson in content.lessons:
        complete_unit(person, lesson)
    complete_unit(person, content.quiz, detail={"title": content.quiz.title, "mark": 9, "of": 10, "pass_mark": 80})
    words = {name: getattr(content.practical, name) for name in ("statement", "neutral_statement")}
    observed = words | {"observer": "Faith Achieng", "site": "Kisumu Clinic"}
    complete_unit(person, content.practical, detail=observed | {"date": "2026-11-12"})
    return Certificate.objects.get(enrolment=enrolment)


def drawn(certificate: Certificate) -> Certificate:
    assert issuing.draw_and_store(certificate.pk)
    return Certificate.objects.select_related("payload").get(pk=certificate.pk)


def issued(person: User, content: Content) -> Certificate:
    """Finished and drawn. A specimen, unless everything was reviewed before."""
    return drawn(finish(person, content))


def make_snapshot(name: str = "Thandiwe Phiri", competencies: int = 4, **changes) -> dict:
    """As an award writes it, without a database. Same arguments, same snapshot."""
    statements = [COMPETENCIES[number % len(COMPETENCIES)] for number in range(competencies)]
    snapshot = {
        "format": 2,
        "code": CODE,
        "salt": "0123456789abcdef",
        "holder": {"id": "0", "staff_number": "T100001", "name": name, "family_name": name.split()[-1]},
        "programme": PROGRAMME,
        "language": "en",
        "specimen": False,
        "quizzes": [{"title": "Quiz", "mark": 9, "of": 10, "pass_mark": 80, "passed_on": "2026-11-10"}],
        "competencies": [{"statement": text, "observer": "Faith Achieng"} for text in statements],
        "country": {"code": "ZM", "name": "Zambia"},
        "issuer": "Community Health Training",
        "signatories": SIGNATORIES,
        "awarded_on": date(2026, 11, 14).isoformat(),
        "valid_until": date(2027, 11, 30).isoformat(),
        "design": frozen.freeze(CertificateDesign(), "en"),
        "check_at": "https://learn.example.org",
    }
    changes["design"] = snapshot["design"] | changes.get("design", {})
    return deepcopy(snapshot) | changes


def make_design(*, signatories: tuple[str, ...] = (), **fields) -> CertificateDesign:
    signing = [("signatory", {"name": name, "title": "Director"}) for name in signatories]
    return CertificateDesign.objects.create(**({"name": "Ours", "signatories": signing} | fields))


def make_picture(title: str = "Signature", ink: str = "#2b2470") -> Image:
    """A stroke in the library, as one who signs scans it."""
    pixels, file = Pixels.new("RGB", (240, 90), "white"), io.BytesIO()
    ImageDraw.Draw(pixels).line([(20, 70), (80, 20), (130, 70), (220, 30)], fill=ink, width=5)
    pixels.save(file, "PNG")
    image = Image.objects.create(title=title, file=ImageFile(file, name="stroke.png"))
    image.get_file_hash()
    return image


CODE = codes.parse("7K2M-QX94-PB3T-W")
