"""The Word brief."""
