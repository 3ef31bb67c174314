"""What a program reads of a place's rules."""

from marshmallow import fields

from enabler.api.schemas.fields import Given, Inner, Many, Moment, Text, Truth, Whole


class KindSchema(Given):
    """A kind of help by the rules in force."""

    category = Text(required=True, metadata={"examples": ["gardening"]})
    held = Truth(required=True, metadata={"description": "A person looks at it first."})
    urgent = Truth(required=True, metadata={"description": "It is urgent whenever it is wanted."})
    credentials = Many(Text(), required=True, metadata={
        "description": "What a helper must have had checked where such help usually happens."
    })  # fmt: skip


class RulesVersionSchema(Given):
    """A version of the rules. ``state``: in-force, beneath, to-come or over."""

    version = Whole(required=True, attribute="number")
    name = Text(required=True)
    state = Text(required=True)
    from_at = Moment(required=True)
    over_at = Moment(required=True, allow_none=True)
    in_an_area = Truth(required=True, attribute="covers")
    wards = Many(Text(), required=True, metadata={"description": "Their names, if it is so."})


class SpecialRulesSchema(RulesVersionSchema):
    """Rules of an area, or rules to come, with what is different in them."""

    outline = fields.List(
        fields.List(fields.List(fields.Float())), required=True, allow_none=True,
        metadata={"description": "Rings of longitude and latitude (WGS 84)."},
    )  # fmt: skip
    differs = fields.Dict(
        keys=fields.String(), values=fields.Raw(allow_none=True), required=True,
        metadata={"description": "By path: what these rules say otherwise."},
    )  # fmt: skip


class RulesSchema(RulesVersionSchema):
    """The rules in force in a place. Minutes of the local day, minutes, hours, days, metres and
    pence are whole numbers, as the name of each value says."""

    values = fields.Dict(
        keys=fields.String(), values=fields.Raw(), required=True,
        metadata={"description": "By path: `quiet_from`, `categories_held.childcare`."},
    )  # fmt: skip
    risk_rules = fields.List(
        fields.Dict(keys=fields.String(), values=fields.Raw()), required=True,
        metadata={"description": "What help asks beyond its kind, where each fits."},
    )  # fmt: skip
    kinds = Many(Inner(KindSchema), required=True)
    special = Many(Inner(SpecialRulesSchema), required=True)
    to_come = Many(Inner(SpecialRulesSchema), required=True)
    older = Many(Inner(RulesVersionSchema), required=True)
