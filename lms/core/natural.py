"""Codes in the order people count: tb-q2 before tb-q10."""

from django.db.models import F, Func, Value
from django.db.models.functions import Length


def natural(field: str) -> tuple:
    """For order_by: what stands before the number, then the number. Both databases know this RTRIM."""
    return Func(F(field), Value("0123456789"), function="RTRIM"), Length(field), F(field)
