"""Everything that builds what a person sees: Dash components, figures, sentences."""
