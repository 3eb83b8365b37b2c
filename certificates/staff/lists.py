"""The lists of what waits for HR: which certificates, what is said of each, and what may be done with many of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from .. import waiting
from ..award import tries
from ..models import Certificate
from ..standings import Standing, rows

Says = dict[UUID, str]


@dataclass(frozen=True)
class List:
    """`says`: page of certificates → what the last column tells of each. `verb`: of `many`, for what is ticked."""

    name: str
    label: str
    rows: Callable[[QuerySet[Certificate]], QuerySet[Certificate]]
    says: Callable[[Sequence[Certificate]], Says]
    column: str
    nothing: str
    told: str = ""
    verb: str = ""
    button: str = ""
    done: str = ""

    @property
    def is_told(self) -> bool:
        """On the admin's first page."""
        return bool(self.told)


def _standing(wanted: Standing) -> Callable[[QuerySet[Certificate]], QuerySet[Certificate]]:
    return lambda certificates: rows(certificates, wanted, timezone.localdate()).order_by("awarded_on", "code")


def _undrawn(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return certificates.being_drawn().order_by("-payload__tries", "awarded_on", "code")


def _reviewed(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return waiting.reviewed_specimens(certificates, timezone.localdate())


def _levels(page: Sequence[Certificate]) -> Says:
    return {row.pk: _("Specimen") if row.specimen else row.level for row in page}


def _why_blocked(page: Sequence[Certificate]) -> Says:
    return {row.pk: row.payload.blocked_reason for row in page}


def _how_often_tried(page: Sequence[Certificate]) -> Says:
    return {row.pk: tries_in_words(row) for row in page}


def tries_in_words(certificate: Certificate) -> str:
    """How often it was tried, why it failed, and when the next try is."""
    payload = certificate.payload
    if not payload.tries:
        return _("Waits for its turn.")
    words = _("Try %(try)s of %(most)s.") % {"try": payload.tries, "most": tries.MOST}
    if payload.next_try_at and payload.last_failure:
        when = _("Next at %(time)s.") % {"time": date_format(timezone.localtime(payload.next_try_at), "H:i")}
        return f"{words} {payload.last_failure} {when}"
    return words


def _who_withdrew(page: Sequence[Certificate]) -> Says:
    found = waiting.withdrawals(page)
    return {pk: f"{event.by or ''}, {event.get_reason_display()}".lstrip(", ") for pk, event in found.items()}


def _what_was_taken_back(page: Sequence[Certificate]) -> Says:
    found = waiting.results_taken_back(page)
    return {pk: " ".join(row.flag_reason for row in completions) for pk, completions in found.items()}


LISTS = {
    one.name: one
    for one in (
        List(
            name="awards",
            label=gettext_lazy("To confirm"),
            rows=_standing(Standing.TO_CONFIRM),
            says=_levels,
            column=gettext_lazy("Level"),
            nothing=gettext_lazy("Nothing to confirm."),
            told=ngettext_lazy(
                "%(n)s certificate waits for you to confirm it.",
                "%(n)s certificates wait for you to confirm them.",
                "n",
            ),
            verb="confirm",
            button=gettext_lazy("Confirm"),
            done=ngettext_lazy("%(n)s certificate confirmed.", "%(n)s certificates confirmed.", "n"),
        ),
        List(
            name="withdrawals",
            label=gettext_lazy("Withdrawals"),
            rows=waiting.to_uphold,
            says=_who_withdrew,
            column=gettext_lazy("Withdrawn by"),
            nothing=gettext_lazy("No withdrawal waits for a second person."),
            told=ngettext_lazy(
                "%(n)s withdrawal waits for a second person.", "%(n)s withdrawals wait for a second person.", "n"
            ),
        ),
        List(
            name="blocked",
            label=gettext_lazy("Blocked"),
            rows=_standing(Standing.BLOCKED),
            says=_why_blocked,
            column=gettext_lazy("Why it is not drawn"),
            nothing=gettext_lazy("Nothing is blocked."),
            told=ngettext_lazy("%(n)s certificate could not be drawn.", "%(n)s certificates could not be drawn.", "n"),
            verb="again",
            button=gettext_lazy("Try again"),
            done=ngettext_lazy(
                "%(n)s certificate is being drawn again.", "%(n)s certificates are being drawn again.", "n"
            ),
        ),
        List(
            name="undrawn",
            label=gettext_lazy("Not yet drawn"),
            rows=_undrawn,
            says=_how_often_tried,
            column=gettext_lazy("Tries"),
            nothing=gettext_lazy("Everything is drawn."),
        ),
        List(
            name="specimens",
            label=gettext_lazy("Specimens, reviewed now"),
            rows=_reviewed,
            says=_levels,
            column=gettext_lazy("Level"),
            nothing=gettext_lazy("No specimen can be issued anew."),
            told=ngettext_lazy("%(n)s specimen can be issued anew.", "%(n)s specimens can be issued anew.", "n"),
            verb="anew",
            button=gettext_lazy("Issue anew"),
            done=ngettext_lazy("%(n)s specimen replaced.", "%(n)s specimens replaced.", "n"),
        ),
        List(
            name="results",
            label=gettext_lazy("A result was taken back"),
            rows=waiting.taken_back,
            says=_what_was_taken_back,
            column=gettext_lazy("Why"),
            nothing=gettext_lazy("Every result behind a certificate stands."),
            told=ngettext_lazy(
                "%(n)s certificate rests on a result that was taken back.",
                "%(n)s certificates rest on a result that was taken back.",
                "n",
            ),
        ),
    )
}
