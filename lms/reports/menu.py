"""The reports in the admin's menu: those of the index, each for whom it is."""

from wagtail.admin.menu import MenuItem

from .index import REPORTS


def add_reports(request, items: list[MenuItem]) -> None:
    for order, report in enumerate(REPORTS):
        if report.may(request.user):
            name = "-".join([report.name, *report.address])
            items.append(MenuItem(report.title, report.url, name=name, icon_name=report.icon, order=order))
