"""One person's enrolments and her move to another place, in the admin: enrol, move, close, reopen, transfer."""
