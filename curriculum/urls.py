"""The withdrawals under /cms/withdrawals/."""

from django.urls import path

from . import views

app_name = "curriculum"

urlpatterns = [
    path("", views.WithdrawalList.as_view(), name="withdrawal-list"),
    path("results/", views.WithdrawalList.as_view(results_only=True), name="withdrawal-list-results"),
    path("add/", views.withdraw, name="withdrawal-add"),
    path("<uuid:pk>/lift/", views.lift, name="withdrawal-lift"),
]
