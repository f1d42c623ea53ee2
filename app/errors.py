"""The tree of domain errors, each with a stable code that clients may rely on.

DomainError
├── Unauthenticated   UNAUTHENTICATED  no valid token
├── Forbidden         FORBIDDEN        the role lacks this verb
├── NotFound          NOT_FOUND        does not exist within the caller's reach
├── BadInput          BAD_INPUT        a field is wrong; `field` names it
├── RuleBroken        (own code)       a business rule refuses; one code a rule
├── VersionConflict   CONFLICT         the record moved on since baseVersion
├── TooManyRequests   TOO_MANY_REQUESTS
└── NotAvailable      NOT_AVAILABLE    named in the contract, built by a later issue

Anything else that is raised is a fault of ours: the client sees INTERNAL and a reference.
"""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """Base of everything the caller may be told. `message` is plain words for people."""

    code = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        field: str | None = None,
        details: list[DomainError] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = details or []
        if code is not None:
            self.code = code

    @property
    def extensions(self) -> dict[str, Any]:
        """What stands in `errors[].extensions`."""
        found: dict[str, Any] = {"code": self.code}
        if self.field is not None:
            found["field"] = self.field
        if self.details:
            found["failures"] = [
                {"code": item.code, "message": item.message, "field": item.field}
                for item in self.details
            ]
        return found


class Unauthenticated(DomainError):
    code = "UNAUTHENTICATED"

    def __init__(self, message: str = "Sign in to do this.") -> None:
        super().__init__(message)


class Forbidden(DomainError):
    code = "FORBIDDEN"

    def __init__(self, message: str = "Your role does not include this.") -> None:
        super().__init__(message)


class NotFound(DomainError):
    code = "NOT_FOUND"


class BadInput(DomainError):
    code = "BAD_INPUT"


class RuleBroken(DomainError):
    """A rule of the business refuses; always raised with its own `code`."""


class VersionConflict(DomainError):
    """Somebody else changed the same fields; `current` is the server's copy, `yours` what was
    sent for the fields that clash, where the sender is to be shown both."""

    code = "CONFLICT"

    def __init__(
        self, message: str, current: dict[str, Any], yours: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.current = current
        self.yours = yours

    @property
    def extensions(self) -> dict[str, Any]:
        found = {**super().extensions, "current": self.current}
        return found if self.yours is None else {**found, "yours": self.yours}


class TooManyRequests(DomainError):
    code = "TOO_MANY_REQUESTS"


class NotAvailable(DomainError):
    code = "NOT_AVAILABLE"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not available in this version yet.")


class ConfigurationError(Exception):
    """The deployment's settings do not allow a start; the message lists every fault."""
