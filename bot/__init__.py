"""The running process: from an update's arrival to its answer, from a due moment to its message."""
