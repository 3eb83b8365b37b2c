"""Counts a page's queries: ours, and beside them those by which Wagtail finds the page."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

ROUTING = {"route_for_request", "find_for_request", "get_site_root_paths", "get_view_restrictions"}


@dataclass
class Count:
    own: list[str] = field(default_factory=list)
    routing: list[str] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        is_routing = "wagtailcore_pageviewrestriction" in sql or ROUTING & set(_callers())
        (self.routing if is_routing else self.own).append(sql)
        return execute(sql, params, many, context)


@contextmanager
def counted_queries():
    """Session and user are counted among ours."""
    count = Count()
    with connection.execute_wrapper(count):
        yield count


def _callers():
    frame = sys._getframe(1)
    while frame:
        yield frame.f_code.co_name
        frame = frame.f_back
