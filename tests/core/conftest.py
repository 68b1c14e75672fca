"""Let hypothesis run where random changes of the code are tried, which call each test many times."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings

if "mutants" in Path(__file__).parts:
    calm = [HealthCheck.differing_executors, HealthCheck.too_slow]
    settings.register_profile("mutants", deadline=None, suppress_health_check=calm, derandomize=True)
    settings.load_profile("mutants")
