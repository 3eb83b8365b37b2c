"""What a handbook's content is at this moment, as one hash: while it is the same, the book need not be drawn again."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page

from curriculum.models import CountryValue, Fact, GlossaryTerm, Recording, Withdrawal
from lms.core.models import Country

from ..models import Edition, Question
from .contents import Outline

ROOT = Path(settings.ROOT)
LOOKS = ("templates/curriculum", "templates/assessments/handbook", "templates/components/icons", "curriculum/paper")


def fingerprint(found: Outline, country: Country, language: str, edition: str) -> str:
    """Carries each page's live revision and review, and the version of everything else that is printed."""
    parts = [
        (str(found.subject.translation_key), country.pk, language, edition, settings.BASE_URL, settings.PRODUCT_NAME),
        [(code, getattr(country, code)) for code in ("name", "malaria_rdt", "hiv_test", "glucose_test")],
        [sorted(map(str, units)) if units else None for units in found.units.values()],
        _pages(found),
        _newest(CountryValue.objects.filter(country=country), "updated_at"),
        _newest(Withdrawal.objects.open(), "withdrawn_at"),
        *(_newest(model.objects.all(), "latest_revision") for model in (Fact, GlossaryTerm)),
        _newest(Recording.objects.all(), "updated_at"),
        _newest(get_image_model().objects.all(), "pk"),
        _newest(Question.objects.live(), "live_revision") if edition == Edition.FACILITATOR else [],
        _looks(),
    ]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def _pages(found: Outline) -> list:
    """Each page in its order with the revision that is live, that of its source for an alias, and its review."""
    below = Q(pk__in=[page.pk for page in (found.subject, *found.practicals)])
    for module in found.modules:
        below |= Q(path__startswith=module.path)
    pages = (
        Page.objects.live()
        .filter(below)
        .order_by("path")
        .values_list(
            "pk",
            "live_revision",
            "alias_of__live_revision",
            *("live_revision__clinical_review__due_on", "alias_of__live_revision__clinical_review__due_on"),
        )
    )
    today = timezone.localdate()
    return [(*row[:3], [bool(due and due >= today) for due in row[3:]]) for row in pages]


def _newest(rows, field: str) -> list:
    found = rows.aggregate(count=Count("pk"), last=Max(field))
    return [found["count"], found["last"]]


@cache
def _looks() -> str:
    """Of templates and style, once a process."""
    digest = hashlib.sha256()
    files = [path for folder in LOOKS for path in (ROOT / folder).rglob("*.*")]
    files += Path(__file__).parent.glob("*.*")
    for path in sorted(path for path in files if path.suffix in (".html", ".svg", ".css", ".py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
