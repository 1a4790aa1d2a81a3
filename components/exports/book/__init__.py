"""The workbook: everything that the pages show, with numbers that a spreadsheet can go on with."""

from components.exports.book.make import make_book

__all__ = ["make_book"]
