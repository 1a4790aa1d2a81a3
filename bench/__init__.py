"""Measurements of this project and of a peer, on the machine at hand; no part of the product."""
