from .places import Partner, Site
from .posting import Posting, Role
from .sign_in import Device, OneTimeCode
from .user import User

__all__ = ["Device", "OneTimeCode", "Partner", "Posting", "Role", "Site", "User"]
