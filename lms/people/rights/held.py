"""What lms.people and lms.messaging hold about a person."""

from collections.abc import Iterable
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from lms.core.audit.words import in_words
from lms.messaging.models import Message

from ..models import STAFF_ROLES, Posting, Role, SavedView, User
from .gathering import SHOWN, day, looks_at, moment

Part = tuple[str, list[dict]]


def records_of_person(person: User) -> Iterable[UUID]:
    """Keys under which the audit log speaks about her own row."""
    return [person.pk, *person.merged_records.values_list("pk", flat=True)]


def person_data(person: User) -> list[Part]:
    return [
        (_("Who you are"), [_identity(person)]),
        (_("How we reach you"), [{_("Phone"): person.phone, _("E-mail"): person.email}]),
        (_("Your work"), [_work(person)]),
        (_("Your postings"), _postings(person)),
        (_("When you left or came back"), _departures(person)),
        (_("Messages to you"), _messages(person)),
        (_("Where you signed in"), _devices(person)),
        (_("One-time codes and support"), [*_codes(person), *_support(person)]),
        (_("Who looked at your record"), _looks(person)),
        (_("What you read about your data"), _consents(person)),
        (_("Your wishes about your data"), _requests(person)),
        (_("Old records that became yours"), _merges(person)),
        (_("Your work with others"), _staff_work(person)),
    ]


def support_view(person: User) -> list[Part]:
    """What support needs of her settings and phones; no phone number, nothing about her work."""
    settings = {
        _("Language"): person.get_language_display(),
        _("Country"): person.country.name,
        _("Phone kept"): _("yes") if person.phone else _("no"),
        _("First signed in"): day(person.first_signed_in_at),
    }
    return [(_("Her settings"), [settings]), (_("Where she signed in"), _devices(person)[:SHOWN])]


def _identity(person: User) -> dict:
    return {
        _("Staff number"): person.staff_number,
        _("Given names"): person.given_names,
        _("Family name"): person.family_name,
        _("Sex"): person.get_sex_display(),
        _("Birth year"): person.birth_year,
        _("Language"): person.get_language_display(),
        _("Country"): person.country.name,
        _("Picture on a shared phone"): person.get_face_display(),
        _("Known here since"): day(person.created_at),
    }


def _work(person: User) -> dict:
    return {_("Employer"): person.employer, _("HR number"): person.hr_number, _("Job"): person.job}


def _postings(person: User) -> list[dict]:
    return [
        {
            _("Role"): row.get_role_display(),
            _("Place"): row.site or row.country,
            _("From"): day(row.starts_on),
            _("To"): day(row.ends_on),
        }
        for row in person.postings.select_related("site", "country")
    ]


def _departures(person: User) -> list[dict]:
    return [
        {
            _("Last day"): day(row.left_on),
            _("Reason"): row.get_reason_display(),
            _("Came back on"): day(row.rejoined_on),
        }
        for row in person.departures.all()
    ]


def _messages(person: User) -> list[dict]:
    return [
        {
            _("When"): moment(row.created_at),
            _("By"): row.get_channel_display(),
            _("To"): row.address,
            _("Text"): row.body,
            _("State"): row.get_state_display(),
        }
        for row in Message.objects.filter(about=person.pk)
    ]


def _devices(person: User) -> list[dict]:
    """Browsers that are known to be hers, and where she is signed in now."""
    known = [
        {_("Browser"): row.label, _("First"): moment(row.first_used_at), _("Last"): moment(row.last_used_at)}
        for row in person.devices.order_by("-last_used_at")
    ]
    now = [
        {
            _("Browser"): row.user_agent,
            _("First"): moment(row.created_at),
            _("Last"): moment(row.last_seen_at),
            _("Address"): row.ip,
        }
        for row in UserSession.objects.filter(user=person)
    ]
    return known + now


def _codes(person: User) -> list[dict]:
    return [
        {_("What"): _("One-time code"), _("Made"): moment(row.made_at), _("Used"): moment(row.used_at)}
        for row in person.one_time_codes.all()
    ]


def _support(person: User) -> list[dict]:
    return [
        {_("What"): _("Support code"), _("Made"): moment(row.made_at), _("Used"): moment(row.used_at)}
        for row in person.support_codes.all()
    ]


def _looks(person: User) -> list[dict]:
    """The day and the role, not the name: she learns what was done, and who did it is protected too."""
    entries = looks_at(person)
    roles = _roles({entry.user_id for entry in entries})
    rows = (
        {
            _("Day"): day(entry.timestamp),
            _("Who"): roles.get(entry.user_id, _("Staff")),
            _("What"): in_words(entry),
        }
        for entry in entries
    )
    return list({tuple(row.values()): row for row in rows}.values())  # the same thing on one day is said once


def _roles(people: set[UUID]) -> dict[UUID, str]:
    postings = Posting.objects.filter(person__in=people, role__in=(*STAFF_ROLES, Role.OBSERVER)).order_by("starts_on")
    return {row.person_id: row.get_role_display() for row in postings}


def _consents(person: User) -> list[dict]:
    return [
        {
            _("Version"): row.text.version,
            _("Language"): row.text.get_language_display(),
            _("Read on"): moment(row.given_at),
        }
        for row in person.consents.select_related("text")
    ]


def _requests(person: User) -> list[dict]:
    return [
        {
            _("Wish"): row.get_kind_display(),
            _("Your words"): row.words,
            _("On"): day(row.made_at),
            _("Answer"): row.answer,
            _("Answered on"): day(row.decided_at),
        }
        for row in person.data_requests.all()
    ]


def _merges(person: User) -> list[dict]:
    return [
        {_("Staff number"): row.gone.staff_number, _("Since"): day(row.at)}
        for row in person.merges.select_related("gone")
    ]


def _staff_work(person: User) -> list[dict]:
    """What staff keep: their saved lists, and what they sent to many."""
    kept = [*person.saved_views.all(), *person.broadcasts.all()]
    return [
        {
            _("What"): row._meta.verbose_name,
            _("Name"): row.name if isinstance(row, SavedView) else row.subject,
            _("On"): day(row.made_at),
        }
        for row in kept
    ]
