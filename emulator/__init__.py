"""A local Telegram: the Bot API over HTTP, and a control API for whoever plays its users."""
