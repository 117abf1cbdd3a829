"""The stages a service runs in, as DEPLOY_ENVIRONMENT names them."""

from typing import Final, Literal

STAGES: Final = ("development", "test", "staging", "production")
Stage = Literal["development", "test", "staging", "production"]
