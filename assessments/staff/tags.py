"""Question tags in the menu: rename one, or take away one that no quiz draws by."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Tag
from ..usage import quizzes_drawing_by


class DeleteTag(generic.DeleteView):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Without its tag a draw would find nothing to ask."""
        if not (drawing := quizzes_drawing_by(self.object.slug)):
            return super().dispatch(request, *args, **kwargs)
        words = gettext("“%(tag)s” cannot be deleted: the quiz “%(quiz)s” draws by it. Change that quiz first.")
        messages.error(request, words % {"tag": self.object.name, "quiz": drawing[0].title})
        return redirect(reverse("question-tags:index"))


class TagViewSet(ModelViewSet):
    """Renaming changes no quiz: draws ask for the tag's address, which stays."""

    model = Tag
    name = "question-tags"
    icon = "tag"
    menu_label = _("Question tags")
    list_display = ["name", Column("asked", label=_("Questions"), sort_key="asked")]
    search_fields = ["name"]
    list_per_page = 50
    ordering = "name"
    panels = [FieldPanel("name")]
    copy_view_enabled = False
    delete_view_class = DeleteTag

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(queryset=Tag.objects.annotate(asked=Count("questions")), **kwargs)
