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
        """Finds a page by its whole address: one look for all levels, where Wagtail looks at each.

        What is no page may be an address that the page above it answers, such as a module's job aid.
        """
        if not path_components:
            return super().route(request, path_components)
        if page := self._at(path_components):
            return page.route(request, [])
        if page := self._at(path_components[:-1]):
            return page.route(request, path_components[-1:])
        raise Http404

    def _at(self, path_components) -> Page | None:
        if not path_components:
            return None
        address = "/".join([self.url_path.rstrip("/"), *path_components, ""])
        rows = Page.objects.filter(slug=path_components[-1], url_path=address).values_list("pk", "content_type")
        for pk, kind in rows:
            return ContentType.objects.get_for_id(kind).model_class().objects.get(pk=pk)
        return None

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
