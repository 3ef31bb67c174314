"""Every deed that a text can lead to, and who does it."""

from collections.abc import Mapping

from sms.acting.scene import Act

ACTS: Mapping[str, Act] = {}
"""By the name of the deed."""
