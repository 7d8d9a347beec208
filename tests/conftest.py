from hypothesis import settings

# A loaded machine may take its time over an example: that is no failure.
settings.register_profile("series", deadline=None)
settings.load_profile("series")
