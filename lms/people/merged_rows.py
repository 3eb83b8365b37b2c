"""What of the rows about a person belongs to this room, and how it moves when two records become one."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.messaging.models import Message

from .merging import Rows, move_all
from .models import Consent, DataRequest, Departure, Device, Merge, OneTimeCode, Posting, SavedView, User

OPEN_CODE = Q(used_at=None, cancelled_at=None)
ROWS = (
    Rows(_("postings"), Posting, alike=("role", "country", "site", "starts_on", "ends_on")),
    Rows(_("departures"), Departure, alike=("rejoined_on",), among=Q(rejoined_on=None)),
    Rows(_("consents"), Consent, alike=("text",)),
    Rows(_("data requests"), DataRequest),
    Rows(_("devices"), Device, alike=("token_hash",)),
    Rows(_("one-time codes"), OneTimeCode),
    Rows(_("e-mail addresses"), EmailAddress, "user", alike=("email",)),
    Rows(_("saved views"), SavedView, "owner", alike=("page", "name")),
    Rows(_("earlier merges"), Merge, "kept"),
)
DID_IT = "It says who did something: that was done under the old number, and the record stays readable."
BRIEF = "It lasts minutes or days and is about the record as it was."
STAYS = {
    "people.User.merged_into": "Led on to the record that is kept by the merge itself.",
    "people.Merge.gone": "It says which record went.",
    "people.SupportCode.person": BRIEF,
    "people.SupportCode.used_by": BRIEF,
    "people.Selection.by": BRIEF,
    "people.Picked.person": BRIEF,
    "mfa.Authenticator.user": "A second step belongs to the secret that it was set up with.",
    "usersessions.UserSession.user": "Ended: she signs in again.",
    "people.User_groups.user": "Follows the postings.",
    "people.User_user_permissions.user": "Not used: rights come from postings.",
    "people.Departure.noted_by": DID_IT,
    "people.Merge.by": DID_IT,
    "people.DataRequest.decided_by": DID_IT,
    "people.OneTimeCode.made_by": DID_IT,
    "people.Broadcast.by": DID_IT,
}


def move(kept: User, gone: User) -> dict[str, int]:
    """Postings, departures, devices and the like; messages about her too."""
    _settle_departures(kept, gone)
    _join_requests(kept, gone)
    if kept.one_time_codes.filter(OPEN_CODE).exists():
        gone.one_time_codes.filter(OPEN_CODE).update(cancelled_at=timezone.now())
    EmailAddress.objects.filter(user=gone).update(primary=False)
    _end_twins(kept, gone)
    for session in UserSession.objects.filter(user=gone):
        session.end()
    moved = move_all(ROWS, kept, gone)
    _end_left_over(gone)
    messages = Message.objects.filter(about=gone.pk).update(about=kept.pk)
    return moved | ({"messaging.Message.about": messages} if messages else {})


def _settle_departures(kept: User, gone: User) -> None:
    """She left under one number and is back under the other: then she came back on the day that one was made."""
    for left, here in ((kept, gone), (gone, kept)):
        departure = left.departures.filter(rejoined_on=None, ended_at__isnull=False).first()
        if departure and here.is_active and not here.departures.filter(rejoined_on=None).exists():
            departure.rejoined_on = max(_first_day(here), departure.left_on + timedelta(days=1))
            departure.save(update_fields=["rejoined_on"])


def _first_day(person: User) -> date:
    first = person.postings.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or timezone.localdate(person.created_at)


def _join_requests(kept: User, gone: User) -> None:
    """The same wish, open under both numbers, stays open once, in both her words."""
    still_open = Q(decided_at=None, withdrawn_at=None)
    for request in gone.data_requests.filter(still_open):
        if twin := kept.data_requests.filter(still_open, kind=request.kind).first():
            twin.words = "\n".join(filter(None, (twin.words, request.words)))[:500]
            twin.save(update_fields=["words"])
            request.withdrawn_at = timezone.now()
            request.save(update_fields=["withdrawn_at"])


def _end_twins(kept: User, gone: User) -> None:
    """A role at a place that both hold today is held once: the kept record's posting stands."""
    held = kept.postings.not_over().values_list("role", "country", "site")
    for role, country, site in held:
        twins = gone.postings.not_over().filter(role=role, country=country, site=site)
        _end(twins)


def _end_left_over(gone: User) -> None:
    """What stayed behind is over: a record that went holds no posting."""
    _end(gone.postings.not_over())


def _end(postings) -> None:
    today = timezone.localdate()
    postings.filter(starts_on__gte=today).delete()
    postings.update(ends_on=today - timedelta(days=1))


def rows() -> tuple[Rows, ...]:
    return ROWS


def stays() -> dict[str, str]:
    return STAYS
