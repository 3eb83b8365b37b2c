from django.utils.functional import SimpleLazyObject


def country(get_response):
    """`request.country`: the signed-in person's country, None for everyone else. All that lower rooms see of her."""

    def middleware(request):
        request.country = SimpleLazyObject(lambda: getattr(request.user, "country", None))
        return get_response(request)

    return middleware
