// Replays over a real file in which some histories cannot be replayed.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/store/store.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"
#include "tests/support/files.hpp"
#include "tests/support/sample_commits.hpp"
#include "tests/support/world.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

constexpr Instant kStart{1'773'365'400'000'000};

class ReplayCommand : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(*store::open_store(address()));
        testing::World world(testing::kasus(), {}, store_);
        sound_ = world.report(testing::road_hole("a"), "2026-03-02");
    }
    std::string address() const { return "sqlite:" + folder_.at("x.db"); }

    // A case whose definitions nobody keeps, and one whose bytes are no event.
    void add_strange_ones() {
        ports::Commit commit;
        others_.receive(commit, "asing", kStart);
        others_.move(commit, "asing", "diproses", kStart);
        ASSERT_TRUE(store_->commit(commit)->kept());
        ports::Commit damaged;
        others_.receive(damaged, "rusak", kStart);
        damaged.events.front().bytes = "?";
        ASSERT_TRUE(store_->commit(damaged)->kept());
    }

    // The sound one again, but for what its first decision gave; the step of that.
    std::uint32_t add_a_case_decided_otherwise() {
        ports::Commit commit;
        Digest previous{};
        std::uint32_t step = 0;
        auto lived = std::move(store_->load({sound_})->front().events);
        for (auto& event : lived) {
            event.case_id = CaseId(sound_.value + "0");
            event.previous = previous;
            auto* decided = std::get_if<cases::Decided>(&event.payload);
            if (decided != nullptr && step == 0) {
                decided->value = "dikarang";
                step = event.sequence;
            }
            auto bytes = history::encode(event);
            previous = history::leaf_hash(bytes);
            commit.events.push_back({event, std::move(bytes), previous});
        }
        commit.cases.push_back({store_->list({})->front(), std::nullopt, {}});
        commit.cases[0].row.id = CaseId(sound_.value + "0");
        EXPECT_TRUE(store_->commit(commit)->kept());
        return step;
    }

    Said run(std::vector<std::string> words) const { return run_on(address(), std::move(words)); }

    testing::TemporaryFolder folder_;
    std::shared_ptr<ports::EventStore> store_;
    testing::SampleCases others_{AgencyCode("64.01")};
    CaseId sound_;
};

TEST_F(ReplayCommand, of_all_goes_on_after_those_that_cannot_be_replayed_and_names_them) {
    add_strange_ones();
    const auto said = run({"replay", "--all"});
    EXPECT_EQ(said.exit, kBroken);
    for (const auto& text :
         {"case " + others_.id("asing").value + " cannot be replayed",
          "case " + others_.id("rusak").value + " cannot be replayed", std::string("1 cases, "),
          std::string(" 1 equal, 0 different."), std::string("2 cases could not be replayed")})
        EXPECT_NE(said.err.find(text), std::string::npos) << text << " in\n" << said.err;
}

TEST_F(ReplayCommand, counts_them_apart_in_json) {
    add_strange_ones();
    const auto said = run({"-o", "json", "replay", "--all"});
    EXPECT_EQ(said.exit, kBroken);
    EXPECT_NE(said.out.find(R"("equal":1,"different":0,"unreplayed":2,"first":null,"findings":[{)"),
              std::string::npos)
        << said.out;
    EXPECT_EQ(said.out.find(sound_.value), std::string::npos) << "it is equal";
    for (const auto* name : {"asing", "rusak"})
        EXPECT_NE(said.out.find("{\"case\":\"" + others_.id(name).value +
                                R"(","events":0,"result":"unreplayed","differences":[],)"
                                R"("error":{"code":"HI0)"),
                  std::string::npos)
            << said.out;
}

TEST_F(ReplayCommand, gives_a_line_for_each_case) {
    add_strange_ones();
    const auto said = run({"-o", "jsonl", "replay", "--all"});
    EXPECT_EQ(said.exit, kBroken);
    EXPECT_EQ(std::count(said.out.begin(), said.out.end(), '\n'), 3) << said.out;
    const auto events = store_->load({sound_})->front().events.size();
    EXPECT_NE(
        said.out.find("{\"case\":\"" + sound_.value + "\",\"events\":" + std::to_string(events) +
                      R"(,"result":"equal","differences":[],"error":null})"),
        std::string::npos)
        << said.out;
    EXPECT_NE(said.err.find(" 1 equal, 0 different."), std::string::npos) << said.err;
}

TEST_F(ReplayCommand, gives_each_step_that_differs) {
    const auto step = add_a_case_decided_otherwise();
    const auto said = run({"-o", "json", "replay", "--all"});
    EXPECT_EQ(said.exit, kBroken);
    EXPECT_NE(said.out.find(R"("result":"different","differences":[{"sequence":)" +
                            std::to_string(step) + ",\"what\":\"decision "),
              std::string::npos)
        << said.out;
    EXPECT_NE(said.out.find(R"("recorded":"dikarang","replayed":")"), std::string::npos);
    EXPECT_NE(said.out.find(R"("equal":1,"different":1,"unreplayed":0,"first":{"case":)"),
              std::string::npos);
}

TEST_F(ReplayCommand, of_one_gives_the_same_in_json) {
    add_strange_ones();
    const auto said = run({"-o", "json", "replay", others_.id("asing").value});
    EXPECT_EQ(said.exit, kBroken);
    EXPECT_NE(said.out.find(R"({"cases":0,"events":0,"equal":0,"different":0,"unreplayed":1,)"),
              std::string::npos)
        << said.out;
    const auto sound = run({"-o", "json", "replay", sound_.value});
    EXPECT_EQ(sound.exit, kDone);
    EXPECT_NE(sound.out.find(R"("first":null,"findings":[]})"), std::string::npos) << sound.out;
}

TEST_F(ReplayCommand, of_one_that_cannot_be_replayed_says_why_alone) {
    add_strange_ones();
    const auto said = run({"replay", others_.id("asing").value});
    EXPECT_EQ(said.exit, kBroken);
    EXPECT_NE(said.err.find("are not kept"), std::string::npos) << said.err;
    EXPECT_EQ(said.err.find("cannot be replayed:"), std::string::npos) << said.err;
}

TEST_F(ReplayCommand, of_a_sound_store_says_nothing_of_them) {
    const auto all = run({"replay", "--all"});
    EXPECT_EQ(all.exit, kDone) << all.err;
    EXPECT_EQ(all.err.find("could not"), std::string::npos) << all.err;
    EXPECT_EQ(run({"replay", sound_.value}).exit, kDone);
}

}  // namespace
}  // namespace pintu::cli
