from requisitions.similar import Match, Role, similar

GPU = ("GPU Clusters", "Technical Leadership")


def test_the_rarer_the_shared_competency_the_more_alike() -> None:
    closed = Role("0", "Manager", competencies=GPU)
    rare = Role("rare", "Nurse", competencies=("gpu clusters",))
    common = [Role(str(n), "Cook", competencies=("Technical Leadership",)) for n in range(1, 5)]
    found = similar(closed, [*common, rare])
    assert found[0].id == "rare"
    assert found[0].score > found[1].score
    assert found[0].reasons == ("Asks for the same competency: GPU Clusters",)


def test_reasons_are_in_words() -> None:
    one = Role("1", "Senior GPU Engineer", "Research", ("Redmond, WA",), GPU)
    two = Role("2", "Staff GPU Engineer (m/f/d)", "Research", ("Redmond, WA",), GPU)
    assert similar(one, [two]) == [
        Match(
            "2",
            1.0,
            (
                "Asks for the same 2 competencies: GPU Clusters and Technical Leadership",
                "A similar title: gpu and engineer",
                "The same department: Research",
                "The same place: Redmond, WA",
            ),
        )
    ]


def test_a_shared_place_or_department_or_rank_alone_is_no_likeness() -> None:
    one = Role("1", "Senior Cook", "Research", ("Berlin",), ("Cooking",))
    two = Role("2", "Senior Nurse", "Research", ("Berlin",), ("Care",))
    assert similar(one, [two]) == []


def test_a_role_is_not_similar_to_itself_and_the_list_is_bounded_and_stable() -> None:
    roles = [Role(str(n), "Cook") for n in range(9)]
    assert [match.id for match in similar(roles[0], reversed(roles), limit=3)] == ["1", "2", "3"]


def test_many_shared_names_are_summed_up() -> None:
    names = tuple("ABCDEF")
    found = similar(Role("1", "X", competencies=names), [Role("2", "Y", competencies=names)])
    assert found[0].reasons == ("Asks for the same 6 competencies: A, B, C and 3 more",)
