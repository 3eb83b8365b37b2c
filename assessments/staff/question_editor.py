"""The editor of a question: what is asked, the answer, why, where it belongs."""

import re

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.models import Locale

from curriculum.models import Fact, ModulePage

from ..models import Question

NO_MODULE = "q"


class QuestionForm(WagtailAdminModelForm):
    """Says what a question lacks at the field that lacks it. Proposes a code, and keeps to the module's source."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False

    def clean(self):
        cleaned = super().clean()
        cleaned["module"] = module = _as_written(cleaned.get("module"))
        if not cleaned.get("code") and "code" not in self.errors:
            cleaned["code"] = propose_code(module)
        self._check_picture(cleaned)
        if not self.is_deferred_validation:
            self._check_critical(cleaned)
        return cleaned

    def _check_picture(self, cleaned: dict) -> None:
        if cleaned.get("picture") and not (cleaned.get("picture_alt") or "").strip():
            words = _("Say what the picture shows: it is read out to people who cannot see it.")
            self.add_error("picture_alt", ValidationError(words))

    def _check_critical(self, cleaned: dict) -> None:
        facts = self._facts()
        if not cleaned.get("critical") or any(fact.safety_critical for fact in facts):
            return
        if facts:
            codes = ", ".join(fact.code for fact in facts)
            words = _("Not marked as safety-critical: %(codes)s. Cite a fact that is, or take the tick away.")
        else:
            codes, words = "", _("A critical question cites a safety-critical fact. Cite it, or take the tick away.")
        self.add_error("critical", ValidationError(words % {"codes": codes}))

    def _facts(self) -> list[Fact]:
        formset = self.formsets["cited_facts"]
        if not formset.is_valid():
            return []
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        return [form.cleaned_data["fact"] for form in kept if form.cleaned_data.get("fact")]


def propose_code(module: ModulePage | None) -> str:
    """The module's address and the next free number, such as tb-q15."""
    stem = f"{module.slug if module else NO_MODULE}-q"
    codes = Question.objects.filter(code__startswith=stem).values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(rf"{re.escape(stem)}(\d+)", code))]
    return f"{stem}{max(numbers, default=0) + 1}"


def _as_written(module: ModulePage | None) -> ModulePage | None:
    """The module in the language it was written in: that is where quizzes look."""
    source = Locale.objects.get(language_code="en")
    if module is None or module.locale_id == source.pk:
        return module
    return module.get_translation_or_none(source) or module


def remark(request: HttpRequest, question: object) -> None:
    """After a save that somebody asked for: what may have been forgotten, but is hers to decide."""
    if isinstance(question, Question) and request.accepts("text/html") and (found := remarks(question)):
        rows = format_html_join("", "<li>{}</li>", ((words,) for words in found))
        messages.warning(request, format_html("{}<ul>{}</ul>", _("Please look at this question again:"), rows))


def remarks(question: Question) -> list[str]:
    facts = [row.fact for row in question.cited_facts.all()]
    risky = ", ".join(fact.code for fact in facts if fact.safety_critical)
    unsure = ", ".join(fact.code for fact in facts if fact.status == Fact.Status.UNSURE)
    found = {
        _("It cites no fact: nobody can check it against a source."): not facts,
        _("It cites %(codes)s, which is unsure: learners are not to be taught it.") % {"codes": unsure}: unsure,
        _("It cites %(codes)s, which is safety-critical: should the question be critical?") % {"codes": risky}: (
            risky and not question.critical
        ),
        _("It belongs to no module: a quiz that draws by module never asks it."): not question.module_id,
    }
    return [words for words, applies in found.items() if applies]


EDITOR = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel(
                    "case",
                    heading=gettext_lazy("Story before it"),
                    help_text=gettext_lazy(
                        "Two or three short sentences, or nothing. Such as: Rose has TB and a 3-month-old baby."
                    ),
                ),
                FieldPanel(
                    "stem",
                    heading=gettext_lazy("Question"),
                    help_text=gettext_lazy(
                        "One question in plain words. Such as: What do you do? No double negatives."
                    ),
                ),
                FieldPanel("picture", help_text=gettext_lazy("Only if the question cannot be asked without it")),
                FieldPanel(
                    "picture_alt",
                    help_text=gettext_lazy(
                        "Read out to people who cannot see it. Such as: A test strip with two lines. Not the answer."
                    ),
                ),
            ],
            heading=gettext_lazy("What is asked"),
            icon="help",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "answer",
                    help_text=gettext_lazy(
                        "Choose one kind. Wrong answers are things people really do or say, as long as the right one."
                    ),
                )
            ],
            heading=gettext_lazy("The answer"),
            icon="tick-inverse",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "why",
                    heading=gettext_lazy("What she reads when the answer may be shown"),
                    help_text=gettext_lazy(
                        "One or two sentences that explain and never scold. "
                        "Such as: TB passes through the air, not through milk."
                    ),
                )
            ],
            heading=gettext_lazy("Why"),
            icon="info-circle",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("module", help_text=gettext_lazy("Quizzes draw by it")),
                        FieldPanel(
                            "difficulty",
                            help_text=gettext_lazy("Your guess; its answers will tell. Quizzes draw by it"),
                        ),
                    ]
                ),
                FieldPanel(
                    "tags",
                    help_text=gettext_lazy(
                        "Your own words for questions that belong together, such as: danger signs. Quizzes draw by them"
                    ),
                ),
                InlinePanel(
                    "cited_facts",
                    heading=gettext_lazy("Facts it tests"),
                    label=gettext_lazy("Fact"),
                    help_text=gettext_lazy("A missed question sends her to the lesson cards that state these facts."),
                ),
                FieldPanel(
                    "critical",
                    help_text=gettext_lazy(
                        "It tests a safety-critical fact: whoever misses it is asked again until it is right."
                    ),
                ),
                FieldPanel(
                    "countries",
                    heading=gettext_lazy("Only for these countries"),
                    help_text=gettext_lazy("None ticked: it is asked in every country"),
                ),
                FieldPanel(
                    "code",
                    help_text=gettext_lazy(
                        "Kept for good. Leave it empty for the module’s next number, such as tb-q15."
                    ),
                ),
            ],
            heading=gettext_lazy("Where it belongs"),
            icon="tag",
        ),
    ],
    base_form_class=QuestionForm,
)
