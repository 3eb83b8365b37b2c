from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that was open too long, or without cookies: say what to do, lose nothing that was saved."""
    return render(request, "403_csrf.html", status=403)
