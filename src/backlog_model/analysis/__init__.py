"""What to decide: targets, the money they need, paths towards them, and comparisons of scenarios."""
