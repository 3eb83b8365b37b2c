"""The form of a page whose cards are checked: what must not go out is an error at its card, and only then."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from . import cards as card_checks
from .remark import Remark

GOES_OUT = ("action-publish", "action-submit", "action-restart-workflow")  # whatever else is posted beside it
STAYS_HERE = ("action-cancel-workflow",)  # leads back to a draft, as does any answer but an approval


class CheckedForm(WagtailAdminPageForm):
    """Saving a draft is always possible; submitting, approving and publishing not while a remark blocks."""

    checked = ""
    whole: tuple = ()

    def clean(self):
        cleaned = super().clean()
        cards = cleaned.get(self.checked)
        if cards is not None and self._goes_out():
            self._refuse(blocking(cards, self.instance.locale.language_code, self.whole))
        return cleaned

    def _goes_out(self) -> bool:
        if any(self.data.get(name) for name in GOES_OUT):
            return True
        answer = self.data.get("workflow-action-name") or "approve"
        leads_back = answer != "approve" or any(self.data.get(name) for name in STAYS_HERE)
        return not self.is_deferred_validation and not leads_back

    def _refuse(self, found: list[Remark]) -> None:
        if found:
            self.add_error(self.checked, as_error(found))


def blocking(cards, language: str, whole: tuple = ()) -> list[Remark]:
    """What keeps these cards from review and from learners."""
    found = [*card_checks.remarks(cards, language), *(one for check in whole for one in check(cards, language))]
    return [remark for remark in found if remark.blocks]


def blocking_on(page) -> list[Remark]:
    """What keeps a page, as it stands in this object, from learners. Nothing for a page without checked cards."""
    form = getattr(page, "base_form_class", None)
    if form is None or not issubclass(form, CheckedForm):
        return []
    return blocking(getattr(page, form.checked), page.locale.language_code, form.whole)


def as_error(found: list[Remark]) -> StreamBlockValidationError:
    """The remarks as the editor shows errors: at the field, at the card, or above all cards."""
    at_cards: dict[int, list[Remark]] = defaultdict(list)
    above = []
    for remark in found:
        if remark.number:
            at_cards[remark.number - 1].append(remark)
        else:
            above.append(ValidationError(remark.sentence))
    return StreamBlockValidationError(
        block_errors={place: _at_card(remarks) for place, remarks in at_cards.items()}, non_block_errors=above
    )


def _at_card(found: list[Remark]) -> StructBlockValidationError:
    fields: dict[str, list[str]] = defaultdict(list)
    for remark in found:
        fields[remark.field].append(remark.sentence)
    whole = [ValidationError(sentence) for sentence in fields.pop("", [])]
    errors = {name: ValidationError(" ".join(sentences)) for name, sentences in fields.items()}
    return StructBlockValidationError(block_errors=errors, non_block_errors=whole)
