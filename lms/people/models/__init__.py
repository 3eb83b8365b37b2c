from .places import Partner, Site
from .posting import STAFF_ROLES, Posting, Role
from .sign_in import Device, OneTimeCode
from .user import User

__all__ = ["STAFF_ROLES", "Device", "OneTimeCode", "Partner", "Posting", "Role", "Site", "User"]
