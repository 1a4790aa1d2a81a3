"""French and Dutch: sentences, numbers, dates."""
