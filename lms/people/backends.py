from django.contrib.auth.backends import ModelBackend


class StaffNumberBackend(ModelBackend): ...
