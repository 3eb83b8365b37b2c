"""The glossary in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import GlossaryTerm
from .forms import GlossaryTermForm

HOW = _("Learners tap the first mention of this word on a page and read the explanation.")


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 208
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "term",
        Column("variants", label=_("Other forms")),
        Column("explanation", label=_("Explanation")),
        LocaleColumn(),
    ]
    search_fields = ["term", "variants", "explanation"]
    search_backend_name = None  # few rows: found without an index, and at once
    ordering = ["term"]
    edit_handler = ObjectList(
        [
            FieldPanel("term", help_text=HOW),
            FieldPanel("variants"),
            FieldPanel("explanation"),
            FieldPanel(
                "code", help_text=_("Leave it empty and it follows from the word. Files of translations name it.")
            ),
        ],
        base_form_class=GlossaryTermForm,
    )
