"""Everything that happened to a person in one order, newest first: a fixed number of queries, whatever there is.

Each source answers lines of its kind. The audit log is read for what no row of its own says, and for who looked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from assessments.models import Attempt, Observation
from certificates.models import CertificateEvent
from lms.learning.models import Completion, Enrolment
from lms.messaging.kinds import kinds
from lms.messaging.models import Message
from lms.people.models import User

from ..queries import titles

KINDS = {
    "places": gettext_lazy("Places"),
    "sign-in": gettext_lazy("Signing in"),
    "learning": gettext_lazy("Learning"),
    "tested": gettext_lazy("Quizzes and practicals"),
    "certificates": gettext_lazy("Certificates"),
    "messages": gettext_lazy("Messages"),
    "record": gettext_lazy("Record"),
    "looked": gettext_lazy("Who looked"),
}
KEPT = ("looked",)  # only for those who keep her record
SAID_BY_ROWS = (
    "wagtail.create",
    "people.post",
    "people.end_posting",
    "people.leave",
    "people.rejoin",
    "people.merge",
    "learning.enrol",
)
LOOKED = ("reports.view_person", "people.view_wish", "people.take_data", "people.support")
SIGN_IN = ("people.reset_secret", "people.choose_secret", "people.issue_code", "people.lift_lock_out")
NEWEST = 1000  # of the audit log: a page that many look at every day


@dataclass(frozen=True)
class Line:
    """`whole_day`: the day is known, the hour is not."""

    at: datetime
    kind: str
    text: str
    by: str = ""
    whole_day: bool = False

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def kinds_for(keeps: bool) -> dict[str, str]:
    return {kind: label for kind, label in KINDS.items() if keeps or kind not in KEPT}


def time_line(person: User, keeps: bool) -> list[Line]:
    """`keeps`: whether who asks keeps her country's records. Days are those of the time zone that is active."""
    enrolments = list(Enrolment.objects.filter(person=person).select_related("cohort"))
    completions = list(Completion.objects.filter(person=person).select_related("flagged_by", "credit").defer("detail"))
    credits = list(person.credits.select_related("sheet__decided_by"))
    named = titles({row.unit_key for row in completions} | {row.programme_key for row in enrolments})
    found = [
        *_postings(person),
        *_departures(person, keeps),
        *_merges(person),
        *_first_sign_in(person),
        *_enrolments(enrolments, named),
        *_completions(completions, named),
        *_flags(completions, named),
        *(_on(row.done_on, "learning", _("Credit: %s") % row.title, row.sheet.decided_by) for row in credits),
        *_attempts(person),
        *_observations(person),
        *_certificates(person),
        *_messages(person),
        *_log(person, enrolments, keeps),
    ]
    return sorted(found, key=lambda line: line.at, reverse=True)


def _on(day: date, kind: str, text: str, by: User | None = None) -> Line:
    return Line(timezone.make_aware(datetime.combine(day, time.min)), kind, text, _name(by), whole_day=True)


def _name(by: User | None) -> str:
    return by.get_full_name() if by else ""


def _postings(person: User) -> Iterator[Line]:
    for row in person.postings.select_related("site", "country"):
        yield _on(row.starts_on, "places", _("Posting begins: %s") % row)
        if row.ends_on:
            yield _on(row.ends_on, "places", _("Posting ends: %s") % row)


def _departures(person: User, keeps: bool) -> Iterator[Line]:
    """Why she left is read by those who keep her record."""
    for row in person.departures.select_related("noted_by"):
        text = _("Left: %s") % row.get_reason_display() if keeps else _("Left")
        yield _on(row.left_on, "places", text, row.noted_by)
        if row.rejoined_on:
            yield _on(row.rejoined_on, "places", _("Came back"))


def _merges(person: User) -> Iterator[Line]:
    for row in person.merges.select_related("gone", "by"):
        yield Line(row.at, "record", _("Record %s became part of this one") % row.gone.staff_number, _name(row.by))


def _first_sign_in(person: User) -> Iterator[Line]:
    yield Line(person.created_at, "record", _("Record made"))
    if person.first_signed_in_at:
        yield Line(person.first_signed_in_at, "sign-in", _("Signed in for the first time"))


def _enrolments(enrolments: list[Enrolment], named: dict) -> Iterator[Line]:
    for row in enrolments:
        title = named.get(row.programme_key, row.programme_code)
        begun = f"{title} · {row.cohort}" if row.cohort else title
        yield Line(row.opened_at, "learning", _("Enrolled: %s") % begun)
        if row.completed_at:
            yield Line(row.completed_at, "learning", _("Programme completed: %s") % title)


def _completions(completions: list[Completion], named: dict) -> Iterator[Line]:
    """Those of one day in one line, at the time of the last."""
    done = sorted(completions, key=lambda row: (row.completed_at, row.credit_id is not None))
    for (_day, credit), rows in groupby(done, key=lambda row: (timezone.localdate(row.completed_at), row.credit)):
        rows = list(rows)
        units = ", ".join(named.get(row.unit_key, row.kind) for row in rows)
        text = f"{credit.in_words}: {units}" if credit else _("Completed: %s") % units
        yield Line(rows[-1].completed_at, "learning", text)


def _flags(completions: list[Completion], named: dict) -> Iterator[Line]:
    for row in completions:
        if row.flagged_at:
            what = {"unit": named.get(row.unit_key, row.kind), "reason": row.flag_reason}
            text = _("No longer stands: %(unit)s. %(reason)s") % what
            yield Line(row.flagged_at, "learning", text, _name(row.flagged_by))


def _attempts(person: User) -> Iterator[Line]:
    rows = Attempt.objects.filter(person=person).exclude(handed_in_at=None)
    for row in rows.only("title", "number", "score", "paper", "passed_at", "handed_in_at"):
        what = {"quiz": row.title, "number": row.number, "right": row.points, "all": len(row.paper)}
        passed = _("%(quiz)s, try %(number)s: passed, %(right)s of %(all)s")
        text = passed if row.passed_at else _("%(quiz)s, try %(number)s: not yet, %(right)s of %(all)s")
        yield Line(row.handed_in_at, "tested", text % what)


def _observations(person: User) -> Iterator[Line]:
    rows = Observation.objects.filter(learner=person).exclude(signed_at=None).select_related("observer", "voided_by")
    for row in rows.defer("steps"):
        text = _("%s: competent") if row.competent else _("%s: not yet")
        yield Line(row.signed_at, "tested", text % row.title, _name(row.observer))
        if row.voided_at:
            yield Line(row.voided_at, "tested", _("%s: voided") % row.title, _name(row.voided_by))


def _certificates(person: User) -> Iterator[Line]:
    """All but that the card was drawn too."""
    rows = CertificateEvent.objects.filter(certificate__holder=person).exclude(kind=CertificateEvent.Kind.CARD_DRAWN)
    for row in rows.select_related("certificate", "by"):
        yield Line(row.at, "certificates", f"{row.certificate.printed_code}: {row.get_kind_display()}", _name(row.by))


def _messages(person: User) -> Iterator[Line]:
    known = kinds()
    rows = Message.objects.filter(about=person.pk).only("kind", "channel", "state", "created_at")
    for row in rows.order_by("-created_at")[:NEWEST]:
        label = known[row.kind].label if row.kind in known else row.kind
        yield Line(row.created_at, "messages", f"{row.get_channel_display()}: {label} · {row.get_state_display()}")


def _log(person: User, enrolments: list[Enrolment], keeps: bool) -> Iterator[Line]:
    """About her record and her enrolments. Nobody's own look at herself is told."""
    types = ContentType.objects.get_for_models(User, Enrolment)
    hers = Q(content_type=types[User], object_id=str(person.pk))
    hers |= Q(content_type=types[Enrolment], object_id__in=[str(row.pk) for row in enrolments])
    entries = ModelLogEntry.objects.filter(hers).exclude(action__in=SAID_BY_ROWS)
    if not keeps:
        entries = entries.exclude(action__in=LOOKED)
    for entry in entries.select_related("user").order_by("-timestamp")[:NEWEST]:
        yield Line(entry.timestamp, _kind_of(entry.action), str(entry.message), _name(entry.user))


def _kind_of(action: str) -> str:
    if action in LOOKED:
        return "looked"
    if action in SIGN_IN:
        return "sign-in"
    return "learning" if action.startswith("learning.") else "places" if action == "people.transfer" else "record"
