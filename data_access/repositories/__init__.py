"""SQL in, documented frames and frozen values out."""
