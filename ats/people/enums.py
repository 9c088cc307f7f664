"""What happens to people's accounts, and the ids that each event carries."""

EVENTS: dict[str, tuple[str, ...]] = {
    "user.invited": (),
    "user.deactivated": ("tokens",),
    "token.created": ("scopes", "expires_at"),
    "token.revoked": (),
}
SCOPES = ("read", "write")
