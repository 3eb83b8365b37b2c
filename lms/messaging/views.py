"""Doors for gateways: delivery reports and answers. Nothing personal is in their addresses."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import reports
from .gateways import africastalking, twilio
from .models import Message
from .signatures import twilio_signature

TWILIO_TAKEN = {"accepted", "scheduled", "queued", "sending", "sent"}
AFRICASTALKING_OPTED_OUT = {"UserInBlackList", "DoNotDisturbRejection"}
AFRICASTALKING_ADDRESS = {"UserDoesNotExist", "NotNetworkSubscriber", "UserAccountSuspended"}


def from_twilio(view: Callable) -> Callable:
    """POST only, signed with our token over the address as the world sees it."""

    @wraps(view)
    def checked(request: HttpRequest, **parts) -> HttpResponse:
        secret, url = settings.TWILIO_AUTH_TOKEN, settings.BASE_URL + request.get_full_path()
        wanted = twilio_signature(secret, url, request.POST)
        if not secret or not constant_time_compare(wanted, request.headers.get("X-Twilio-Signature", "")):
            raise PermissionDenied
        return view(request, **parts)

    return csrf_exempt(require_POST(checked))


def from_africastalking(view: Callable) -> Callable:
    """POST only, at an address that holds a secret: Africa's Talking signs nothing."""

    @wraps(view)
    def checked(request: HttpRequest, token: str) -> HttpResponse:
        wanted = settings.AFRICASTALKING_TOKEN
        if not wanted or not constant_time_compare(wanted, token):
            raise PermissionDenied
        return view(request)

    return csrf_exempt(require_POST(checked))


@from_twilio
def twilio_report(request: HttpRequest, message: UUID) -> HttpResponse:
    rows = Message.objects.filter(pk=message)
    status, sid = request.POST.get("MessageStatus"), request.POST.get("MessageSid", "")
    if status in ("delivered", "read"):
        reports.note_delivered(rows)
    elif status in ("failed", "undelivered", "canceled"):
        code = request.POST.get("ErrorCode", "")
        reason = twilio.REASONS.get(int(code)) if code.isdigit() else None
        reports.note_undelivered(rows, sid, reason or Message.Reason.UNDELIVERED, code)
    elif status in TWILIO_TAKEN:
        reports.note_taken(rows, sid)
    return HttpResponse(status=204)


@from_twilio
def twilio_answer(request: HttpRequest) -> HttpResponse:
    reports.note_answer(request.POST.get("From", ""), request.POST.get("Body", ""))
    return HttpResponse("<Response/>", content_type="text/xml")


@from_africastalking
def africastalking_report(request: HttpRequest) -> HttpResponse:
    """Of an id that is not known here, nothing is written: another system may use the same account."""
    key, status = request.POST.get("id", ""), request.POST.get("status")
    rows = Message.objects.filter(gateway=africastalking.NAME, gateway_id=key) if key else Message.objects.none()
    if status == "Success":
        reports.note_delivered(rows)
    elif status in ("Failed", "Rejected", "AbsentSubscriber", "Expired"):
        why = request.POST.get("failureReason", "")
        reports.note_undelivered(rows, key, _africastalking_reason(why), why or status)
    return HttpResponse(status=204)


@from_africastalking
def africastalking_answer(request: HttpRequest) -> HttpResponse:
    reports.note_answer(request.POST.get("from", ""), request.POST.get("text", ""))
    return HttpResponse(status=204)


def _africastalking_reason(why: str) -> Message.Reason:
    if why in AFRICASTALKING_OPTED_OUT:
        return Message.Reason.OPTED_OUT
    return Message.Reason.ADDRESS if why in AFRICASTALKING_ADDRESS else Message.Reason.UNDELIVERED
