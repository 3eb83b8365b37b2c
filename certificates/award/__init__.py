"""From a finished enrolment to a stored file: the snapshot, the tries, the file, the withdrawal."""
