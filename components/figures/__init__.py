"""Pure functions from values to images, each with its alternative text."""
