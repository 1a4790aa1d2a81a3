"""Alembic runs the migrations on the connection that ``data_access.db.migrate`` hands over.

The transaction is the caller's: there is no ``begin_transaction`` here, so that all migrations and the
lock that serialises them end together.
"""

from alembic import context

from data_access.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()
