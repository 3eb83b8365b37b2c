"""«Other searches» beside the admin's search of pages: lists that search themselves."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.search import SearchArea
from wagtail.snippets.views.snippets import SnippetViewSet


class SnippetArea(SearchArea):
    """The list of a snippet, for those who may see it."""

    def __init__(self, viewset: type[SnippetViewSet], order: int):
        app, model = viewset.model._meta.app_label, viewset.model._meta.model_name
        self.permission = f"{app}.view_{model}"
        url = reverse(f"wagtailsnippets_{app}_{model}:list")
        super().__init__(viewset.menu_label, url, name=model, icon_name=viewset.icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)
