"""The yearly model: pure functions on arrays, in the order of the events of a year."""
