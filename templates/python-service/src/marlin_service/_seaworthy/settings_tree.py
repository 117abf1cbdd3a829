"""The base of all settings of a service: its stage and its groups."""

from pydantic import BaseModel, ConfigDict

from .setting import Setting
from .settings_group import SettingsGroup, Stage


class SettingsTree(BaseModel):
    """All settings of a service: the stage, and one field per group."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    deploy_environment: Stage

    @classmethod
    def groups(cls) -> dict[str, type[SettingsGroup]]:
        """Returns the declared groups by the name of their field."""
        fields = {name: info.annotation for name, info in cls.model_fields.items()}
        return {
            name: group
            for name, group in fields.items()
            if isinstance(group, type) and issubclass(group, SettingsGroup)
        }

    @classmethod
    def declared(cls) -> list[Setting]:
        """Returns every setting, in the order of declaration."""
        return [each for group in cls.groups().values() for each in group.declared().values()]
