"""What Wagtail's admin asks before it shows the register: answered from postings."""

from lms.people.permissions import KEEP_RECORDS
from lms.people.staff.policies import PlacePolicy

from ..models import Certificate


class RegisterPolicy(PlacePolicy):
    """Looked at by those who keep the records of its country; never added, edited or deleted by a form."""

    def __init__(self):
        super().__init__(Certificate, KEEP_RECORDS, "country_code", actions=("view",))
