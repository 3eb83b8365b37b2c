"""Handbooks: asked for, drawn once for each content, kept while they are of use."""

import logging
from datetime import timedelta
from time import monotonic
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from curriculum.models import ModulePage, ProgrammePage
from curriculum.paper import cards, press
from curriculum.paper.cards import Reader
from lms.core.models import Country
from lms.people.models import User

from ..models import Edition, Handbook
from . import contents, drawing, versions

PATIENCE = timedelta(minutes=10)
MOST_TRIES = 3
KEPT_FOR = timedelta(days=60)
BETWEEN_NOTES = 2.0  # seconds

logger = logging.getLogger(__name__)


class ContentChanged(Exception):
    """Somebody published while it was read, or another handbook holds by now what this one would."""


class NothingToPrint(Exception):
    """The programme asks for nothing in this country."""


def ask_for(subject: Page, country: Country, language: str, edition: str, *, by: User) -> Handbook:
    """The handbook of what is live now: ready, under way, or enqueued by this. Asking twice draws once.

    One that failed is tried again. Raises NothingToPrint.
    """
    fingerprint = _fingerprint(subject, country, language, edition)
    values = {"subject_key": subject.translation_key, "title": subject.title, "country": country}
    values |= {"language": language, "edition": Edition(edition), "asked_by": by}
    with transaction.atomic():
        handbook, is_new = Handbook.objects.get_or_create(fingerprint=fingerprint, defaults=values)
        if not is_new:
            handbook = Handbook.objects.select_for_update().get(pk=handbook.pk)
            handbook.asked_at = timezone.now()
        if again := bool(handbook.failed_reason):
            handbook.failed_reason, handbook.tries, handbook.seen_at, handbook.laid_out = "", 0, None, 0
        handbook.save()
        if is_new or again:
            draw_handbook.enqueue(str(handbook.pk))
    return handbook


def drawn_now(subject: Page, country: Country, language: str, edition: str) -> Handbook | None:
    """The handbook of what is live now, if somebody has asked for it before, in whatever state. Writes nothing."""
    return Handbook.objects.filter(fingerprint=_fingerprint(subject, country, language, edition)).first()


@task(priority=10)
def draw_handbook(handbook_id: str) -> bool:
    """Running it twice draws once. Goes before the tasks of the search index: somebody waits for it."""
    return draw_and_store(handbook_id)


def draw_and_store(handbook_id: UUID | str) -> bool:
    """Draw what was asked for and keep it. Returns whether it did; why not is written into the row."""
    handbook = _begin(handbook_id)
    if handbook is None:
        return False
    try:
        with translation.override(handbook.language):
            pressed = _pressed(handbook)
    except ContentChanged:
        return _fail(handbook, _("The content was changed while this handbook was made. Ask for it again."))
    except NothingToPrint:
        return _fail(handbook, _("There is nothing to print any more: its pages are not live."))
    except press.MissingLibrary as error:
        return _fail(handbook, str(error))
    except Exception:
        logger.exception("handbook %s could not be drawn", handbook.pk)
        return _fail(handbook, _("It could not be drawn. Try again; if it fails again, tell the administrator."))
    return _store(handbook, pressed)


def sweep() -> None:
    """For the tick: what a kill left behind is enqueued again, and what nobody asked for lately is forgotten."""
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().filter(task_path=draw_handbook.module_path)
    enqueued = {result.args_kwargs["args"][0] for result in waiting}
    for handbook in Handbook.objects.waiting():
        if (handbook.seen_at or handbook.asked_at) < now - PATIENCE and str(handbook.pk) not in enqueued:
            draw_handbook.enqueue(str(handbook.pk))
    for handbook in Handbook.objects.filter(asked_at__lt=now - KEPT_FOR):
        if handbook.pdf:
            handbook.pdf.delete(save=False)
        handbook.delete()


def _fingerprint(subject: Page, country: Country, language: str, edition: str) -> str:
    with translation.override(language):
        found, _reader = _outline(subject, country, language)
        if not (found.modules or found.practicals):
            raise NothingToPrint
        return versions.fingerprint(found, country, language, edition)


def _outline(subject: Page, country: Country, language: str) -> tuple[contents.Outline, Reader]:
    reader = cards.reader_in(country)
    return contents.outline(subject, reader, language), reader


def _pressed(handbook: Handbook) -> press.Pressed:
    """Raises ContentChanged before anything is laid out."""
    keys = [handbook.subject_key]
    pages = [page for model in (ProgrammePage, ModulePage) for page in contents.live(model, handbook.language, keys)]
    if not pages:
        raise NothingToPrint
    chosen = (pages[0], handbook.country, handbook.language)
    before = _fingerprint(*chosen, handbook.edition)
    found, reader = _outline(*chosen)
    book = contents.book(found, reader, handbook.language, handbook.edition)
    if _fingerprint(*chosen, handbook.edition) != before:
        raise ContentChanged
    _hold(handbook, before)
    return drawing.draw(book, handbook.language, on_page=_Notes(handbook))


def _hold(handbook: Handbook, fingerprint: str) -> None:
    """What was published while it waited is printed too: it is the handbook of that content then."""
    try:
        with transaction.atomic():
            Handbook.objects.filter(pk=handbook.pk).update(fingerprint=fingerprint)
    except IntegrityError:
        raise ContentChanged from None


class _Notes:
    """Writes down how far it is and that somebody is at work, every two seconds at most."""

    def __init__(self, handbook: Handbook):
        self.row = Handbook.objects.filter(pk=handbook.pk)
        self.last = monotonic()

    def __call__(self, page: int) -> None:
        if monotonic() - self.last >= BETWEEN_NOTES:
            self.row.update(laid_out=page, seen_at=timezone.now())
            self.last = monotonic()


@transaction.atomic
def _begin(handbook_id: UUID | str) -> Handbook | None:
    """Count the try before it is made, so that a crash counts too. None: there is nothing to draw."""
    waiting = Handbook.objects.waiting().select_related("country").select_for_update(of=("self",))
    handbook = waiting.filter(pk=handbook_id).first()
    if handbook is None:
        return None
    if handbook.tries >= MOST_TRIES:
        _fail(handbook, _("Drawing was cut off %(tries)s times. Tell the administrator.") % {"tries": handbook.tries})
        return None
    handbook.tries += 1
    handbook.seen_at = timezone.now()
    handbook.save(update_fields=["tries", "seen_at"])
    return handbook


def _fail(handbook: Handbook, reason: str) -> bool:
    Handbook.objects.waiting().filter(pk=handbook.pk).update(failed_reason=reason[:250])
    return False


def _store(handbook: Handbook, pressed: press.Pressed) -> bool:
    """The file first, then the row that points to it; a file that no row points to is taken away again."""
    field = Handbook._meta.get_field("pdf")
    name = field.storage.save(field.generate_filename(handbook, ""), ContentFile(pressed.pdf))
    stored = Handbook.objects.waiting().filter(pk=handbook.pk)
    if stored.update(pdf=name, pages=pressed.pages, drawn_at=timezone.now()):
        return True
    field.storage.delete(name)
    return False
