"""How each kind of entry is undone when it is reversed: one line a noun.

A noun's undo stands in the noun's own module; this one only gathers them.
"""

from __future__ import annotations

from app.services.operations import (
    contribution_reversal,
    dividend_placement,
    loan_corrections,
    loan_disbursement,
    movements,
    opening,
    placement_reversal,
    welfare_payout,
)
from app.services.operations.undoing import Undoing

UNDO: dict[str, Undoing] = {
    **contribution_reversal.UNDOINGS,
    **loan_disbursement.UNDOINGS,
    **loan_corrections.UNDOINGS,
    **movements.UNDOINGS,
    **opening.UNDOINGS,
    **welfare_payout.UNDOINGS,
    **dividend_placement.UNDOINGS,
    **placement_reversal.UNDOINGS,
}
"""By the entry's kind. What is not here is not reversed by itself (NOT_REVERSIBLE)."""
