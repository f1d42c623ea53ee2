"""The outside services on this machine, speaking their real wire formats, for tests and demos."""
