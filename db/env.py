"""Alembic's environment: the connection comes from briefer.storage.migrations, which owns the transaction."""

from __future__ import annotations

from alembic import context

from briefer.storage.tables import is_index_table, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    include_name=lambda name, type_, _parents: not (type_ == "table" and is_index_table(name)),
)
with context.begin_transaction():
    context.run_migrations()
