"""One module per audited write."""
