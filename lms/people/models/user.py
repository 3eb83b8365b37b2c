import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from lms.core.models import Country

from .places import Partner


class UserManager(BaseUserManager):
    def get_by_natural_key(self, staff_number):
        return self.get(staff_number=staff_number)

    def create_superuser(self, staff_number, password=None, **fields):
        """An administrator, with the posting that says so: without it the next synchronisation would undo it."""
        user = self.model(staff_number=staff_number, is_superuser=True, **fields)
        user.set_password(password)
        user.save()
        user.postings.create(role="administrator", country_id=user.country_id)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a staff number. No health data; the job itself can imply a status and is shown to few."""

    class Sex(models.TextChoices):
        FEMALE = "f", _("Female")
        MALE = "m", _("Male")

    class Face(models.TextChoices):
        """What stands for her on a shared phone: look.md §6. Never a photograph."""

        BIRD = "bird", _("Bird")
        DRUM = "drum", _("Drum")
        TREE = "tree", _("Tree")
        CALABASH = "calabash", _("Calabash")
        SUN = "sun", _("Sun")
        FISH = "fish", _("Fish")
        BASKET = "basket", _("Basket")
        STAR = "star", _("Star")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff_number = models.CharField(
        _("staff number"),
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]\d{6}$", _("A letter and six digits."))],
    )
    given_names = models.CharField(_("given names"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=60)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    country = models.ForeignKey(Country, models.PROTECT, related_name="people", verbose_name=_("country"))
    job = models.CharField(_("job"), max_length=60, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    employer = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("employer"))
    hr_number = models.CharField(_("employer’s HR number"), max_length=30, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True, help_text="She typed a code sent to this phone")
    face = models.CharField(_("picture on a shared phone"), max_length=10, choices=Face, blank=True)
    first_signed_in_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_records")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_names", "family_name", "country_id"]

    class Meta:
        ordering = ["family_name", "given_names"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["family_name", "given_names"], name="user_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "hr_number"],
                condition=~models.Q(hr_number=""),
                name="user_one_hr_number_per_employer",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(merged_into=None, erased_at=None),
                name="user_merged_or_erased_cannot_sign_in",
            ),
        ]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name as a certificate prints it."""
        return f"{self.given_names} {self.family_name}"

    def get_short_name(self) -> str:
        return self.given_names.split(" ")[0]

    @property
    def username(self) -> str:
        return self.staff_number

    @property
    def is_staff(self) -> bool:
        """Django's word for «may open the admin»; here Wagtail's permission decides."""
        return self.is_superuser
