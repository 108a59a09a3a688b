"""What a user names: ids, files of claims, functions."""
