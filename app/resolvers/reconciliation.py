"""Monthly reconciliation: the books against counts and statements."""

import strawberry


@strawberry.type
class ReconciliationQuery:
    pass


@strawberry.type
class ReconciliationMutation:
    pass
