"""One hypothesis profile for everybody, so that a failure repeats; HYPOTHESIS_PROFILE=search looks further."""

import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "repeatable", max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW
)
settings.register_profile("search", max_examples=2000, deadline=None, database=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
