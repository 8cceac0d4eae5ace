"""Codes and what stands in the tables instead of them."""

import itertools
import random
import threading

import pytest

from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.secrecy import ALPHABET, LENGTH, Ids, grouped, ids_of, new_code, normalised


def test_a_code_has_sixty_random_bits_and_no_symbol_that_looks_like_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
    codes = {new_code() for _each in range(2000)}
    assert len(codes) == 2000
    assert all(len(code) == LENGTH and normalised(code) == code for code in codes)
    assert all(len({code[place] for code in codes}) == 32 for place in range(LENGTH))


def test_every_wrong_symbol_is_found():
    code = new_code()
    for place, symbol in itertools.product(range(LENGTH), ALPHABET):
        wrong = code[:place] + symbol + code[place + 1 :]
        assert normalised(wrong) == (code if symbol == code[place] else None)


def test_two_symbols_that_changed_places_are_found_wherever_they_stand():
    for code in (new_code() for _each in range(50)):
        for left, right in itertools.combinations(range(LENGTH), 2):
            symbols = list(code)
            symbols[left], symbols[right] = symbols[right], symbols[left]
            assert normalised("".join(symbols)) == (code if code[left] == code[right] else None)


@pytest.mark.parametrize(
    "typed",
    [
        "0123-4567-89ABS", "0123 4567 89abs", " 0123456789abs\n", "o123-4567-89ABS", "OI23-4567-89ABS",
        "ol23\u20134567\u201389abs", "0 1 2 3 4 5 6 7 8 9 a b s", "01.23.45.67.89.AB.S",
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_type_it(typed):
    good = "0123456789AB" + secrecy.check_symbol("0123456789AB")
    assert normalised(typed.upper().replace("S", good[-1])) == good
    assert grouped(good) == f"0123-4567-{good[8:]}"


@pytest.mark.parametrize(
    "typed",
    ["", "-", "0123-4567-89A", "0123-4567-89ABSS", "0123-4567-89A\x00S", "٠١٢٣٤٥٦٧٨٩ABS", "U" * 13, "0" * 14, "<script>", "0" * 10**6],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert normalised(typed) is None


def test_the_four_names_of_a_code_differ_and_depend_on_the_key():
    code, one, other = new_code(), b"1" * 32, b"2" * 32
    names = [*ids_of(one, code), *ids_of(other, code), *ids_of(one, new_code())]
    assert len(set(names)) == 12
    assert all(len(name) == 32 for name in names)
    assert ids_of(one, code) == ids_of(one, code)
    assert isinstance(ids_of(one, code), Ids)


def test_a_receipt_is_read_in_groups_of_four():
    assert secrecy.receipt_words(bytes(32)) == "0000-0000-0000-0000"
    assert secrecy.receipt_words(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert secrecy.receipt_words(bytes(9) + b"\x01" + bytes(22)) == "0000-0000-0000-0001"
    made = {secrecy.receipt_words(random.randbytes(32)) for _each in range(1000)}
    assert len(made) == 1000


def test_the_key_lies_in_a_file_that_only_its_owner_reads(make_round, voting_keys):
    made = make_round()
    with pytest.raises(keys.NoKey):
        keys.key_of(made)
    key = keys.make_key(made)
    file = voting_keys / f"{made.uuid}.key"
    assert len(key) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert voting_keys.stat().st_mode & 0o777 == 0o700
    assert keys.make_key(made) == keys.key_of(made) == key
    assert [kept.name for kept in voting_keys.iterdir()] == [file.name]


def test_processes_that_make_it_at_once_agree_on_one_key(make_round):
    made, given = make_round(), []
    threads = [threading.Thread(target=lambda: given.append(keys.make_key(made))) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 20
    assert len(set(given)) == 1


def test_a_destroyed_key_is_gone_for_every_process(make_round, voting_keys):
    made = make_round()
    keys.make_key(made)
    (voting_keys / f"{made.uuid}.key").unlink()  # as another process did it
    with pytest.raises(keys.NoKey):
        keys.key_of(made)
    keys.make_key(made)
    keys.destroy_key(made)
    keys.destroy_key(made)
    assert list(voting_keys.iterdir()) == []
    with pytest.raises(keys.NoKey):
        keys.key_of(made)


def test_half_a_key_is_none(make_round, voting_keys):
    made = make_round()
    voting_keys.mkdir()
    (voting_keys / f"{made.uuid}.key").write_bytes(b"half")
    with pytest.raises(keys.NoKey):
        keys.key_of(made)
