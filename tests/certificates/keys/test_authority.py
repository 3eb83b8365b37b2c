from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.utils import timezone

from certificates.keys import authority
from tests.factories.keys import ORGANISATION, make_key


def extension(certificate, kind):
    return certificate.extensions.get_extension_for_class(kind).value


def test_certificate_is_for_documents_and_nothing_else():
    certificate = make_key().certificate
    purposes = {purpose.dotted_string for purpose in extension(certificate, x509.ExtendedKeyUsage)}
    assert purposes == {"1.3.6.1.5.5.7.3.36", ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string}
    usage = extension(certificate, x509.KeyUsage)
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert not extension(certificate, x509.BasicConstraints).ca


def test_root_issues_and_signs_nothing_itself():
    root = make_key().chain[-1]
    usage = extension(root, x509.KeyUsage)
    assert (usage.key_cert_sign, usage.digital_signature, usage.content_commitment) == (True, False, False)
    assert extension(root, x509.BasicConstraints).ca


def test_certificate_lives_ten_years_from_a_little_before():
    at = timezone.now()
    certificate = make_key(at=at).certificate
    assert certificate.not_valid_before_utc < at
    assert timedelta(days=3650) < certificate.not_valid_after_utc - at < timedelta(days=3655)


def test_certificate_ends_with_its_root_at_the_latest():
    made = timezone.now() - timedelta(days=365 * 25)
    root_key, key = authority.new_key(), authority.new_key()
    root = authority.make_root(root_key, ORGANISATION, made)
    issued = authority.issue(key.public_key(), ("KE", "Kenya"), root_key, root, timezone.now())
    assert issued.not_valid_after_utc == root.not_valid_after_utc


def test_names_say_who_issues_and_where_and_nothing_more():
    key = make_key()
    assert key.certificate.subject.rfc4514_string() == f"CN={ORGANISATION}\\, Kenya,O={ORGANISATION},C=KE"
    assert key.chain[-1].subject.rfc4514_string() == f"CN={ORGANISATION}\\, root,O={ORGANISATION}"


def test_root_vouches_for_its_own_certificates_only():
    key, other_of_same_name = make_key(), make_key()
    key.certificate.verify_directly_issued_by(key.chain[-1])
    assert other_of_same_name.chain[-1].subject == key.certificate.issuer
    with pytest.raises(InvalidSignature):
        key.certificate.verify_directly_issued_by(other_of_same_name.chain[-1])
