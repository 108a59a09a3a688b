"""Rules about sorting."""
