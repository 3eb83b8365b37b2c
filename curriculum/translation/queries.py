"""What is translated, by whom, and what is out of date."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation


def current(translations: QuerySet[StringTranslation]) -> QuerySet[StringTranslation]:
    """Those whose source text still stands where it was translated."""
    segments = StringSegment.objects.filter(string=OuterRef("translation_of"), context=OuterRef("context"))
    return translations.filter(Exists(segments))


def machine_texts(thing: TranslatableMixin) -> int:
    """How many of its texts a machine made and nobody confirmed. One query."""
    rows = StringTranslation.objects.filter(
        context__object_id=thing.translation_key,
        locale=thing.locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return current(rows).count()
