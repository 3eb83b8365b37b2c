from .comings import Departure, Merge
from .places import Partner, Site
from .posting import STAFF_ROLES, Posting, Role
from .rights import Consent, ConsentText, DataRequest, SupportCode
from .sign_in import Device, OneTimeCode
from .staff import Broadcast, SavedView
from .user import User

__all__ = [
    "STAFF_ROLES",
    "Broadcast",
    "Consent",
    "ConsentText",
    "DataRequest",
    "Departure",
    "Device",
    "Merge",
    "OneTimeCode",
    "Partner",
    "Posting",
    "Role",
    "SavedView",
    "Site",
    "SupportCode",
    "User",
]
