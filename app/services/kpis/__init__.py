"""Key figures over a period, for any set of groups. docs/kpis.md defines each of them."""
