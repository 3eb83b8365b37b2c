"""One answer, as a form or as a script posts it."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase

from ..forms import AnswerForm
from ..models import Answer, Attempt


class SeeOther(HttpResponseRedirectBase):
    """After a POST: read on there."""

    status_code = 303


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def saved(request: HttpRequest, url: str) -> HttpResponse:
    return JsonResponse({"state": "saved", "next": url}) if by_script(request) else SeeOther(url)


def go_instead(request: HttpRequest, url: str, reason: str) -> HttpResponse:
    """Not taken, because the attempt is past this: on to where it is."""
    if by_script(request):
        return JsonResponse({"state": "refused", "reason": reason, "next": url}, status=409)
    return SeeOther(url)


def answer_id(request: HttpRequest, prefix: str | None = None) -> UUID:
    """The sender's id, or a new one. `prefix` tells the answers of one form apart."""
    form = AnswerForm(request.POST, prefix=prefix)
    return (form.is_valid() and form.cleaned_data["answer_id"]) or uuid4()


def id_of_act(request: HttpRequest, attempt: Attempt, response) -> UUID:
    """As answer_id. A page that came back from the browser's memory with another answer is not a replay."""
    sent = answer_id(request)
    before = None if by_script(request) else Answer.objects.filter(pk=sent, attempt=attempt).first()
    return uuid4() if before and before.response != response else sent
