"""Who may see and do what, by posting. Someone else's record is a 404, never a «forbidden»."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from lms.core.models import Country

from .models import STAFF_ROLES, Departure, Posting, Role, Site, User

# Whose postings, PINs and data somebody with this role may change. An administrator may change everyone's.
COMMANDS = {
    Role.TRAINER: {Role.LEARNER, Role.OBSERVER},
    Role.HR: {Role.LEARNER, Role.OBSERVER, Role.TRAINER},
    Role.LEAD: {Role.LEARNER, Role.OBSERVER, Role.TRAINER, Role.REVIEWER, Role.HR},
}
SEE_A_COUNTRY = (Role.HR, Role.LEAD, Role.TRAINER)
SEE_A_SITE = (*SEE_A_COUNTRY, Role.OBSERVER)
KEEP_RECORDS = (Role.HR, Role.LEAD)
POSTINGS = "_postings_of_today"


def countries_for(user: User, *roles: Role) -> QuerySet[Country]:
    """The countries as a whole in which she holds one of these roles today; all of them for an administrator."""
    if user.is_superuser:
        return Country.objects.all()
    return Country.objects.filter(pk__in=_held(user, *roles).filter(site=None).values("country"))


def sites_for(user: User, *roles: Role) -> QuerySet[Site]:
    """The sites that this person's roles cover today; all of them for an administrator."""
    return Site.objects.all() if user.is_superuser else _covered(_held(user, *roles))


def has_role(user: User, role: Role, at: Site | Country) -> bool:
    """Whether a posting of today gives this role there. An administrator holds no role but her own."""
    postings = user.postings.current().filter(role=role)
    postings = postings.covering(at) if isinstance(at, Site) else postings.filter(country=at, site=None)
    return postings.exists()


def holds(user: User, *roles: Role, in_a_country: bool = False) -> bool:
    """Whether she holds one of these roles today, anywhere or for a whole country; an administrator holds all.

    Her postings are read once: the admin's menu alone asks two dozen times a page.
    """
    if not user.is_authenticated or user.is_superuser:
        return user.is_superuser
    if not hasattr(user, POSTINGS):
        setattr(user, POSTINGS, set(user.postings.current().values_list("role", "site")))
    return any(role in roles and not (in_a_country and site) for role, site in getattr(user, POSTINGS))


def people_visible_to(user: User) -> QuerySet[User]:
    """HR, leads and trainers: everyone of their countries. Posted at a site, and observers: the learners there.

    A record that was merged into another is nowhere, nor is one that was erased.
    """
    people = User.objects.filter(merged_into=None, erased_at=None)
    if user.is_superuser:
        return people
    countries = countries_for(user, *SEE_A_COUNTRY)
    posted_there = Posting.objects.current().filter(person=OuterRef("pk"), country__in=countries)
    learns_there = _learner_postings(sites_for(user, *SEE_A_SITE)).filter(person=OuterRef("pk"))
    return people.filter(Q(country__in=countries) | Exists(posted_there) | Exists(learns_there))


def keys_visible_to(user: User) -> QuerySet:
    """The keys of `people_visible_to` (merged and erased records among them) as a union of three short questions: a
    database that joins them to a million rows plans that better than one question with three alternatives."""
    countries = countries_for(user, *SEE_A_COUNTRY)
    posted_there = Posting.objects.current().filter(country__in=countries)
    learns_there = _learner_postings(sites_for(user, *SEE_A_SITE))
    here = User.objects.filter(country__in=countries).order_by().values("pk")
    return here.union(*(rows.order_by().values("person") for rows in (posted_there, learns_there)))


def person_for(user: User, who: str | UUID) -> User:
    """The person with this staff number or id, if this user may see her."""
    people = people_visible_to(user)
    try:
        return people.distinct().get(Q(pk=who) if isinstance(who, UUID) else _by_text(who))
    except User.DoesNotExist as error:
        raise Http404 from error


def learners_observed_by(observer: User) -> QuerySet[User]:
    """Whom this person may observe: the learners of the sites that her observer postings cover, never herself."""
    sites = _covered(_held(observer, Role.OBSERVER))
    learns_there = _learner_postings(sites).filter(person=OuterRef("pk"))
    return User.objects.filter(Exists(learns_there), is_active=True).exclude(pk=observer.pk)


def may_observe(observer: User, learner: User) -> bool:
    return learners_observed_by(observer).filter(pk=learner.pk).exists()


def needs_password(person: User) -> bool:
    """Whoever works in the admin, now or soon, signs in with a password: six digits would guard too much."""
    return person.is_superuser or person.postings.not_over().filter(role__in=STAFF_ROLES).exists()


def roles_to_give(user: User, country: Country | str) -> set[Role]:
    """The roles that this user may post others to in a country."""
    if user.is_superuser:
        return set(Role)
    code = getattr(country, "code", country)
    held = user.postings.current().filter(country=code, site=None, role__in=KEEP_RECORDS).values_list("role", flat=True)
    return set().union(*(COMMANDS[role] for role in held))


def may_command(user: User, person: User, *roles: Role) -> bool:
    """Whether one of these roles of the user's stands above everything that this person holds anywhere.

    Asked before a PIN is reset or a record changed: a code for a colleague of one's own rank is a way into her work.
    """
    if user.pk == person.pk:
        return False
    if user.is_superuser:
        return True
    held = set(user.postings.current().filter(role__in=roles).values_list("role", "country", "site"))
    below = list(person.postings.not_over().values_list("role", "country", "site"))
    return not person.is_superuser and all(
        _is_above(held, posting) for posting in below or [("", person.country_id, 0)]
    )


def may_reset(user: User, person: User) -> bool:
    return may_command(user, person, *COMMANDS)


def may_edit(user: User, person: User) -> bool:
    return may_command(user, person, *KEEP_RECORDS)


def may_restore(user: User, departure: Departure) -> bool:
    """Whether she stands above all that a departure took away: who left holds nothing, and comes back with it."""
    held = set(user.postings.current().filter(role__in=KEEP_RECORDS).values_list("role", "country", "site"))
    ended = [(row["role"], row["country"], row["site"]) for row in departure.ended.get("postings", [])]
    return user.is_superuser or all(_is_above(held, posting) for posting in ended)


def commanded_by(user: User, people: Iterable[User]) -> set[UUID]:
    """Which of these people `may_reset` would answer yes for. Two queries for any number."""
    people, below = [person for person in people if person.pk != user.pk], defaultdict(list)
    if user.is_superuser:
        return {person.pk for person in people}
    held = set(user.postings.current().filter(role__in=COMMANDS).values_list("role", "country", "site"))
    rows = Posting.objects.not_over().filter(person__in=[person.pk for person in people])
    for key, *posting in rows.values_list("person", "role", "country", "site"):
        below[key].append(tuple(posting))
    return {
        person.pk
        for person in people
        if not person.is_superuser
        and all(_is_above(held, posting) for posting in below[person.pk] or [("", person.country_id, 0)])
    }


def _is_above(held: set[tuple], posting: tuple) -> bool:
    role, country, site = posting
    return any(
        (not role or role in COMMANDS[own]) and at == country and where in (None, site) for own, at, where in held
    )


def _learner_postings(sites: QuerySet[Site]) -> QuerySet[Posting]:
    return Posting.objects.current().filter(role=Role.LEARNER, site__in=sites)


def _held(user: User, *roles: Role) -> QuerySet[Posting]:
    return Posting.objects.current().filter(person=user, role__in=roles)


def _covered(postings: QuerySet[Posting]) -> QuerySet[Site]:
    return Site.objects.filter(
        Q(pk__in=postings.values("site")) | Q(country__in=postings.filter(site=None).values("country"))
    )


def _by_text(who: str) -> Q:
    """A staff number, also that of a record merged into hers, or an id written out: addresses carry either."""
    try:
        return Q(pk=UUID(who))
    except ValueError:
        return Q(staff_number=who.upper()) | Q(merged_records__staff_number=who.upper())
