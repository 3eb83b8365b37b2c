"""Facts in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Fact
from .editor import EDITOR, FactCreate, FactEdit, FactRevert
from .listing import FactChooser, FactFilters, FactList, MarksColumn, StatementColumn, VerdictColumn
from .usage import FactUsage


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "tick-inverse"
    menu_label = _("Facts")
    menu_name = "facts"
    menu_order = 207
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "code",
        StatementColumn("statement", label=_("Statement and source"), width="42%"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("as_of", label=_("As of"), sort_key="as_of"),
        MarksColumn("marks", label=_("Take care")),
        VerdictColumn("verdict", label=_("Last verdict")),
    ]
    filterset_class = FactFilters
    ordering = "code"
    edit_handler = EDITOR
    index_view_class = FactList
    add_view_class = FactCreate
    edit_view_class = FactEdit
    revisions_revert_view_class = FactRevert
    usage_view_class = FactUsage
    chooser_viewset_class = FactChooser
    chooser_per_page = 15
