"""Country values of the starter curriculum: hints for the countries' leads."""

from django.core.exceptions import ValidationError

from curriculum.models import CountryValue
from curriculum.translation.faults import words_of

from .files import ContentError, require
from .library import Item


def load_values(item: Item) -> None:
    """Written once, never over what is there. Raises ContentError for a value that cannot be kept."""
    for row in item.data:
        require(item.path, row, "country", "key", "value")
        key = {"country_id": row["country"], "key": row["key"], "language": row.get("language", "en")}
        if not CountryValue.objects.filter(**key).exists():
            _keep(CountryValue(**key, value=row["value"], note=row.get("note", "")), item)


def _keep(hint: CountryValue, item: Item) -> None:
    try:
        hint.full_clean()
    except ValidationError as error:
        name = f"{hint.country_id} {hint.key}"
        raise ContentError(item.path, None, f"«{name}»: {'; '.join(words_of(error))}") from error
    hint.save()
