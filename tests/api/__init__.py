"""What clients may rely on: the contract, its errors, and what a request costs."""
