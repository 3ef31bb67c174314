"""Services that ask who acts and that no page and no call of the API names: which there are, and
how each is called."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from shapely import MultiPolygon, box

from enabler import api, services, web
from enabler.domain.errors import EnablerError, Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.place_pack import PlaceFacts, PlacePack, PostcodeColumns
from enabler.domain.vocabulary import Role
from enabler.doors.erasure_list import FileOfErasures
from enabler.doors.signing import FolderKeys
from enabler.persistence.unit_of_work import reading
from enabler.services import (
    backups,
    complaints,
    conduct,
    costs_of_texts,
    councillors,
    demo,
    erasures,
    hearing,
    hours,
    keeping,
    learning,
    looked_at,
    mandate_ends_by_text,
    mandate_looks,
    mandates_by_text,
    members,
    neglect,
    odd_looks,
    places,
    replays,
    rounds,
    seals,
    signing_keys,
    untold_clock,
    visits,
    worries,
)
from enabler.services.ports import Heard
from tests.authorisation.people import Principal
from tests.builders import NOW
from tests.privacy.fixed import FixedSecrets

Call = Callable[[Actor, str, str, Path], Any]
"""A service called by an actor, about a place (its slug) and a member of it, with a folder."""


def unreached() -> Iterator[str]:
    """Public services with an actor that no module of the pages or of the API names."""
    named = set(_named_by_doors())
    for path in sorted(Path(services.__path__[0]).glob("[a-z]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                called = f"{path.stem}.{node.name}"
                arguments = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
                if "actor" in arguments and called not in named:
                    yield called


def _named_by_doors() -> Iterator[str]:
    for path in (path for door in (web, api) for path in Path(door.__path__[0]).glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == services.__name__
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield f"{modules.get(node.value.id, '')}.{node.attr}"


def _import_place(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    columns = PostcodeColumns((), nothing, nothing, nothing, (), (), ())
    facts = PlaceFacts(slug=f"new-{slug}", name="New", timezone="Europe/London")
    pack = PlacePack(facts, MultiPolygon([box(0, 0, 9, 9)]), (), columns)
    places.import_place(actor=actor, pack=pack, key="unreached", now=NOW)


def _make_backup(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    backups.make(actor=actor, file=folder / "none" / "b", now=NOW, told=lambda *_: None)


def _restore(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    backups.restore(
        actor=actor, file=folder / "none" / "b", owner_url="sqlite://", replace=False, now=NOW,
        told=lambda *_: None,
    )  # fmt: skip


def _people(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    demo.people_place(
        actor=actor, place_slug=slug, size=1, seed=1, secrets=FixedSecrets("x" * 40),
        key="unreached-people", now=NOW,
    )  # fmt: skip


def _add_member(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    members.add_member(
        actor=actor, role=Role.RESIDENT, place_slug=slug, name="Nora New", phone="07700 900777",
        secrets=FixedSecrets("x" * 40), key="unreached-member", now=NOW,
    )  # fmt: skip


def _end_role(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    with suppress(Invalid):  # they have no such role: who may not is told so first
        members.end_role(
            actor=actor, role=Role.CUSTODIAN, place_slug=slug, ref=ref, key="unreached-end", now=NOW
        )


def _by_ref(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    members.by_ref(actor=actor, ref=ref, reason="check", now=NOW)


def _run_round(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    rounds.run_round(actor=actor, place_slug=slug, now=NOW, dry_run=True)


def _text_costs(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    with reading() as uow:
        place = uow.places.by_slug(slug)
    costs_of_texts.of_month(actor=actor, place_id=place.id, month=NOW.date(), now=NOW)


def _last_hours(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    hours.last(actor=actor, count=3, now=NOW)


def _heard(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    learning.heard(
        actor=actor, words="the big shop", category="shopping", language="en",
        key="unreached-heard", now=NOW,
    )  # fmt: skip


def _agreed(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    learning.agreed(
        actor=actor, words="the big shop", category="shopping", language="en", version=1,
        key="unreached-agreed", now=NOW,
    )  # fmt: skip


def _by_text(call: Callable[..., object], **said: str) -> Call:
    """What only a text asks for: there is none here, and who may not is told so first."""

    def tried(actor: Actor, slug: str, ref: str, folder: Path) -> None:
        with suppress(NotFound):
            call(actor=actor, now=NOW, **said)

    return tried


def _with_text(call: Callable[..., object], **said: str) -> Call:
    return _by_text(partial(call, text_id=0, secrets=FixedSecrets("x" * 40)), **said)


def _list_keys(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    signing_keys.listed(actor=actor, slug=slug, signing=_signing(folder), now=NOW)


def _make_key(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    signing_keys.make(
        actor=actor, slug=slug, retire=True, signing=_signing(folder), key="unreached-key", now=NOW
    )


def _lose_key(actor: Actor, slug: str, ref: str, folder: Path) -> None:
    signing_keys.lose(actor=actor, slug=slug, kid="none", key="unreached-lost", now=NOW)


def _signing(folder: Path) -> FolderKeys:
    return FolderKeys(folder / "signing", makes_keys=True)


def _drop(_: object) -> None:
    """What a service answers does not matter here."""


_NOBODY = FileOfErasures(Path("/dev/null/none"))
"""A list on which nobody is, and to which nobody is added."""
CALLS: dict[str, Call] = {
    "places.import_place": _import_place, "backups.make": _make_backup,
    "backups.restore": _restore, "demo.people_place": _people,
    "members.add_member": _add_member, "members.end_role": _end_role,
    "members.by_ref": _by_ref, "rounds.run_round": _run_round,
    "hours.last": _last_hours, "costs_of_texts.of_month": _text_costs,
    "learning.heard": _heard, "learning.agreed": _agreed,
    "mandates_by_text.listed": _by_text(mandates_by_text.listed),
    "mandates_by_text.meant": _by_text(mandates_by_text.meant, words="Sam"),
    "mandates_by_text.to_agree": _with_text(mandates_by_text.to_agree, ref="0000"),
    "mandates_by_text.to_invite": _with_text(mandates_by_text.to_invite, to="07700 900778"),
    "mandates_by_text.answer": _with_text(
        mandates_by_text.answer, letter="A", code="123456", key="unreached-code"
    ),
    "mandate_ends_by_text.end": _with_text(
        mandate_ends_by_text.end, code="123456", key="unreached-end-by-text"
    ),
    "erasures.finish": lambda actor, *_: _drop(
        erasures.finish(actor=actor, kept_in=_NOBODY, now=NOW)
    ),
    "erasures.apply": lambda actor, *_: _drop(
        erasures.apply(actor=actor, kept_in=_NOBODY, now=NOW)
    ),
    "erasures.write_list": lambda actor, *_: _drop(
        erasures.write_list(actor=actor, kept_in=_NOBODY, now=NOW)
    ),
    "signing_keys.listed": _list_keys,
    "signing_keys.make": _make_key, "signing_keys.lose": _lose_key,
    "visits.under_way": lambda actor, *_: _drop(visits.under_way(actor=actor, now=NOW)),
    "keeping.end": lambda actor, *_: _drop(
        keeping.end(actor=actor, rule=keeping.RULES[0], now=NOW)
    ),
    "looked_at.look_over": lambda actor, *_: _drop(looked_at.look_over(actor=actor, now=NOW)),
    "untold_clock.look": lambda actor, *_: _drop(untold_clock.look(actor=actor, now=NOW)),
    "mandate_looks.look": lambda actor, *_: _drop(mandate_looks.look(actor=actor, now=NOW)),
    "neglect.look": lambda actor, *_: _drop(neglect.look(actor=actor, now=NOW)),
    "looked_at.remind": lambda actor, *_: _drop(looked_at.remind(actor=actor, now=NOW)),
    "complaints.look_over": lambda actor, *_: _drop(complaints.look_over(actor=actor, now=NOW)),
    "odd_looks.look_over": lambda actor, *_: _drop(odd_looks.look_over(actor=actor, now=NOW)),
    "councillors.close_over": lambda actor, *_: _drop(
        councillors.close_over(actor=actor, now=NOW)
    ),
    "worries.look_over": lambda actor, *_: _drop(worries.look_over(actor=actor, now=NOW)),
    "conduct.close_unanswered": lambda actor, *_: _drop(
        conduct.close_unanswered(actor=actor, now=NOW)
    ),
    "hearing.hear": lambda actor, *_: _drop(
        hearing.hear(actor=actor, understands=lambda *_, **__: Heard(), now=NOW)
    ),
    "seals.seal": lambda actor, *_: _drop(seals.seal(actor=actor, now=NOW)),
    "seals.export": lambda actor, *_: _drop(list(seals.export(actor=actor))),
    "seals.findings": lambda actor, *_: _drop(seals.findings(actor=actor)),
    "replays.replay": lambda actor, *_: _drop(
        replays.replay(actor=actor, rows=(), now=NOW, clock=lambda: 0.0, progress=lambda *_: None)
    ),
}  # fmt: skip


def actors(principals: dict[str, Principal]) -> dict[str, Actor]:
    """Everybody, also those who come to no door."""
    return {name: one.actor for name, one in principals.items()} | {
        "operator": Actor.operator("tester"), "system": Actor.system("tester"),
    }  # fmt: skip


def may(call: Call, actor: Actor, slug: str, ref: str, folder: Path) -> bool:
    """Whether the service lets the actor in; what it says of the rest does not matter."""
    try:
        call(actor, slug, ref, folder)
    except (NotAllowed, NotFound):
        return False
    except (EnablerError, OSError, ValueError, IndexError):
        return True
    return True
