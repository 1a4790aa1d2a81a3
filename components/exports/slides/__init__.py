"""The slides: one finding a slide, with charts that PowerPoint can edit wherever it has the kind."""

from components.exports.slides.make import make_slides

__all__ = ["make_slides"]
