"""Schema changes by alembic, on their own connection (see `storage.schema`)."""
