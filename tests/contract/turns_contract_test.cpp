// How nodes find their work and keep out of each other's way (ports::EventStore::claim).
#include "tests/contract/contract.hpp"

namespace pintu::testing {
namespace {

const AgencyCode kPenajam("64.09");
const AgencyCode kBontang("64.74");
constexpr std::int64_t kAges = 3'600'000;

class Turns : public StoreContract {
  protected:
    std::optional<ports::Claimed> claim(Work work, Instant now, std::int64_t lease_ms = kAges) {
        return got(store_->claim({"node", work, now, lease_ms, 10}));
    }
    // A turn that is expected to be there.
    ports::Claimed turn(Work work, Instant now, std::int64_t lease_ms = kAges) {
        auto claimed = claim(work, now, lease_ms);
        EXPECT_TRUE(claimed);
        return claimed.value_or(ports::Claimed{});
    }
    // A store may find only in the turn that the work is gone: such a turn is ended.
    bool has_work(Work work, Instant now) {
        for (auto claimed = claim(work, now); claimed; claimed = claim(work, now)) {
            const bool works = work == Work::follow || !claimed->timers.empty() ||
                               !claimed->commands.empty() || !claimed->effects.empty();
            end(claimed->lease);
            if (works) return true;
        }
        return false;
    }
    void end(const ports::Lease& lease) {
        Commit commit;
        commit.turns = {{lease}};
        keep(commit);
    }
    ports::PendingCommand command(const AgencyCode& agency, const std::string& id) {
        return {CommandId(agency.value + "-k-" + id), agency, CaseId(agency.value + "-k"), kStart,
                "body"};
    }
    ports::CommandOutcome decided(const ports::PendingCommand& command) {
        ports::CommandOutcome outcome;
        outcome.id = command.id;
        outcome.case_id = command.case_id;
        outcome.at = later(1);
        return outcome;
    }
    void submit(const ports::PendingCommand& command) { ASSERT_TRUE(store_->submit(command)); }
    void receive_there(const std::string& name, Instant at) {
        Commit commit;
        bontang_.receive(commit, name, at);
        keep(commit);
    }
    static Instant due(std::int64_t s) { return plus_seconds(later(s), 10 * kSecondsPerDay); }

    SampleCases bontang_{kBontang};
};

TEST_P(Turns, are_not_given_where_there_is_no_work) {
    for (const auto work : {Work::decide, Work::send, Work::follow})
        EXPECT_FALSE(claim(work, due(0)));
    receive("a");
    EXPECT_FALSE(claim(Work::decide, plus_seconds(due(0), -1)));
    EXPECT_FALSE(claim(Work::follow, due(0)));
}

TEST_P(Turns, give_the_due_timers_and_the_commands_of_one_agency) {
    receive("late", later(20));
    receive("early", later(10));
    receive("future", later(99));
    receive_there("there", later(30));
    for (const char* id : {"2", "1"}) submit(command(kPenajam, id));
    submit(command(kBontang, "3"));
    const auto claimed = turn(Work::decide, due(40));
    EXPECT_EQ(claimed.lease.agency, kPenajam);
    EXPECT_EQ(claimed.lease.work, Work::decide);
    ASSERT_EQ(claimed.timers.size(), 2U);
    EXPECT_EQ(claimed.timers[0],
              (ports::Timer{cases_.id("early"), kPenajam, due(10), "tindak_lanjut 80%"}));
    EXPECT_EQ(claimed.timers[1].case_id, cases_.id("late"));
    EXPECT_EQ(claimed.commands,
              (std::vector<ports::PendingCommand>{command(kPenajam, "2"), command(kPenajam, "1")}));
    EXPECT_TRUE(claimed.effects.empty());
}

TEST_P(Turns, give_no_more_than_was_asked_for) {
    for (const char* name : {"a", "b", "c"}) {
        receive(name);
        submit(command(kPenajam, name));
    }
    const auto claimed = got(store_->claim({"node", Work::decide, due(1), kAges, 2}));
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->timers.size(), 2U);
    EXPECT_EQ(claimed->commands.size(), 2U);
    const auto sends = got(store_->claim({"node", Work::send, due(1), kAges, 2}));
    ASSERT_TRUE(sends);
    EXPECT_EQ(sends->effects.size(), 2U);
}

TEST_P(Turns, begin_with_the_agency_that_has_waited_longest) {
    receive("a", later(20));
    receive_there("x", later(10));
    EXPECT_EQ(turn(Work::decide, due(30)).lease.agency, kBontang);
    EXPECT_EQ(turn(Work::decide, due(30)).lease.agency, kPenajam);
}

TEST_P(Turns, at_work_that_somebody_has_are_not_given_to_another) {
    submit(command(kPenajam, "1"));
    const auto first = turn(Work::decide, later(1));
    EXPECT_FALSE(claim(Work::decide, later(1)));
    submit(command(kPenajam, "2"));
    submit(command(kBontang, "1"));
    EXPECT_EQ(turn(Work::decide, later(1)).lease.agency, kBontang);
    EXPECT_FALSE(claim(Work::decide, later(1)));
    end(first.lease);
    const auto next = turn(Work::decide, later(1));
    EXPECT_GT(next.lease.token, first.lease.token);
    EXPECT_EQ(next.commands.size(), 2U) << "what was not done stays";
}

TEST_P(Turns, at_different_work_of_an_agency_do_not_exclude_each_other) {
    receive("a");
    submit(command(kPenajam, "1"));
    turn(Work::decide, later(1));
    EXPECT_EQ(turn(Work::send, later(1)).effects.size(), 1U);
}

TEST_P(Turns, end_with_the_commit_of_their_work) {
    submit(command(kPenajam, "1"));
    const auto claimed = turn(Work::decide, later(1));
    Commit work;
    cases_.receive(work, "a", kStart);
    work.outcomes = {decided(claimed.commands.at(0))};
    work.turns = {{claimed.lease}};
    keep(work);
    EXPECT_FALSE(has_work(Work::decide, later(1)));
    EXPECT_TRUE(has_work(Work::decide, due(0))) << "the new case's timer";
}

TEST_P(Turns, that_were_taken_over_keep_nothing) {
    submit(command(kPenajam, "1"));
    const auto stopped = turn(Work::decide, later(1), 0);
    const auto next = turn(Work::decide, later(1));
    EXPECT_GT(next.lease.token, stopped.lease.token);
    EXPECT_EQ(next.commands, stopped.commands);
    Commit late;
    cases_.receive(late, "a", kStart);
    late.outcomes = {decided(stopped.commands.at(0))};
    late.turns = {{stopped.lease}};
    const auto answer = got(store_->commit(late));
    EXPECT_TRUE(answer.stale);
    EXPECT_FALSE(answer.kept());
    EXPECT_TRUE(got(store_->list({})).empty());
    EXPECT_TRUE(got(store_->log(kPenajam, 0, 10)).empty());
    EXPECT_TRUE(got(store_->unsent(10)).empty());
    EXPECT_FALSE(got(store_->outcome(stopped.commands[0].id)));
    EXPECT_EQ(got(store_->pending(10)).size(), 1U);
    late.turns = {{next.lease}};
    keep(late);
}

TEST_P(Turns, that_ran_out_keep_nothing_even_if_nobody_took_over) {
    submit(command(kPenajam, "1"));
    const auto stopped = turn(Work::decide, later(1), 0);
    Commit late;
    late.outcomes = {decided(stopped.commands.at(0))};
    late.turns = {{stopped.lease}};
    EXPECT_TRUE(got(store_->commit(late)).stale);
    EXPECT_EQ(got(store_->pending(10)).size(), 1U);
}

TEST_P(Turns, are_over_once_they_ended) {
    submit(command(kPenajam, "1"));
    const auto claimed = turn(Work::decide, later(1));
    end(claimed.lease);
    Commit again;
    again.turns = {{claimed.lease}};
    EXPECT_TRUE(got(store_->commit(again)).stale);
}

TEST_P(Turns, go_on_where_a_race_was_lost) {
    receive("a");
    SampleCases rival = cases_;
    submit(command(kPenajam, "1"));
    const auto claimed = turn(Work::decide, later(1));
    move("a", "terverifikasi", later(60));
    Commit lost;
    rival.move(lost, "a", "diarsipkan", later(61));
    lost.turns = {{claimed.lease}};
    const auto answer = got(store_->commit(lost));
    EXPECT_FALSE(answer.stale);
    EXPECT_EQ(answer.conflicts, std::vector<CaseId>{cases_.id("a")});
    EXPECT_FALSE(claim(Work::decide, later(61)));
    end(claimed.lease);
}

TEST_P(Turns, may_be_kept_for_longer) {
    submit(command(kPenajam, "1"));
    const auto claimed = turn(Work::decide, later(1));
    Commit more;
    more.turns = {{claimed.lease, kAges, false}};
    keep(more);
    EXPECT_FALSE(claim(Work::decide, later(1)));
    keep(more);
    end(claimed.lease);
    EXPECT_TRUE(has_work(Work::decide, later(1)));
}

TEST_P(Turns, hand_a_memo_on) {
    receive("a");
    auto claimed = turn(Work::send, later(1));
    EXPECT_EQ(claimed.lease.memo, "");
    claimed.lease.memo = "sms 12\nwa 7\n";
    end(claimed.lease);
    EXPECT_EQ(turn(Work::send, later(1)).lease.memo, "sms 12\nwa 7\n");
}

TEST_P(Turns, go_round_where_one_agency_always_has_commands) {
    receive_there("x", kStart);
    submit(command(kPenajam, "0"));
    std::vector<AgencyCode> order;
    for (const char* id : {"1", "2", "3"}) {
        const auto claimed = turn(Work::decide, plus_seconds(due(0), 1 + *id));
        order.push_back(claimed.lease.agency);
        submit(command(kPenajam, id));
        end(claimed.lease);
    }
    EXPECT_EQ(order[0], kPenajam);
    EXPECT_EQ(order[1], kBontang) << "commands have always been due, but had their turn";
}

TEST_P(Turns, come_when_a_timer_is_set_moved_or_taken_away) {
    receive("a");
    const auto set = [&](std::optional<Instant> at) {
        Commit commit;
        std::optional<cases::Wake> timer;
        if (at) timer = {*at, "again"};
        commit.cases.push_back({cases_.row("a"), timer, {}});
        keep(commit);
    };
    EXPECT_FALSE(has_work(Work::decide, later(100)));
    set(later(50));
    EXPECT_TRUE(has_work(Work::decide, later(100)));
    set(later(150));
    EXPECT_FALSE(has_work(Work::decide, later(100)));
    EXPECT_TRUE(has_work(Work::decide, later(150)));
    set(std::nullopt);
    EXPECT_FALSE(has_work(Work::decide, due(1000)));
    set(later(200));
    EXPECT_TRUE(has_work(Work::decide, later(200)));
}

TEST_P(Turns, come_for_what_was_set_while_the_last_one_went_on) {
    submit(command(kPenajam, "1"));
    const auto claimed = turn(Work::decide, later(1));
    receive("a");
    Commit work;
    work.outcomes = {decided(claimed.commands.at(0))};
    work.turns = {{claimed.lease}};
    keep(work);
    EXPECT_TRUE(has_work(Work::decide, due(0)));
}

TEST_P(Turns, at_sending_give_effects_until_they_are_settled) {
    receive("a");
    receive("b");
    const auto claimed = turn(Work::send, later(1));
    ASSERT_EQ(claimed.effects.size(), 2U);
    EXPECT_EQ(claimed.effects[0].effect, got(store_->unsent(10))[0]);
    EXPECT_EQ(claimed.effects[0].effect.channel, "sms");
    EXPECT_EQ(claimed.effects[0].attempts, 0U);
    Commit sent;
    sent.sent = {claimed.effects[0].effect.key, claimed.effects[1].effect.key};
    sent.turns = {{claimed.lease}};
    keep(sent);
    EXPECT_FALSE(has_work(Work::send, due(0)));
}

TEST_P(Turns, give_an_effect_that_had_to_wait_when_its_time_has_come) {
    for (const char* name : {"a", "b", "c"}) receive(name);
    const auto claimed = turn(Work::send, later(1));
    const auto& effects = claimed.effects;
    Commit waits;
    waits.deferred = {{effects.at(0).effect.key, later(60), 3, false},
                      {effects.at(1).effect.key, later(30), 0, true}};
    waits.turns = {{claimed.lease}};
    keep(waits);
    EXPECT_EQ(got(store_->next_due()), later(30));
    auto next = turn(Work::send, later(29));
    EXPECT_EQ(next.effects, std::vector<ports::Outgoing>{effects[2]});
    Commit sent;
    sent.sent = {effects[2].effect.key};
    sent.turns = {{next.lease}};
    keep(sent);
    EXPECT_FALSE(has_work(Work::send, later(29)));
    receive("d");
    next = turn(Work::send, later(60));
    ASSERT_EQ(next.effects.size(), 3U);
    EXPECT_EQ(next.effects[0].effect.case_id, cases_.id("d")) << "what never waited goes first";
    EXPECT_EQ(next.effects[1], (ports::Outgoing{effects[1].effect, 0, true}));
    EXPECT_EQ(next.effects[2], (ports::Outgoing{effects[0].effect, 3, false}));
    EXPECT_EQ(got(store_->unsent(10)).size(), 3U);
}

class Published : public Turns {
  protected:
    static ports::DefinitionSet set(const std::string& id) {
        return {id, {{"rules/a.rules", "decide " + id}}, {BundleHash("sha256:" + id)}};
    }
    void publish(const std::string& id) {
        ASSERT_TRUE(store_->publish(set(id), {kBontang, kPenajam}));
    }
};

TEST_P(Published, definitions_are_in_force_for_all) {
    EXPECT_FALSE(got(store_->in_force()));
    ASSERT_TRUE(store_->save_definitions(set("kept")));
    EXPECT_FALSE(got(store_->in_force()));
    publish("one");
    EXPECT_EQ(got(store_->in_force()), "one");
    publish("kept");
    EXPECT_EQ(got(store_->in_force()), "kept");
    EXPECT_EQ(got(store_->definition_set("one"))->files, set("one").files);
    EXPECT_EQ(got(store_->definition_set("one"))->hashes, set("one").hashes);
    EXPECT_EQ(got(store_->load_definitions(BundleHash("sha256:one")))->id, "one");
    EXPECT_FALSE(got(store_->definition_set("none")));
}

TEST_P(Published, definitions_are_followed_by_each_agency_until_it_is_through) {
    publish("one");
    auto first = turn(Work::follow, later(1));
    const auto second = turn(Work::follow, later(1));
    EXPECT_EQ(first.lease.agency, kPenajam);
    EXPECT_EQ(second.lease.agency, kBontang);
    EXPECT_FALSE(claim(Work::follow, later(1)));
    first.lease.memo = "64.09-k";
    end(first.lease);
    auto next = turn(Work::follow, later(1));
    EXPECT_EQ(next.lease.memo, "64.09-k");
    Commit through;
    through.turns = {{next.lease, 0, true}, {second.lease, 0, true}};
    keep(through);
    EXPECT_FALSE(claim(Work::follow, later(1)));
    publish("one");
    EXPECT_FALSE(claim(Work::follow, later(1))) << "they were in force";
}

TEST_P(Published, definitions_end_the_turns_that_follow_older_ones) {
    publish("one");
    auto old = turn(Work::follow, later(1));
    old.lease.memo = "64.09-k";
    end(old.lease);
    old = turn(Work::follow, later(1));
    publish("two");
    Commit late;
    late.turns = {{old.lease, 0, true}};
    EXPECT_TRUE(got(store_->commit(late)).stale);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(turn(Work::follow, later(2)).lease.memo, "");
}

class Incidents : public Turns {
  protected:
    static ports::Incident incident(const std::string& id) {
        ports::Incident made;
        made.id = "64.09-i-" + id;
        made.agency = kPenajam;
        made.case_id = CaseId("64.09-k");
        made.at = kStart;
        made.what = "timer";
        made.subject = "tindak_lanjut 80%";
        made.code = "RT027";
        made.args = {"64.09-k", "", "CS010"};
        made.command = std::string("\0body", 5);
        return made;
    }
    void report(const ports::Incident& incident) {
        Commit commit;
        commit.incidents = {incident};
        keep(commit);
    }
};

TEST_P(Incidents, come_back_as_they_were_given_the_latest_first) {
    EXPECT_TRUE(got(store_->incidents({})).empty());
    auto second = incident("2");
    second.at = later(5);
    second.agency = kBontang;
    second.id = "64.74-i-2";
    report(incident("1"));
    report(second);
    EXPECT_EQ(got(store_->incidents({})), (std::vector{second, incident("1")}));
    ports::IncidentFilter filter;
    filter.limit = 1;
    EXPECT_EQ(got(store_->incidents(filter)), std::vector{second});
    filter = {kPenajam, std::nullopt, std::nullopt, 10};
    EXPECT_EQ(got(store_->incidents(filter)), std::vector{incident("1")});
    filter = {std::nullopt, second.id, true, 10};
    EXPECT_EQ(got(store_->incidents(filter)), std::vector{second});
    filter.open = false;
    EXPECT_TRUE(got(store_->incidents(filter)).empty());
}

TEST_P(Incidents, that_happen_again_are_counted) {
    report(incident("1"));
    auto again = incident("1");
    again.at = later(9);
    again.args = {"64.09-k", "", "CS011"};
    again.times = 2;
    report(again);
    again.times = 3;
    EXPECT_EQ(got(store_->incidents({})), std::vector{again});
}

TEST_P(Incidents, are_tried_again_once_by_a_person) {
    report(incident("1"));
    EXPECT_FALSE(got(store_->retry_incident("64.09-i-none", later(1))));
    EXPECT_TRUE(got(store_->retry_incident("64.09-i-1", later(1))));
    EXPECT_FALSE(got(store_->retry_incident("64.09-i-1", later(2)))) << "it is closed";
    auto closed = incident("1");
    closed.open = false;
    closed.command.clear();
    EXPECT_EQ(got(store_->incidents({})), std::vector{closed});
    const ports::PendingCommand again{CommandId("64.09-i-1-retry-1"), kPenajam, CaseId("64.09-k"),
                                      later(1), incident("1").command};
    EXPECT_EQ(got(store_->pending(10)), std::vector{again});
    EXPECT_EQ(turn(Work::decide, later(1)).commands, std::vector{again});
    report(incident("1"));
    EXPECT_TRUE(got(store_->incidents({}))[0].open) << "it failed again";
    EXPECT_TRUE(got(store_->retry_incident("64.09-i-1", later(3))));
    EXPECT_EQ(got(store_->pending(10)).at(1).id, CommandId("64.09-i-1-retry-2"));
}

TEST_P(Incidents, without_a_command_are_only_closed) {
    auto told = incident("1");
    told.command.clear();
    told.case_id = {};
    report(told);
    EXPECT_TRUE(got(store_->retry_incident(told.id, later(1))));
    EXPECT_TRUE(got(store_->pending(10)).empty());
    EXPECT_FALSE(got(store_->incidents({}))[0].open);
}

INSTANTIATE_TEST_SUITE_P(On, Turns, ::testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(On, Published, ::testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(On, Incidents, ::testing::ValuesIn(kinds()), name_of);

}  // namespace
}  // namespace pintu::testing
