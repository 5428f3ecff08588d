"""How the organisation lives while nobody looks. It works with the database, so it is loaded when it is wanted."""
