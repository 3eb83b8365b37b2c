from .comings import Departure, Merge
from .places import Partner, Site
from .posting import STAFF_ROLES, Posting, Role
from .rights import Consent, ConsentText, DataRequest, SupportCode
from .selection import Picked, Selection
from .sign_in import CLOTHS, Device, OneTimeCode
from .staff import Broadcast, SavedView
from .user import User

__all__ = [
    "CLOTHS",
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
    "Picked",
    "Posting",
    "Role",
    "SavedView",
    "Selection",
    "Site",
    "SupportCode",
    "User",
]
