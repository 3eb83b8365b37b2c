"""The forms of modules and lessons: what is chosen for an author before she begins. Known to the models, knows none."""

from collections import Counter

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lms.core.templatetags.ui import drawn, icon

from .checks.form import CheckedForm
from .checks.whole import OF_A_LESSON

SKELETON = ("ask", "text", "remember", "story", "say", "summary")
PICTOGRAMS = {
    "lungs": _("Lungs"),
    "net": _("Net"),
    "heart": _("Heart"),
    "drop": _("Drop"),
    "pills": _("Tablets"),
    "baby": _("Baby"),
    "child": _("Child"),
    "belly": _("Pregnancy"),
    "breast": _("Breast"),
    "person": _("A person"),
    "people": _("People"),
    "hands": _("Hands"),
    "head": _("Head"),
    "say": _("Talking"),
    "listen": _("Listening"),
    "path": _("Path"),
    "shield": _("Protection"),
    "sun": _("Sun"),
    "redo": _("Again"),
    "book": _("Book"),
}


class LessonForm(CheckedForm):
    """A new lesson begins with the cards that every lesson has, empty."""

    checked = "cards"
    whole = OF_A_LESSON

    def __init__(self, *args, **kwargs):
        lesson = kwargs["instance"]
        if lesson.pk is None and not lesson.cards:
            empty = [{"type": kind, "value": {}} for kind in SKELETON]
            lesson.cards = lesson.cards.stream_block.to_python(empty)
        super().__init__(*args, **kwargs)


class ModuleForm(CheckedForm):
    """A new module asks for its title, what she learns to do and the health area; the rest is chosen already."""

    checked = "job_aid"

    cloth = forms.ChoiceField(
        label=_("Cloth"), widget=forms.RadioSelect, help_text=_("The colour learners know the module by; it keeps it")
    )
    icon = forms.ChoiceField(
        label=_("Icon"), widget=forms.RadioSelect, help_text=_("What learners see on its tile, beside the title")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "cloth" in self.fields:
            self.fields["cloth"].choices = self._cloths()
        if "icon" in self.fields:
            self.fields["icon"].choices = self._pictograms()
        if self.instance.pk is None:
            self.initial |= {"health_area": None, "client_groups": ["all"], "cloth": self._least_used_cloth()}

    def _cloths(self) -> list[tuple[str, str]]:
        choices = self._meta.model._meta.get_field("cloth").choices
        return [
            (name, format_html('<span class="cloth-swatch" data-cloth="{}"></span>{}', name, label))
            for name, label in choices
        ]

    def _pictograms(self) -> list[tuple[str, str]]:
        """Its own among them, where somebody once typed another."""
        shown = (
            PICTOGRAMS if self.instance.icon in PICTOGRAMS else {self.instance.icon: self.instance.icon} | PICTOGRAMS
        )
        return [(name, format_html("{}{}", icon(drawn(name), 32), label)) for name, label in shown.items()]

    def _least_used_cloth(self) -> str:
        """Each module counts once, however many languages it has; of two the first of the six."""
        field = self._meta.model._meta.get_field("cloth")
        used = Counter(dict(self._meta.model.objects.order_by().values_list("translation_key", "cloth")).values())
        return min((name for name, _label in field.choices), key=lambda name: used[name])
