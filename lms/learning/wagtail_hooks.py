"""Doors into Wagtail: the gate, the slots, the guard against deleting what people have worked on."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from . import bulk, comings, deletion, enrolling, gate, merging, rights, slots
from .attendance import services as attendance
from .cohorts import admin as cohorts
from .credit import admin as credit
from .credit.services import forget_old_sheets
from .intake import admin as intake
from .intake import giving
from .intake.carrying import resume_intakes
from .intake.services import forget_old_intakes
from .models import Cohort
from .retraining import resume_retrainings
from .staff import enrolments, transfer
from .staff.viewset import EnrolmentsViewSet

hooks.register("before_serve_page", gate.pass_or_answer)
hooks.register("before_serve_document", gate.documents_need_sign_in)
hooks.register("curriculum_page_slot", slots.fill)
hooks.register("people_bulk_actions", bulk.actions)
hooks.register("before_delete_page", deletion.refuse_one)
hooks.register("before_bulk_action", deletion.refuse_many)
hooks.register("register_admin_viewset", intake.IntakeGroup)
hooks.register("register_log_actions", intake.log_actions)
hooks.register("register_log_actions", attendance.log_actions)
hooks.register("register_log_actions", cohorts.log_actions)
hooks.register("person_data", rights.person_data)
hooks.register("records_of_person", rights.records_of_person)
hooks.register("erase_person", rights.erase_person)
hooks.register("support_view", rights.support_view)
hooks.register("retention_rules", rights.retention_rules)
hooks.register("register_log_actions", enrolling.log_actions)
hooks.register("merge_people", merging.move)
hooks.register("rows_of_person", merging.rows)
hooks.register("stays_with_record", merging.stays)
hooks.register("register_admin_viewset", EnrolmentsViewSet)
hooks.register("register_log_actions", credit.log_actions)
hooks.register("tick", forget_old_sheets)
hooks.register("person_buttons", enrolments.buttons)
hooks.register("person_buttons", transfer.buttons)
hooks.register("person_left", comings.close_on_leaving)
hooks.register("departure_taken_back", comings.reopen_what_leaving_closed)
hooks.register("person_rejoined", comings.reopen_what_leaving_closed)
hooks.register("person_moved_country", comings.follow_country)
hooks.register("register_message_kinds", giving.kinds)
hooks.register("tick", forget_old_intakes)
hooks.register("tick", resume_intakes)
hooks.register("tick", resume_retrainings)
register_permission_policy(Cohort, intake.CohortPolicy(Cohort))
