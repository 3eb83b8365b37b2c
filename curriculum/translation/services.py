"""Changes to translations: begin one, confirm what a machine wrote, send one to clinical review."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from . import queries
from .faults import check_streams, words_of


class Unfinished(Exception):
    """Some texts are not translated yet: how many."""

    def __init__(self, missing: int):
        self.missing = missing
        super().__init__(missing)


class WithReviewer(Exception):
    """It is in clinical review already."""


class Faulty(Exception):
    """It could not be saved as it stands: the sentences that say why."""


@transaction.atomic
def begin(thing: TranslatableMixin, locales: Iterable[Locale], *, by: AbstractBaseUser) -> list[Translation]:
    """Open a thing for translation. A page stays an alias, and learners read the English, until it is published."""
    thing = thing.specific if isinstance(thing, Page) else thing
    source, _new = TranslationSource.get_or_create_from_instance(thing)
    begun = []
    for locale in locales:
        values = {"enabled": True}
        translation, _new = Translation.objects.update_or_create(source=source, target_locale=locale, defaults=values)
        begun.append(translation)
        if thing.get_translation_or_none(locale) is None:
            translation.save_target(user=by, publish=not isinstance(thing, DraftStateMixin))
    return begun


@transaction.atomic
def confirm(translation: Translation, *, by: AbstractBaseUser) -> int:
    """A person has read every text that a machine wrote, and takes it over. Returns how many there were."""
    rows = queries.by_machine(translation.source.object_id, translation.target_locale_id)
    pks = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    values = {"translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL, "tool_name": ""}
    StringTranslation.objects.filter(pk__in=pks).update(**values, last_translated_by=by, updated_at=timezone.now())
    if pks:
        log(translation.get_target_instance(), "curriculum.confirm_texts", user=by, data={"count": len(pks)})
    return len(pks)


@transaction.atomic
def send_to_review(translation: Translation, *, by: AbstractBaseUser) -> WorkflowState:
    """Save the translation as a draft and give it to the clinical reviewers; what learners read stays as it is.

    Raises Unfinished, WithReviewer or Faulty.
    """
    target = translation.get_target_instance()
    type(target).objects.select_for_update().get(pk=target.pk)
    state = target.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise WithReviewer
    if missing := queries.missing_texts(translation):
        raise Unfinished(missing)
    _save_draft(translation, by)
    target = translation.get_target_instance()
    if state:
        state.refresh_from_db()
        state.resume(by)
        return state
    return target.get_workflow().start(target, by)


def fault(translation: Translation) -> str:
    """Why the translation could not be published as it stands; empty where it could."""
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    try:
        check_streams(draft)
        draft.full_clean(exclude=["latest_revision", "live_revision"])
    except ValidationError as error:
        return "; ".join(words_of(error))
    return ""


def _save_draft(translation: Translation, by: AbstractBaseUser) -> None:
    """A revision of its own. For a page that is still an alias the instance forgets that; its row does not."""
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale)
    if isinstance(draft, Page):
        draft.alias_of_id = None
    try:
        check_streams(draft)
        draft.save_revision(user=by, log_action=True)
    except ValidationError as error:
        raise Faulty("; ".join(words_of(error))) from error
