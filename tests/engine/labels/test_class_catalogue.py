"""How classes found become the classes of the result: matched to given ones, numbered, coloured."""

import pytest

from engine.core.legend import BACKGROUND_COLOR, IGNORE, LegendClass, default_color
from engine.labels.class_catalogue import BACKGROUND, Catalogue, FoundClass
from engine.labels.class_resolution import resolve_classes
from engine.protocol import EngineError

MAP = (
    LegendClass(0, "background", (225, 225, 225)),
    LegendClass(1, "Wald", (0, 99, 0)),
    LegendClass(2, "See", (0, 0, 99)),
)


def resolved(found, given=(), occurring=None):
    """(value, name) of the classes, and the index of each class found."""
    classes, index = resolve_classes(found, given, range(len(found)) if occurring is None else occurring)
    assert len({c.value for c in classes}) == len(classes)
    return [(c.value, c.name) for c in classes], [index[i] for i in range(len(found))]


def test_classes_go_by_value_whatever_the_order_found():
    assert resolved([FoundClass("9", 9), FoundClass("2", 2), BACKGROUND]) == (
        [(0, "background"), (2, "2"), (9, "9")],
        [2, 1, 0],
    )


def test_names_get_the_free_values_in_their_order():
    found = [FoundClass("wood"), FoundClass("1", 1), FoundClass("lake")]
    assert resolved(found) == ([(1, "1"), (2, "lake"), (3, "wood")], [2, 0, 1])


def test_classes_that_do_not_occur_are_left_out_but_given_ones_stay():
    assert resolved([FoundClass("4", 4), FoundClass("5", 5)], occurring={1}) == ([(5, "5")], [IGNORE, 0])
    assert resolved([FoundClass("see")], MAP)[0] == [(0, "background"), (1, "Wald"), (2, "See")]


def test_numbers_stay_when_other_names_do_not_occur():
    assert resolved([FoundClass("a"), FoundClass("b")], occurring={1}) == ([(2, "b")], [IGNORE, 0])


def test_names_match_given_ones_whatever_their_case():
    assert resolved([FoundClass("SEE"), FoundClass("wald"), BACKGROUND], MAP) == (
        [(0, "background"), (1, "Wald"), (2, "See")],
        [2, 1, 0],
    )


def test_codes_match_given_values_not_names():
    assert resolved([FoundClass("2", 2), FoundClass("1", 1)], MAP)[1] == [2, 1]


def test_named_codes_unknown_to_the_map_match_by_name():
    assert resolved([FoundClass("See", 41), FoundClass("Wald", 2)], MAP)[1] == [2, 2]


def test_what_no_given_class_matches_is_appended():
    found = [FoundClass("road"), FoundClass("5", 5), FoundClass("see")]
    assert resolved(found, MAP) == (
        [(0, "background"), (1, "Wald"), (2, "See"), (3, "road"), (5, "5")],
        [3, 4, 2],
    )


def test_a_single_kind_of_feature_is_the_maps_single_kind():
    given = (LegendClass(0, "background", BACKGROUND_COLOR), LegendClass(1, "buildings", (1, 1, 1)))
    assert resolved([BACKGROUND, FoundClass("footprints 2024")], given) == (
        [(0, "background"), (1, "buildings")],
        [0, 1],
    )
    assert resolved([FoundClass("footprints")], MAP)[0][-1] == (3, "footprints")


def test_a_name_shared_by_codes_and_names_is_one_class():
    assert resolved([FoundClass("lake", 3), FoundClass("Lake")]) == ([(3, "lake")], [0, 0])


def test_colours_are_kept_or_the_next_default():
    classes, _ = resolve_classes(
        [BACKGROUND, FoundClass("a", 1), FoundClass("b", 2, (9, 9, 9)), FoundClass("c", 3)], (), range(4)
    )
    assert [c.color for c in classes] == [BACKGROUND_COLOR, default_color(0), (9, 9, 9), default_color(2)]


def test_the_same_code_or_name_has_one_id():
    catalogue = Catalogue()
    assert [
        catalogue.add(f, "r")
        for f in (FoundClass("a"), FoundClass("3", 3), FoundClass("A"), FoundClass("drei", 3))
    ] == [
        0,
        1,
        0,
        1,
    ]


def test_more_classes_than_a_map_can_hold_are_refused():
    catalogue = Catalogue()
    for value in range(254):
        catalogue.add(FoundClass(str(value), value), "r")
    with pytest.raises(EngineError) as caught:
        catalogue.add(FoundClass("254", 254), "codes.tif")
    assert caught.value.code == "too_many_classes" and "codes.tif" in caught.value.message
    assert (
        "255 different classes" in caught.value.message
        and "At most 254 classes" in caught.value.message
        and "8 bits" in str(caught.value)
    )


def test_codes_that_share_a_name_are_told_apart_by_their_value():
    assert resolved([FoundClass("lake", 3), FoundClass("Lake", 5), FoundClass("wood", 7)])[0] == [
        (3, "lake"),
        (5, "Lake (5)"),
        (7, "wood"),
    ]
