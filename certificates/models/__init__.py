from .asset import CertificateAsset
from .bulk_check import BulkCheck
from .check_count import CheckCount
from .design import CertificateDesign
from .event import CertificateEvent, CertificateSeal
from .key import IssuerKey
from .permanent import NeverDeleted
from .policy import CertificatePolicy
from .register import Certificate, CertificatePayload
from .renewal import CertificateReminder, TitleChoice
from .status_list import StatusList

__all__ = [
    "BulkCheck",
    "Certificate",
    "CertificateAsset",
    "CertificateDesign",
    "CertificateEvent",
    "CertificatePayload",
    "CertificatePolicy",
    "CertificateReminder",
    "CertificateSeal",
    "CheckCount",
    "IssuerKey",
    "NeverDeleted",
    "StatusList",
    "TitleChoice",
]
