"""Telegram in, Telegram out: a module per noun; `views/` turns data and a language into text and keyboards."""
