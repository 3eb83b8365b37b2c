"""The editor of a quiz, in the order in which a trainer decides: what for, which questions, by which rules."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel, TitleFieldPanel
from wagtail.blocks.stream_block import StreamBlockValidationError

from lms.core.models import Country

from .. import passing, quiz_check, sections

CHECKED = ("purpose", "sections", "bands", "shuffle_questions", "opens_at", "closes_at")
STREAMS = ("sections", "bands")


class QuizForm(WagtailAdminPageForm):
    """Says in words what keeps the quiz from being published; a draft may still have it."""

    def clean(self):
        cleaned = super().clean()
        if not any(name in self.errors for name in CHECKED):
            for name in CHECKED:
                if name in cleaned:
                    setattr(self.instance, name, cleaned[name])
            check = quiz_check.contradictions if self.is_deferred_validation else quiz_check.faults
            for name, words in check(self.instance).items():
                self.add_error(name, StreamBlockValidationError(non_block_errors=words) if name in STREAMS else words)
        return cleaned


class Met(Panel):
    """What learners of each country meet, as the quiz was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/staff/quiz_met.html"

        @cached_property
        def rows(self) -> list[dict]:
            """Countries with the same paper stand in one row."""
            if not self.instance.pk:
                return []
            bank, same = self.instance.bank(), {}
            for country in Country.objects.all():
                asked = self.instance.sections_for(country.code, bank)
                critical = sum(question.critical for question in sections.all_of(asked))
                same.setdefault((sections.size(asked), len(sections.all_of(asked)), critical), []).append(country.name)
            return [self._row(*numbers, names) for numbers, names in same.items()]

        def _row(self, size: int, pool: int, critical: int, names: list[str]) -> dict:
            needed = passing.needed(size, self.instance.pass_mark) if self.has_pass else None
            return {"countries": names, "size": size, "pool": pool, "needed": needed, "critical": critical}

        @property
        def has_pass(self) -> bool:
            return self.instance.purpose in (self.instance.Purpose.CERTIFYING, self.instance.Purpose.PRACTICE)


PANELS = [
    TitleFieldPanel("title", help_text=_("Learners read it in the module’s list, such as: Quiz: tuberculosis")),
    MultiFieldPanel(
        [
            FieldPanel(
                "purpose",
                help_text=_(
                    "Certifying: she must pass it, and sees what was right only when she has. Practice: it teaches as "
                    "she answers. Pre-test and post-test: the same questions before and after the lessons, once each."
                ),
            ),
            FieldPanel("minutes", help_text=_("She reads: about 10 minutes")),
        ],
        heading=_("What for"),
        icon="help",
    ),
    MultiFieldPanel(
        [
            Met(heading=_("What learners will meet")),
            FieldPanel(
                "sections",
                help_text=_(
                    "Fixed questions are on every paper. A draw takes so many by chance: each paper differs, and new "
                    "questions of the bank join in by themselves. Only live questions are asked."
                ),
            ),
        ],
        heading=_("Questions"),
        icon="list-ul",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("pass_mark", help_text=_("She reads: 8 right to pass. Rounded up; no effect on tests")),
                    FieldPanel(
                        "tries",
                        help_text=_("She reads: 2 tries left. Then a trainer talks with her and opens another"),
                    ),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("opens", help_text=_("A pre-test stands before the lessons: it holds them back")),
                    FieldPanel("layout", help_text=_("One question a screen suits a phone and a weak signal")),
                ]
            ),
        ],
        heading=_("Rules"),
        icon="clipboard-list",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("wait_hours", help_text=_("She reads: You can try again from Tuesday, 8:00")),
                    FieldPanel(
                        "partial_credit",
                        help_text=_(
                            "On: 2 of 4 right boxes count half. Off: a question counts when all of it is right"
                        ),
                    ),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("minutes_allowed", help_text=_("She reads: You have 20 minutes. Empty: no limit")),
                    FieldPanel(
                        "grace_minutes",
                        help_text=_("Answers that a lost signal held back still count so long after the limit: 5"),
                    ),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("opens_at", help_text=_("Nobody starts before. Empty: at any time")),
                    FieldPanel("closes_at", help_text=_("She reads: Open until 30 June. Papers are handed in then")),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("shuffle_questions", help_text=_("Each paper in an order of its own")),
                    FieldPanel("shuffle_answers", help_text=_("Off: answers stand as you wrote them")),
                ]
            ),
        ],
        heading=_("More rules"),
        icon="cogs",
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldPanel("bands", help_text=_("What a result says besides its number, from low to high, from 0 on"))],
        heading=_("Messages by score"),
        icon="comment",
        classname="collapsed",
    ),
]
