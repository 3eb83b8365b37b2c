"""«Usage» of a fact: what cites it, each thing once."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.snippets.views.snippets import UsageView

from .citing import Citing, citations


class StateColumn(Column):
    def get_value(self, row: Citing):
        return state_in_words(row)


class CardsColumn(Column):
    def get_value(self, row: Citing):
        return ", ".join(map(str, row.cards))


def state_in_words(row: Citing) -> str:
    if not row.live:
        return _("Draft")
    return _("Live, with a draft") if row.has_draft else _("Live")


class FactUsage(UsageView):
    """Wagtail's own lists every alias and translation; here each thing stands once, with its module and its cards."""

    permission_required = "view"
    verbose_name_plural = gettext_lazy("places that cite it")

    def get_queryset(self):
        return citations([self.object])[self.object.pk].rows

    def get_table(self, object_list, **kwargs):
        return super(generic.UsageView, self).get_table(object_list, **kwargs)

    @cached_property
    def columns(self):
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn("title", label=_("What"), get_url=lambda row: row.url(finder)),
            Column("kind", label=_("Kind")),
            Column("module", label=_("Module")),
            CardsColumn("cards", label=_("Cards")),
            Column("language", label=_("Language")),
            StateColumn("state", label=_("State")),
        ]
