"""What the instructions of a program do to a batch."""
