"""The register stays: rows, events, seals, pictures and public keys, whatever else is deleted, erased or forgotten."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import models, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from certificates.chain import sealing
from certificates.models import Certificate, NeverDeleted
from certificates.models.permanent import Permanent
from certificates.paper import wallet
from lms.people import selections
from lms.people.rights import erasing, retention
from tests.factories.certificates import issued, make_design, make_picture
from tests.matrix.addresses import addresses
from tests.matrix.world import make_world

PERMANENT = Permanent.__subclasses__()
FOLDERS = ("certificate-assets",)
TAKING = (
    "delete",
    "remove",
    "discard",
    "forget",
    "erase",
    "bulk",
    "unpublish",
    "merge",
    "close",
    "leave",
    "end",
    "withdraw",
)


@pytest.fixture
def certificate(curriculum, learner):
    """With a row in every table of the register."""
    design = make_design(logos=[("logo", {"picture": make_picture(), "says": "Ministry"})])
    design.policies.create(programme_key=curriculum.programme.translation_key)
    certificate = issued(learner, curriculum)
    wallet.draw_and_store(certificate.pk)
    sealing.seal()
    assert [model.__name__ for model in PERMANENT if not model.objects.exists()] == []
    return Certificate.objects.get(pk=certificate.pk)


def kept() -> dict:
    """The key of every row of the register, and its files that nobody may erase."""
    rows = {model.__name__: set(model.objects.values_list("pk", flat=True)) for model in PERMANENT}
    return rows | {folder: set(storages["private"].listdir(folder)[1]) for folder in FOLDERS}


def is_all_there(before: dict) -> bool:
    """More may have come: an erasure is an event itself."""
    return all(keys <= after for keys, after in zip(before.values(), kept().values(), strict=True))


def test_tables_of_the_register_are_these():
    named = {"Certificate", "CertificateEvent", "CertificateSeal", "CertificateAsset", "IssuerKey", "StatusList"}
    assert {model.__name__ for model in PERMANENT} == named


@pytest.mark.parametrize("model", PERMANENT, ids=lambda model: model.__name__)
def test_nothing_takes_its_rows_along(model):
    pointing = [field for field in model._meta.concrete_fields if field.is_relation]
    assert {field.name for field in pointing if field.remote_field.on_delete is models.CASCADE} == set()


@pytest.mark.parametrize("model", PERMANENT, ids=lambda model: model.__name__)
def test_rows_and_questions_refuse_to_delete(certificate, model):
    for delete in (model.objects.first().delete, model.objects.all().delete, model.objects.filter(pk=None).delete):
        with pytest.raises(NeverDeleted):
            delete()


def test_deleting_anything_else_deletes_none_of_it(certificate):
    """One row of every table of the site, each deleted by itself with what hangs on it."""
    before, tried = kept(), 0
    for model in apps.get_models():
        row = None if model in PERMANENT else model._base_manager.first()
        if row is None:
            continue
        tried += 1
        with transaction.atomic():
            with suppress(models.ProtectedError, models.RestrictedError, NeverDeleted), transaction.atomic():
                row.delete()
            assert is_all_there(before), model
            transaction.set_rollback(True)
    assert tried > 30


def test_deleting_what_stands_behind_it_deletes_none_of_it(certificate, curriculum, learner, site, kenya):
    before = kept()
    behind = [learner, certificate.enrolment, site, kenya, curriculum.programme, curriculum.module, curriculum.home]
    for row in (*behind, Page.get_first_root_node()):
        with transaction.atomic():
            with suppress(models.ProtectedError, models.RestrictedError), transaction.atomic():
                row.delete()
            assert is_all_there(before), row
            transaction.set_rollback(True)


def test_no_address_that_takes_something_away_takes_it(certificate, curriculum, kenya, lesotho):
    """As an administrator, with the key of the row that each is about and with the certificate's own."""
    world, before = make_world(curriculum), kept()
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = world.sessions["administrator"]
    asked = [address for address in addresses() if any(word in address.route for word in TAKING)]
    assert len(asked) > 40
    for address in asked:
        for about in ("certificate", "owner", "enrolment", "cohort", "site"):
            path = address.path(world.arguments(address.pattern, dict(address.converters), about))
            with transaction.atomic():
                client.post(
                    path, {"reason": "left", "confirm": "1", "action-delete": "1", "certificate": certificate.pk}
                )
                assert is_all_there(before), path
                transaction.set_rollback(True)


def test_erasure_keeps_the_register_and_takes_the_rest(certificate, learner, hr):
    before = kept()
    erasing.erase_person(learner, by=hr)
    assert is_all_there(before)
    row = Certificate.objects.select_related("payload").get(pk=certificate.pk)
    assert row.is_erased and row.pdf_sha256 == certificate.pdf_sha256 and row.code == certificate.code
    assert not row.events.exclude(note="").exists()


def test_no_rule_of_retention_takes_any_of_it(certificate, time_machine_at):
    before = kept()
    with time_machine_at(365 * 30):
        for rule in retention.rules():
            rule.carry_out()
        selections.forget_selections()
        assert is_all_there(before)
        assert timezone.now().year > 2050
