// What every store must do (engine/ports/store.hpp), run on each of them.
#include "tests/contract/contract.hpp"

#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"
#include "engine/history/verify.hpp"

namespace pintu::testing {
namespace {

TEST_P(StoreContract, is_empty_at_first) {
    EXPECT_TRUE(got(store_->agencies()).empty());
    EXPECT_TRUE(got(store_->list({})).empty());
    EXPECT_TRUE(got(store_->log(AgencyCode("64.09"), 0, 10)).empty());
    EXPECT_FALSE(got(store_->next_due()));
    EXPECT_TRUE(got(store_->unsent(10)).empty());
    EXPECT_TRUE(got(store_->pending(10)).empty());
    EXPECT_FALSE(got(store_->outcome(CommandId("c"))));
    EXPECT_FALSE(got(store_->load_definitions(BundleHash("sha256:0"))));
    EXPECT_TRUE(got(store_->load({CaseId("none")}))[0].events.empty());
    EXPECT_TRUE(got(store_->find(TrackingId("none"))).empty());
    EXPECT_TRUE(got(store_->personal(CaseId("none"))).empty());
}

TEST_P(StoreContract, gives_events_back_as_they_were) {
    Commit commit;
    cases_.receive(commit, "a", kStart);
    cases_.move(commit, "a", "terverifikasi", later(60));
    keep(commit);
    const auto loaded = got(store_->load({cases_.id("a")}));
    ASSERT_EQ(loaded.size(), 1U);
    ASSERT_EQ(loaded[0].events.size(), commit.events.size());
    for (std::size_t i = 0; i < commit.events.size(); ++i) {
        EXPECT_EQ(history::encode(loaded[0].events[i]), commit.events[i].bytes) << i;
    }
    EXPECT_EQ(loaded[0].last_leaf, commit.events.back().leaf);
    EXPECT_EQ(loaded[0].key, commit.keys[0].key);
}

TEST_P(StoreContract, loads_in_the_order_asked) {
    receive("a");
    receive("b");
    const auto loaded = got(store_->load({cases_.id("b"), CaseId("none"), cases_.id("a")}));
    ASSERT_EQ(loaded.size(), 3U);
    EXPECT_EQ(loaded[0].events[0].case_id, cases_.id("b"));
    EXPECT_TRUE(loaded[1].events.empty());
    EXPECT_EQ(loaded[2].events[0].case_id, cases_.id("a"));
}

TEST_P(StoreContract, logs_each_agency_densely_in_the_order_given) {
    SampleCases other(AgencyCode("64.74"));
    Commit commit;
    cases_.receive(commit, "a", kStart);
    other.receive(commit, "x", kStart);
    cases_.move(commit, "a", "terverifikasi", later(1));
    keep(commit);
    other.move(commit = {}, "x", "terverifikasi", later(2));
    keep(commit);
    EXPECT_EQ(got(store_->agencies()),
              (std::vector<AgencyCode>{AgencyCode("64.09"), AgencyCode("64.74")}));
    for (const char* agency : {"64.09", "64.74"}) {
        const auto log = got(store_->log(AgencyCode(agency), 0, 100));
        ASSERT_EQ(log.size(), 6U) << agency;
        for (std::size_t i = 0; i < log.size(); ++i) {
            EXPECT_EQ(log[i].position, i);
            EXPECT_EQ(log[i].sequence, i + 1);
            EXPECT_EQ(log[i].leaf, history::leaf_hash(log[i].bytes));
        }
    }
}

TEST_P(StoreContract, reads_a_log_in_pages) {
    receive("a");
    receive("b");
    const auto page = got(store_->log(AgencyCode("64.09"), 3, 2));
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page[0].position, 3U);
    EXPECT_EQ(page[1].position, 4U);
    EXPECT_TRUE(got(store_->log(AgencyCode("64.09"), 8, 2)).empty());
}

TEST_P(StoreContract, keeps_a_log_that_verifies) {
    for (const char* name : {"a", "b", "c"}) {
        receive(name);
        move(name, "terverifikasi", later(60));
    }
    const AgencyCode agency("64.09");
    std::vector<history::StoredRoot> roots;
    for (const auto& root : got(store_->roots(agency))) roots.push_back({root.size, root.root});
    EXPECT_EQ(roots.size(), 6U);
    history::Verifier verifier(agency, roots, {});
    for (const auto& row : got(store_->log(agency, 0, 1000))) {
        const auto* event =
            verifier.add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
        ASSERT_NE(event, nullptr);
        std::vector<history::StoredValue> values;
        for (const auto& value : got(store_->personal(row.case_id))) {
            if (value.sequence == row.sequence) values.push_back({value.path, value.value});
        }
        history::Findings findings;
        history::verify_values(*event, got(store_->load({row.case_id}))[0].key, values, false,
                               findings);
        EXPECT_TRUE(findings.empty());
    }
    verifier.finish();
    EXPECT_TRUE(verifier.findings().empty());
    EXPECT_EQ(verifier.size(), 18U);
}

TEST_P(StoreContract, refuses_a_commit_that_lost_the_race_and_keeps_nothing_of_it) {
    receive("a");
    SampleCases rival = cases_;
    move("a", "terverifikasi", later(60));
    Commit lost;
    rival.receive(lost, "b", later(61));
    rival.move(lost, "a", "diarsipkan", later(61));
    const auto answer = got(store_->commit(lost));
    EXPECT_EQ(answer.conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_TRUE(got(store_->load({cases_.id("b")}))[0].events.empty());
    EXPECT_EQ(got(store_->load({cases_.id("a")}))[0].events.size(), 6U);
    EXPECT_EQ(got(store_->log(AgencyCode("64.09"), 0, 100)).size(), 6U);
    EXPECT_EQ(got(store_->list({})).size(), 1U);
    EXPECT_EQ(got(store_->unsent(10)).size(), 2U);
}

TEST_P(StoreContract, refuses_a_report_that_was_taken_in_meanwhile) {
    receive("a");
    Commit again;
    SampleCases rival;
    rival.receive(again, "a2", kStart);
    again.intake[0].key = cases_.intake_key("a");
    const auto answer = got(store_->commit(again));
    EXPECT_EQ(answer.conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_TRUE(got(store_->load({rival.id("a2")}))[0].events.empty());
}

TEST_P(StoreContract, finds_intake_keys_in_the_order_asked) {
    receive("a");
    const auto found = got(store_->find_intake({cases_.intake_key("b"), cases_.intake_key("a")}));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_FALSE(found[0]);
    ASSERT_TRUE(found[1]);
    EXPECT_EQ(found[1]->case_id, cases_.id("a"));
    EXPECT_EQ(found[1]->content, sha256("a"));
}

TEST_P(StoreContract, gives_personal_values_by_sequence_and_path) {
    receive("a");
    move("a", "terverifikasi", later(60));
    const auto values = got(store_->personal(cases_.id("a")));
    ASSERT_EQ(values.size(), 3U);
    EXPECT_EQ(values[0].path, "isi");
    EXPECT_EQ(values[0].value, "Jalan berlubang depan SD a");
    EXPECT_EQ(values[1].path, "reporter_name");
    EXPECT_EQ(values[2].sequence, 5U);
    EXPECT_EQ(values[2].path, "texts.alasan");
}

TEST_P(StoreContract, destroys_what_is_personal_when_a_case_is_erased) {
    receive("a");
    receive("b");
    Commit erasure;
    cases_.move(erasure, "a", "selesai", later(60));
    erasure.erased = {cases_.id("a")};
    keep(erasure);
    EXPECT_TRUE(got(store_->personal(cases_.id("a"))).empty());
    const auto loaded = got(store_->load({cases_.id("a"), cases_.id("b")}));
    EXPECT_TRUE(loaded[0].key.empty());
    EXPECT_EQ(loaded[0].events.size(), 6U);
    EXPECT_FALSE(loaded[1].key.empty());
    EXPECT_EQ(got(store_->personal(cases_.id("b"))).size(), 2U);
}

TEST_P(StoreContract, destroys_intake_keys_that_are_made_of_an_erased_cases_content) {
    Commit commit;
    cases_.receive(commit, "a", kStart);
    const AgencyCode agency("64.09");
    const ports::IntakeKey content{agency, "content:12"};
    commit.intake[0].key.key = "key:12";
    commit.intake.push_back(commit.intake[0]);
    commit.intake[1].key = content;
    keep(commit);
    ASSERT_TRUE(got(store_->find_intake({content}))[0]);
    Commit erasure;
    cases_.move(erasure, "a", "selesai", later(60));
    erasure.erased = {cases_.id("a")};
    keep(erasure);
    const auto found = got(store_->find_intake({content, {agency, "key:12"}}));
    EXPECT_FALSE(found[0]);
    EXPECT_TRUE(found[1]);
}

TEST_P(StoreContract, moves_a_timer_without_an_event) {
    receive("a");
    Commit commit;
    commit.cases.push_back({cases_.row("a"),
                            cases::Wake{later(5), "again"},
                            {{"kategori", "pekerjaan_umum/jalan_berlubang"}}});
    keep(commit);
    EXPECT_EQ(got(store_->next_due()), later(5));
    EXPECT_EQ(got(store_->log(AgencyCode("64.09"), 0, 100)).size(), 4U);
}

TEST_P(StoreContract, refuses_a_row_of_a_case_that_has_gone_on) {
    receive("a");
    Commit outdated;
    outdated.cases.push_back({cases_.row("a"), std::nullopt, {}});
    move("a", "terverifikasi", later(60));
    EXPECT_EQ(got(store_->commit(outdated)).conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_EQ(got(store_->list({}))[0], cases_.row("a"));
    EXPECT_TRUE(got(store_->next_due()));
}

TEST_P(StoreContract, finds_the_cases_of_a_tracking_id_in_append_order) {
    SampleCases other(AgencyCode("64.74"));
    Commit commit;
    cases_.receive(commit, "z", kStart);
    other.receive(commit, "x", kStart);
    const TrackingId shared = commit.cases[0].row.tracking_id;
    commit.cases[1].row.tracking_id = shared;
    keep(commit);
    EXPECT_EQ(got(store_->find(shared)), (std::vector<CaseId>{cases_.id("z"), other.id("x")}));
}

TEST_P(StoreContract, lists_rows_as_they_were_given) {
    receive("a");
    move("a", "terverifikasi", later(60));
    const auto rows = got(store_->list({}));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0], cases_.row("a"));
}

TEST_P(StoreContract, lists_what_the_filter_lets_through) {
    receive("a");
    receive("b");
    move("b", "selesai", later(60));
    Commit late;
    cases_.move(late, "a", "diproses", later(90));
    late.cases[0].row.clocks[0].late = true;
    keep(late);
    const auto ids = [&](const ports::CaseFilter& filter) {
        std::vector<CaseId> found;
        for (const auto& row : got(store_->list(filter))) found.push_back(row.id);
        return found;
    };
    const std::vector<CaseId> only_a = {cases_.id("a")};
    const std::vector<CaseId> only_b = {cases_.id("b")};
    ports::CaseFilter filter;
    filter.closed = true;
    EXPECT_EQ(ids(filter), only_b);
    filter.closed = false;
    EXPECT_EQ(ids(filter), only_a);
    filter = {};
    filter.late = true;
    EXPECT_EQ(ids(filter), only_a);
    filter.late = false;
    EXPECT_EQ(ids(filter), only_b);
    filter = {};
    filter.state = "diproses";
    filter.owner = UnitId("64.09/dpupr");
    filter.agency = AgencyCode("64.09");
    EXPECT_EQ(ids(filter), only_a);
    filter.agency = AgencyCode("64");
    EXPECT_TRUE(ids(filter).empty());
}

TEST_P(StoreContract, lists_in_pages_by_id) {
    for (const char* name : {"a", "b", "c", "d", "e"}) receive(name);
    SampleCases others{AgencyCode("64")};
    Commit commit;
    others.receive(commit, "a", later(0));
    keep(commit);
    for (const auto& agency : {std::optional<AgencyCode>(), std::optional(AgencyCode("64.09"))}) {
        std::vector<CaseId> seen;
        ports::CaseFilter filter;
        filter.agency = agency;
        filter.limit = 2;
        for (auto page = got(store_->list(filter)); !page.empty();
             page = got(store_->list(filter))) {
            EXPECT_LE(page.size(), 2U);
            for (const auto& row : page) seen.push_back(row.id);
            filter.after = seen.back();
        }
        EXPECT_EQ(seen.size(), agency ? 5U : 6U);
        EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    }
}

TEST_P(StoreContract, gives_due_timers_the_earliest_first) {
    receive("b", later(20));
    receive("a", later(10));
    receive("c", later(30));
    const auto due = [](std::int64_t s) { return plus_seconds(later(s), 10 * kSecondsPerDay); };
    EXPECT_EQ(got(store_->next_due()), due(10));
    EXPECT_TRUE(got(store_->due_timers(plus_seconds(due(10), -1), 10)).empty());
    const auto timers = got(store_->due_timers(due(20), 10));
    ASSERT_EQ(timers.size(), 2U);
    EXPECT_EQ(timers[0],
              (ports::Timer{cases_.id("a"), AgencyCode("64.09"), due(10), "tindak_lanjut 80%"}));
    EXPECT_EQ(timers[1].case_id, cases_.id("b"));
    EXPECT_EQ(got(store_->due_timers(due(30), 1)).size(), 1U);
}

TEST_P(StoreContract, replaces_and_removes_the_timer_of_a_case) {
    receive("a");
    move("a", "diproses", later(100));
    const auto timers = got(store_->due_timers(later(100 * kSecondsPerDay), 10));
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_EQ(timers[0].due, plus_seconds(later(100), 10 * kSecondsPerDay));
    move("a", "selesai", later(200));
    EXPECT_TRUE(got(store_->due_timers(later(100 * kSecondsPerDay), 10)).empty());
    EXPECT_FALSE(got(store_->next_due()));
}

TEST_P(StoreContract, counts_prior_cases_in_their_window_and_append_order) {
    for (const char* name : {"z", "a", "m"}) receive(name);
    receive("early", later(-1000));
    receive("asking", later(10));
    ports::PriorQuery query;
    query.agency = AgencyCode("64.09");
    query.attribute = "kategori";
    query.value = "pekerjaan_umum/jalan_berlubang";
    query.received_from = kStart;
    query.received_until = later(10);
    query.except = cases_.id("asking");
    auto answer = got(store_->prior(query));
    EXPECT_EQ(answer.found, (std::vector<CaseId>{cases_.id("z"), cases_.id("a"), cases_.id("m")}));
    EXPECT_EQ(answer.position, 20U);
    query.at_most = 2;
    EXPECT_EQ(got(store_->prior(query)).found.size(), 2U);
    query.value = "lainnya";
    EXPECT_TRUE(got(store_->prior(query)).found.empty());
    query.agency = AgencyCode("64");
    EXPECT_EQ(got(store_->prior(query)).position, 0U);
}

TEST_P(StoreContract, counts_prior_cases_within_a_distance_only) {
    Commit commit;
    cases_.receive(commit, "near", kStart);
    cases_.receive(commit, "far", kStart);
    cases_.receive(commit, "nowhere", kStart);
    commit.cases[1].row.lat_udeg = -1'390'000;
    commit.cases[2].row.lat_udeg.reset();
    commit.cases[2].row.lon_udeg.reset();
    keep(commit);
    ports::PriorQuery query;
    query.agency = AgencyCode("64.09");
    query.attribute = "kategori";
    query.value = "pekerjaan_umum/jalan_berlubang";
    query.received_from = query.received_until = kStart;
    EXPECT_EQ(got(store_->prior(query)).found.size(), 3U);
    query.within_m = 100;
    query.lat_udeg = -1'290'300;
    query.lon_udeg = 116'700'300;
    EXPECT_EQ(got(store_->prior(query)).found, std::vector<CaseId>{cases_.id("near")});
}

TEST_P(StoreContract, looks_cases_up_by_their_latest_values_and_not_once_withdrawn) {
    receive("a");
    receive("b");
    Commit commit;
    cases_.move(commit, "a", "diproses", later(5));
    commit.cases[0].lookups = {{"kategori", "lainnya"}, {"wilayah", "64.09.01"}};
    cases_.move(commit, "b", "dicabut", later(5));
    commit.cases[1].row.withdrawn = true;
    keep(commit);
    ports::PriorQuery query;
    query.agency = AgencyCode("64.09");
    query.attribute = "kategori";
    query.value = "pekerjaan_umum/jalan_berlubang";
    query.received_from = query.received_until = kStart;
    EXPECT_TRUE(got(store_->prior(query)).found.empty());
    query.value = "lainnya";
    EXPECT_EQ(got(store_->prior(query)).found, std::vector<CaseId>{cases_.id("a")});
}

TEST_P(StoreContract, keeps_effects_until_they_are_settled) {
    receive("a");
    receive("b");
    const auto waiting = got(store_->unsent(10));
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].case_id, cases_.id("a"));
    EXPECT_EQ(waiting[0].kind, "acknowledge");
    EXPECT_EQ(waiting[0].persons, std::vector<PersonId>{PersonId("p-014")});
    EXPECT_EQ(got(store_->unsent(1)).size(), 1U);
    Commit settled;
    settled.sent = {waiting[0].key};
    keep(settled);
    EXPECT_EQ(got(store_->unsent(10)), std::vector<cases::Effect>{waiting[1]});
}

class Commands : public StoreContract {
  protected:
    ports::PendingCommand command(const std::string& id) {
        return {CommandId("64.09-k-" + id), AgencyCode("64.09"), CaseId("64.09-k"), kStart,
                std::string("isi\0 ", 5) + id};
    }
    ports::CommandOutcome outcome(const std::string& id) {
        return {CommandId("64.09-k-" + id),
                CaseId("64.09-k"),
                false,
                "CS012",
                {"a", ""},
                {"verifikasi", "arsipkan"},
                7,
                later(1)};
    }
};

TEST_P(Commands, wait_in_the_order_in_which_they_came) {
    ASSERT_TRUE(store_->submit(command("2")));
    ASSERT_TRUE(store_->submit(command("1")));
    ASSERT_TRUE(store_->submit(command("2")));
    EXPECT_EQ(got(store_->pending(10)),
              (std::vector<ports::PendingCommand>{command("2"), command("1")}));
    EXPECT_EQ(got(store_->pending(1)).size(), 1U);
}

TEST_P(Commands, are_gone_once_decided_and_do_not_come_back) {
    ASSERT_TRUE(store_->submit(command("1")));
    Commit decided;
    decided.outcomes = {outcome("1")};
    keep(decided);
    EXPECT_TRUE(got(store_->pending(10)).empty());
    EXPECT_EQ(got(store_->outcome(outcome("1").id)), outcome("1"));
    EXPECT_EQ(got(store_->outcomes({command("2").id, command("1").id})),
              (std::vector<std::optional<ports::CommandOutcome>>{std::nullopt, outcome("1")}));
    ASSERT_TRUE(store_->submit(command("1")));
    EXPECT_TRUE(got(store_->pending(10)).empty());
}

TEST_P(Commands, are_decided_once) {
    Commit first;
    first.outcomes = {outcome("1")};
    keep(first);
    Commit second;
    cases_.receive(second, "a", kStart);
    second.outcomes = {outcome("1")};
    second.outcomes[0].accepted = true;
    const auto answer = got(store_->commit(second));
    EXPECT_EQ(answer.conflicts, std::vector<CaseId>{CaseId("64.09-k")});
    EXPECT_EQ(got(store_->outcome(outcome("1").id)), outcome("1"));
    EXPECT_TRUE(got(store_->list({})).empty());
}

TEST_P(Commands, of_no_case_are_decided_once_too) {
    Commit decided;
    decided.outcomes = {outcome("1")};
    decided.outcomes[0].case_id = CaseId();
    keep(decided);
    EXPECT_FALSE(got(store_->commit(decided)).kept());
    EXPECT_EQ(got(store_->outcome(decided.outcomes[0].id)), decided.outcomes[0]);
}

TEST_P(Commands, go_from_one_case_to_another_with_a_commit) {
    Commit commit;
    cases_.receive(commit, "a", kStart);
    commit.submitted = {command("1"), command("1")};
    keep(commit);
    EXPECT_EQ(got(store_->pending(10)), std::vector<ports::PendingCommand>{command("1")});
}

// Commands on cases: what became of them may be told by the events that they made.
class Acts : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        Commit commit;
        for (const char* name : {"a", "b"}) cases_.receive(commit, name, kStart);
        keep(commit);
    }
    Commit act(const std::string& name, const std::string& command) {
        Commit commit;
        cases_.act(commit, name, "diproses", later(2), command);
        return commit;
    }
    ports::CommandOutcome refusal(const std::string& name, const std::string& command) {
        return {
            cases_.command(name, command), cases_.id(name), false, "CS012", {}, {}, 4, later(1)};
    }
    void expect_known(const ports::CommandOutcome& outcome) {
        EXPECT_EQ(got(store_->outcome(outcome.id)), outcome);
        ports::PendingCommand again{outcome.id, AgencyCode("64.09"), outcome.case_id, kStart, "x"};
        ASSERT_TRUE(store_->submit(again));
        EXPECT_TRUE(got(store_->pending(10)).empty());
    }
    void expect_conflict(const Commit& commit, const std::string& name) {
        const auto answer = got(store_->commit(commit));
        EXPECT_FALSE(answer.kept());
        EXPECT_EQ(answer.conflicts, std::vector<CaseId>{cases_.id(name)});
    }
};

TEST_P(Acts, are_known_by_their_case_and_decided_once) {
    const Commit first = act("a", "x");
    keep(first);
    expect_known(first.outcomes[0]);
    EXPECT_FALSE(got(store_->outcome(cases_.command("a", "y"))));
    EXPECT_FALSE(got(store_->outcome(cases_.command("b", "x"))));
    const auto before = cases_;
    expect_conflict(act("a", "x"), "a");
    cases_ = before;
    keep(act("a", "y"));
    EXPECT_EQ(got(store_->load({cases_.id("a")}))[0].events.size(), 8U);
}

TEST_P(Acts, that_were_refused_stay_refused) {
    Commit refused;
    refused.outcomes = {refusal("a", "x"), refusal("a", "y"), refusal("b", "z")};
    keep(refused);
    for (const auto& outcome : refused.outcomes) expect_known(outcome);
    const auto before = cases_;
    for (const char* command : {"x", "y"}) {
        expect_conflict(act("a", command), "a");
        cases_ = before;
    }
    keep(act("a", "z"));
    Commit again;
    again.outcomes = {refusal("b", "z")};
    expect_conflict(again, "b");
}

TEST_P(Acts, that_were_accepted_are_not_refused_later) {
    keep(act("a", "x"));
    Commit refused;
    refused.outcomes = {refusal("a", "w"), refusal("a", "x")};
    expect_conflict(refused, "a");
    EXPECT_FALSE(got(store_->outcome(cases_.command("a", "w"))));
}

TEST_P(Acts, of_one_case_may_come_together) {
    Commit both = act("a", "x");
    cases_.act(both, "a", "selesai", later(3), "y");
    both.outcomes.push_back(refusal("a", "z"));
    keep(both);
    for (const auto& outcome : both.outcomes) expect_known(outcome);
    const auto before = cases_;
    for (const char* command : {"x", "y", "z"}) {
        expect_conflict(act("a", command), "a");
        cases_ = before;
        Commit among = act("a", "new");
        among.outcomes.push_back(refusal("a", command));
        expect_conflict(among, "a");
        cases_ = before;
    }
}

TEST_P(Acts, that_were_refused_before_there_was_a_case_do_not_open_it) {
    Commit refused;
    refused.outcomes = {refusal("new", "x")};
    keep(refused);
    Commit opens;
    const auto before = cases_;
    cases_.receive(opens, "new", later(2), "x");
    expect_conflict(opens, "new");
    cases_ = before;
    opens = {};
    cases_.receive(opens, "new", later(2), "y");
    keep(opens);
    expect_known(opens.outcomes[0]);
}

TEST_P(Acts, tell_more_than_their_events_where_there_is_more) {
    Commit commit = act("a", "x");
    commit.outcomes[0].at = later(5);
    keep(commit);
    expect_known(commit.outcomes[0]);
}

TEST_P(StoreContract, finds_definitions_by_any_of_their_hashes) {
    const ports::DefinitionSet first{"set-1",
                                     {{"rules/a.rules", "decide"}, {"workflows/b.yaml", ""}},
                                     {BundleHash("sha256:1"), BundleHash("sha256:2")}};
    const ports::DefinitionSet second{
        "set-2", {{"rules/a.rules", std::string("with\0zero", 9)}}, {BundleHash("sha256:3")}};
    ASSERT_TRUE(store_->save_definitions(first));
    ASSERT_TRUE(store_->save_definitions(second));
    ASSERT_TRUE(store_->save_definitions(first));
    for (const char* hash : {"sha256:1", "sha256:2"}) {
        const auto found = got(store_->load_definitions(BundleHash(hash)));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, "set-1");
        EXPECT_EQ(found->files, first.files);
        EXPECT_EQ(found->hashes, first.hashes);
    }
    EXPECT_EQ(got(store_->load_definitions(BundleHash("sha256:3")))->files, second.files);
}

TEST_P(StoreContract, refuses_an_event_that_could_never_be_read_again) {
    Commit commit;
    cases_.receive(commit, "a", kStart);
    commit.events[0].bytes.resize(history::kMaxEventBytes + 1);
    const auto answer = store_->commit(commit);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "HI006");
    EXPECT_TRUE(got(store_->list({})).empty());
}

INSTANTIATE_TEST_SUITE_P(On, StoreContract, ::testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(On, Acts, ::testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(On, Commands, ::testing::ValuesIn(kinds()), name_of);

}  // namespace
}  // namespace pintu::testing
