"""What `backlog history` prints: what the past says, and how far it may be believed."""
