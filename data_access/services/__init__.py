"""One module per question that a page asks; cached by data version."""
