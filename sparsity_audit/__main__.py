"""Run the command line with `python -m sparsity_audit`."""

from .command_line import main

main()
