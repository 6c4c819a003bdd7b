"""What `backlog targets` prints: which targets can be met, what they cost, and which path leads to them."""
