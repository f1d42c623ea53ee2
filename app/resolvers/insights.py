"""Figures over a period: the KPIs."""

import strawberry


@strawberry.type
class InsightQuery:
    pass


@strawberry.type
class InsightMutation:
    pass
