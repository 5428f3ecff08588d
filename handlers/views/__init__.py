"""Data and a language in, a message out. Views load nothing and decide nothing."""
