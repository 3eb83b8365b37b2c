"""Every address that the site answers, by its name; one without a name goes by its route."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

RAISES = "wagtailadmin_failwhale"  # Wagtail's own: raises an error, to try out error pages


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    pattern: URLPattern
    converters: tuple[tuple[str, str], ...]

    def path(self, arguments: dict) -> str:
        try:
            return reverse(self.name, kwargs=arguments)
        except NoReverseMatch:  # without a name, or hidden behind another of this name
            return "/" + "".join(
                part if "<" not in part else _filled(part, arguments) for part in self.route.split("^")
            )


def addresses() -> list[Address]:
    """Once each: several routes of one name and the same parts are one address."""
    found = {(address.name, address.converters): address for address in _walk(get_resolver().url_patterns)}
    return [address for address in found.values() if address.name != RAISES]


def _walk(patterns: list, names: tuple = (), route: str = "", parts: tuple = ()) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        kinds = {
            key: type(kind).__name__.removesuffix("Converter").lower()
            for key, kind in pattern.pattern.converters.items()
        }
        both = (*parts, *kinds.items())
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, (*names, *filter(None, [pattern.namespace])), here, both)
        else:
            yield Address(":".join((*names, pattern.name)) if pattern.name else here, here, pattern, both)


def _filled(route: str, arguments: dict) -> str:
    for name, value in arguments.items():
        for kind in ("int", "uuid", "slug", "str", "path"):
            route = route.replace(f"<{kind}:{name}>", str(value))
    return route
