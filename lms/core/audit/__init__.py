"""A hash chain over the audit log: an entry that is changed, taken out or put in afterwards is found and named."""
