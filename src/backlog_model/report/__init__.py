"""What people and programs read: the answer in words, warnings, and the table of values."""
