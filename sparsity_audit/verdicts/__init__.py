"""What is known of a claim: settled, stored, and checked again."""
