"""plotly.js with only the traces that our figures use, and what builds and serves it."""
