"""What this room hangs into the hooks of Wagtail and of the other rooms."""

from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import consent, erasing, held, looking, retention, staff
from .consent_texts import ConsentTextViewSet
from .support_staff import SupportViewSet

VIEWSETS = (SupportViewSet, staff.WishViewSet, ConsentTextViewSet)


def register() -> None:
    hooks.register("person_data", held.person_data)
    hooks.register("records_of_person", held.records_of_person)
    hooks.register("erase_person", erasing.erase_rows_of_people)
    hooks.register("support_view", held.support_view)
    hooks.register("register_log_actions", actions_on_data)
    user_logged_in.connect(consent.ask_after_sign_in, dispatch_uid="ask_after_sign_in")
    user_logged_in.connect(looking.log_sign_in, dispatch_uid="log_sign_in")
    hooks.register("tick", retention.apply_daily)
    hooks.register("construct_homepage_panels", staff.tell_what_waits)


def actions_on_data(actions) -> None:
    actions.register_action("people.take_data", _("Take my data"), _("Own data taken as a file"))
    actions.register_action("people.ask", _("Ask about my data"), _("Wish about own data made"))
    actions.register_action("people.withdraw_wish", _("Take a wish back"), _("Wish about own data taken back"))
    actions.register_action("people.view_wish", _("Look at a wish"), _("Wish about data looked at"))
    actions.register_action("people.answer_wish", _("Answer a wish"), _("Wish about data answered"))
    actions.register_action("people.read_consent", _("Read about my data"), _("Text about data read"))
    actions.register_action("people.publish_consent", _("Publish a consent text"), _("Consent text published"))
    actions.register_action("people.view", _("Look at a person’s data"), _("Data of a person looked at"))
    actions.register_action("people.sign_in", _("Sign in"), _("Signed in"))
    actions.register_action("people.make_support_code", _("Show a support code"), _("Support code shown"))
    actions.register_action("people.support", _("Open a support code"), _("Support code opened"))
    actions.register_action("people.look_along", _("Look along"), _("Looked along with a support code"))
    actions.register_action("people.end_support", _("End support"), _("Support ended by her"))
    actions.register_action("people.erase", _("Erase a person"), _("Person erased"))
