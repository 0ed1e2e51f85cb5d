"""The real Protégé Desktop on a display without a screen, led by a plugin of its own."""

__all__: list[str] = []
