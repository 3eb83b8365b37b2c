"""The kinds of message that rooms above send. Each says its own words until a template in the CMS replaces them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.text import capfirst
from wagtail import hooks


@dataclass(frozen=True)
class Kind:
    """`words` answers (subject, body) in the language that is active, with «{placeholder}» parts of `placeholders`.

    `urgent`: the person waits for it, so quiet hours and opt-outs do not hold it. `secret`: erased once handed over.
    `samples`: what the preview shows for placeholders. `free`: its words come from whoever sends it, not from a
    template.
    """

    name: str
    label: str
    placeholders: tuple[str, ...]
    words: Callable[[], tuple[str, str]]
    urgent: bool = False
    secret: bool = False
    samples: Mapping[str, str] = field(default_factory=dict, hash=False)
    free: bool = False

    def sample(self) -> dict[str, str]:
        return {name: self.samples.get(name, name.replace("_", " ")) for name in self.placeholders}


@cache
def kinds() -> dict[str, Kind]:
    """By name, from the hook `register_message_kinds`, whose functions answer lists of kinds."""
    return {kind.name: kind for hook in hooks.get_hooks("register_message_kinds") for kind in hook()}


def label_of(name: str) -> str:
    """A kind's label; its name where no room sends it any more."""
    kind = kinds().get(name)
    return capfirst(kind.label) if kind else name
