"""Values in, a card out."""
