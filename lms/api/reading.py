"""The body of a request: JSON, and not more of it than 500 certificates need."""

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser

MOST_BYTES = 512 * 1024


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is larger than 512 kB. Send at most 500 certificates at a time."
    default_code = "too_large"


class LimitedJSON(JSONParser):
    """Says that it is too large before reading it. The server reads no more than the length that was announced."""

    def parse(self, stream, media_type=None, parser_context=None):
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise TooLarge
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deeply") from error


class AlwaysJSON(BaseContentNegotiation):
    """Whatever a program says that it accepts, it gets JSON: a library's default is no reason to refuse."""

    def select_parser(self, request, parsers):
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
