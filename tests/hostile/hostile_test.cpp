#include <gtest/gtest.h>

#include <regex>

#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

struct Attack {
    const char* plugin;
    const char* outcome;  // a regular expression for Tried::outcome
};

const std::vector<Attack>& attacks() {
    static const std::vector<Attack> kAttacks = {
        {"crash_constructor", "start PL002 signal 11 .SIGSEGV."},
        {"crash_entry", "start PL002 signal 11 .SIGSEGV."},
        {"crash_start", "start PL002 signal 11 .SIGSEGV."},
        {"crash_call", "call PL002 signal 11 .SIGSEGV."},
        {"crash_stop", "ok:fine"},
        {"crash_destructor", "ok:fine"},
        {"hang_constructor", "start PL001 .*"},
        {"hang_entry", "start PL001 .*"},
        {"hang_start", "start PL001 .*"},
        {"hang_call", "call PL001 .*"},
        {"hang_stop", "ok:fine"},
        {"hang_destructor", "ok:fine"},
        {"fork_bomb", "ok:denied"},
        {"thread_bomb", "ok:denied"},
        {"memory_bomb", "ok:denied"},
        {"stack_overflow", "call PL002 signal 11 .SIGSEGV."},
        {"exits", "call PL002 exit code 3"},
        {"exits_at_once", "call PL002 exit code 0"},
        {"aborts", "call PL002 signal 6 .SIGABRT."},
        {"throws", "call PL003 exception: thrown"},
        {"throws_loading", "start PL002 signal 6 .SIGABRT."},
        {"ignores_signals", "call PL001 .*"},
        {"alarm", "call PL002 signal 14 .SIGALRM."},
        {"own_sqlite", "ok:fine"},
        {"forged_length", "call PL004 .*"},
        {"forged_kind", "call PL003 frame 99.*"},
        {"forged_status", "call PL003 frame 19, status 77"},
        {"half_a_frame", "call PL001 .*"},
        {"two_answers", "ok:one"},
        {"late_answer", "call PL003 id 1"},
        {"early_answer", "call PL003 id 3"},
        {"forges_ready", "start PL003 ready"},
        {"null_answer", "status 5"},
        {"long_answer", "status 5"},
        {"huge_answer", "status 5"},
        {"odd_status", "call PL003 status 4711"},
        {"invalid_utf8", "ok:\xff\xfe\xc0\x80"},
        {"wrong_json", "ok:\\{\"value\": \\[\\[\\["},
        {"writes_to_descriptors", "call PL00[34] .*"},
        {"closes_descriptors", "call PL002 closed its connection"},
        {"opens_shadow", "ok:denied"},
        {"lists_folders", "ok:denied"},
        {"makes_sockets", "ok:denied"},
        {"connects", "ok:denied"},
        {"runs_a_shell", "call PL002 signal 31 .SIGSYS."},
        {"traces_its_parent", "call PL002 signal 31 .SIGSYS."},
        {"new_namespaces", "call PL002 signal 31 .SIGSYS."},
        {"kills_others", "ok:denied"},
        {"signals_by_fcntl", "ok:denied"},
        {"deletes_itself", "ok:denied"},
        {"writes_memory", "ok:denied"},
        {"maps_code", "ok:denied"},
        {"loads_more", "ok:denied"},
        {"raises_limits", "ok:denied"},
        {"service_flood", "call PL001 .*"},
        {"log_flood", "ok:fine"},
        {"huge_service", "ok:denied"},
        {"state_path", "ok:fine"},
        {"refuses", "start PL016 tidak mau"},
        {"forks_loading", "ok:denied"},
        {"runs_loading", "start PL002 signal 31 .SIGSYS."},
    };
    return kAttacks;
}

// Little where it would be waited for in vain.
Patience patience_with(const Attack& attack) {
    const std::string_view outcome = attack.outcome;
    Patience patience;
    if (outcome.starts_with("start PL001")) patience.start = plugins::Milliseconds(200);
    if (outcome.starts_with("call PL001")) patience.call = plugins::Milliseconds(200);
    if (std::string_view(attack.plugin).starts_with("hang_"))
        patience.stop = plugins::Milliseconds(100);
    return patience;
}

class Hostile : public ::testing::TestWithParam<Attack> {};

TEST_P(Hostile, plugin_costs_its_own_call_and_nothing_else) {
    const Attack& attack = GetParam();
    if (kSanitized && std::string_view(attack.plugin) == "memory_bomb")
        GTEST_SKIP() << "a sanitizer has its memory without limit";
    const Patience patience = patience_with(attack);
    Counter services;
    for (int round = 0; round < rounds(); ++round) {
        const Tried tried = try_out(launcher(), launch_of(attack.plugin), services, "{}", patience);
        EXPECT_TRUE(std::regex_match(tried.outcome, std::regex(attack.outcome)))
            << attack.plugin << ": " << tried.outcome;
        const Tried next = try_out(launcher(), launch_of("good"), services);
        EXPECT_EQ(next.outcome, "ok:fine");
        if (HasFailure()) return;
    }
}

INSTANTIATE_TEST_SUITE_P(Each, Hostile, ::testing::ValuesIn(attacks()),
                         [](const auto& attack) { return std::string(attack.param.plugin); });

}  // namespace
}  // namespace pintu::hostile
