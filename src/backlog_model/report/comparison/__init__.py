"""What `backlog compare` says."""
