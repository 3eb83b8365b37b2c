"""Every address × every kind of person, at home, abroad and signed out, against the table in matrix.txt.

To add a line: name, the row it is about («-» for none), who may (see table.GROUPS). Think first, then write.
"""

import pytest
from django.db import transaction

from .addresses import Address, addresses
from .table import read
from .world import make_world

LINES, WITHOUT_PEOPLE = read()
PARTS = 8  # so that several processes share the work


def asked() -> list[Address]:
    return sorted((address for address in addresses() if address.name in LINES), key=lambda address: address.name)


def test_every_address_has_a_line():
    missing = {address.name for address in addresses() if address.name not in LINES and not _spared(address.name)}
    assert missing == set(), "say in tests/matrix/matrix.txt who may open these"


def test_every_line_has_an_address():
    names = {address.name for address in addresses()}
    assert LINES.keys() - names == set()
    assert {name for name in WITHOUT_PEOPLE if not name.endswith(":*")} - names == set()


@pytest.fixture
def world(curriculum, kenya, lesotho):
    return make_world(curriculum)


@pytest.mark.parametrize("part", range(PARTS))
def test_only_those_may_who_are_in_the_table(world, part):
    wrong = []
    for address in asked()[part::PARTS]:
        line = LINES[address.name]
        path = address.path(world.arguments(address.pattern, dict(address.converters), line.about))
        let_in = {name for name in world.sessions if _is_let_in(world.client(name), path)}
        if let_in != line.may:
            wrong.append(f"{address.name} lets in {sorted(let_in)}, the table {sorted(line.may)}")
    assert wrong == [], "\n".join(wrong)


def _is_let_in(client, path: str) -> bool:
    """Asked with GET, or with an empty POST where only that is answered. Nothing stays of what it changed."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        transaction.set_rollback(True)
    return not (answer.status_code in (403, 404) or _sent_away(answer))


def _sent_away(answer) -> bool:
    """To the sign-in, or from the admin to its home: Wagtail’s «you may not»."""
    where = answer.headers.get("Location", "").split("?")[0]
    return answer.status_code == 302 and (where in ("/cms/", "/cms/login/") or where.endswith("/sign-in/"))


def _spared(name: str) -> bool:
    return name in WITHOUT_PEOPLE or any(name.startswith(room[:-1]) for room in WITHOUT_PEOPLE if room.endswith(":*"))
