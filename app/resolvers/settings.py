"""A group's settings."""

import strawberry


@strawberry.type
class SettingsQuery:
    pass


@strawberry.type
class SettingsMutation:
    pass
