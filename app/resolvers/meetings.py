"""Meetings: from opening to the confirmed minutes."""

import strawberry


@strawberry.type
class MeetingQuery:
    pass


@strawberry.type
class MeetingMutation:
    pass
