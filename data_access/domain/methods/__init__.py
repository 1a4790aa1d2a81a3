"""Published methods of judging progress, beside the house's own; one module a method."""
