"""Draws figures outside a reader's browser: one Chromium page in a process of its own.

``client`` asks, ``server`` answers from the process that ``client`` starts at need, ``easel`` is the page.
"""
