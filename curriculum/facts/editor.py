"""The editor of a fact: the form that asks what a change means, and beside it what cites the fact."""

from django import forms
from django.forms import RadioSelect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView

from ..models import Change, Fact
from . import changes
from .citing import Citations, citations


class FactForm(WagtailAdminModelForm):
    """A fact. Where it will say something else than before, what that means and why has to be said too."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the change means"), choices=Change.Kind.choices, widget=RadioSelect, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=Change._meta.get_field("reason").max_length,
        required=False,
        help_text=Change._meta.get_field("reason").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["kind"], self.fields["reason"]

    @cached_property
    def before(self) -> Fact | None:
        """As it stands: when going back to an earlier version, the instance is that version already."""
        return Fact.objects.filter(pk=self.instance.pk).first()

    def clean(self):
        cleaned = super().clean()
        if self.before and not self.errors:
            after = Fact(**{name: cleaned[name] for name in ("statement", "source", "safety_critical", "status")})
            self._ask(cleaned, {one.name for one in changes.differences(self.before, after)})
        return cleaned

    def _ask(self, cleaned: dict, changed: set[str]) -> None:
        if not changed and cleaned["kind"] == Change.Kind.RETRAIN:
            self.add_error("kind", _("It says what it said before: there is nothing to learn again. Choose “Minor”."))
        if changed and not cleaned["kind"]:
            words = _("What it says has changed: say whether people who learned it before have to learn it again.")
            self.add_error("kind", words)
        needs_reason = changed - {"source"} or (changed and cleaned["kind"] == Change.Kind.RETRAIN)
        if needs_reason and not cleaned["reason"]:
            self.add_error("reason", _("Say why: the next editor and whoever learns it again want to know."))


class RowsPanel(Panel):
    """Rows about the fact below its form, drawn by a template of their own. Nothing for a new fact."""

    def __init__(self, relation: str, template: str, *, related: tuple[str, ...] = (), **kwargs):
        super().__init__(**kwargs)
        self.relation, self.template, self.related = relation, template, related

    def clone_kwargs(self):
        own = {"relation": self.relation, "template": self.template, "related": self.related}
        return super().clone_kwargs() | own

    class BoundPanel(Panel.BoundPanel):
        @property
        def template_name(self):
            return self.panel.template

        def is_shown(self):
            return self.instance.pk is not None and super().is_shown()

        def get_context_data(self, parent_context=None):
            rows = list(getattr(self.instance, self.panel.relation).select_related(*self.panel.related))
            for row in rows:
                row.buttons = change_buttons(row, self.request.user) if isinstance(row, Change) else []
            return super().get_context_data(parent_context) | {"rows": rows, "fact": self.instance}


class CitedPanel(Panel):
    """How much rests on the fact, in one line where its change is asked about; the whole list stands beside."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curriculum/admin/fact_rests.html"

        def is_shown(self):
            return self.instance.pk is not None and super().is_shown()

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"cited": cited_of(self.instance)}


EDITOR = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("status")]),
                FieldPanel("statement"),
                FieldPanel("source"),
                FieldPanel("note"),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("varies_by_country"), FieldPanel("safety_critical")]),
            ],
            heading=gettext_lazy("The fact"),
            icon="tick-inverse",
        ),
        MultiFieldPanel(
            [CitedPanel(), FieldPanel("kind"), FieldPanel("reason")],
            heading=gettext_lazy("If you change what it says"),
            icon="edit",
            help_text=gettext_lazy(
                "Asked when the statement, its source or “safety-critical” changes, or the fact becomes unsure. "
                "“Must retrain” asks nobody yet: you see first how many people it is about."
            ),
        ),
        RowsPanel(
            "verdicts",
            "curriculum/admin/fact_verdicts.html",
            related=("brought_in_by",),
            heading=gettext_lazy("Clinicians’ verdicts"),
            icon="clipboard-list",
        ),
        RowsPanel(
            "changes",
            "curriculum/admin/fact_changes.html",
            related=("made_by", "fact"),
            heading=gettext_lazy("Changes"),
            icon="history",
        ),
    ],
    base_form_class=FactForm,
)


class CitedSidePanel(BaseSidePanel):
    """Beside the form: everything that cites the fact, and so changes its meaning with it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        icon_name = "link"

        @property
        def aria_label(self) -> str:
            """With the number that the sign shows."""
            return _("Cited by: %(count)d") % {"count": len(self.panel.cited.rows)}

        def get_context_data(self, parent_context):
            return super().get_context_data(parent_context) | {"count": len(self.panel.cited.rows)}

    name = "cited"
    title = gettext_lazy("Cited by")
    template_name = "curriculum/admin/fact_cited.html"
    order = 50

    class Media:
        css = {"all": ["css/facts.css"]}

    @cached_property
    def cited(self) -> Citations:
        return cited_of(self.object)

    def get_context_data(self, parent_context):
        finder = AdminURLFinder(self.request.user)
        groups = [
            {"heading": group.heading, "rows": [(row, row.url(finder)) for row in group.rows]}
            for group in self.cited.groups
        ]
        return super().get_context_data(parent_context) | {"groups": groups, "words": self.cited.in_words}


class SavedWhenAsked:
    """A fact is live as soon as it is saved: half a sentence must not be, so nothing is saved by itself.

    Each save is a revision of its own: what a fact said is never written over.
    """

    overwrite_revision = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class FactCreate(SavedWhenAsked, CreateView):
    pass


class FactEdit(SavedWhenAsked, EditView):
    def get_side_panels(self):
        panels = super().get_side_panels()
        panels.append(CitedSidePanel(self.object, self.request))
        return panels

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *fact_buttons(self.object, self.request.user)]

    def is_valid(self, form):
        if self.is_out_of_date:
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = _(
                "Somebody else saved this fact since you opened it. Yours is not saved: open the fact in another tab, "
                "compare, and write it again there."
            )
            return False
        return super().is_valid(form)

    def save_instance(self):
        fact = super().save_instance()
        self.change = self._note(fact)
        return fact

    def _note(self, fact: Fact) -> Change | None:
        how = {name: self.form.cleaned_data.get(name) or "" for name in ("kind", "reason")}
        return changes.note_change(self.form.before, fact, by=self.request.user, revision=self.new_revision, **how)

    def get_success_buttons(self):
        asked = change_buttons(self.change, self.request.user) if self.change else []
        return [*super().get_success_buttons(), *(messages.button(button.url, button.label) for button in asked)]


class FactRevert(RevisionsRevertMixin, FactEdit):
    """Back to an earlier version is a change like any other."""

    view_name = "revisions_revert"

    def save_instance(self):
        fact = super().save_instance()
        self.change = self._note(fact)
        return fact


def cited_of(fact: Fact) -> Citations:
    """Read once, however many parts of the page show it."""
    if not hasattr(fact, "cited_read"):
        fact.cited_read = citations([fact])[fact.pk]
    return fact.cited_read


def fact_buttons(fact: Fact, user) -> list[Button]:
    """What rooms above can show about a fact: hook `curriculum_fact_buttons(fact, user)`."""
    return [button for hook in hooks.get_hooks("curriculum_fact_buttons") for button in hook(fact, user)]


def change_buttons(change: Change, user) -> list[Button]:
    """What rooms above can do about a change: hook `curriculum_change_buttons(change, user)`."""
    return [button for hook in hooks.get_hooks("curriculum_change_buttons") for button in hook(change, user)]
