import hashlib
import re
import stat

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command

from certificates import keys
from certificates.keys import authority, folder, roots
from certificates.models import IssuerKey
from tests.factories.keys import make_key


@pytest.fixture
def run(place, capsys, kenya, settings):
    """The command as an administrator's server has it: nothing is made by itself. Returns what it says."""
    settings.MAKE_CERTIFICATE_KEYS = False

    def run(*words):
        call_command("certificate_keys", *words)
        return capsys.readouterr().out

    return run


@pytest.fixture
def kid(run):
    run("root", "create")
    run("create", "KE")
    return IssuerKey.objects.get().kid


def test_first_key_needs_a_root(run):
    with pytest.raises(CommandError, match="certificate_keys root create"):
        run("create", "KE")


def test_created_key_signs_and_is_no_key_for_trying_out(run, kid, place):
    assert keys.signing_key("KE").kid == kid
    assert not IssuerKey.objects.get().is_development
    assert (place / f"KE-{kid}.key").exists()


def test_second_key_is_refused_with_what_to_do(run, kid):
    with pytest.raises(CommandError, match="certificate_keys rotate KE"):
        run("create", "ke")


def test_unknown_country_is_named_with_those_there_are(run, kid):
    with pytest.raises(CommandError, match="XX is none of the countries here: AO, GH, KE"):
        run("create", "XX")


def test_rotation_retires_the_old_and_deletes_its_private_file(run, kid, place):
    said = run("rotate", "KE")
    old, new = IssuerKey.objects.order_by("created_at")
    assert old.kid == kid and old.retired_at and not new.retired_at
    assert keys.signing_key("KE").kid == new.kid
    assert f"Retired {kid}" in said and not (place / f"KE-{kid}.key").exists()


def test_retired_key_signs_no_more_and_says_how_to_go_on(run, kid):
    assert "certificate_keys create KE" in run("retire", kid)
    with pytest.raises(keys.NoKey):
        keys.signing_key("KE")
    run("create", "KE")
    assert keys.signing_key("KE").kid != kid


def test_key_ends_once(run, kid):
    run("retire", kid)
    with pytest.raises(CommandError, match="ended before"):
        run("retire", kid)


def test_retired_key_may_still_be_marked_as_compromised(run, kid):
    run("rotate", "KE")
    said = run("compromise", kid)
    assert IssuerKey.objects.get(kid=kid).compromised_at
    assert "stay what they are" in said and "signs nothing now" not in said


def test_unknown_key_is_refused(run, kid):
    with pytest.raises(CommandError, match="certificate_keys list"):
        run("compromise", "0" * 16)


def test_list_says_since_when_and_what_is_lacking(run, kid):
    run("rotate", "KE")
    lines = run("list").splitlines()
    assert re.fullmatch(r"KE  [0-9a-f]{16}  since \d{4}-\d\d-\d\d, in use until \d{4}-\d\d-\d\d", lines[0])
    assert re.fullmatch(rf"KE  {kid}  since \S+, retired \d{{4}}-\d\d-\d\d", lines[1])
    assert lines[2].startswith("No key yet: AO, GH, LS")


def test_check_of_a_good_folder_ends_well(run, kid, place):
    (place / "root.key").rename(place.parent / "stick.key")
    assert run("check") == f"0 wrong in {place}.\n"


def test_check_ends_with_one_where_something_is_wrong(run, kid, place, capsys):
    (place / f"KE-{kid}.key").chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP)
    with pytest.raises(SystemExit) as ended:
        run("check")
    assert ended.value.code == 1
    assert f"chmod 600 {place}/KE-{kid}.key" in capsys.readouterr().err


def test_root_kept_elsewhere_is_given_when_needed(run, place):
    run("root", "create", "--name", "Learning for Health")
    stick = place.parent / "stick.key"
    (place / "root.key").rename(stick)
    with pytest.raises(CommandError, match="root.key is missing"):
        run("create", "KE")
    run("create", "KE", "--root-key", str(stick))
    certificate = keys.signing_key("KE").certificate
    assert "Learning for Health" in certificate.subject.rfc4514_string()


def test_key_of_another_root_is_refused(run, place):
    run("root", "create")
    (place / "root.key").write_bytes(folder.private_pem(authority.new_key()))
    with pytest.raises(CommandError, match="is not the key of"):
        run("create", "KE")


def test_root_is_never_replaced_by_mistake(run, kid):
    with pytest.raises(CommandError, match="Move it away first"):
        run("root", "create")


def test_root_is_exported_for_a_ministry(run, kid, place, tmp_path):
    assert x509.load_pem_x509_certificate(run("root", "export").encode()) == roots.existing().certificate
    der = roots.existing().certificate.public_bytes(Encoding.DER)
    said = run("root", "export", str(tmp_path / "root.pem"))
    assert hashlib.sha256(der).digest().hex(":").upper() in said
    assert (tmp_path / "root.pem").read_bytes() == (place / "root.pem").read_bytes()


def test_root_of_a_ministry_is_brought_along(run, place, tmp_path):
    made = make_key()
    (tmp_path / "theirs.pem").write_bytes(folder.pem(made.chain[-1]))
    run("root", "import", str(tmp_path / "theirs.pem"))
    assert (place / "root.pem").read_bytes() == folder.pem(made.chain[-1])


@pytest.mark.parametrize("content", [b"nothing", folder.pem(make_key().certificate)])
def test_what_is_no_root_is_not_brought_along(run, place, tmp_path, content):
    (tmp_path / "theirs.pem").write_bytes(content)
    with pytest.raises(CommandError, match="theirs.pem"):
        run("root", "import", str(tmp_path / "theirs.pem"))
    assert not place.exists()


def test_import_asks_for_a_file(run):
    with pytest.raises(CommandError, match="Say which file"):
        run("root", "import")
