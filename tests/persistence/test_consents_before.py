"""0035: what was agreed to before it keeps its words; of what was agreed twice the newest stands;
nobody has news who was not asked."""

from datetime import timedelta

from alembic import command
from flask import Flask
from sqlalchemy import text

from enabler.domain.consents import SIGN_UP, newest
from enabler.domain.vocabulary import Way
from enabler.persistence import schema
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import NOW, a_member, a_place
from tests.databases.stores import Database

_OLD = (
    "INSERT INTO consent (place_id, member_id, wording, version, wording_hash, given_at)"
    " VALUES (:place, :member, 'sign-up', 1, :digest, :at)"
)


def test_old_consents_and_choices(app: Flask, database: Database) -> None:
    with app.app_context():
        place = a_place()
        twice, once, choosy = (a_member(place, f"Member {nth}") for nth in range(3))
        with unit_of_work() as uow:
            uow.wishes.choose(place.id, choosy.id, bulletins_by=Way.TEXT, news_by=Way.MAIL)
            uow.commit()
    digest = newest(SIGN_UP).digest("en")
    with schema.owner_connection(database.url) as connection:
        command.downgrade(schema.alembic_config(connection), "0032_both_introduced")
    with schema.owner_connection(database.url) as connection:
        for member, days in ((twice, 3), (twice, 1), (once, 2)):
            connection.execute(text(_OLD), {
                "place": place.id, "member": member.id, "digest": digest,
                "at": (NOW - timedelta(days=days)).replace(tzinfo=None).isoformat(" "),
            })  # fmt: skip
    schema.upgrade(database.url)
    with app.app_context(), reading() as uow:
        first, second = uow.consents.of(twice.id)
        assert (first.withdrawn_how, second.withdrawn_how) == ("replaced", None)
        (one,) = uow.consents.standing(once.id, SIGN_UP)
        assert (one.language, one.how, one.page, one.sha256) == ("en", "page", "sign-up", digest)
        wishes = uow.wishes.told(choosy.id)
        assert (wishes.bulletins, wishes.news) == (Way.PAGE, Way.MAIL)
