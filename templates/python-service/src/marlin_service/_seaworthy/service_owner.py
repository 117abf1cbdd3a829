"""Names who answers for a setting."""

from ..service import SERVICE_OWNER
from .setting import Setting


def owner_of(setting: Setting, owner: str) -> str:
    """Returns the owner a setting names; a shipped one belongs to whoever runs the service."""
    return owner if setting.owner == SERVICE_OWNER else setting.owner
