"""The title that somebody chose for her certificates: shown to her, taken along by a merge, gone when she is erased."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.merging import Rows, move_all
from lms.people.models import User
from lms.people.rights.gathering import day

from ..models import TitleChoice

CHOICE = Rows(gettext_lazy("choice of a title"), TitleChoice)


def person_data(person: User) -> list[tuple[str, list[dict]]]:
    choices = TitleChoice.objects.filter(person=person)
    rows = [{_("Title"): title_in_words(row.own_title), _("On"): day(row.chosen_at)} for row in choices]
    return [(_("Title on your certificates"), rows)]


def erase_person(person: User) -> dict[str, int]:
    return {"title_choices": TitleChoice.objects.filter(person=person).delete()[0]}


def move(kept: User, gone: User) -> dict[str, int]:
    """What she chose under the number that is kept stands."""
    if TitleChoice.objects.filter(person=kept).exists():
        TitleChoice.objects.filter(person=gone).delete()
    return move_all((CHOICE,), kept, gone)


def rows() -> tuple[Rows, ...]:
    return (CHOICE,)


def title_in_words(own_title: bool) -> str:
    return _("The programme’s own title") if own_title else _("The neutral title")
