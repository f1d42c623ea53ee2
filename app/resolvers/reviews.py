"""The review inbox, and reversals."""

import strawberry


@strawberry.type
class ReviewQuery:
    pass


@strawberry.type
class ReviewMutation:
    pass
