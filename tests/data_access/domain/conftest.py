"""Properties of the rules are about what they say, not about how long a busy machine takes to say it."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
