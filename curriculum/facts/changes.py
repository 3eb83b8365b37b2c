"""What an edit means for those who learned the earlier version: written down once, with what was said before."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from ..models import Change, Fact, LessonPage, ModulePage
from .citing import lessons_citing

LOGGED = "curriculum.change"
ASKED = "curriculum.ask_again"


@dataclass(frozen=True)
class Difference:
    """One thing that a fact says otherwise than before."""

    name: str
    before: str
    after: str


def differences(before: Fact, after: Fact) -> list[Difference]:
    """What a learner could learn wrongly: the statement, its source, whether it may harm, that it became unsure.

    Spaces do not count, and neither does any other status: it says how we know, not what is so.
    """
    found = [
        Difference(name, getattr(before, name).strip(), getattr(after, name).strip())
        for name in ("statement", "source")
        if getattr(before, name).split() != getattr(after, name).split()
    ]
    if before.safety_critical != after.safety_critical:
        found.append(Difference("safety_critical", _yes(before.safety_critical), _yes(after.safety_critical)))
    if after.status == Fact.Status.UNSURE != before.status:
        found.append(Difference("status", before.get_status_display(), after.get_status_display()))
    return found


def note_change(
    before: Fact, after: Fact, *, kind: str, reason: str, by: AbstractBaseUser, revision: Revision | None
) -> Change | None:
    """Write down what an edit of a fact means. Returns None, and writes nothing, where it says what it said."""
    found = differences(before, after)
    if not found:
        return None
    change = Change.objects.create(
        fact=after,
        revision=revision,
        kind=kind,
        before=_in_lines(found, "before"),
        after=_in_lines(found, "after"),
        reason=reason,
        made_by=by,
    )
    log(after, LOGGED, user=by, revision=revision, data={"kind": kind, "reason": reason})
    return change


def note_page_change(change_id: UUID, page: Page, *, reason: str, by: AbstractBaseUser) -> Change:
    """Write down that an edit of a lesson or module is to be learned again. A second call returns the first row."""
    change, is_new = Change.objects.get_or_create(
        pk=change_id,
        defaults={
            "page_key": page.translation_key,
            "revision_id": (page.alias_of or page).live_revision_id,
            "kind": Change.Kind.RETRAIN,
            "reason": reason,
            "made_by": by,
        },
    )
    if is_new:
        log(page, LOGGED, user=by, data={"kind": change.kind, "reason": reason})
    return change


@transaction.atomic
def apply_change(change: Change, *, units: list[UUID], people: int, by: AbstractBaseUser) -> Change:
    """Stamp a change as applied to the lessons with these keys. A second call changes nothing.

    Whoever asks the people (learning) calls it, and asks inside the same transaction.
    """
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.applied_at is None:
        change.applied_at, change.applied_by = timezone.now(), by
        change.units, change.people_asked = [str(key) for key in units], people
        change.save(update_fields=["applied_at", "applied_by", "units", "people_asked"])
        log(about(change), ASKED, user=by, data={"people": people, "lessons": len(units)})
    return change


def finish_change(change: Change) -> None:
    """Everybody whom it concerns was asked."""
    Change.objects.filter(pk=change.pk, finished_at=None).update(finished_at=timezone.now())


def about(change: Change) -> Fact | Page | None:
    """The fact; or the page in the language it was written in, where it still is."""
    if change.fact_id:
        return change.fact
    pages = Page.objects.filter(translation_key=change.page_key, alias_of=None).select_related("locale")
    return min(pages, key=lambda page: (page.locale.language_code != "en", page.pk), default=None)


def lessons_of(change: Change) -> list[UUID]:
    """The keys of the live lessons that a change is about."""
    return lessons_citing(change.fact) if change.fact_id else lessons_on(about(change))


def lessons_on(page: Page | None) -> list[UUID]:
    """The lesson itself, or the lessons of a module: those that are live in any language, the oldest tree's first."""
    kind = page.specific_class if page else None
    if kind not in (LessonPage, ModulePage):
        return []
    anywhere = Q()
    for path in Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True):
        anywhere |= Q(path__startswith=path)
    lessons = LessonPage.objects.live().filter(anywhere).order_by("path")
    return list(dict.fromkeys(lessons.values_list("translation_key", flat=True)))


def _in_lines(found: list[Difference], side: str) -> str:
    """The statement as it is; anything else after its name."""
    return "\n".join(
        getattr(one, side) if one.name == "statement" else f"{_label(one.name)}: {getattr(one, side)}" for one in found
    )


def _label(name: str) -> str:
    return capfirst(Fact._meta.get_field(name).verbose_name)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
