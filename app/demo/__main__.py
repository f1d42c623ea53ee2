"""`python -m app.demo`, for a folder where the command `tablebanking` is not installed."""

from __future__ import annotations

import sys

from app.demo.run import run
from app.errors import ConfigurationError

if __name__ == "__main__":
    try:
        sys.exit(run())
    except ConfigurationError as error:
        sys.exit(str(error))
