"""Alembic's entry: runs on the connection that store.migrate gives, in its transaction."""

from alembic import context

from store.schema import metadata


def _ours(name: str | None, kind: str, parents: object) -> bool:
    # procrastinate keeps its own tables; autogenerate must not propose to drop them.
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=_ours,
)
with context.begin_transaction():
    context.run_migrations()
