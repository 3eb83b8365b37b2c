"""A model's pages in the admin without copy, delete and usage, each limited to the rows that the policy gives."""

from django.urls import path
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.viewsets.model import ModelViewSet


class OwnIndexView(generic.IndexView):
    def get_base_queryset(self):
        rows = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )
        return rows.select_related(*self.related)

    related: tuple[str, ...] = ()


class OwnEditView(generic.EditView):
    def get_queryset(self):
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])


class OwnHistoryView(history.HistoryView):
    def get_base_object_queryset(self):
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])


class OwnRowsViewSet(ModelViewSet):
    index_view_class = OwnIndexView
    edit_view_class = OwnEditView
    history_view_class = OwnHistoryView
    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self):
        key = self.pk_path_converter
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path(f"<{key}:pk>/edit/", self.edit_view, name="edit"),
            path(f"<{key}:pk>/history/", self.history_view, name="history"),
            path(f"<{key}:pk>/history/results/", self.history_results_view, name="history_results"),
        ]
