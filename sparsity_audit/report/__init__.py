"""The report: one HTML page that holds all verdicts and their evidence, and needs no network."""

from .page import write_page
from .stored import stored_records

__all__ = ["stored_records", "write_page"]
