"""What people are told about their data: versions of a text, and that each person has read the newest.

Reading is acknowledged, not bargained for: a text that one can only accept is no consent. Who does not agree is told
whom to talk to, and keeps her data, her certificates and the way to an erasure.
"""

from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log

from ..models import Consent, ConsentText, User

DUE = "people_told_due"  # session: she has not read the newest text
SOURCE = "en"


class NoEnglish(Exception):
    """A version is published with its English text: every language falls back to it."""


class PublishedBefore(Exception):
    """A published text never changes: write a new version."""


def newest_version() -> int | None:
    return ConsentText.objects.exclude(published_at=None).aggregate(newest=Max("version"))["newest"]


def draft_version() -> int:
    """The version that is being written: of the texts not published, or the next one."""
    if draft := ConsentText.objects.filter(published_at=None).aggregate(newest=Max("version"))["newest"]:
        return draft
    return (newest_version() or 0) + 1


def text_due(person: User) -> ConsentText | None:
    """The newest text in her language, or in English, if she has not read that version in any language."""
    version = newest_version()
    if version is None or Consent.objects.filter(person=person, text__version=version).exists():
        return None
    texts = {text.language: text for text in ConsentText.objects.filter(version=version)}
    return texts.get(person.language) or texts[SOURCE]


@transaction.atomic
def acknowledge(person: User, text: ConsentText) -> Consent:
    """She has read it. Idempotent."""
    consent, is_new = Consent.objects.get_or_create(person=person, text=text)
    if is_new:
        log(person, "people.read_consent", user=person, title=person.staff_number, data={"version": text.version})
    return consent


@transaction.atomic
def publish(version: int, *, by: User) -> int:
    """All languages of a version at once. Returns how many. Raises PublishedBefore or NoEnglish."""
    texts = list(ConsentText.objects.select_for_update().filter(version=version))
    if not texts or any(text.published_at for text in texts):
        raise PublishedBefore
    if SOURCE not in {text.language for text in texts}:
        raise NoEnglish
    ConsentText.objects.filter(version=version).update(published_at=timezone.now())
    log(texts[0], "people.publish_consent", user=by, title=str(version))
    return len(texts)


def ask_after_sign_in(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Looked up once, here: no page costs a query for it. A new version is read at the next sign-in."""
    if text_due(user):
        request.session[DUE] = True
