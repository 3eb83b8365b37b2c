"""What an intake asks of other rooms: programmes to choose, people who are known already."""

from uuid import UUID

from django.db.models import QuerySet

from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.people.models import Posting, Role, User

from ..models import Cohort, Intake


def programmes() -> QuerySet[ProgrammePage]:
    """The live programmes, as written: in the language whose rows count."""
    return ProgrammePage.objects.live().filter(locale__language_code="en").order_by("title")


def programme_choices() -> list[tuple[str, str]]:
    return [(str(page.translation_key), page.title) for page in programmes()]


def trainers(countries: QuerySet[Country]) -> QuerySet[User]:
    """Who is posted as a trainer in one of these countries today."""
    postings = Posting.objects.current().filter(role=Role.TRAINER, country__in=countries)
    return User.objects.filter(pk__in=postings.values("person"))


def people_of(intake: Intake) -> list[User]:
    """Whom a committed intake made or enrolled, in the order of the sheet, without those merged or erased since."""
    keys = [UUID(row["person"]) for row in intake.rows if row.get("person")]
    people = User.objects.filter(merged_into=None, erased_at=None).in_bulk(keys)
    return [people[key] for key in keys if key in people]


def is_waiting(person: User) -> bool:
    """Whether she has not signed in yet, and may."""
    return person.is_active and not person.last_login and not person.first_signed_in_at


def programme_title(intake: Intake) -> str:
    page = programmes().filter(translation_key=intake.programme_key).only("title").first()
    return page.title if page else ""


def cohort_joined(intake: Intake) -> Cohort | None:
    """The cohort that is there already and that these people would join."""
    return Cohort.objects.filter(country=intake.country, name=intake.cohort_name).first()
