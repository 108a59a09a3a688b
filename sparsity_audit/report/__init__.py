"""The report: one HTML page that holds all verdicts and their evidence, and needs no network."""

from .page import write_page

__all__ = ["write_page"]
