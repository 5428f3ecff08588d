"""The two languages: which there are, which one a code means, and its texts, dates and names."""

from __future__ import annotations

from locales.catalogue import DEFAULT, N_, CatalogueError, Language, available, language, resolve

__all__ = ["DEFAULT", "N_", "CatalogueError", "Language", "available", "language", "resolve"]
