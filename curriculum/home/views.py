"""One list of the first page in full, for those whose first page has it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .boards import Board, boards_of

A_PAGE = 50
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    board = board_for(request.user, name)
    page = Paginator(board.read(request.user), A_PAGE).get_page(request.GET.get("p"))
    trail = [HOME, {"url": "", "label": board.heading}]
    context = {"board": board, "page_obj": page, "breadcrumbs_items": trail, "page_title": board.heading}
    return render(request, "curriculum/admin/home_list.html", context)


def board_for(user, name: str) -> Board:
    """Raises Http404 for what is not on her first page."""
    for board in boards_of(user):
        if board.name == name:
            return board
    raise Http404
