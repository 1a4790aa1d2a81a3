"""What leaves the screen as a file: the same values, in the same words."""
