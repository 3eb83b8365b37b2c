"""The filters of certification status: a job too, for those who may know it, and how soon is soon."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import KEEP_RECORDS, countries_for

from ..choosing import NONE, ChoosingForm
from ..permissions import may_see_jobs
from .standing import LEVELS, WITHIN, Chosen


class StatusForm(ChoosingForm):
    within = forms.ChoiceField(label=_("Ends within"), required=False)
    job = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    field_order = ["programme", "country", "site", "cohort", "within", "on", "job"]

    def __init__(self, user, data):
        super().__init__(user, data)
        self.fields["within"].choices = [(str(days), _("%(days)s days") % {"days": days}) for days in (WITHIN, 60, 30)]
        if not may_see_jobs(user):
            del self.fields["job"]

    @property
    def days(self) -> int:
        return int(self.chosen.get("within") or WITHIN)

    @property
    def levels(self) -> list[str]:
        """Those that this user may count by, from the widest."""
        return [level for level in LEVELS if level != "job" or "job" in self.fields]

    @property
    def level(self) -> str:
        """The one asked for, else the widest that is not narrowed to one value yet."""
        asked = self.data.get("by")
        if asked in self.levels:
            return asked
        return self.next_level(LEVELS[0]) if len(self.named("country")) == 1 else self._widest()

    def _widest(self) -> str:
        return next((level for level in self.levels if level not in self.chosen), self.levels[-1])

    def next_level(self, level: str) -> str:
        """Where a row opens; the last one opens nothing."""
        after = self.levels[self.levels.index(level) + 1 :]
        return next((one for one in after if one not in self.chosen), "")

    @property
    def chosen_standing(self) -> Chosen:
        at = self.at
        if job := self.chosen.get("job"):
            at["job"] = "" if job == NONE else job
        kept = self._kept if self.level == "job" or "job" in at else None
        return Chosen(self.day, self.days, self.programme_key, at, kept)

    @property
    def _kept(self) -> tuple[str, ...] | None:
        """Jobs are told of the countries whose records she keeps; all of them for an administrator."""
        if self.user.is_superuser:
            return None
        return tuple(countries_for(self.user, *KEEP_RECORDS).values_list("pk", flat=True))
