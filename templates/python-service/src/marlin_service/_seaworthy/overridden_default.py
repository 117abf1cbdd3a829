"""Gives one setting of a shipped group another default, with texts of its own."""

from dataclasses import replace

from .declaration_error import DeclarationError
from .setting import Setting
from .settings_group import SettingsGroup, key_of


def overridden(
    group: type[SettingsGroup],
    field: str,
    *,
    default: str,
    owner: str,
    reason: str,
    expect: str,
    rollback: str,
    source: str | None = None,
    since: str | None = None,
) -> Setting:
    """Returns a shipped setting with another default; all four texts are demanded anew.

    Stands in a subclass of the group, in the Annotated[] of the field or in `platform`:

        class UploadServer(HttpServer):
            body_limit_bytes: Annotated[
                int,
                overridden(HttpServer, "body_limit_bytes", default="20MiB", owner=…, reason=…, …),
            ]

    The default holds in every stage, staging included; what one environment changes stands in
    its file instead.
    Raises TypeError for a field that is not declared. A default that its own kind refuses is one
    too, once the subclass is complete.
    """
    shipped = group.every_setting().get(field)
    if shipped is None:
        label = f"{group.label}.{key_of(field)}"
        raise DeclarationError(
            [f"{label}: it is not declared, so its default cannot be overridden"]
        )
    return replace(
        shipped,
        default=default,
        development=None,
        test=None,
        owner=owner,
        reason=reason,
        expect=expect,
        rollback=rollback,
        source=source,
        since=since or shipped.since,
    )
