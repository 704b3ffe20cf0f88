"""What is shown of the configuration."""

from __future__ import annotations

from pydantic import Field

from ...base import View
from ..configuration import Clocks, Siaga, StatusLimits, Targets


class ConfigurationView(View):
    """All groups. Who changed what and when is in the audit log."""

    targets: Targets
    clocks: Clocks
    status_limits: StatusLimits
    siaga: Siaga
    versions: dict[str, int] = Field(description="Of each group: 1 as installed, one more per change.")
