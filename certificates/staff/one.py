"""One certificate in the admin: what it says, what happened to it, and what HR may do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from lms.people.models import User
from lms.people.permissions import people_visible_to

from .. import services, waiting
from ..models import Certificate, IssuerKey
from ..permissions import certificate_changed_by, certificate_kept_by, certificates_changed_by, certificates_kept_by
from ..standings import Standing, in_words, standing
from .forms import NameForm
from .lists import tries_in_words
from .page import address, page

ENDED = (Standing.REVOKED, Standing.SUPERSEDED)
ICONS = {
    Standing.VALID: "check",
    Standing.EXPIRED: "date",
    Standing.REVOKED: "cross",
    Standing.SUPERSEDED: "redirect",
    Standing.BLOCKED: "warning",
}


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_kept_by(request.user, pk)
    log(certificate, "certificates.view", user=request.user)
    stands = standing(certificate, timezone.localdate())
    changes = certificates_changed_by(request.user).filter(pk=pk).exists()
    context = {
        "standing": stands,
        "state": in_words(certificate),
        "icon": ICONS.get(stands, "time"),
        "events": certificate.events.select_related("by"),
        "family": _family(certificate, request.user),
        "key": IssuerKey.objects.filter(kid=certificate.kid).first(),
        "tries": "" if stands != Standing.BEING_DRAWN or certificate.is_erased else tries_in_words(certificate),
        "changes": changes,
        "header_buttons": _buttons(certificate, stands) if changes else [],
    }
    context |= _withdrawal(certificate, request.user) | _results(certificate, stands, request.user)
    return page(request, "certificates/staff/show.html", certificate, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_name(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    holder = certificate.holder
    form = NameForm(
        request.POST or None, initial={"given_names": holder.given_names, "family_name": holder.family_name}
    )
    if form.is_valid():
        try:
            newer = services.correct_name(certificate, by=request.user, **form.cleaned_data)
            messages.success(request, _("Certificate %(code)s replaces the old one.") % {"code": newer})
            return redirect(address("show", newer))
        except services.NothingToChange:
            form.add_error(None, _("The certificate is spelt like this already."))
        except services.NotStanding:
            form.add_error(None, _("This certificate was withdrawn or replaced before."))
        except services.CannotReplace as error:
            form.add_error(None, str(error))
    return page(request, "certificates/staff/correct_name.html", certificate, _("Correct the name"), form=form)


@require_POST
def issue_anew(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    try:
        newer = services.issue_anew(certificate, by=request.user)
    except services.StillSpecimen:
        messages.error(request, _("Something behind it, as she completed it, is still not clinically reviewed."))
        return redirect(address("show", certificate))
    except services.ResultTakenBack:
        messages.error(request, _("A result behind it was taken back: first let it stand, or withdraw it."))
        return redirect(address("show", certificate))
    except services.CannotReplace as error:
        messages.error(request, str(error))
        return redirect(address("show", certificate))
    except (services.NotStanding, services.NothingToChange):
        messages.error(request, _("There is nothing to issue anew."))
        return redirect(address("show", certificate))
    messages.success(request, _("Certificate %(code)s replaces the specimen.") % {"code": newer})
    return redirect(address("show", newer))


def _withdrawal(certificate: Certificate, user: User) -> dict:
    """The withdrawal that holds, and whether this person is the second one who may answer it."""
    if not certificate.revoked_at:
        return {"withdrawal": None}
    event = waiting.withdrawals([certificate]).get(certificate.pk)
    return {"withdrawal": event, "is_first": event is not None and event.by_id == user.pk}


def _results(certificate: Certificate, stands: Standing, user: User) -> dict:
    """What was taken back behind it, while nobody has looked at that; and whether the holder has a page for this user:
    one who moved has none for the country that issued it."""
    if stands in ENDED or not waiting.taken_back(Certificate.objects.filter(pk=certificate.pk)).exists():
        return {"taken_back": []}
    sees_holder = people_visible_to(user).filter(pk=certificate.holder_id).exists()
    return {"taken_back": waiting.results_taken_back([certificate])[certificate.pk], "sees_holder": sees_holder}


def _family(certificate: Certificate, user: User) -> list[tuple[Promise, Certificate, str]]:
    """The certificates before and after it that this user may look into, each with its state."""
    kept = certificates_kept_by(user).order_by("awarded_on", "code")
    related = [
        (gettext_lazy("Replaces"), kept.filter(pk=certificate.supersedes_id)),
        (gettext_lazy("Replaced by"), kept.filter(supersedes=certificate)),
        (gettext_lazy("Renews"), kept.filter(pk=certificate.renews_id)),
        (gettext_lazy("Renewed by"), kept.filter(renews=certificate)),
    ]
    return [(label, other, in_words(other)) for label, rows in related for other in rows]


def _buttons(certificate: Certificate, stands: Standing) -> list[HeaderButton]:
    buttons = []
    if stands not in ENDED and not certificate.is_erased:
        buttons.append(HeaderButton(_("Correct the name"), url=address("correct-name", certificate), icon_name="edit"))
        buttons.append(HeaderButton(_("Print another title"), url=address("title", certificate), icon_name="title"))
    if stands not in ENDED:
        buttons.append(HeaderButton(_("Withdraw"), url=address("revoke", certificate), icon_name="cross"))
    return buttons
