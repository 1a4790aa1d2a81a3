"""The board pack and the two annexes as PDF: content from the services, pages by typst."""
