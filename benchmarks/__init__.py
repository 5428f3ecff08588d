"""What the program promises in figures, each measured on real HTTP beside its peer in the same run: `run.py bench`."""
