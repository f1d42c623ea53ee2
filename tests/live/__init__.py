"""Events, subscriptions and positions."""
