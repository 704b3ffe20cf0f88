"""Keeping personal data personal: encrypted fields, keyed hashes for look-up, masks for screens.

A NIK is stored encrypted (`FieldCipher`) beside its keyed hash (`PersonKeys`), which finds it and its duplicates; a
plain hash could be reversed by trying all numbers. People see masks until they ask for more with a reason.
"""

from .cipher import FieldCipher, FieldUnreadable
from .keys import FieldKey, KeyConfigurationError, parse_field_keys, parse_secret
from .letter import Letters, LetterUnreadable
from .masks import mask_account, mask_email, mask_family_card, mask_name, mask_nik, mask_nisn, mask_phone
from .person import PersonKeys, UnusableNumber
from .rotation import Replacement, Rotation, rotate

__all__ = [
    "FieldCipher",
    "FieldKey",
    "FieldUnreadable",
    "KeyConfigurationError",
    "LetterUnreadable",
    "Letters",
    "PersonKeys",
    "Replacement",
    "Rotation",
    "UnusableNumber",
    "mask_account",
    "mask_email",
    "mask_family_card",
    "mask_name",
    "mask_nik",
    "mask_nisn",
    "mask_phone",
    "parse_field_keys",
    "parse_secret",
    "rotate",
]
