"""Robin Hood for p < q < 1: where it holds, and how it fails elsewhere."""
