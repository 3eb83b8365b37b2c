"""What the list of questions can be narrowed down to."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import WorkflowState

from curriculum.models import Fact, ModulePage
from lms.core.models import country_choices
from lms.core.natural import natural

from ..models import Mark, Question, Tag
from ..question_types import all_types
from ..usage import used_keys

LIVE, CHANGED, DRAFT, IN_REVIEW = "live", "changed", "draft", "in_review"
STATES = [
    (LIVE, _("Live")),
    (CHANGED, _("Live, with changes that are not published")),
    (DRAFT, _("Draft")),
    (IN_REVIEW, _("In review")),
]


def type_choices() -> list[tuple[str, str]]:
    return [(name, type_.block().label) for name, type_ in all_types().items()]


def in_review() -> set[int]:
    """The questions that a reviewer has before him. Workflows know their objects by text: no join does that."""
    own = ContentType.objects.get_for_model(Question)
    waiting = WorkflowState.objects.filter(base_content_type=own, status=WorkflowState.STATUS_IN_PROGRESS)
    return {int(pk) for pk in waiting.values_list("object_id", flat=True)}


class QuestionFilters(WagtailFilterSet):
    module = django_filters.ModelChoiceFilter(
        queryset=lambda request: ModulePage.objects.filter(locale__language_code="en"), label=_("Module")
    )
    type = django_filters.ChoiceFilter(method="of_type", choices=type_choices, label=_("Type"))
    difficulty = django_filters.ChoiceFilter(choices=Question.Difficulty.choices, label=_("Difficulty"))
    tag = django_filters.ModelChoiceFilter(
        field_name="tagged_items__tag", queryset=lambda request: Tag.objects.all(), label=_("Tag")
    )
    critical = django_filters.BooleanFilter(label=_("Critical"))
    country = django_filters.ChoiceFilter(method="for_country", choices=country_choices, label=_("Asked in"))
    status = django_filters.ChoiceFilter(method="in_state", choices=STATES, label=_("Status"))
    fact = django_filters.ModelChoiceFilter(
        field_name="cited_facts__fact",
        queryset=lambda request: Fact.objects.order_by(*natural("code")),
        label=_("Cites fact"),
    )
    use = django_filters.ChoiceFilter(
        method="by_use",
        choices=[("unused", _("In no quiz")), ("unanswered", _("Never answered"))],
        label=_("Use"),
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def of_type(self, queryset, name, value):
        """By the stored form: what a question's only block is."""
        rows = queryset.values_list("pk", "answer")
        return queryset.filter(pk__in=[pk for pk, answer in rows if [b["type"] for b in answer.raw_data] == [value]])

    def for_country(self, queryset, name, value):
        """The list of countries is compared here: the databases read lists in different ways."""
        rows = queryset.values_list("pk", "countries")
        return queryset.filter(pk__in=[pk for pk, countries in rows if not countries or value in countries])

    def in_state(self, queryset, name, value):
        states = {
            LIVE: {"live": True},
            CHANGED: {"live": True, "has_unpublished_changes": True},
            DRAFT: {"live": False},
            IN_REVIEW: {"pk__in": in_review()},
        }
        return queryset.filter(**states[value])

    def by_use(self, queryset, name, value):
        if value == "unused":
            return queryset.exclude(translation_key__in=used_keys())
        answered = Mark.objects.filter(response__isnull=False).values("question")
        return queryset.exclude(translation_key__in=answered)
