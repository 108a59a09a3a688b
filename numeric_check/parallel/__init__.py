"""Pieces of work, here or on other workers: serial, in processes, or on a Dask cluster."""
