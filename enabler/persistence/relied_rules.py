"""What keeps counting on a proof to what was shown and agreed to, in the database itself.

It begins unanswered, of a proof that stands, and never lasts beyond it. The member's own consent to
these very words about this very row makes it count. Nothing else of it changes but that it ends,
once, and that the proof is gone when its owner is.
"""

from enabler.persistence import triggers

_KEPT = (
    "place_id", "ref", "organisation_id", "member_id", "digest", "kind", "until_at", "asked_by",
    "asked_at",
)  # fmt: skip
_ASKED = (
    "NEW.agreed_at IS NULL AND NEW.consent_id IS NULL AND EXISTS (SELECT 1 FROM proof AS p"
    " WHERE p.id = NEW.proof_id AND p.ended_at IS NULL AND NEW.until_at <= p.until_at)"
)
_AGREED = (
    "OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL AND NOT (OLD.ended_at IS NULL AND EXISTS"
    " (SELECT 1 FROM consent AS c WHERE c.id = NEW.consent_id AND c.member_id = NEW.member_id"
    " AND c.wording = 'rely-proof' AND c.about_ref = NEW.ref AND c.withdrawn_at IS NULL))"
)
_MADE, _FIXED = "nobody agreed to count on this proof", "a proof relied on does not change"


def rules(dialect: str) -> list[str]:
    """The statements that make them."""
    return [
        *triggers.refuse_insert(dialect, "relied_made", "proof_relied", f"NOT ({_ASKED})", _MADE),
        *triggers.refuse_update(dialect, "relied_kept", "proof_relied", _changed(dialect), _FIXED),
    ]


def without(dialect: str) -> list[str]:
    """The statements that take them away."""
    names = ("relied_made", "relied_kept")
    return [
        one for name in names for one in triggers.no_longer_refused(dialect, name, "proof_relied")
    ]


def _changed(dialect: str) -> str:
    once = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND ({triggers.differ(dialect, (column,))}))"
        for column in ("agreed_at", "consent_id", "ended_at", "ended_because")
    )
    another = f"(NEW.proof_id IS NOT NULL AND ({triggers.differ(dialect, ('proof_id',))}))"
    return f"({triggers.differ(dialect, _KEPT)}) OR {once} OR {another} OR ({_AGREED})"
