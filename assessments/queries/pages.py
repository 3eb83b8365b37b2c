"""Pages by translation key, and the records that keep them from being deleted."""

from uuid import UUID

from django.db.models import QuerySet

from ..models import Attempt, ExtraTry, Observation


def page_of(model, unit_key: UUID, language: str):
    """The page in this language if it is there, else its oldest. Live or not. Raises the model's DoesNotExist."""
    pages = list(model.objects.filter(translation_key=unit_key).select_related("locale").order_by("pk"))
    if not pages:
        raise model.DoesNotExist
    return next((page for page in pages if page.locale.language_code == language), pages[0])


def records_of(keys: list) -> list[QuerySet]:
    """What people have answered or shown of the pages with these keys."""
    return [model.objects.filter(unit_key__in=keys) for model in (Attempt, Observation, ExtraTry)]
