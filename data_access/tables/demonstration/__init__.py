"""Fictitious tables for demonstration: the model and what it rests on are in README.md beside this file."""

from data_access.tables.demonstration.generate import VERSION, write_demonstration

__all__ = ["VERSION", "write_demonstration"]
