"""What must hold for every sequence of operations, not only for chosen ones."""
