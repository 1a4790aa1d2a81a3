"""One module, one address: layout() and thin callbacks."""
