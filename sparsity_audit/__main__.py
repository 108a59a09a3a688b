"""Run the command line with `python -m sparsity_audit`."""

from .cli.main import main

main()
