"""The official planning tables."""
