"""The benchmarks compare what they measure, and report it. No time decides here."""

import doctest
import gc
import importlib
import os
import platform
from functools import partial

import pytest
import torch

import benchmarks.__main__ as command
from benchmarks import (
    embedding,
    measure,
    memory,
    report,
    texts,
    token_files,
    training,
    windows,
)
from benchmarks.findings import OURS, Finding, Goal, Growth, Results, cost, speed
from benchmarks.growth import plot_growth
from benchmarks.measure import PeersDifferError, Timings, Way
from benchmarks.peers import article, gpt2_encoder, hugging_face, minbpe_style
from helpers import bpe
from helpers.dataset import GPTDatasetV1
from notebook_files import ROOT

MEASURING = [name for name in command.SUBJECTS if name != "memory"]  # that needs processes
TINY = texts.Scale((1_000, 3_000, 3_500), rounds=1, quick=True)
GROWTH = Growth("knit a scarf", {OURS: {1000: 1.0, 10_000: 9.0}, "aunt": {1000: 2.0}})
RESULTS = [
    Results(
        "Scarves",
        [
            Finding("knit", "aunt", 2.0, "× as fast", Goal(at_least=1.5), "1 s, 2 s"),
            Finding("unravel", "aunt", 1250.0, "× the time", Goal(at_most=1.5)),
            Finding("wash", "aunt", 0.123456, "× the time", rounds=[0.1, 0.123456, 0.2]),
        ],
        GROWTH,
    )
]


@pytest.fixture(autouse=True)
def _tiny_texts(monkeypatch):
    monkeypatch.setattr(command, "QUICK", TINY)


def run(subject, *arguments):
    command.main(["--quick", "--only", subject, *arguments])


# The peers


@pytest.mark.parametrize("subject", MEASURING)
def test_peers_agree_and_are_reported(subject, tmp_path, capsys):
    run(subject, "--output", str(tmp_path))
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    printed = capsys.readouterr().out
    assert printed.strip() in written
    assert OURS in printed
    assert (tmp_path / "growth.png").exists() == ("(growth.png)" in written)


def cut_off(function):
    return lambda *arguments, **options: (result := function(*arguments, **options))[
        : len(result) // 2
    ]


def swapped(function):
    return lambda *arguments, **options: function(*arguments, **options)[::-1]


def first_only(function):
    return lambda word, counts: function(word[:2], counts)


def without_last_text(function):
    def write(texts, *arguments, num_workers, **options):
        return function(texts[: None if num_workers else -1], *arguments, **options)

    return write


def moved(function):
    return lambda *arguments: function(*arguments) + 1


BROKEN = [
    ("words", article, "tokenize", cut_off, ["the article's", OURS]),
    ("training", minbpe_style, "train", cut_off, ["minbpe-style", OURS]),
    ("training", minbpe_style, "count_pairs", first_only, ["minbpe-style", OURS]),
    ("training", hugging_face, "train", swapped, ["tokenizers", OURS]),
    ("encoding", gpt2_encoder.Encoder, "encode", cut_off, ["GPT-2's first encoder", "tiktoken"]),
    ("encoding", bpe.BytePairTokenizer, "encode_ordinary", cut_off, [OURS, "tiktoken"]),
    ("files", token_files, "write_token_file", without_last_text, ["no worker processes", OURS]),
    ("windows", article.WindowLists, "__getitem__", swapped, ["the article's", OURS]),
    ("windows", GPTDatasetV1, "__getitems__", swapped, ["the article's", OURS]),
    ("embedding", embedding, "add_by_hand", moved, ["lookups and sum by hand", OURS]),
    ("embedding", embedding, "embed_one_hot", moved, ["one-hot rows", OURS]),
]


@pytest.mark.parametrize(("subject", "owner", "name", "broken", "named"), BROKEN)
def test_a_way_that_differs_ends_the_run(
    subject, owner, name, broken, named, tmp_path, monkeypatch
):
    monkeypatch.setattr(owner, name, broken(getattr(owner, name)))
    with pytest.raises(SystemExit) as ending:
        run(subject, "--output", str(tmp_path))
    message = ending.value.code  # a text: it goes to stderr, and the status is 1
    assert message.startswith(f"{subject}: ")
    assert [repr(way) in message for way in named] == [True, True]
    assert not list(tmp_path.iterdir())


def test_the_plain_training_joins_the_first_of_the_most_frequent_pairs():
    assert minbpe_style.train("the hen, the hens", 2) == [(b"h", b"e"), (b"t", b"he")]


def test_the_plain_training_joins_from_left_to_right():
    assert minbpe_style.merge([7, 7, 7, 8, 7, 7], (7, 7), 9) == [9, 7, 8, 9]


def test_the_first_encoder_joins_by_rank():
    ids = {"a": 0, "b": 1, "ab": 2, "ba": 3}
    encoder = gpt2_encoder.Encoder(ids, [("b", "a"), ("a", "b")])
    assert encoder.encode("abab") == [0, 3, 1]


def test_the_articles_windows_are_cut_as_in_the_article():
    dataset = article.WindowLists([5, 6, 7, 8, 9], context_size=2, stride=2)
    rows = [[tensor.tolist() for tensor in dataset[i]] for i in range(len(dataset))]
    assert rows == [[[5, 6], [6, 7]], [[7, 8], [8, 9]]]


def test_greedy_merges_pass_whatever_they_choose_among_equal_counts():
    for merges in ([(b"a", b"b"), (b"c", b"d")], [(b"c", b"d"), (b"a", b"b")]):
        training.require_greedy(merges, "ab cd")


def test_a_merge_of_a_rarer_pair_is_refused():
    with pytest.raises(
        PeersDifferError, match=r"merge 1 of the first .* 1 times, where .* 2 time"
    ):
        training.require_greedy([(b"a", b"b"), (b"c", b"d")], "abe abe cd")


def test_compiled_training_cuts_its_pieces_where_no_word_is_cut():
    text = texts.make_text(30_000)
    pieces = hugging_face.cut(text)
    assert len(pieces) > 2
    assert [word for piece in pieces for word in bpe.split_words(piece)] == bpe.split_words(text)


def test_loaders_of_different_length_differ():
    short, long = (windows.ReadyBatch((torch.ones(1), torch.ones(1)), n) for n in (8, 16))
    loaders = [torch.utils.data.DataLoader(each, 8, collate_fn=tuple) for each in (short, long)]
    with pytest.raises(PeersDifferError, match="'short' and 'long' differ: 1 and 2"):
        windows.require_same_batches("short", loaders[0], "long", loaders[1])


# Measuring


def test_ways_take_turns_and_what_prepares_them_is_not_timed():
    log = []
    ways = [
        Way(name, lambda number: log.append(number), lambda name=name: log.append(name) or 0)
        for name in "ab"
    ]
    timings = measure.race(ways, rounds=2)
    assert log == ["a", 0, "b", 0, "a", 0, "b", 0, "b", 0, "a", 0]
    assert [len(seconds) for seconds in timings.seconds.values()] == [2, 2]


def test_only_the_run_is_timed(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(measure, "perf_counter", lambda: next(clock))
    way = Way("a", lambda tick: next(clock) and "done", lambda: next(clock))
    assert measure.time_once(way) == (2, "done")


def test_the_garbage_collector_rests_and_then_works_again():
    assert measure.time_once(Way("a", lambda _: gc.isenabled()))[1] is False
    with pytest.raises(ZeroDivisionError):
        measure.time_once(Way("a", lambda _: 1 / 0))
    assert gc.isenabled()


def test_a_ratio_is_the_median_of_the_rounds_ratios():
    timings = Timings({"a": [1.0, 2.0, 30.0], "b": [1.0, 1.0, 3.0]})
    assert timings.ratios("a", "b") == [1.0, 2.0, 10.0]
    assert cost("it", timings, "b", ours="a").measured == 2.0
    assert timings.median("a") == 2.0


def test_lists_that_differ_in_length_are_told_by_it():
    with pytest.raises(PeersDifferError, match=r"'a' and 'b' differ: they have 1 and 2 items"):
        measure.require_same("a", [1], "b", [1, 2])


def test_memory_held_and_memory_let_go_are_told_apart():
    held = memory.measure_memory(partial(str, "b'x' * 20_000_000"), eval)
    passing = memory.measure_memory(partial(str, "len(b'x' * 20_000_000)"), eval)
    assert 19e6 <= held.held <= 24e6
    assert passing.held <= 4e6
    assert 19e6 <= passing.peak <= 24e6


@pytest.mark.skipif(not memory.STATUS.exists(), reason="only Linux lets a peak be forgotten")
def test_what_was_prepared_does_not_count():
    prepare = partial(eval, "len(b'x' * 40_000_000) // 2")
    assert 19e6 <= memory.measure_memory(prepare, b"x".__mul__).peak <= 24e6


def test_a_sampled_step_that_chooses_another_merge_is_refused():
    text, merges = "the hen, the hens", [(b"h", b"e"), (b"t", b"he")]
    training.time_step(text, merges, 1)
    with pytest.raises(PeersDifferError, match="'helpers' and 'minbpe-style' differ"):
        training.time_step(text, [merges[0], (b"he", b"n")], 1)


def test_sampled_steps_go_from_the_first_to_the_last():
    steps = training.sampled_steps(744)
    assert (steps[0], steps[-1]) == (0, 743)
    assert training.sampled_steps(1) == [0]


@pytest.mark.parametrize(("cost", "whole"), [(lambda step: 3, 300), (lambda step: step, 4950)])
def test_the_time_of_all_steps_is_the_area_under_the_sampled_ones(cost, whole):
    steps = [0, 7, 40, 99]
    assert training.area(steps, [cost(step) for step in steps]) == pytest.approx(whole)


# Texts


def test_a_text_is_the_same_every_time():
    first = texts.make_text(2_000)
    texts.make_text.cache_clear()
    assert texts.make_text(2_000) == first


@pytest.mark.parametrize("length", [0, 1, 999, 20_000])
def test_a_text_has_the_length_asked_for_and_begins_every_longer_one(length):
    assert texts.make_text(20_001)[:length] == texts.make_text(length)
    assert len(texts.make_text(length)) == length


def test_different_words_go_on_coming_but_more_slowly():
    words = bpe.split_words(texts.make_text(200_000))
    half = len(words) // 2
    first, all_of_them = len(set(words[:half])), len(set(words))
    assert 1.2 * first < all_of_them < 1.8 * first


def test_a_text_has_more_than_ascii():
    assert {"ï", "“", "茶", "🐇", "\n", "7"} <= set(texts.make_text(200_000) + "7")


# The report


def test_a_goal_says_what_it_asks_and_whether_it_is_reached():
    assert str(Goal(at_least=500)) == "≥ 500"
    assert str(Goal(at_most=1.5)) == "≤ 1.5"
    assert Goal(at_least=500).reached_by(500)
    assert not Goal(at_least=500).reached_by(499)
    assert not Goal(at_most=1.5).reached_by(1.51)


def test_speed_and_cost_are_ratios_of_opposite_sense():
    timings = Timings({OURS: [1.0], "peer": [4.0]})
    faster, slower = speed("it", timings, "peer", at_least=3), cost("it", timings, "peer")
    assert (faster.measured, faster.goal) == (4.0, Goal(at_least=3))
    assert (slower.measured, slower.goal) == (0.25, None)
    assert faster.note == "helpers 1 s, peer 4 s"


def test_the_table_gives_goal_figure_and_verdict():
    lines = report.format_findings(RESULTS, judged=True).splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[4:]]
    assert cells == [
        ["knit", "aunt", "≥ 1.5", "2 × as fast", "yes", "1 s, 2 s"],
        ["unravel", "aunt", "≤ 1.5", "1,250 × the time", "no", ""],
        ["wash", "aunt", "", "0.123 × the time (0.1 to 0.2)", "", ""],
    ]


def test_small_texts_are_not_judged():
    table = report.format_findings(RESULTS, judged=False)
    assert "yes" not in table
    assert "| no " not in table


def test_the_report_names_versions_but_no_path_and_no_host(tmp_path):
    report.write_report(RESULTS, tmp_path, judged=True)
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    for package in ("torch", "tiktoken", "tokenizers"):
        assert f"| {package}" in written
    assert torch.__version__ in written
    assert platform.node() not in written
    assert str(ROOT) not in written
    assert os.sep + "home" not in written


def test_the_report_makes_its_folder_and_shows_the_plot_with_a_description(tmp_path):
    report.write_report(RESULTS, tmp_path / "new", judged=True)
    written = (tmp_path / "new/RESULTS.md").read_text(encoding="utf-8")
    assert f"![{plot_growth([GROWTH]).alt}](growth.png)" in written
    assert "| aunt    | 2 s  |       |" in written
    assert (tmp_path / "new/growth.png").read_bytes().startswith(b"\x89PNG")


def test_the_plot_has_a_panel_a_stage_and_describes_it():
    figure = plot_growth([GROWTH, GROWTH, GROWTH])
    assert len(figure.axes) == 3
    assert "Knit a scarf: helpers 9 s for 10 kB; aunt 2 s for 1 kB." in figure.alt
    names = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert names == [OURS, "aunt", "in step with the text"]


def test_a_plot_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one stage to draw, but none came"):
        plot_growth([])


# The command line


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        ([], ROOT / "benchmarks"),
        (["--full"], ROOT / "benchmarks"),
        (["--quick"], None),
        (["--only", "words"], None),
    ],
)
def test_only_a_whole_run_replaces_the_report(arguments, folder, monkeypatch):
    written = []
    monkeypatch.setattr(command, "SUBJECTS", {"words": lambda scale: RESULTS[0]})
    monkeypatch.setattr(command, "write_report", lambda _, where, judged: written.append(where))
    command.main(arguments)
    assert written == ([] if folder is None else [folder])


def test_full_reaches_the_subjects(monkeypatch):
    scales = []
    monkeypatch.setattr(
        command, "SUBJECTS", {"words": lambda scale: scales.append(scale) or RESULTS[0]}
    )
    command.main(["--full", "--only", "words"])
    assert [scale.full for scale in scales] == [True]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "benchmarks").rglob("*.py")), ids=lambda path: path.stem
)
def test_examples_give_what_they_say(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    failed, _ = doctest.testmod(importlib.import_module(".".join(parts)))
    assert failed == 0
