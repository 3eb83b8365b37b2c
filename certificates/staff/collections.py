"""The shelf of logos and signatures in the picture library: HR and leads have no other, trainers have it beside theirs.

Who chooses a picture is shown those of her own countries' colleagues and those that nobody in particular put there.
That is order, not secrecy: a signature stands on every certificate, and what proves one is not its picture.
"""

from django.db.models import Q, QuerySet
from wagtail.images.models import AbstractImage
from wagtail.models import Collection

from lms.people.models import Role, User
from lms.people.permissions import SEE_A_COUNTRY, countries_for

NAME = "Certificates"
KEPT_BY = dict.fromkeys((Role.HR, Role.LEAD), {"add_image", "change_image", "choose_image"})


def certificates_collection() -> Collection:
    """Made where it is not there: found again by its name."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=NAME).first() or root.add_child(name=NAME)


def kept_in_collections() -> list[tuple[Collection, dict[Role, set[str]]]]:
    """For the hook `role_collections`."""
    return [(certificates_collection(), KEPT_BY)]


def own_pictures(images: QuerySet[AbstractImage], user: User) -> QuerySet[AbstractImage]:
    if user.is_superuser:
        return images
    hers = Q(uploaded_by_user=None) | Q(uploaded_by_user__country__in=countries_for(user, *SEE_A_COUNTRY))
    return images.filter(~Q(collection__name=NAME) | hers)
