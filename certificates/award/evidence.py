"""What a finished enrolment proves. Read once, at the award: afterwards only the snapshot speaks."""

import secrets
import unicodedata
from collections import Counter
from datetime import date
from importlib.metadata import version

from django.conf import settings
from django.utils import timezone

from curriculum.models import ProgrammePage, Review
from lms.core.zones import zone_of
from lms.learning.models import Completion, Enrolment
from lms.people.models import Role, User

from ..designs import frozen
from ..models import CertificateDesign, CertificatePolicy, TitleChoice
from ..proof import codes
from .validity import valid_until

LANGUAGES = ("en", "pt", "fr", "sw")  # those that the designs' own words exist in
COMPETENCY = ("statement", "neutral_statement", "observer", "site", "date")
SOFTWARE = ("weasyprint", "pydyf", "fonttools", "qrcode")


def snapshot(enrolment: Enrolment, policy: CertificatePolicy, awarded_on: date) -> dict:
    """Everything a certificate says, as plain JSON."""
    completions = required_completions(enrolment)
    learned_here = [row for row in completions if not row.credit]
    language = _language(enrolment.person, learned_here)
    return (
        {
            "format": 2,
            "holder": holder(enrolment.person, enrolment.person.given_names, enrolment.person.family_name),
            "programme": _programme(enrolment, language, _wants_own_title(enrolment.person, policy.look)),
            "language": language,
            "specimen": is_specimen(completions, awarded_on),
            "quizzes": _quizzes(enrolment, learned_here),
            "competencies": [_competency(row) for row in learned_here if row.kind == "practical"],
            "credited": [_credited(row) for row in completions if row.credit],
            "units": len(completions),
            "site": _site(enrolment),
            "partner": enrolment.person.employer.name if enrolment.person.employer else "",
            "country": {"code": enrolment.country.code, "name": enrolment.country.name},
            "issuer": policy.issuer,
            "awarded_on": awarded_on.isoformat(),
            "valid_until": valid_until(awarded_on, policy.months_valid).isoformat(),
        }
        | look(policy.look, language)
        | identity()
        | production()
    )


def look(design: CertificateDesign, language: str) -> dict:
    """The design as it is live, and who signs. Keeps the pictures."""
    return {"signatories": frozen.signatories(design), "design": frozen.freeze(design, language)}


def identity() -> dict:
    """What no two certificates share: the code, and the salt of the name that the square commits to."""
    return {"code": codes.new(), "salt": secrets.token_hex(8)}


def production() -> dict:
    """What it is drawn with and where it is checked."""
    return {
        "check_at": settings.BASE_URL,
        "software": {name: version(name) for name in SOFTWARE},
    }


def holder(person: User, given_names: str, family_name: str) -> dict:
    given_names, family_name = _tidy(given_names), _tidy(family_name)
    return {
        "id": str(person.pk),
        "staff_number": person.staff_number,
        "name": f"{given_names} {family_name}".strip(),
        "family_name": family_name,
        "sort_name": f"{family_name}, {given_names}",
    }


def required_completions(enrolment: Enrolment) -> list[Completion]:
    """What stands behind each required unit, in the order of the programme."""
    rows = enrolment.requirements.filter(required=True, completion__isnull=False).select_related("completion__credit")
    return [row.completion for row in rows.order_by("position")]


def is_specimen(completions: list[Completion], on: date) -> bool:
    """Whether any of these, in the language and revision she completed, has no clinical review in date on that day.

    What was learned elsewhere rests on its own evidence, not on a text of this platform.
    """
    revisions = {row.revision_id for row in completions if not row.credit}
    reviewed = set(
        Review.objects.in_date(on).filter(revision__in=revisions - {None}).values_list("revision", flat=True)
    )
    return not completions or not revisions <= reviewed


def _programme(enrolment: Enrolment, language: str, own_title: bool) -> dict:
    """In the certificate's language where there is a page in it; by its code where the page is gone."""
    pages = ProgrammePage.objects.filter(translation_key=enrolment.programme_key).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    page = by_language.get(language) or by_language.get("en") or next(iter(by_language.values()), None)
    own, neutral = (page.title, page.neutral_title) if page else (enrolment.programme_code,) * 2
    return {
        "key": str(enrolment.programme_key),
        "code": enrolment.programme_code,
        "version": enrolment.programme_version,
        "title": own,
        "neutral_title": neutral,
        "printed_title": own if own_title else neutral,
        "level": page.level if page else "",
    }


def _wants_own_title(person: User, design: CertificateDesign) -> bool:
    """What she chose; the design's where she chose nothing."""
    choice = TitleChoice.objects.filter(person=person).first()
    return choice.own_title if choice else design.own_title


def _quizzes(enrolment: Enrolment, completions: list[Completion]) -> list[dict]:
    """Those that claim a mark: a practice, a pre-test or a post-test completes its unit without one."""
    zone = zone_of(enrolment.country_id)
    claiming = [row for row in completions if row.kind == "quiz" and "mark" in row.detail]
    return [_quiz(row, timezone.localdate(row.completed_at, zone)) for row in claiming]


def _quiz(row: Completion, passed_on: date) -> dict:
    names = ("title", "mark", "of", "pass_mark")
    return {name: row.detail.get(name) for name in names} | {"passed_on": passed_on.isoformat()}


def _competency(row: Completion) -> dict:
    return {name: row.detail.get(name, "") for name in COMPETENCY}


def _credited(row: Completion) -> dict:
    """Trained before, elsewhere: never a mark and never an observation of ours."""
    where, done_on = row.credit.provider, row.credit.done_on.isoformat()
    return {"kind": row.kind, "title": row.detail.get("title", ""), "where": where, "date": done_on}


def _site(enrolment: Enrolment) -> str:
    """Where she is posted as a learner today."""
    postings = enrolment.person.postings.current().filter(role=Role.LEARNER, site__isnull=False)
    posting = postings.filter(country=enrolment.country).select_related("site").first()
    return str(posting.site) if posting else ""


def _language(person: User, completions: list[Completion]) -> str:
    """The one she completed most in, else her own; of those that the designs can speak."""
    wanted = [language for language, _ in Counter(row.language for row in completions).most_common()]
    return next((language for language in (*wanted, person.language) if language in LANGUAGES), "en")


def _tidy(name: str) -> str:
    """One writing of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())
