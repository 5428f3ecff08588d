"""The programme's rules: pure functions over plain data, standard library only."""
