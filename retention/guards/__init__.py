"""Guards the served pages: which requests and messages get an answer, and what every answer forbids."""

from retention.guards.headers import SAYS_LANGUAGE, SecurityHeaders, content_security_policy
from retention.guards.messages import OwnMessagesOnly
from retention.guards.requests import KnownPathsOnly, OwnPagesOnly
from retention.guards.signed_in import SignedInOnly

__all__ = [
    "SAYS_LANGUAGE", "KnownPathsOnly", "OwnMessagesOnly", "OwnPagesOnly", "SecurityHeaders", "SignedInOnly",
    "content_security_policy",
]
