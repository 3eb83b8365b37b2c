from django.conf import settings

LOOKS = ("sun", "night")  # besides «auto», which is no choice


def product(request):
    """What every page may say about the site itself, and the light that was chosen on this phone."""
    look = request.COOKIES.get("look") if request else ""
    return {
        "product_name": settings.PRODUCT_NAME,
        "quick_hide_url": settings.QUICK_HIDE_URL,
        "look": look if look in LOOKS else "",
    }
