"""How hard to search: the same examples every time, or new ones where one asks for a search.

TABLEBANKING_SEARCH=500 pytest tests/properties    tries 500 new examples of each property
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SEARCH = int(os.environ.get("TABLEBANKING_SEARCH", "0"))


def examples(usual: int) -> settings:
    """Settings of a property over a database: `usual` examples where nobody searches."""
    return settings(
        max_examples=SEARCH or usual,
        derandomize=not SEARCH,
        print_blob=True,
        deadline=None,
        # The database is shared by a test's examples; each makes groups of its own in it.
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
