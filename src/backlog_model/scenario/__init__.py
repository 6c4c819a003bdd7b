"""What a planner writes: scenario files read, checked and turned into frozen records."""
