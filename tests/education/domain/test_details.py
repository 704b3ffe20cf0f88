"""What is stored of a pupil can be read as long as it is kept."""

from __future__ import annotations

from services.education.domain.roster.details import FIRST, KEPT, packed, packed_by_name, unpacked
from services.education.domain.roster.mapping import mappings


def test_all_fields_of_all_mappings_have_their_place() -> None:
    assert {field.name for mapping in mappings() for field in mapping.fields} == set(KEPT)
    assert len(set(KEPT)) == len(KEPT)


def test_the_order_of_what_is_stored_never_changes() -> None:
    """Rows that are stored name their fields by this order alone: only add to the end."""
    stored = (
        '["S","P","2015-05-12","Kelas 4 A","0012345678",null,null,null,null,null,"17","Tangerang","Jl. A",1,2,"D","K",'
        '"C","15111","R","Jalan kaki",null,"+628121","e",false,null,"Ayah",1980,"SMA","Guru","Rp"]'
    )
    assert unpacked(stored) == {
        **{"name": "S", "sex": "P", "birth_date": "2015-05-12", "class_name": "Kelas 4 A", "nisn": "0012345678"},
        **{"local_number": "17", "birth_place": "Tangerang", "address": "Jl. A", "rt": 1, "rw": 2, "hamlet": "D"},
        **{"kelurahan": "K", "kecamatan": "C", "postcode": "15111", "residence": "R", "transport": "Jalan kaki"},
        **{"mobile": "+628121", "email": "e", "kps": False, "father.name": "Ayah", "father.birth_year": 1980},
        **{"father.education": "SMA", "father.occupation": "Guru", "father.income": "Rp"},
    }
    assert KEPT[-3:] == ("pip_proposed", "pip_reason", "previous_school")


def test_packing_by_name_and_by_place_is_the_same() -> None:
    details = {name: str(place) for place, name in enumerate(KEPT) if place % 3}
    assert unpacked(packed_by_name(details)) == details
    assert packed_by_name(details) == packed([details.get(name) for name in KEPT])
    assert packed([None] * len(FIRST)) == b"[]"
