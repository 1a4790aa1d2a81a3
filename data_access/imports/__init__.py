"""From a file to a published batch."""
