"""What people see of a number before they ask for all of it with a reason: enough to recognise, too little to use."""

from __future__ import annotations

from typing import Literal

HIDDEN = "***"
SHORTEST_PHONE = 9  # digits, with the leading zero


def mask_nik(nik: str) -> str:
    """3671********0001: hides kecamatan and birth date."""
    return _partial_mask("NIK", nik) if _digits(nik) == 16 else HIDDEN


def mask_family_card(number: str) -> str:
    """3671********0001."""
    return mask_nik(number)


def mask_nisn(nisn: str) -> str:
    """The last three digits."""
    return _partial_mask("NISN", nisn) if _digits(nisn) == 10 else HIDDEN


def mask_phone(phone: str) -> str:
    """0812****7890; 021****456 if the number is so short that four digits at each end would show nearly all."""
    digits = "".join(character for character in phone if character.isdigit())
    national = "0" + digits[2:] if digits.startswith("62") else digits
    if len(national) < SHORTEST_PHONE:
        return HIDDEN
    shown = 4 if len(national) > 10 else 3
    return f"{national[:shown]}****{national[-shown:]}"


def mask_account(number: str) -> str:
    """The last four digits of a bank account."""
    return _partial_mask("BANK_ACCOUNT", number) if _digits(number) >= 8 else HIDDEN


def mask_name(name: str) -> str:
    """Initials: S*** A***."""
    return _partial_mask("NAME", name)


def mask_email(address: str) -> str:
    """First letter and domain: s***@example.id."""
    return _partial_mask("EMAIL", address) if "@" in address.strip("@") else HIDDEN


def _partial_mask(kind: Literal["NIK", "NISN", "BANK_ACCOUNT", "NAME", "EMAIL"], text: str) -> str:
    from lokal.samaran import partial_mask  # 0.15 s, and most processes mask nothing: loaded with the first mask

    return partial_mask(kind, text)


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
