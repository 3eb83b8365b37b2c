"""Makers of rows for tests: plain functions, one module a room."""
