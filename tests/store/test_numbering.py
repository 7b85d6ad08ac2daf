"""The revision that gives members numbers meets people who are there already."""

import sqlalchemy as sa
from alembic import command

from store import people
from store.database import Database
from store.keyring import Keyring
from store.migrate import _config, upgrade

PERSON = "INSERT INTO person (agency, ref, role, units) VALUES (:agency, :ref, 'staff', '{}')"


def test_people_who_were_there_get_numbers_and_keep_their_roles(
    postgres: str, schema: str, keyring: Keyring
) -> None:
    old = f"{schema}_of_0005"
    engine = sa.create_engine(postgres, connect_args={"options": f"-c search_path={old}"})
    try:
        with engine.begin() as sql:
            sql.execute(sa.schema.CreateSchema(old))
            config = _config()
            config.attributes["connection"] = sql
            command.upgrade(config, "0005")
            for agency, ref in (("one", "a"), ("one", "b"), ("two", "a")):
                sql.execute(sa.text("SELECT set_config('sujarit.agency', :a, true)"), {"a": agency})
                sql.execute(sa.text(PERSON), {"agency": agency, "ref": ref})
        upgrade(postgres, old)
        database = Database(postgres, keyring, schema=old)
        with database.agency("one") as tx:
            known = people.members(tx)
            assert {one.ref for one in known} == {"a", "b"}
            assert {one.number for one in known} == {1000, 1001}
        with database.agency("two") as tx:
            assert [one.number for one in people.members(tx)] == [1000]
        database.close()
    finally:
        with engine.begin() as sql:
            sql.execute(sa.schema.DropSchema(old, cascade=True, if_exists=True))
        engine.dispose()
