// Every kind of command on a disk that fails at each of its I/Os: whatever was acknowledged is
// there afterwards, nothing is there by half, and the same inputs again end as if nothing had
// happened. Each index of each kind with PINTU_EXHAUSTIVE; else some of them, spread evenly.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "adapters/store/sqlite/admin.hpp"
#include "tests/faults/sqlite_script.hpp"
#include "tests/faults/sqlite_vfs.hpp"
#include "tests/support/files.hpp"

namespace pintu {
namespace {

using testing::Deed;
using testing::Fault;
using testing::Io;
using testing::Outside;
using testing::Process;
using Problems = std::vector<std::string>;

constexpr std::size_t kSpread = 5;  // indexes of a deed in the short form, for each way to fail
constexpr std::int64_t kLongerThanLeases = 60'000;

struct Way {
    const char* name;
    bool lasting = false;  // until the process has gone
    bool torn = false;
    bool full = false;
    bool power = false;   // it goes off
    bool second = false;  // the recovery meets a fault of its own
    bool syncs = false;   // only these fail; the process goes on, and then the power goes off
};
constexpr Way kWays[] = {
    {"once"},
    {"once, torn", false, true},
    {"for ever", true},
    {"for ever, torn", true, true},
    {"full disk", true, false, true},
    {"power cut", true, false, false, true},
    {"power cut, torn", true, true, false, true},
    {"for ever, then at recovery", true, false, false, false, true},
    {"power cut, then at recovery", true, false, false, true, true},
    {"sync, and a power cut after the answer", false, false, false, true, false, true},
};

class SqliteFaults : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        disk_ = &testing::FaultyDisk::install();
        folder_.emplace();
        deeds_ = testing::script(folder_->path());
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static std::string file() { return folder_->at("run.db"); }

    // All I/Os of a deed that goes well.
    static std::vector<Io> ios_of(const Deed& deed) {
        Outside outside = begin(deed);
        disk_->heal();
        Process process(file(), outside);
        EXPECT_EQ(attempt(deed, process, {}), "");
        return disk_->kinds();
    }
    static Outside begin(const Deed& deed) {
        deed.before.put_back(file());
        disk_->settle();
        disk_->heal();
        return deed.before.outside;
    }
    // Once; the fault is in it where it is counted from.
    static std::string attempt(const Deed& deed, Process& process, const Fault& fault) {
        if (deed.starts) disk_->arm(fault);
        if (auto code = process.start(*deed.definitions); !code.empty()) return code;
        if (!deed.starts) disk_->arm(fault);
        return deed.run(process);
    }
    // A process that may try a few times, then is gone.
    static void live(const Deed& deed, Outside& outside, const Fault& fault,
                     std::set<std::string>& codes, bool cut_off = false) {
        Process process(file(), outside);
        std::string code = attempt(deed, process, fault);
        for (int tries = 0; tries < 3 && !code.empty(); ++tries) {
            codes.insert(code);
            if (fault.lasting) return;
            outside.clock_ms += kLongerThanLeases;
            code = process.start(*deed.definitions);
            if (code.empty()) code = deed.run(process);
        }
        if (!code.empty()) outside.broken.push_back("does not recover: " + code);
        if (cut_off) disk_->arm({1, true, false, false, 0});
    }
    static Problems fail_at(const Deed& deed, const Way& way, std::uint64_t n,
                            std::set<std::string>& codes);

    static testing::FaultyDisk* disk_;
    static std::optional<testing::TemporaryFolder> folder_;
    static std::vector<Deed> deeds_;
};
testing::FaultyDisk* SqliteFaults::disk_ = nullptr;
std::optional<testing::TemporaryFolder> SqliteFaults::folder_;
std::vector<Deed> SqliteFaults::deeds_;

Problems SqliteFaults::fail_at(const Deed& deed, const Way& way, std::uint64_t n,
                               std::set<std::string>& codes) {
    Outside outside = begin(deed);
    live(deed, outside, {n, way.lasting, way.torn, way.full, 0}, codes, way.syncs);
    if (way.power) disk_->cut_power(n);
    if (way.second) {
        outside.clock_ms += kLongerThanLeases;
        live(deed, outside, {1 + n * 7919 % 60, true, n % 2 == 0, false, 0}, codes);
        if (way.power) disk_->cut_power(n + 1);
    }
    disk_->heal();
    auto found = testing::problems(file(), outside);
    if (!found.empty()) return found;
    outside.clock_ms += kLongerThanLeases;
    live(deed, outside, {}, codes);
    found = testing::problems(file(), outside);
    const std::string end = testing::ended(file(), outside);
    if (end != deed.end) found.push_back("ends otherwise:\n" + end + "instead of\n" + deed.end);
    return found;
}

// Those of a deed's I/Os that are tried: all, or some of them and the last.
std::vector<std::uint64_t> indexes(const std::vector<Io>& ios, const Way& way) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t n = 1; n <= ios.size(); ++n)
        if (way.syncs              ? ios[n - 1] == Io::sync
            : way.torn || way.full ? ios[n - 1] == Io::write
                                   : true)
            all.push_back(n);
    if (std::getenv("PINTU_EXHAUSTIVE") != nullptr || all.size() <= kSpread) return all;
    std::vector<std::uint64_t> some;
    for (std::size_t i = 0; i < kSpread; ++i)
        some.push_back(all[i * (all.size() - 1) / (kSpread - 1)]);
    return some;
}

std::string joined(const Problems& problems) {
    std::string all;
    for (const auto& one : problems) all += one + "\n";
    return all;
}

TEST_F(SqliteFaults, at_any_io_of_any_command_lose_nothing_and_leave_nothing_by_half) {
    std::size_t points = 0;
    std::size_t failed = 0;
    for (const auto& deed : deeds_) {
        const auto ios = ios_of(deed);
        std::size_t here = 0;
        for (const auto& way : kWays) {
            std::set<std::string> codes;
            for (const auto n : indexes(ios, way)) {
                ++here;
                const auto found = fail_at(deed, way, n, codes);
                if (found.empty()) continue;
                if (++failed <= 10)
                    ADD_FAILURE() << deed.name << ", " << way.name << " at " << n << " of "
                                  << ios.size() << "\n"
                                  << joined(found);
            }
            for (const auto& code : codes)
                EXPECT_TRUE(code == "ST001" || code == "ST002" || code == "ST004" ||
                            code == "ST010" || code == "ST035")
                    << deed.name << ", " << way.name << ": " << code;
        }
        std::printf("%s: %zu I/Os, %zu points\n", deed.name.c_str(), ios.size(), here);
        points += here;
    }
    EXPECT_EQ(failed, 0U);
    RecordProperty("points", static_cast<int>(points));
    std::printf("%zu points in all\n", points);
}

// Power goes off when all is done and answered, before the process has gone.
std::size_t lost_after_power_cut(testing::FaultyDisk& disk, const Deed& deed,
                                 const std::string& file, bool durable) {
    std::size_t lost = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        deed.before.put_back(file);
        disk.settle();
        disk.heal();
        Outside outside = deed.before.outside;
        {
            Process process(file, outside, durable);
            EXPECT_EQ(process.start(*deed.definitions), "");
            EXPECT_EQ(deed.run(process), "");
            disk.arm({1, true, false, false, 0});
        }
        disk.cut_power(seed);
        disk.heal();
        if (!testing::problems(file, outside).empty()) ++lost;
    }
    return lost;
}

TEST_F(SqliteFaults, of_power_after_the_answer_lose_nothing) {
    for (const auto& deed : deeds_)
        EXPECT_EQ(lost_after_power_cut(*disk_, deed, file(), true), 0U) << deed.name;
}

// Those that somebody is told about at once.
std::vector<const Deed*> telling(const std::vector<Deed>& deeds) {
    std::vector<const Deed*> found;
    for (const auto& deed : deeds)
        if (deed.name == "intake" || deed.name == "act" || deed.name == "erase")
            found.push_back(&deed);
    return found;
}

// Negative controls: the tests above would see it.
TEST_F(SqliteFaults, are_seen_where_a_disk_ignores_syncs) {
    disk_->ignore_syncs(true);
    for (const auto* deed : telling(deeds_))
        EXPECT_GT(lost_after_power_cut(*disk_, *deed, file(), true), 0U) << deed->name;
    disk_->ignore_syncs(false);
}

TEST_F(SqliteFaults, are_seen_where_a_store_does_not_wait_for_the_disk) {
    for (const auto* deed : telling(deeds_))
        EXPECT_GT(lost_after_power_cut(*disk_, *deed, file(), false), 0U) << deed->name;
}

}  // namespace
}  // namespace pintu
