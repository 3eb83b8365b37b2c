"""A question's own pages in the bank, with the way to a regrade in their menu."""

from django.utils.functional import cached_property
from wagtail.snippets.views.snippets import EditView, InspectView

from .regrading import regrade_buttons


class QuestionEdit(EditView):
    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *regrade_buttons(self.object, self.request.user)]


class QuestionInspect(InspectView):
    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *regrade_buttons(self.object, self.request.user)]
