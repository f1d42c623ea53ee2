"""Nobody reads or writes what is not theirs, by any field of the schema."""
