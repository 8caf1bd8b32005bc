#include "tests/hostile/yard.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

namespace pintu::hostile {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t ms_since(Clock::time_point begun) {
    return std::chrono::duration_cast<plugins::Milliseconds>(Clock::now() - begun).count();
}

std::string words_of(const char* step, const Error& error) {
    return std::string(step) + " " + error.code + " " +
           (error.args.size() > 1 ? error.args[1] : std::string());
}

std::unique_ptr<plugins::Launcher> started(const char* binary) {
    auto made = plugins::Launcher::start(binary);
    if (made) return std::move(*made);
    ADD_FAILURE() << binary << ": " << words_of("launcher", made.error());
    std::abort();
}

}  // namespace

plugins::Answer Counter::ask(std::string_view method, std::string_view document) {
    ++asked[std::string(method)];
    last[std::string(method)] = document;
    if (method == "time.now") return {plugins::Status::ok, R"({"now_us":1773365400000000})", ""};
    if (method == "log.write" || method == "state.put") return {plugins::Status::ok, "{}", ""};
    return {plugins::Status::unknown, std::string(method), ""};
}

plugins::Services::Connection Counter::connect(std::string_view host, std::uint16_t port,
                                               plugins::Milliseconds) {
    last["connection.open"] = std::string(host) + ":" + std::to_string(port);
    if (to_give < 0) return {plugins::Status::refused, "not here", -1};
    return {plugins::Status::ok, "", std::exchange(to_give, -1)};
}

std::string file_of(const std::string& plugin) {
    return std::string(PINTU_HOSTILE_FOLDER) + "/" + plugin + "/lib" + plugin + ".so";
}

plugins::Launch launch_of(const std::string& plugin) {
    plugins::Launch launch;
    launch.name = plugin;
    launch.file = file_of(plugin);
    launch.confinement.memory_mb = 128;
    return launch;
}

plugins::Launcher& launcher() {
    static const auto kLauncher = started(PINTU_HOST);
    return *kLauncher;
}

plugins::Launcher& unconfined_launcher() {
    static const auto kLauncher = started(PINTU_HOST_UNCONFINED);
    return *kLauncher;
}

Tried try_out(plugins::Launcher& launcher, const plugins::Launch& launch,
              plugins::Services& services, const std::string& question, const Patience& patience) {
    auto begun = Clock::now();
    const auto tried = [&](const std::string& outcome) { return Tried{outcome, ms_since(begun)}; };
    auto guest = launcher.launch(launch, services);
    if (!guest) return tried(words_of("launch", guest.error()));
    const auto ready = (*guest)->start("{}", patience.start);
    if (!ready) {
        const auto again = (*guest)->call("fact.answer", question, patience.call);
        EXPECT_TRUE(!again && again.error().code == "PL005");
        return tried(words_of("start", ready.error()));
    }
    begun = Clock::now();
    const auto answer = (*guest)->call("fact.answer", question, patience.call);
    if (!answer) return tried(words_of("call", answer.error()));
    const auto outcome = answer->status == plugins::Status::ok
                             ? "ok:" + answer->document
                             : "status " + std::to_string(static_cast<int>(answer->status));
    const Tried done = tried(outcome);
    begun = Clock::now();
    (*guest)->stop(patience.stop);
    EXPECT_LT(ms_since(begun), patience.stop.count() + 1'000);
    return done;
}

int rounds() {
    if (kSanitized) return 2;
    return std::getenv("PINTU_SOAK") != nullptr ? 100 : 10;
}

}  // namespace pintu::hostile
