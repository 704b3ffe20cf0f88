"""Encrypted fields: they open in their own place only, and keys can be changed while the service runs."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.privacy import FieldCipher, FieldKey, FieldUnreadable, Replacement, rotate

OLD, NEW = FieldKey("k1", b"\x01" * 31 + b"a"), FieldKey("k2", b"\x02" * 31 + b"b")
NIK = "3671011508959001"
FIELD = "applicants.nik"


def cipher(*keys: FieldKey) -> FieldCipher:
    return FieldCipher(keys or (OLD,))


@given(st.text(max_size=200), st.uuids())
def test_what_was_sealed_opens_in_its_place(text: str, row: object) -> None:
    sealed = cipher().encrypt(text, field=FIELD, row=str(row))
    assert cipher().decrypt(sealed, field=FIELD, row=str(row)) == text


def test_the_text_is_not_in_the_ciphertext_and_the_key_id_is() -> None:
    sealed = cipher().encrypt(NIK, field=FIELD, row=1)
    assert sealed.startswith("k1.") and sealed.isascii()
    assert NIK not in sealed and NIK.encode() not in base64.urlsafe_b64decode(sealed[3:])


def test_equal_texts_differ_sealed() -> None:
    assert cipher().encrypt(NIK, field=FIELD, row=1) != cipher().encrypt(NIK, field=FIELD, row=1)


def test_the_nonce_is_random_and_never_shorter_than_twelve_bytes() -> None:
    asked: list[int] = []

    def randomness(count: int) -> bytes:
        asked.append(count)
        return os.urandom(count)

    FieldCipher([OLD], randomness=randomness).encrypt(NIK, field=FIELD, row=1)
    assert asked == [12]


@pytest.mark.parametrize(
    ("field", "row"),
    [(FIELD, 2), ("applicants.family_card", 1), ("guardians.nik", 1), ("applicants", "nik.1"), (FIELD, "1 ")],
)
def test_a_ciphertext_does_not_open_in_another_place(field: str, row: int | str) -> None:
    sealed = cipher().encrypt(NIK, field=FIELD, row=1)
    with pytest.raises(FieldUnreadable, match=field) as caught:
        cipher().decrypt(sealed, field=field, row=row)
    assert sealed not in str(caught.value)


@given(st.data())
def test_no_change_of_a_single_character_opens(data: st.DataObject) -> None:
    sealed = FieldCipher([OLD, NEW], randomness=bytes).encrypt(NIK, field=FIELD, row=1)
    place = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from([c for c in "k12.AZaz09-_=" if c != sealed[place]]))
    with pytest.raises(FieldUnreadable):
        cipher(OLD, NEW).decrypt(sealed[:place] + letter + sealed[place + 1 :], field=FIELD, row=1)


def test_a_ciphertext_has_one_spelling() -> None:
    sealed = FieldCipher([OLD], randomness=bytes).encrypt(NIK, field=FIELD, row=1)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters.index(sealed[-2])  # before the padding; its lowest bits mean nothing in base64
    other = f"{sealed[:-2]}{letters[last ^ 1]}="
    assert base64.urlsafe_b64decode(other[3:]) == base64.urlsafe_b64decode(sealed[3:])
    with pytest.raises(FieldUnreadable):
        cipher().decrypt(other, field=FIELD, row=1)


@pytest.mark.parametrize("text", ["", "k1", "k1.", "k1.AAAA", "k9.AAAA", NIK, "k1.é", "k1.!!!!"])
def test_what_is_no_ciphertext_is_unreadable_without_repeating_it(text: str) -> None:
    with pytest.raises(FieldUnreadable) as caught:
        cipher().decrypt(text, field=FIELD, row=1)
    assert NIK not in str(caught.value)


def test_old_keys_decrypt_and_ask_for_rotation() -> None:
    sealed = cipher(OLD).encrypt(NIK, field=FIELD, row=1)
    both = cipher(NEW, OLD)
    assert both.decrypt(sealed, field=FIELD, row=1) == NIK
    assert both.needs_rotation(sealed) and not cipher(OLD).needs_rotation(sealed)
    assert not both.needs_rotation(both.encrypt(NIK, field=FIELD, row=1))
    with pytest.raises(FieldUnreadable, match="not configured"):
        cipher(NEW).decrypt(sealed, field=FIELD, row=1)


def test_a_key_is_not_printed() -> None:
    assert repr(OLD.secret)[2:-1] not in repr(OLD)


class Table:
    """Rows in memory with the two statements that a store gives to `rotate`."""

    def __init__(self, rows: dict[int, str]) -> None:
        self.rows, self.batches = rows, 0

    def select(self, after: int | None, limit: int) -> list[tuple[int, str]]:
        return [(row, text) for row, text in sorted(self.rows.items()) if after is None or row > after][:limit]

    def update(self, replacements: Sequence[Replacement[int]]) -> int:
        self.batches += 1
        fitting = [one for one in replacements if self.rows[one.row] == one.old]
        self.rows |= {one.row: one.new for one in fitting}
        return len(fitting)


def table(size: int) -> Table:
    return Table({row: cipher(OLD).encrypt(f"{NIK}{row}", field=FIELD, row=row) for row in range(size)})


@given(st.integers(0, 12), st.integers(1, 5))
def test_rotation_reaches_every_row_once(size: int, batch: int) -> None:
    rows, both = table(size), cipher(NEW, OLD)
    done = rotate(both, FIELD, rows.select, rows.update, batch=batch)
    assert (done.seen, done.replaced, done.unreadable) == (size, size, ())
    assert rows.batches == -(-size // batch)
    assert [cipher(NEW).decrypt(text, field=FIELD, row=row) for row, text in rows.rows.items()] == [
        f"{NIK}{row}" for row in range(size)
    ]
    assert rotate(both, FIELD, rows.select, rows.update, batch=batch).replaced == 0


def test_rotation_keeps_what_was_written_meanwhile() -> None:
    rows, both = table(3), cipher(NEW, OLD)

    def update(replacements: Sequence[Replacement[int]]) -> int:
        rows.rows[1] = both.encrypt("changed", field=FIELD, row=1)
        return rows.update(replacements)

    assert rotate(both, FIELD, rows.select, update).replaced == 2
    assert both.decrypt(rows.rows[1], field=FIELD, row=1) == "changed"


def test_rotation_reports_rows_that_it_cannot_read_and_goes_on() -> None:
    rows = table(4)
    rows.rows[2] = rows.rows[1]  # moved by somebody
    before = rows.rows[2]
    done = rotate(cipher(NEW, OLD), FIELD, rows.select, rows.update, batch=2)
    assert (done.replaced, done.unreadable) == (3, (2,))
    assert rows.rows[2] == before


def test_rotation_refuses_a_select_that_does_not_advance() -> None:
    rows = table(1)
    with pytest.raises(ValueError, match="behind"):
        rotate(cipher(NEW, OLD), FIELD, lambda after, limit: rows.select(None, limit), rows.update)
