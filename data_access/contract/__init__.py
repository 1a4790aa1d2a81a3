"""The contract as data: its files, their schema and the loader that checks them."""
