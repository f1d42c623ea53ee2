"""What the tests stand on: real servers on free ports, databases, factories, browsers."""
