"""Whole stories in real browsers, on the built apps, two real server processes and PostgreSQL."""
