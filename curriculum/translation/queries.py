"""What is translated, by whom, and what is out of date."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def current(translations: QuerySet[StringTranslation]) -> QuerySet[StringTranslation]:
    """Those whose source text still stands where it was translated."""
    segments = StringSegment.objects.filter(string=OuterRef("translation_of"), context=OuterRef("context"))
    return translations.filter(Exists(segments))


def by_machine(key: UUID, locale_id: int) -> QuerySet[StringTranslation]:
    """The texts of one thing in one language that a machine wrote and nobody confirmed."""
    rows = StringTranslation.objects.filter(context__object_id=key, locale=locale_id, translation_type=MACHINE)
    return current(rows)


def machine_texts(thing: TranslatableMixin) -> int:
    return by_machine(thing.translation_key, thing.locale_id).count()


def missing_texts(translation: Translation) -> int:
    """How many texts have no translation that can be used. One query."""
    segments = StringSegment.objects.filter(source=translation.source_id)
    return segments.annotate_translation(translation.target_locale_id).filter(translation=None).count()
