#include "engine/history/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "engine/cases/event/seal.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"
#include "tests/support/sample_events.hpp"

namespace pintu::history {
namespace {

using cases::Event;
using testing::sample_case;
using testing::sample_event;

const AgencyCode kAgency("64.09");

struct Row {
    std::uint64_t position;
    std::string case_id;
    std::uint32_t sequence;
    std::string bytes;
    Digest leaf;
};

struct Log {
    std::vector<Row> rows;
    std::vector<StoredRoot> roots;
    std::vector<Checkpoint> checkpoints;

    void write(Row& row, const Event& event) {
        row.bytes = encode(event);
        row.leaf = leaf_hash(row.bytes);
    }
};

cases::Payload comment(std::uint32_t sequence) {
    cases::Commented said;
    said.text.commitment = sha256(std::to_string(sequence));
    return said;
}

// Three cases by turns, a commit of two events each, 12 events: event n of case k is at 3(n-1)+k.
Log sample_log() {
    Log log;
    Frontier frontier;
    std::vector<Digest> last(3);
    for (std::uint32_t i = 0; i < 12; ++i) {
        const std::uint32_t sequence = i / 3 + 1;
        const auto event = sample_event(sample_case("kasus " + std::to_string(i % 3)), sequence,
                                        comment(sequence), {1'000'000LL * i}, last[i % 3]);
        Row row{i, event.case_id.value, sequence, {}, {}};
        log.write(row, event);
        last[i % 3] = row.leaf;
        frontier.append(row.leaf);
        log.rows.push_back(row);
        if (i % 2 == 1) log.roots.push_back({frontier.size(), frontier.root()});
        if (frontier.size() == 4 || frontier.size() == 8) {
            log.checkpoints.push_back({kAgency, frontier.size(), frontier.root(), {}});
        }
    }
    return log;
}

// The roots as whoever rewrites the whole store would write them.
void rewrite_roots(Log& log) {
    Frontier frontier;
    log.roots.clear();
    for (const auto& row : log.rows) {
        frontier.append(row.leaf);
        log.roots.push_back({frontier.size(), frontier.root()});
    }
}

// Every event of the case from `first` on, chained anew.
void rewrite_chain(Log& log, const std::string& case_id) {
    Digest previous{};
    for (auto& row : log.rows) {
        if (row.case_id != case_id) continue;
        Event event = *decode(row.bytes);
        event.previous = previous;
        log.write(row, event);
        previous = row.leaf;
    }
}

std::vector<Finding> findings_of(const Log& log, bool against = true) {
    Verifier verifier(kAgency, log.roots, against ? log.checkpoints : std::vector<Checkpoint>{});
    for (const auto& row : log.rows) {
        verifier.add({row.position, row.case_id, row.sequence, row.bytes, row.leaf});
    }
    verifier.finish();
    return verifier.findings().items();
}

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
    std::vector<std::string> codes;
    for (const auto& finding : findings) codes.push_back(finding.code);
    return codes;
}

bool has(const std::vector<Finding>& findings, const std::string& code,
         std::optional<std::uint64_t> leaf = std::nullopt) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
        return f.code == code && (!leaf || f.leaf == leaf);
    });
}

TEST(Verifier, finds_nothing_in_an_honest_log) {
    EXPECT_EQ(codes_of(findings_of(sample_log())), std::vector<std::string>{});
}

TEST(Verifier, gives_the_root_of_what_is_there) {
    const Log log = sample_log();
    Verifier verifier(kAgency, log.roots, {});
    for (const auto& row : log.rows) {
        const Event* event =
            verifier.add({row.position, row.case_id, row.sequence, row.bytes, row.leaf});
        ASSERT_NE(event, nullptr);
        EXPECT_EQ(event->sequence, row.sequence);
    }
    EXPECT_EQ(verifier.size(), 12U);
    EXPECT_EQ(verifier.root(), log.roots.back().root);
}

TEST(Verifier, locates_each_flipped_bit) {
    const Log honest = sample_log();
    for (std::size_t i = 0; i < honest.rows.size(); ++i) {
        for (std::size_t bit = 0; bit < honest.rows[i].bytes.size() * 8; bit += 7) {
            Log log = honest;
            auto& byte = log.rows[i].bytes[bit / 8];
            byte = static_cast<char>(byte ^ (1 << (bit % 8)));
            EXPECT_TRUE(has(findings_of(log), "HI021", i)) << i << " bit " << bit;
        }
    }
}

TEST(Verifier, says_that_bytes_cannot_be_read) {
    Log log = sample_log();
    log.rows[5].bytes.resize(20);
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI020", 5));
    EXPECT_TRUE(has(findings, "HI021", 5));
}

TEST(Verifier, finds_an_edit_whose_hash_was_mended_by_the_next_event_of_the_case) {
    Log log = sample_log();
    Event event = *decode(log.rows[4].bytes);
    event.actor.id = "p-099";
    log.write(log.rows[4], event);
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI027", 7));
    EXPECT_TRUE(has(findings, "HI028"));
}

TEST(Verifier, finds_an_edit_whose_whole_chain_was_mended_by_the_root_of_its_commit) {
    Log log = sample_log();
    Event event = *decode(log.rows[4].bytes);
    event.actor.id = "p-099";
    log.write(log.rows[4], event);
    rewrite_chain(log, log.rows[4].case_id);
    const auto findings = findings_of(log, false);
    ASSERT_EQ(codes_of(findings), std::vector<std::string>{"HI028"});
    EXPECT_EQ(findings[0].args, (std::vector<std::string>{"6", "4", "5"}));  // in positions 4 to 5
}

TEST(Verifier, finds_a_wholly_rewritten_store_only_by_a_checkpoint) {
    Log log = sample_log();
    Event event = *decode(log.rows[4].bytes);
    event.actor.id = "p-099";
    log.write(log.rows[4], event);
    rewrite_chain(log, log.rows[4].case_id);
    rewrite_roots(log);
    EXPECT_TRUE(findings_of(log, false).empty());
    const auto findings = findings_of(log);
    ASSERT_EQ(codes_of(findings), std::vector<std::string>{"HI032"});
    // The rewritten roots agree up to 7: they are the forger's. Nothing before 4 was touched.
    EXPECT_EQ(findings[0].args, (std::vector<std::string>{"8", "4", "7"}));
}

TEST(Verifier, finds_removed_rows) {
    Log log = sample_log();
    log.rows.erase(log.rows.begin() + 4);
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI023", 5));
    EXPECT_TRUE(has(findings, "HI025", 7));
    EXPECT_TRUE(has(findings, "HI032"));
}

TEST(Verifier, finds_removed_rows_after_the_positions_were_closed_up) {
    Log log = sample_log();
    log.rows.erase(log.rows.begin() + 4);
    for (std::size_t i = 0; i < log.rows.size(); ++i) log.rows[i].position = i;
    const auto findings = findings_of(log);
    EXPECT_FALSE(has(findings, "HI023"));
    EXPECT_TRUE(has(findings, "HI025", 6));
    EXPECT_TRUE(has(findings, "HI030"));
}

TEST(Verifier, finds_a_removed_tail) {
    Log log = sample_log();
    log.rows.resize(7);
    const auto findings = findings_of(log);
    EXPECT_EQ(codes_of(findings), (std::vector<std::string>{"HI030", "HI031"}));
    EXPECT_EQ(findings[0].args, (std::vector<std::string>{"12", "7"}));
    log.rows.resize(3);
    EXPECT_EQ(findings_of(log, false)[0].args, (std::vector<std::string>{"12", "3"}))
        << "the last root's size";
}

TEST(Verifier, finds_a_removed_tail_with_its_roots_by_a_checkpoint) {
    Log log = sample_log();
    log.rows.resize(7);
    rewrite_roots(log);
    EXPECT_TRUE(findings_of(log, false).empty());
    EXPECT_EQ(codes_of(findings_of(log)), std::vector<std::string>{"HI031"});
}

TEST(Verifier, finds_rows_that_were_swapped) {
    Log log = sample_log();
    std::swap(log.rows[3], log.rows[6]);
    std::swap(log.rows[3].position, log.rows[6].position);
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI025", 3));
    EXPECT_TRUE(has(findings, "HI032"));
}

TEST(Verifier, finds_a_swap_across_cases) {
    Log log = sample_log();
    std::swap(log.rows[4], log.rows[5]);
    std::swap(log.rows[4].position, log.rows[5].position);
    const auto findings = findings_of(log, false);
    ASSERT_EQ(codes_of(findings), std::vector<std::string>{"HI028"});
    EXPECT_EQ(findings[0].args, (std::vector<std::string>{"6", "4", "5"}));
}

TEST(Verifier, finds_rows_out_of_order) {
    Log log = sample_log();
    std::swap(log.rows[4], log.rows[5]);
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI023", 5));
    EXPECT_TRUE(has(findings, "HI024", 4));
}

TEST(Verifier, finds_an_inserted_event) {
    Log log = sample_log();
    Row forged = log.rows[11];
    forged.position = 12;
    forged.sequence = 5;
    log.write(forged,
              sample_event(CaseId(forged.case_id), 5, comment(5), {99'000'000}, log.rows[11].leaf));
    log.rows.push_back(forged);
    EXPECT_EQ(codes_of(findings_of(log)), std::vector<std::string>{"HI034"});
}

TEST(Verifier, finds_an_event_inserted_in_the_middle) {
    Log log = sample_log();
    Row forged = log.rows[4];
    forged.position = 5;
    log.rows.insert(log.rows.begin() + 5, forged);
    for (std::size_t i = 6; i < log.rows.size(); ++i) log.rows[i].position = i;
    const auto findings = findings_of(log);
    EXPECT_TRUE(has(findings, "HI025", 5));
    EXPECT_TRUE(has(findings, "HI032"));
}

TEST(Verifier, finds_a_back_dated_event) {
    Log log = sample_log();
    Event event = *decode(log.rows[9].bytes);
    event.at = {1'000'000};
    log.write(log.rows[9], event);
    const auto findings = findings_of(log, false);
    EXPECT_TRUE(has(findings, "HI029", 9));
    EXPECT_TRUE(has(findings, "HI028"));
}

TEST(Verifier, finds_a_row_filed_under_another_case) {
    Log log = sample_log();
    log.rows[4].case_id = log.rows[5].case_id;
    const auto findings = findings_of(log);
    ASSERT_EQ(codes_of(findings), std::vector<std::string>{"HI022"});
    EXPECT_EQ(findings[0].leaf, 4U);
}

TEST(Verifier, finds_an_event_of_another_agency) {
    Log log = sample_log();
    Event event = *decode(log.rows[11].bytes);
    event.agency = AgencyCode("64.74");
    log.write(log.rows[11], event);
    EXPECT_TRUE(has(findings_of(log), "HI026", 11));
}

TEST(Verifier, refuses_a_checkpoint_of_another_agency) {
    Log log = sample_log();
    log.checkpoints[0].agency = AgencyCode("64");
    EXPECT_EQ(codes_of(findings_of(log)), std::vector<std::string>{"HI033"});
}

TEST(Verifier, answers_each_checkpoint) {
    Log log = sample_log();
    Event event = *decode(log.rows[1].bytes);
    event.actor.id = "p-099";
    log.write(log.rows[1], event);
    rewrite_chain(log, log.rows[1].case_id);
    rewrite_roots(log);
    const auto findings = findings_of(log);
    ASSERT_EQ(codes_of(findings), (std::vector<std::string>{"HI032", "HI032"}));
    EXPECT_EQ(findings[0].args, (std::vector<std::string>{"4", "0", "3"}));
}

TEST(Verifier, accepts_a_checkpoint_of_an_empty_log) {
    Verifier verifier(kAgency, {}, {{kAgency, 0, empty_root(), {}}});
    verifier.finish();
    EXPECT_TRUE(verifier.findings().empty());
}

TEST(Findings, keep_the_first_and_count_the_rest) {
    Findings findings;
    for (int i = 0; i < 1000; ++i) findings.add({"HI021", {}, {}, 0, {}});
    EXPECT_EQ(findings.count(), 1000U);
    EXPECT_EQ(findings.items().size(), Findings::kMost);
}

TEST(Findings, know_of_which_cases_they_are_also_beyond_those_that_they_keep) {
    Findings findings;
    for (int i = 0; i < 250; ++i)
        findings.add({"HI021", {}, CaseId("64.09-" + std::to_string(i)), 1, {}});
    Findings all;
    all.add({"HI028", {}, {}, 0, {}});
    all.add(findings);
    EXPECT_EQ(all.count(), 251U);
    EXPECT_EQ(all.items().size(), Findings::kMost);
    EXPECT_EQ(all.items().front().code, "HI028");
    EXPECT_TRUE(all.has(CaseId("64.09-249")));
    EXPECT_FALSE(all.has(CaseId("64.09-250")));
    EXPECT_FALSE(all.has(CaseId()));
}

// Personal values: an event with a text, an attachment's name and a free answer.
class Values : public ::testing::Test {
  protected:
    const std::string key_ = std::string(32, 'k');
    const CaseId case_ = sample_case("kasus");
    std::vector<StoredValue> values_ = {{"isi", "Jalan berlubang"},
                                        {"attachments.0.name", "a.jpg"}};
    Event event_ = make();

    Event make() {
        cases::Received received;
        received.isi = cases::seal(key_, case_, 1, "isi", values_[0].value);
        received.attachments.resize(1);
        received.attachments[0].name =
            cases::seal(key_, case_, 1, "attachments.0.name", values_[1].value);
        return sample_event(case_, 1, received, {}, {});
    }
    std::vector<Finding> check(bool erased = false, const std::string* key = nullptr) {
        Findings findings;
        verify_values(event_, key != nullptr ? *key : key_, values_, erased, findings);
        return findings.items();
    }
};

TEST_F(Values, that_match_are_sound) {
    EXPECT_TRUE(check().empty());
}

TEST_F(Values, that_were_edited_are_found) {
    values_[0].value = "Jalan mulus";
    EXPECT_EQ(check(), (std::vector<Finding>{{"HI040", {}, case_, 1, {"isi"}}}));
}

TEST_F(Values, that_changed_places_are_found) {
    std::swap(values_[0].value, values_[1].value);
    EXPECT_EQ(codes_of(check()), (std::vector<std::string>{"HI040", "HI040"}));
}

TEST_F(Values, that_are_gone_are_found) {
    values_.pop_back();
    EXPECT_EQ(codes_of(check()), std::vector<std::string>{"HI041"});
}

TEST_F(Values, that_were_inserted_are_found) {
    values_.push_back({"judul", "Palsu"});
    EXPECT_EQ(codes_of(check()), std::vector<std::string>{"HI042"});
}

TEST_F(Values, without_the_key_cannot_be_checked) {
    const std::string none;
    EXPECT_EQ(codes_of(check(false, &none)), std::vector<std::string>{"HI043"});
}

TEST_F(Values, that_outlive_an_erasure_are_found) {
    const std::string none;
    EXPECT_EQ(codes_of(check(true, &none)), (std::vector<std::string>{"HI044", "HI044"}));
    values_.clear();
    EXPECT_TRUE(check(true, &none).empty());
}

}  // namespace
}  // namespace pintu::history
