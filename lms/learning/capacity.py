"""How many people a cohort has places for."""

from .models import Cohort


class CohortFull(Exception):
    """The cohort has fewer free places than are asked for; the argument is how many are free."""


def check_room(cohort: Cohort | None, people: int = 1) -> None:
    """Hold the cohort until the end of the transaction, so that two cannot take the last place. Raises CohortFull."""
    if not cohort or cohort.capacity is None:
        return
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    free = free_places(cohort)
    if free is not None and free < people:
        raise CohortFull(free)


def free_places(cohort: Cohort) -> int | None:
    """None where there is no limit. Who was taken out again holds no place; who completed does."""
    if cohort.capacity is None:
        return None
    return max(0, cohort.capacity - cohort.enrolments.filter(closed_at=None).count())
