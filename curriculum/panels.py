"""The editors of module, lesson and programme, in the order in which a trainer decides, each field with an example."""

from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel

MODULE = [
    TitleFieldPanel("title", placeholder=_("Title"), help_text=_("One topic in a few words, such as: Tuberculosis")),
    FieldPanel("competency"),
    FieldPanel(
        "health_area",
        widget=RadioSelect,
        help_text=_("What it is mostly about, such as: HIV. Talking and listening are for every area."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("client_groups", help_text=_("Whom she will use it for. Everyone, if it is for all of them.")),
            FieldPanel("minutes"),
            FieldPanel("cloth"),
            FieldPanel("icon"),
        ],
        heading=_("Chosen for you: change it if you like"),
        icon="cogs",
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldPanel("job_aid_title"), FieldPanel("job_aid")],
        heading=_("Job aid"),
        icon="clipboard-list",
        classname="collapsed",
    ),
]

LESSON = [
    TitleFieldPanel(
        "title", placeholder=_("Title"), help_text=_("What it answers, in a few words, such as: Ask everyone about TB")
    ),
    MultiFieldPanel(
        [
            FieldPanel("objective"),
            FieldPanel("minutes", help_text=_("How long she needs, such as: 15. She reads it before she begins.")),
        ],
        heading=_("About"),
    ),
    FieldPanel("cards"),
    FieldPanel("facts_checked_on"),
]

PROGRAMME = [
    TitleFieldPanel(
        "title",
        placeholder=_("Title"),
        help_text=_("As her certificate prints it, such as: Integrated Primary Health Care"),
    ),
    FieldPanel("neutral_title"),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("code"),
                    FieldPanel("version"),
                    FieldPanel("level", help_text=_("Such as: Community health worker. The certificate prints it.")),
                ]
            )
        ],
        heading=_("Certificate"),
    ),
    FieldPanel("summary"),
    FieldPanel("failed_steps_only"),
    FieldPanel("is_refresher"),
    FieldPanel("firsts"),
    FieldPanel(
        "rows",
        help_text=_(
            "What she does for the certificate, in order: modules, and practicals such as: Screen for TB. "
            "People who are enrolled already keep the rows they began with."
        ),
    ),
]
