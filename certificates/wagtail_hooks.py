"""Doors into Wagtail: the menu «Certificates», what waits for HR, the audit log, and the sweep."""

import logging

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from lms.people.permissions import KEEP_RECORDS, SEE_A_COUNTRY, countries_for

from . import limits, merging, rights
from .award import sweeping
from .chain import checking, sealing
from .checks import carrying
from .keys import clock
from .models import Certificate, CertificateDesign
from .renewal import doors as renewal
from .staff import bulk, cohort, collections, renewals
from .staff.guessing import GuessingPanel
from .staff.policy import DesignPolicy, RegisterPolicy
from .staff.to_do import WaitingPanel
from .staff.viewsets import CertificatesGroup

logger = logging.getLogger(__name__)

register_permission_policy(Certificate, RegisterPolicy())
register_permission_policy(CertificateDesign, DesignPolicy())
register_snippet(CertificatesGroup)  # a design among them is one: its pictures' usage is known from the start
hooks.register("role_collections", collections.kept_in_collections)
hooks.register("merge_people", merging.move)
hooks.register("rows_of_person", merging.rows)
hooks.register("stays_with_record", merging.stays)
hooks.register("people_bulk_actions", bulk.actions)
hooks.register("cohort_buttons", cohort.buttons)
hooks.register("person_data", rights.person_data)
hooks.register("records_of_person", rights.records_of_person)
hooks.register("stays_after_erasure", rights.stays_after_erasure)
hooks.register("erase_person", rights.erase_person)
hooks.register("tick", limits.forget)
hooks.register("tick", carrying.resume_checks)
hooks.register("tick", carrying.forget_checks)
renewal.register()
hooks.register("person_buttons", renewals.buttons)


@hooks.register("role_permissions")
def publishing_designs():
    """Wagtail's button asks for it; whose design it may be is asked of the policy."""
    return dict.fromkeys(SEE_A_COUNTRY, {"certificates.publish_certificatedesign"})


@hooks.register("construct_image_chooser_queryset")
def show_own_signatures(images, request):
    return collections.own_pictures(images, request.user)


@hooks.register("construct_homepage_panels")
def tell_what_waits(request, panels):
    if countries_for(request.user, *KEEP_RECORDS).exists():
        panels.append(WaitingPanel(request.user))


@hooks.register("construct_homepage_panels")
def tell_of_guessing(request, panels):
    if request.user.is_superuser and any(limits.checks_on(days).is_alarming for days in (0, 1)):
        panels.append(GuessingPanel())


@hooks.register("register_log_actions")
def actions_on_certificates(actions):
    actions.register_action("certificates.awarded", _("Issue in place of another"), _("Issued in place of another"))
    actions.register_action("certificates.confirmed", _("Confirm certificate"), _("Certificate confirmed"))
    actions.register_action("certificates.unblocked", _("Draw again"), _("Drawn again"))
    actions.register_action("certificates.revoked", _("Withdraw certificate"), _("Certificate withdrawn"))
    actions.register_action("certificates.upheld", _("Confirm a withdrawal"), _("Withdrawal confirmed"))
    actions.register_action("certificates.reinstated", _("Give a certificate back"), _("Certificate given back"))
    actions.register_action("certificates.kept", _("Let a certificate stand"), _("Looked at: the certificate stands"))
    actions.register_action("certificates.superseded", _("Replace certificate"), _("Certificate replaced"))
    actions.register_action("certificates.check_files", _("Check files"), _("Files checked"))
    actions.register_action("certificates.check_many", _("Check many certificates"), _("Many certificates checked"))
    actions.register_action(clock.ACCEPTED, _("Say that the clock is right"), _("Clock said to be right"))
    actions.register_action("certificates.view", _("Look at a certificate"), _("Certificate looked at"))
    actions.register_action("certificates.download", _("Download certificate"), _("Certificate downloaded"))


@hooks.register("tick")
def draw_what_was_left_behind():
    sweeping.resume()
    sweeping.sweep()


@hooks.register("tick")
def seal_what_happened():
    """What is wrong with the newest links is an error in the log: somebody changed the register by hand."""
    sealing.seal()
    for fault in checking.check_newest():
        logger.error("register of certificates: %s", fault)
