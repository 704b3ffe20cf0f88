"""What is shown of the configuration."""

from __future__ import annotations

from pydantic import Field

from ...base import View
from ..configuration import Clocks, Papers, Planning


class ConfigurationView(View):
    """All groups. Who changed what and when is in the audit log."""

    planning: Planning
    clocks: Clocks
    papers: Papers
    versions: dict[str, int] = Field(description="Of each group: 1 as installed, one more per change.")
