"""Use cases: one function is one thing a person or the clock does, inside one transaction."""
