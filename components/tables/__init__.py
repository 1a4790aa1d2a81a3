"""Values in, a table out."""
