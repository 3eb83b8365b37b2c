"""What an intake asks of other rooms: programmes to choose, people who are known already."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.people.models import Posting, Role, User
from lms.people.permissions import people_visible_to

from ..models import Cohort, Intake


def programmes() -> QuerySet[ProgrammePage]:
    """The live programmes, as written: in the language whose rows count."""
    return ProgrammePage.objects.live().filter(locale__language_code="en").order_by("title")


def programme_choices() -> list[tuple[str, str]]:
    return [(str(page.translation_key), page.title) for page in programmes()]


def known_people(country: Country, recruits: list[dict], user: User) -> QuerySet[User]:
    """People of the country who could be one of the recruits: by phone, HR number or birth year.

    `is_visible`: whether this user may see them.
    """
    visible = people_visible_to(user).filter(pk=OuterRef("pk"))
    return (
        User.objects.annotate(is_visible=Exists(visible))
        .filter(
            Q(phone__in={str(recruit["phone"]) for recruit in recruits if recruit["phone"]})
            | Q(hr_number__in={recruit["hr_number"] for recruit in recruits if recruit["hr_number"]})
            | Q(birth_year__in={recruit["birth_year"] for recruit in recruits if recruit["birth_year"]}),
            country=country,
        )
        .only("staff_number", "given_names", "family_name", "birth_year", "phone", "hr_number")
    )


def trainers(countries: QuerySet[Country]) -> QuerySet[User]:
    """Who is posted as a trainer in one of these countries today."""
    postings = Posting.objects.current().filter(role=Role.TRAINER, country__in=countries)
    return User.objects.filter(pk__in=postings.values("person"))


def people_of(intake: Intake) -> list[User]:
    """Whom a committed intake made, in the order of the sheet."""
    keys = [row["person"] for row in intake.rows if row.get("person")]
    people = User.objects.in_bulk(keys)
    return [person for key in keys if (person := people.get(UUID(key)))]


def not_signed_in(intake: Intake) -> list[User]:
    """Those of them who have not signed in yet, and may."""
    return [person for person in people_of(intake) if person.is_active and not person.last_login]


def programme_title(intake: Intake) -> str:
    page = programmes().filter(translation_key=intake.programme_key).only("title").first()
    return page.title if page else ""


def cohort_joined(intake: Intake) -> Cohort | None:
    """The cohort that is there already and that these people would join."""
    return Cohort.objects.filter(country=intake.country, name=intake.cohort_name).first()
