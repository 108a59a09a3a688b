"""What terms are worth at exact values, proved: numbers, vectors as blocks, terms."""
