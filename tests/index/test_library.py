from dataclasses import replace
from tempfile import TemporaryDirectory

import pytest
from decks import decks, make_deck, make_slide
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.schema import CreateTable

from kejian.corpus.errors import RefusedFile, SetupError, UsageError
from kejian.index.library import Library, sqlite_url
from kejian.index.rows import Change
from kejian.index.tables import ADDED, SCHEMA, schema_version

ONE = make_slide(1, "甲部:负责收款", "乙部:负责付款")
TWO = make_slide(2, "丙部:负责培训")
THREE = make_slide(3, "丁部:负责合同")


@pytest.fixture
def library(tmp_path):
    library = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    yield library
    library.close()


def stored(library):
    return library.read()[1]


def test_add_and_read_back(library):
    deck = make_deck("部门", ONE, TWO)
    assert library.add(deck, "a.md") == Change(deck.id, added=2)
    assert stored(library) == (deck,)


def test_same_content_again_writes_nothing(library):
    deck = make_deck("部门", ONE, TWO)
    library.add(deck, "a.md")
    before = library.revision
    assert library.add(deck, "a.md") == Change(deck.id, unchanged=2)
    assert library.revision == before


def test_changed_file_keeps_its_id_and_equal_slides(library):
    deck = make_deck("部门", ONE, TWO)
    library.add(deck, "a.md")
    changed = make_deck("部门", ONE, THREE)
    assert library.add(changed, "a.md") == Change(deck.id, added=1, unchanged=1, removed=1)
    assert stored(library) == (replace(changed, id=deck.id),)


def test_moved_slides_are_not_new(library):
    deck = make_deck("部门", ONE, TWO)
    library.add(deck, "a.md")
    swapped = make_deck("部门", replace(TWO, position=1), replace(ONE, position=2))
    assert library.add(swapped, "a.md") == Change(deck.id, unchanged=2)
    assert stored(library)[0].slides == swapped.slides


def test_a_slide_said_twice_is_kept_twice(library):
    twice = make_deck("部门", ONE, replace(ONE, position=2))
    library.add(twice, "a.md")
    assert stored(library) == (twice,)
    assert library.add(make_deck("部门", ONE), "a.md") == Change(twice.id, unchanged=1, removed=1)


def test_better_reading_of_the_same_file_replaces_its_slides(library):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    reread = replace(deck, slides=(replace(ONE, facts=()),))
    assert library.add(reread, "a.md") == Change(deck.id, added=1, removed=1)
    assert stored(library) == (reread,)


def test_changed_warnings_are_kept(library):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    warned = replace(deck, warnings=("第 1 页有图",))
    assert library.add(warned, "a.md") == Change(deck.id, unchanged=1)
    assert stored(library) == (warned,)


def test_same_content_under_another_path_is_noted(library):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    assert library.add(deck, "moved.md") == Change(deck.id, unchanged=1)
    (summary,) = library.decks()
    assert (summary.path, summary.slides, summary.facts, summary.passages) == ("moved.md", 1, 2, 2)


def test_a_copy_named_otherwise_does_not_turn_the_deck_into_another(library):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    before = library.revision
    assert library.add(replace(deck, title="副本"), "副本.md") == Change(deck.id, unchanged=1)
    assert stored(library) == (deck,)
    assert library.revision == before
    assert library.path_of(deck.digest) == "副本.md"
    assert library.path_of("0" * 64) is None


@pytest.mark.parametrize("dialect", [postgresql, mysql])
def test_tables_can_be_made_in_other_databases(dialect):
    for table in SCHEMA.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=dialect.dialect()))


def test_one_title_two_files_two_decks(library):
    library.add(make_deck("部门", ONE), "a.md")
    library.add(make_deck("部门", TWO), "b.md")
    assert [deck.title for deck in library.decks()] == ["部门", "部门"]


def test_old_content_of_a_changed_file_is_another_deck(library):
    old = make_deck("部门", ONE)
    library.add(old, "a.md")
    library.add(make_deck("部门", TWO), "a.md")
    change = library.add(old, "copy.md")
    assert change.deck_id != old.id
    assert {deck.slides for deck in stored(library)} == {(ONE,), (TWO,)}


def test_remove(library):
    deck = make_deck("部门", ONE, TWO)
    library.add(deck, "a.md")
    assert library.remove(deck.id) == Change(deck.id, removed=2)
    assert stored(library) == ()
    with pytest.raises(UsageError, match=deck.id):
        library.remove(deck.id)


def test_removed_text_is_gone_from_the_files(library, tmp_path):
    canary = "CANARY-8731"
    deck = make_deck("秘密", make_slide(1, *(f"{canary}-{number}:要删去的话" for number in range(200))))
    library.add(deck, "a.md")
    assert any(canary.encode() in path.read_bytes() for path in tmp_path.iterdir())
    library.remove(deck.id)
    assert not any(canary.encode() in path.read_bytes() for path in tmp_path.iterdir())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=decks(), second=decks())
def test_everything_round_trips(library, first, second):
    for summary in library.decks():
        library.remove(summary.id)
    library.add(first, "a.md")
    library.add(second, "a.md")
    (deck,) = stored(library)
    assert deck == replace(second, id=first.id)


def test_traces(library):
    record = {"question": "谁负责收款", "hits": [1, 2.5, None]}
    library.save_trace("t1", {"old": True})
    library.save_trace("t1", record)
    assert library.trace("t1") == record
    assert library.trace("t2") is None


def test_a_second_process_sees_what_was_committed(library, tmp_path):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    other = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    assert stored(other) == (deck,)
    other.close()


def test_unstorable_character_is_refused(library):
    with pytest.raises(RefusedFile, match=r"a\.md"):
        library.add(make_deck("部门", replace(ONE, source="\ud800")), "a.md")
    assert library.decks() == ()


def test_other_schema_is_a_set_up_error(library, tmp_path):
    library.set_meta("schema", "0000")
    with pytest.raises(SetupError, match="另一版本"):
        Library.open(sqlite_url(str(tmp_path / "library.sqlite")))


def test_a_library_of_before_gets_the_columns_that_were_added(library, tmp_path):
    deck = make_deck("部门", ONE)
    library.add(deck, "a.md")
    with library.engine.begin() as connection:
        for table, column, _ in ADDED:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    library.set_meta("schema", schema_version(added=False))
    again = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    assert stored(again) == (deck,)
    assert again.add(deck, "a.md").unchanged == 1
    assert again.meta("schema") == schema_version()
    again.close()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "no-such-database://x", "not a url"])
def test_unusable_url_is_a_set_up_error(url):
    with pytest.raises(SetupError):
        Library.open(url)


def test_not_a_database(tmp_path):
    (tmp_path / "x.sqlite").write_bytes(b"plain text, not a database" * 100)
    with pytest.raises(SetupError, match="读不出来"):
        Library.open(sqlite_url(str(tmp_path / "x.sqlite")))


class LibraryMachine(RuleBasedStateMachine):
    """A library against a dict: whatever happens, every path's deck says what its file last said."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.url = sqlite_url(f"{self.folder.name}/library.sqlite")
        self.library = Library.open(self.url)
        self.files = {}

    @rule(path=st.sampled_from("abc"), numbers=st.lists(st.integers(1, 5), max_size=4))
    def add(self, path, numbers):
        deck = make_deck(path, *(replace(SLIDES[number], position=at) for at, number in enumerate(numbers, start=1)))
        before = self.files.get(path, ())
        change = self.library.add(deck, path)
        assert change.added + change.unchanged == len(numbers)
        assert change.removed + change.unchanged == len(before)
        self.files[path] = deck.slides

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def remove(self, data):
        path = data.draw(st.sampled_from(sorted(self.files)))
        (deck,) = (deck for deck in self.library.decks() if deck.path == path)
        assert self.library.remove(deck.id).removed == len(self.files.pop(path))

    @rule()
    def reopen(self):
        self.library.close()
        self.library = Library.open(self.url)

    @invariant()
    def holds_what_the_files_say(self):
        decks = {deck.id: deck for deck in stored(self.library)}
        assert {deck.path: decks[deck.id].slides for deck in self.library.decks()} == self.files

    def teardown(self):
        self.library.close()
        self.folder.cleanup()


SLIDES = {number: make_slide(number, f"第{number}部:职责", "共同的话") for number in range(1, 6)}
LibraryMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestLibraryMachine = LibraryMachine.TestCase
