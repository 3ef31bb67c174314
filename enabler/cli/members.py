"""``enabler user``: people with an account. (In the code they are members.)"""

import json
import secrets
from dataclasses import asdict
from typing import Any

import click

from enabler.cli.running import operator, running_app
from enabler.domain.vocabulary import ORGANISATION_ROLES, STAFF_ROLES, Role
from enabler.doors.wiring import now, wiring
from enabler.services import members

ROLES = [role.value for role in Role if role not in ORGANISATION_ROLES]
OF_STAFF = sorted(role.value for role in STAFF_ROLES)


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(accounts)


@click.group("user")
def accounts() -> None:
    """People with an account."""


@accounts.command("end")
@click.option("--role", required=True, type=click.Choice(OF_STAFF), help="Which role.")
@click.option("--place", "place_slug", required=True, help="The place's slug, such as bristol.")
@click.option("--ref", required=True, help="Whose, as user add printed it.")
def end(role: str, place_slug: str, ref: str) -> None:
    """Somebody works here no more: end their role, and sign them out. Their account stays."""
    with running_app():
        members.end_role(
            actor=operator(), role=Role(role), place_slug=place_slug, ref=ref,
            key=f"cli:{secrets.token_hex(16)}", now=now(),
        )  # fmt: skip


@accounts.command("add")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they are to be.")
@click.option("--place", "place_slug", required=True, help="The place's slug, such as bristol.")
@click.option("--ward", "ward_code", help="A councillor's ward, by its code.")
@click.option("--name", required=True, help="The full name.")
@click.option("--phone", help="A phone number: residents sign in by a code to it.")
@click.option("--email", "mail", help="A mail address: staff sign in by it.")
@click.option("--postcode", "postcode_text", help="Where they live (with --address).")
@click.option("--address", help="House and street.")
@click.option("--renew", is_flag=True, help="Staff who lost their password or phone: a new way in.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(role: str, as_json: bool, **chosen: Any) -> None:
    """Give somebody a role, and an account if their phone or mail address is new.

    Prints their ref; for new staff also a password and the secret of the second factor, which are
    shown this once (put the otpauth address into an app that makes codes).
    """
    with running_app():
        added = members.add_member(
            actor=operator(), role=Role(role), key=f"cli:{secrets.token_hex(16)}", now=now(),
            secrets=wiring().secrets, **chosen,
        )  # fmt: skip
    shown = {name: value for name, value in asdict(added).items() if value is not None}
    if not added.waits:
        del shown["waits"]
    if as_json:
        click.echo(json.dumps(shown))
        return
    for name in ("ref", "password", "totp_secret", "otpauth"):
        if name in shown:
            click.echo(f"{name} {shown[name]}")
    if added.waits:
        click.echo("The account waits until a safeguarding lead has looked at it.", err=True)
