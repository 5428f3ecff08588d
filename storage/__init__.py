"""Tables, migrations and all SQL: one module per noun."""
