// A call of a plugin in this process against a direct call through its table: what the engine's
// side adds (deadline, checks, the answer as a value of its own).
//   call_bench FILE     a plugin that answers facts
#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/in_process.hpp"

namespace {

using namespace pintu::plugins;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 21;
constexpr int kCalls = 100'000;
constexpr std::string_view kQuestion =
    R"({"fact":"jujur","arguments":{"isi":"Jalan berlubang di depan SD 012"}})";

class NoServices : public Services {
    Answer ask(std::string_view, std::string_view) override { return {Status::refused, "", ""}; }
    Connection connect(std::string_view, std::uint16_t, Milliseconds) override { return {}; }
};

// Nanoseconds a call: the median of the rounds.
template <class Call>
double nanoseconds(Call call) {
    std::vector<double> rounds;
    for (int round = 0; round < kRounds; ++round) {
        const auto began = Clock::now();
        for (int i = 0; i < kCalls; ++i) call();
        const std::chrono::duration<double, std::nano> took = Clock::now() - began;
        rounds.push_back(took.count() / kCalls);
    }
    std::sort(rounds.begin(), rounds.end());
    return rounds[kRounds / 2];
}

std::int32_t keep(void* owner, pintu_text piece) {
    static_cast<std::string*>(owner)->append(piece.data, piece.size);
    return PINTU_OK;
}

const void* no_service(void*, pintu_text) {
    return nullptr;
}

// As little as a caller can do.
double direct(const char* file) {
    void* const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library) return -1;
    const auto entry = reinterpret_cast<pintu_entry_function>(dlsym(library, PINTU_ENTRY_NAME));
    const pintu_plugin* plugin = entry(PINTU_ABI);
    const pintu_host host{sizeof host, PINTU_ABI, nullptr, no_service};
    std::string answer;
    pintu_sink sink{sizeof sink, 0, &answer, keep};
    void* instance = nullptr;
    if (plugin->start(&host, {"{}", 2}, &sink, &instance) != PINTU_OK) return -1;
    const pintu_text id{PINTU_FACT_1, sizeof PINTU_FACT_1 - 1};
    const auto* fact = static_cast<const pintu_fact_1*>(plugin->extension(instance, id));
    return nanoseconds([&] {
        answer.clear();
        fact->answer(instance, {kQuestion.data(), kQuestion.size()}, &sink);
    });
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 64;
    NoServices services;
    const auto file = std::filesystem::absolute(arguments[1]).string();
    auto guest = make_in_process_guest({"bench", file, "/tmp"}, services);
    const auto started = guest->start("{}", Milliseconds(1000));
    if (!started) return std::printf("%s\n", started.error().code.c_str()), 1;
    std::size_t bytes = 0;
    const auto call = [&] {
        const auto answer = guest->call("fact.answer", kQuestion, Milliseconds(200));
        if (answer) bytes += answer->document.size();
    };
    const double by_table = direct(arguments[1]);
    const double by_guest = nanoseconds(call);
    std::printf("a call in process: %.1f ns; direct: %.1f ns; over it: %.1f ns (wanted: 100)\n",
                by_guest, by_table, by_guest - by_table);
    return bytes > 0 && by_table > 0 ? 0 : 1;
}
