"""The one way in: every operation that writes to the books (design.md, "One way in").

`apply_operations` takes a list of operations, each with its actor, and costs a fixed number
of statements however long the list is. The rules are pure functions from the loaded state
and an operation to an outcome.
"""
