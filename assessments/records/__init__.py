"""The record of one attempt for a dispute: what was asked, answered, judged and changed, as JSON and as a PDF."""
