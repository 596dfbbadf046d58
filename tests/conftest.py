"""What every test file shares: properties are searched the same way on every run, and without a clock."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("same")
