from dataclasses import replace

from ecosystem.publish.layout import place
from ecosystem.publish.payload import page_data
from ecosystem.publish.view import Evidence, Group, Grouping, Kind, MapNode, MapTie, MapView, Relation
from ecosystem.publish.ways import communities, has_borders, span, years


def view_of(*ties: tuple[str, str], groups: str = "", nodes: str = "abcd") -> MapView:
    """Nodes a, b, c …; `groups` gives the group of each by one letter, a space for none."""
    spelt = groups.ljust(len(nodes))
    return MapView(
        "t",
        tuple(MapNode(name, name.upper(), "k", group=group.strip()) for name, group in zip(nodes, spelt, strict=True)),
        tuple(MapTie(f"{a}{b}", a, b, "r") for a, b in ties),
        kinds=(Kind("k", "Kind"),),
        relations=(Relation("r", "is tied to"),),
        grouping=Grouping("Country", tuple(Group(name, name) for name in sorted(set(groups.strip())))),
    )


def in_communities(view: MapView, numbers: str) -> MapView:
    given = [None if number == " " else int(number) for number in numbers]
    nodes = zip(view.nodes, given, strict=True)
    return replace(view, nodes=tuple(replace(node, community=number) for node, number in nodes))


def test_a_border_needs_two_known_groups() -> None:
    assert has_borders(view_of(("a", "b"), groups="XYXX"))
    assert not has_borders(view_of(("a", "c"), groups="XYXX"))
    assert not has_borders(view_of(("a", "b"), groups="X XX"))
    assert not has_borders(view_of(("a", "b")))


def test_kinds_have_no_borders() -> None:
    view = view_of(("a", "b"), groups="XYXX")
    kinds = (Kind("k", "X"), Kind("l", "Y"))
    nodes = tuple(replace(node, kind="k" if node.group == "X" else "l") for node in view.nodes)
    assert not has_borders(replace(view, kinds=kinds, nodes=nodes))


def test_communities_are_ranked_by_size_and_called_after_their_best_connected_actor() -> None:
    view = in_communities(view_of(("c", "d"), ("d", "e"), ("a", "b"), ("a", "d"), nodes="abcdef"), "22111 ")
    found = communities(view, "Around {name}")
    assert [(one["label"], one["members"]) for one in found] == [("Around D", [3, 2, 4]), ("Around A", [0, 1])]
    nodes = tuple(replace(node, is_initiative=node.id == "d") for node in view.nodes)
    assert [one["id"] for one in communities(replace(view, nodes=nodes), "{name}")] == ["c", "a"]


def test_one_community_says_nothing() -> None:
    assert communities(in_communities(view_of(("a", "b"), ("c", "d")), "1111"), "{name}") == []
    assert communities(view_of(("a", "b")), "{name}") == []


def test_years_are_those_of_nodes_and_of_evidence() -> None:
    view = view_of(("a", "b"))
    assert years(view) == []
    dated = replace(view.ties[0], evidence=(Evidence(since="2019-05-01"), Evidence(until="in 2031")))
    assert years(replace(view, ties=(dated,))) == []
    nodes = (replace(view.nodes[0], until="2024"), *view.nodes[1:])
    assert years(replace(view, nodes=nodes, ties=(dated,))) == [2019, 2024]


def test_a_span_is_open_where_one_statement_leaves_it_open() -> None:
    assert span([("2019", "2020"), ("2021", "")]) == [2019, None]
    assert span([("2019", "2020"), ("", "")]) == [2019, 2020]
    assert span([("20191", "")]) == []


def test_a_view_is_offered_only_where_it_says_something(ministry: MapView) -> None:
    assert page_data(ministry)["views"] == ["all", "borders", "brokers", "gaps", "communities"]
    assert page_data(place(view_of(("a", "b"))))["views"] == ["all"]


def test_areas_bear_the_names_of_what_they_are(ministry: MapView) -> None:
    assert page_data(ministry)["areasAre"] == "groups"
    ties = (("a", "b"), ("c", "d"))
    assert page_data(place(in_communities(view_of(*ties), "1122")))["areasAre"] == "communities"
    assert page_data(place(view_of(*ties)))["areasAre"] == ""
