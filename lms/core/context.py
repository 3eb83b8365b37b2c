from django.conf import settings


def product(request):
    """What every page may say about the site itself."""
    return {"product_name": settings.PRODUCT_NAME, "quick_hide_url": settings.QUICK_HIDE_URL}
