"""What keeps the service from a production start."""

from __future__ import annotations

import base64
import os
import subprocess
import sys

from chassis.privacy.letter_keys import sealing_key
from services.ambulance.domain import triage


def test_no_production_start_before_a_physician_approved_the_protocol() -> None:
    assert not triage.load().approved
    secret = base64.b64encode(os.urandom(32)).decode()
    environment = {
        "PATH": os.environ["PATH"],
        "KOTA_ENV": "production",
        "DATABASE_URL_AMBULANCE": "postgresql+psycopg://ambulance@127.0.0.1:1/ambulance",
        "AMQP_URI": "amqp://ambulance:secret@127.0.0.1:1/kota",
        "FIELD_KEYS_AMBULANCE": f"k1:{secret}",
        "AUDIT_KEY_AMBULANCE": secret,
        "PERSON_KEY_SECRET": secret,
        "SEALING_KEY_HEARSE": sealing_key(f"k1:{secret}"),
    }
    run = subprocess.run(
        [sys.executable, "-m", "chassis.run", "ambulance"],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert b"no named physician has approved the triage protocol" in run.stderr
