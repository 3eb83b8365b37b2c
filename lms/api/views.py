"""The addresses of version 1. What is asked stands in the body, never in an address: addresses end up in logs.

The site's other machine interfaces (Wagtail's own) keep their ways: what is ours is set on our views, not for all.
"""

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .checking import Question, answer_all
from .doors import BearerToken, MayCheckCertificates
from .problems import problem
from .reading import AlwaysJSON, LimitedJSON
from .serializers import (
    AnswerSerializer,
    AnswersSerializer,
    ProblemSerializer,
    QuestionSerializer,
    QuestionsSerializer,
)

PROBLEMS = {
    (number, "application/problem+json"): OpenApiResponse(ProblemSerializer, description=words)
    for number, words in {
        400: "A field is missing or wrong; the body is not JSON.",
        401: "No token, or one that is unknown, withdrawn or expired.",
        403: "The token may not be used for that.",
        413: "The body is too large.",
        415: "The body is not application/json.",
        429: "Too many requests: come again after the seconds in Retry-After.",
    }.items()
}
EXAMPLE = OpenApiExample("One", {"code": "7K2M-QX94-PB3T-W", "family_name": "Phiri"}, request_only=True)


class View(APIView):
    """What holds for every address here."""

    authentication_classes = (BearerToken,)
    permission_classes = (MayCheckCertificates,)
    parser_classes = (LimitedJSON,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJSON
    http_method_names = ("post",)

    def get_exception_handler(self):
        return problem


class Check(View):
    @extend_schema(
        operation_id="check_certificate",
        summary="Check one certificate",
        request=QuestionSerializer,
        responses={200: AnswerSerializer, **PROBLEMS},
        examples=[EXAMPLE],
        tags=["certificates"],
    )
    def post(self, request: Request) -> Response:
        """What it is worth today: the same states, in the same order, as on the public page."""
        asked = QuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        [answer] = answer_all(request.auth, [Question(**asked.validated_data)])
        return Response(AnswerSerializer(answer).data)


class CheckMany(View):
    @extend_schema(
        operation_id="check_certificates",
        summary="Check up to 500 certificates",
        request=QuestionsSerializer,
        responses={200: AnswersSerializer, **PROBLEMS},
        tags=["certificates"],
    )
    def post(self, request: Request) -> Response:
        """One answer for each, in the order in which they were asked."""
        asked = QuestionsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        answers = answer_all(request.auth, [Question(**row) for row in asked.validated_data["certificates"]])
        return Response(AnswersSerializer({"certificates": answers}).data)


class NothingHere(View):
    """A machine gets a problem that it can read, not a page."""

    authentication_classes = permission_classes = ()
    schema = None

    def initial(self, request, *args, **kwargs):
        raise NotFound("There is nothing at this address. See openapi.json.")


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Public: it names nobody, and a partner's developer reads it before there is a token."""
    return JsonResponse(_document())


@cache
def _document() -> dict:
    ours = [path("api/", include("lms.api.urls"))]
    return SchemaGenerator(patterns=ours).get_schema(request=None, public=True)
