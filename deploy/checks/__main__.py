"""`python -m deploy.checks`: render every overlay, validate it strictly, and ask the security linter."""

from __future__ import annotations

import sys

from .linting import dockerfile_findings, findings
from .rendering import NotRendered, overlays, render
from .validating import problems


def main() -> int:
    """Exit code 0 when there is nothing to say."""
    wrong: list[str] = []
    try:
        for overlay in overlays():
            manifests = render(overlay)
            found = [f"{overlay}: {line}" for line in problems(manifests)]
            lint = findings(overlay)
            wrong += [*found, *([lint] if lint else [])]
            print(f"{overlay}: {len(manifests)} objects, {len(found)} invalid, linter {'unhappy' if lint else 'happy'}")
        lint = dockerfile_findings()
        wrong += [lint] if lint else []
    except NotRendered as error:
        wrong.append(str(error))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
