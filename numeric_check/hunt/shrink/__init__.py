"""From a witness to the smallest one, in a stated order."""
