from .policy import CertificatePolicy
from .register import Certificate, CertificateEvent, CertificatePayload

__all__ = ["Certificate", "CertificateEvent", "CertificatePayload", "CertificatePolicy"]
