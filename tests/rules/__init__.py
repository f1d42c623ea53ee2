"""One test a rule of design.md, as far as the server keeps it today."""
