"""What `crash` starts and kills: `fill N` awards and works, `work` goes on, `finish` goes on and sweeps the rest."""

import sys

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from certificates.award import sweeping
from certificates.chain import sealing
from certificates.models import CertificatePayload
from lms.people.models import Role
from tests.factories.certificates import finish
from tests.factories.content import make_curriculum
from tests.factories.people import make_person, make_site, post


@transaction.atomic
def fill(many: int) -> None:
    """People of Kenya who have finished: their certificates are awarded, and a task for each waits."""
    site, content = make_site("KE-001"), make_curriculum()
    for number in range(many):
        person = make_person("Amina", f"Otieno {'abcdefghij'[number % 10] * (number // 10 + 1)}")
        post(person, Role.LEARNER, site)
        finish(person, content)


def finish_all() -> None:
    """The queue to its end; then hours later the tick, for what the killed ones had taken from the queue."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False)
    while sweeping.sweep() or _let_time_pass():
        pass
    sealing.seal()


def _let_time_pass() -> int:
    return CertificatePayload.objects.filter(next_try_at__gt=timezone.now()).update(next_try_at=timezone.now())


def main() -> None:
    mode, *rest = sys.argv[1:]
    if mode == "finish":
        return finish_all()
    if mode == "fill":
        call_command("createcachetable", verbosity=0)
        fill(int(rest[0]))
    return call_command("db_worker", startup_delay=False, reload=False)
