from django.contrib.contenttypes.models import ContentType
from django.http import Http404
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
    private_page_options: list = []  # it would hide what the gate below it opens

    class Meta:
        verbose_name = _("home")

    def route(self, request, path_components):
        """Finds a page by its whole address: one look for all levels, where Wagtail looks at each."""
        if not path_components:
            return super().route(request, path_components)
        address = "/".join([self.url_path.rstrip("/"), *path_components, ""])
        for pk, kind in Page.objects.filter(slug=path_components[-1], url_path=address).values_list(
            "pk", "content_type"
        ):
            model = ContentType.objects.get_for_id(kind).model_class()
            return model.objects.get(pk=pk).route(request, [])
        raise Http404

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
