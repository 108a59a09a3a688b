"""The front door: verdicts, the command line, and what people read."""

__version__ = "0.1.0"
