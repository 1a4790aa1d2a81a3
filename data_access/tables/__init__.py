"""The input tables that ship: real published figures, and a generator of fictitious ones."""
