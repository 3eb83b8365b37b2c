"""Every question type is one folder here. Adding one touches its folder only (and one migration).

A folder's package offers `TYPE`, an instance of a subclass of `base.QuestionType`; its template is `field.html`.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from .base import Grade, OtherWords, QuestionType

EVERYONE = "everyone"  # in a key: a regrade gave the mark to everyone, whatever was answered


@cache
def all_types() -> dict[str, QuestionType]:
    folders = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    types = [import_module(f"{__name__}.{folder}").TYPE for folder in folders]
    return {type_.name: type_ for type_ in types}


def get(name: str) -> QuestionType:
    return all_types()[name]


def grade(name: str, key: dict, response: Any) -> Grade:
    """A response judged by a paper's key. Total."""
    return Grade(True, 1.0) if key.get(EVERYONE) else get(name).grade(key, response)


__all__ = ["EVERYONE", "Grade", "OtherWords", "QuestionType", "all_types", "get", "grade"]
