from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from . import home


class HomePage(Page):
    """Where people land: the learner's Continue, or the way to sign in."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curriculum.CurriculumPage", "curriculum.ProgrammePage", "site_pages.StandardPage"]
    max_count = None

    class Meta:
        verbose_name = _("home")

    def serve(self, request, *args, **kwargs):
        return home.send_on(request) or super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | home.context(request)


class StandardPage(Page):
    """Help for each kind of user, privacy, about."""

    body = RichTextField(_("text"), features=["h2", "h3", "bold", "ul", "ol", "link"])

    content_panels = Page.content_panels + [FieldPanel("body")]
    parent_page_types = ["site_pages.HomePage"]
    subpage_types: list = []
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
