"""Reminds holders before their certificate ends, and once when it has: daily, by each country's own clock.

What was told is a row, written with the message: a tick that comes twice tells nobody twice, and one that comes late
tells only the nearest.
"""

from datetime import date, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.models import Country
from lms.core.zones import zone_of
from lms.messaging.kinds import Kind
from lms.messaging.services import Letter, send_all
from lms.people.messages import letter_to

from ..models import Certificate, CertificateReminder
from .policies import Policies
from .queries import LONGEST, renewable, with_renewal
from .windows import REMINDERS, Window, reminder_due

CHUNK = 500
MORNING = 8
ENDED = 0


def _ends_words() -> tuple[str, str]:
    return _("Your certificate"), _("Your certificate ends on {day}. Open your lessons to renew it.")


def _ended_words() -> tuple[str, str]:
    return _("Your certificate"), _("Your certificate ended on {day}. You can still renew it until {until}.")


SAMPLES = {"day": "30 November", "until": "29 January"}
ENDS = Kind("certificate_ends", gettext_lazy("certificate ends"), ("day",), _ends_words, samples=SAMPLES)
HAS_ENDED = Kind(
    "certificate_ended", gettext_lazy("certificate has ended"), ("day", "until"), _ended_words, samples=SAMPLES
)


def kinds() -> list[Kind]:
    return [ENDS, HAS_ENDED]


def remind() -> int:
    """For the tick: each country once a day, from its morning on. Returns how many were told."""
    now = timezone.now()
    local = {code: now.astimezone(zone_of(code)) for code in Country.objects.values_list("pk", flat=True)}
    due = {_key(code, at.date()): code for code, at in local.items() if at.hour >= MORNING}
    told = 0
    for key in due.keys() - cache.get_many(due).keys():
        told += remind_country(due[key], local[due[key]].date())
        cache.set(key, True, timedelta(days=2).total_seconds())
    return told


def remind_country(code: str, today: date) -> int:
    """Tell each holder of a country whose reminder of that day was not sent: a fixed number of queries a chunk."""
    told, last, policies = 0, None, Policies()
    waiting = _waiting(code, today).order_by("pk")
    while True:
        rows = waiting.filter(pk__gt=last) if last else waiting
        keys = list(rows.values_list("pk", flat=True)[:CHUNK])
        if not keys:
            return told
        told, last = told + _tell(waiting.filter(pk__in=keys), keys, policies, today), keys[-1]


@transaction.atomic
def _tell(rows: QuerySet[Certificate], keys: list[UUID], policies: Policies, today: date) -> int:
    """The messages and that they were sent, or neither. Of two ticks at once the second waits and finds nobody."""
    list(Certificate.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    letters: dict[Kind, list[Letter]] = {ENDS: [], HAS_ENDED: []}
    sent = []
    for certificate in rows.select_related("holder"):
        window = policies.window(certificate)
        days = reminder_due(window, today)
        if days is None or not (letter := _letter(certificate, window)):
            continue
        letters[HAS_ENDED if days == ENDED else ENDS].append(letter)
        sent.append(CertificateReminder(certificate=certificate, days=days))
    for kind, some in letters.items():
        if some:
            send_all(kind.name, some)
    CertificateReminder.objects.bulk_create(sent)
    return len(sent)


def _letter(certificate: Certificate, window: Window) -> Letter | None:
    """In her language; of the programme it says nothing."""
    with translation.override(certificate.holder.language):
        words = {"day": date_format(window.ends_on, "j F"), "until": date_format(window.grace_until, "j F")}
    return letter_to(certificate.holder, words)


def _waiting(code: str, today: date) -> QuerySet[Certificate]:
    """Those near their end whose reminder of that day, or a nearer one, was not sent; nobody who is renewing."""
    certificates = Certificate.objects.filter(_not_told(today), country_code=code, holder__country=code)
    reachable = ~Q(holder__phone="") | ~Q(holder__email="")
    return with_renewal(renewable(certificates.filter(reachable))).filter(renewal_in_progress=False)


def _not_told(today: date) -> Q:
    """By the days that are left: narrow questions, so that a day on which nobody is due costs next to nothing."""
    found = Q()
    begin = today - LONGEST
    for days in sorted(REMINDERS):
        end = today + timedelta(days=days) - timedelta(days=days == ENDED)
        told = CertificateReminder.objects.filter(certificate=OuterRef("pk"), days__lte=days)
        found |= Q(valid_until__range=(begin, end)) & ~Exists(told)
        begin = end + timedelta(days=1)
    return found


def _key(code: str, day: date) -> str:
    return f"certificates:reminders:{code}:{day}"
