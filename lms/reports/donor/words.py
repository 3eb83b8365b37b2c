"""What the donor table is called and what its numbers mean: on the screen, on paper and in the file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from curriculum.models.pages import HealthArea
from lms.people.models import User

from .counts import UNKNOWN
from .quarters import BANDS

MEASURES = {"certified": _("People certified"), "through": _("People who completed a programme")}
DIMENSIONS = {
    "country": _("Country"),
    "sex": _("Sex"),
    "age": _("Age"),
    "job": _("Job"),
    "area": _("Health area"),
    "quarter": _("Quarter"),
}
NOT_NOTED = pgettext_lazy("sex, age or job", "Not noted")
SEXES = dict(User.Sex.choices) | {UNKNOWN: NOT_NOTED}
AREAS = dict(HealthArea.choices)
AGES = {label: label for label, _first in BANDS} | {
    "19": _("19 or younger"),
    "50": _("50 or older"),
    UNKNOWN: NOT_NOTED,
}
FEW, KEPT_BACK = "< 5", "•"

DEFINED = {
    "certified": _(
        "Certified: held a valid certificate, no specimen, on the last day of the quarter; today, while it runs."
    ),
    "through": _("Completed: was through with everything a programme requires, in the quarter."),
}
DEFINITIONS = {
    "country": _("Country: where the certificate was awarded or the programme was taken."),
    "age": _("Age: reached in the year of the quarter; only the year of birth is kept."),
    "area": _("Health area: her programme required a module of it. A person counts in each of hers: no totals."),
    "quarter": _("Quarter: of the calendar year. A person counts in each of hers: no totals."),
}
RULES = (
    _("Each person counts once in a number."),
    _("“< 5”: fewer than five, nobody included. A nought is shown only in a row in which nobody is at all."),
    _("A column in which nobody is at all is left out."),
    _("“•”: kept back, so that none of those can be reckoned from the rest."),
)
