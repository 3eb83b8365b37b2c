"""What Wagtail's admin asks before it shows the register or a design: answered from postings."""

from lms.people.permissions import KEEP_RECORDS, SEE_A_COUNTRY, countries_for
from lms.people.staff.policies import PlacePolicy

from ..models import Certificate, CertificateDesign

COUNTRIES = "_countries_of_designs"


class RegisterPolicy(PlacePolicy):
    """Looked at by those who keep the records of its country; never added, edited or deleted by a form."""

    def __init__(self):
        super().__init__(Certificate, KEEP_RECORDS, "country_code", actions=("view",))


class DesignPolicy(PlacePolicy):
    """Made by HR, leads and trainers for their country. Those for all countries are seen, and copied, by each of them
    and changed by administrators."""

    def __init__(self):
        super().__init__(
            CertificateDesign, SEE_A_COUNTRY, "country", actions=("view", "add", "change", "delete", "publish")
        )

    def instances_user_has_any_permission_for(self, user, actions):
        if user.is_superuser:
            return self.model.objects.all()
        hers = super().instances_user_has_any_permission_for(user, actions)
        shared = "view" in actions and self.user_has_permission(user, "view")
        return hers | self.model.objects.filter(country=None) if shared else hers

    def user_has_permission_for_instance(self, user, action, instance):
        """Asked of each row of a list: her countries are read once. What a policy uses, nobody deletes."""
        if action == "delete" and self._in_use(instance):
            return False
        if user.is_superuser:
            return True
        if not instance.country_id:
            return action == "view" and self.user_has_permission(user, action)
        return self.user_has_permission(user, action) and instance.country_id in self._countries(user)

    def _in_use(self, design: CertificateDesign) -> bool:
        return design.in_use if hasattr(design, "in_use") else design.policies.exists()

    def _countries(self, user) -> set[str]:
        if not hasattr(user, COUNTRIES):
            setattr(user, COUNTRIES, set(countries_for(user, *self.roles).values_list("pk", flat=True)))
        return getattr(user, COUNTRIES)
