"""The PQ index of arrays and of files of tensors; it knows nothing of claims."""
