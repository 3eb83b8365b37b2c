"""What the first page lists, each as all of its lines. A fixed number of queries, however long a list is."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, WorkflowState
from wagtail.snippets.models import get_snippet_models

from lms.core.models import Country

from ..checks.weights import heavy
from ..models import Change, CountryValue, Fact, LessonPage, ModulePage
from ..review import queries as reviews
from ..translation import progress

SOURCE = "en"


@dataclass(frozen=True)
class Line:
    """One thing to do: what it is, where it is done, and why it is here."""

    title: str
    url: str
    note: str = ""


def my_drafts(user: AbstractBaseUser) -> list[Line]:
    """Her newest versions that are neither published nor with a reviewer; the newest first."""
    drafts = []
    for model in (Page, *(model for model in get_snippet_models() if issubclass(model, DraftStateMixin))):
        rows = model.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
        rows = rows.filter(alias_of=None) if model is Page else rows
        drafts += rows.filter(~Exists(_under_way(model))).select_related("latest_revision")
    drafts.sort(key=lambda thing: thing.latest_revision.created_at, reverse=True)
    finder = AdminURLFinder(user)
    return [Line(_title(thing), _edit(thing, finder), _since(thing.latest_revision.created_at)) for thing in drafts]


def sent_by_me(user: AbstractBaseUser) -> list[Line]:
    """What she sent to review and nobody has approved yet; where changes are asked for comes first."""
    states = WorkflowState.objects.active().filter(requested_by=user).order_by("created_at")
    states = sorted(states.prefetch_related("content_object"), key=lambda one: one.status)[::-1]
    finder = AdminURLFinder(user)
    return [
        Line(_title(state.content_object), _edit(state.content_object, finder), _where(state))
        for state in states
        if state.content_object
    ]


def waiting_for_me(user: AbstractBaseUser) -> list[Line]:
    """What she may approve, the oldest first, each with the way to its review screen."""
    return [Line(one.title, one.url, _sent(one)) for one in reviews.waiting_for(user)]


def review_overdue(user: AbstractBaseUser) -> list[Line]:
    pages = reviews.overdue().select_related("locale")
    return [Line(_title(page), _edit(page), _("due %(day)s") % {"day": _day(page.due_on)}) for page in pages]


def never_reviewed(user: AbstractBaseUser) -> list[Line]:
    return [Line(_title(page), _edit(page)) for page in reviews.never_reviewed().select_related("locale")]


def translation_out_of_date(user: AbstractBaseUser) -> list[Line]:
    """In the languages of her country; an administrator's are all."""
    languages = _languages(user)
    rows = progress.out_of_date(*languages) if languages else []
    return [Line(row.title, reverse("translations:one", args=[row.translation_id]), row.language) for row in rows]


def too_heavy(user: AbstractBaseUser) -> list[Line]:
    return [
        Line(one.page.title, _edit(one.page) + "#checks", ", ".join([filesizeformat(one.body), *one.parts]))
        for one in heavy()
    ]


def facts_changed(user: AbstractBaseUser) -> list[Line]:
    """Lessons and job aids that cite a fact changed since they were published, or since their facts were checked."""
    changes = Change.objects.filter(fact__isnull=False).order_by()
    changes = {
        pk: (code, last)
        for pk, code, last in changes.values("fact")
        .annotate(last=Max("made_at"))
        .values_list("fact", "fact__code", "last")
    }
    cited: dict[int, list[tuple]] = {}
    for fact, page in _citations(changes):
        cited.setdefault(int(page), []).append(changes[int(fact)])
    pages = Page.objects.live().filter(pk__in=cited, alias_of=None).type(LessonPage, ModulePage).order_by("path")
    pages = pages.select_related("live_revision", "unitpage__lessonpage")
    found = [(page, sorted(code for code, at in cited[page.pk] if _is_later(at, page))) for page in pages]
    return [Line(page.title, _edit(page), ", ".join(codes)) for page, codes in found if codes]


def values_to_confirm(user: AbstractBaseUser) -> list[Line]:
    """What somebody wrote for her country and its lead has not confirmed."""
    values = CountryValue.objects.filter(country=user.country_id, confirmed_on=None).exclude(value="")
    url = reverse("country_values:table", args=[user.country_id])
    return [Line(value.get_key_display(), url, value.value) for value in values]


def _citations(facts) -> QuerySet:
    """Fact and page, each pair once, as Wagtail's reference index has them."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Fact),
        to_object_id__in=[str(pk) for pk in facts],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return rows.order_by().values_list("to_object_id", "object_id").distinct()


def _is_later(changed_at, page: Page) -> bool:
    """Than the version that learners read, or than the day somebody last checked its facts."""
    lesson = getattr(getattr(page, "unitpage", None), "lessonpage", None)
    checked_on = lesson.facts_checked_on if lesson else None
    written_at = page.live_revision.created_at if page.live_revision else page.last_published_at
    return bool(
        (written_at and changed_at > written_at) or (checked_on and timezone.localdate(changed_at) > checked_on)
    )


def _under_way(model: type) -> QuerySet:
    """The workflow of a row of this model, while it is with a reviewer."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    base = ContentType.objects.get_for_model(model)
    return states.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField()))


def _languages(user: AbstractBaseUser) -> set[str]:
    """What is spoken, besides the source language, in her country; for an administrator in all of them."""
    countries = Country.objects.all() if user.is_superuser else Country.objects.filter(pk=user.country_id)
    return {code for codes in countries.values_list("languages", flat=True) for code in codes} - {SOURCE}


def _title(thing) -> str:
    return get_latest_str(thing)


def _edit(thing, finder: AdminURLFinder | None = None) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return finder.get_edit_url(thing) or ""


def _since(moment) -> str:
    return _("saved %(day)s") % {"day": _day(timezone.localdate(moment))}


def _where(state: WorkflowState) -> str:
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("the reviewer asks for changes")
    return _("sent %(day)s") % {"day": _day(timezone.localdate(state.created_at))}


def _sent(one) -> str:
    by = one.sent_by.get_full_name() if one.sent_by else ""
    return ", ".join(part for part in (one.language, by, _day(one.since)) if part)


def _day(day) -> str:
    return date_format(day, "j F")
