"""An invented place: people it, and say whom to sign in as.

Everybody in it is made up, and only the simulator ever sends for it. A place that has people is
left as it is. The staff's password and second factor follow from the installation's secret key,
so that they can be told again, and from nothing that is public.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pyotp import TOTP

from enabler.domain.categories import TREE, credentials_by_category
from enabler.domain.demo.giving import HELPER, OWNER, RESIDENT
from enabler.domain.demo.invention import invent
from enabler.domain.demo.past import Storyteller
from enabler.domain.demo.people import FIRST_PHONE, MAIL_DOMAIN
from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.places import Place
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import STAFF_ROLES, Role
from enabler.persistence.peopling.changes import ACTOR
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._could_have import CouldHave
from enabler.services._once import once
from enabler.services._password import PASSWORD_AND_CODE
from enabler.services.ports import Secrets

Progress = Callable[[str, int, int], None]
PLACE_PHONES = 447_700_900_000, 447_700_900_099
"""The numbers for drama that places have."""
