// Replay from memory on one core: a store's histories folded, and folded + hashed + worked out anew
// (decisions, moves and clocks under their pinned definitions, each hash checked against the next
// event's `previous`). Events are decoded beforehand; reading them from their bytes is told apart.
//
//   replay_bench STORE [EVENTS]     STORE as `pintu run` leaves it, e.g. sqlite:var/pintu.db
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "adapters/store/store.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/history/codec.hpp"
#include "engine/replay/replay.hpp"

namespace pintu {
namespace {

struct History {
    std::vector<std::string> bytes;
    std::vector<cases::Event> events;
};

template <class T>
T require(Result<T> result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "replay_bench: %s: %s\n", what, result.error().code.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

std::vector<History> read_histories(ports::EventStore& store) {
    std::vector<History> histories;
    ports::CaseFilter filter;
    for (;;) {
        const auto rows = require(store.list(filter), "list");
        if (rows.empty()) return histories;
        for (const auto& row : rows) {
            History& history = histories.emplace_back();
            history.events = require(store.load({row.id}), "load")[0].events;
            for (const auto& event : history.events) {
                history.bytes.push_back(history::encode(event));
            }
        }
        filter.after = rows.back().id;
    }
}

replay::Archive archive_of(ports::EventStore& store) {
    return replay::Archive(
        [&](const BundleHash& hash) -> Result<std::optional<bundle::Definitions>> {
            auto set = require(store.load_definitions(hash), "definitions");
            if (!set) return std::optional<bundle::Definitions>();
            bundle::Definitions files;
            for (auto& file : set->files) files.files.push_back({file.path, std::move(file.bytes)});
            return std::optional(std::move(files));
        });
}

// Events a second of CPU over all histories, again and again until `least` events.
template <class Each>
double rate(const std::vector<History>& histories, std::size_t least, Each each) {
    std::size_t events = 0;
    const auto start = std::clock();
    while (events < least) {
        for (const auto& history : histories) {
            each(history);
            events += history.events.size();
        }
    }
    return static_cast<double>(events) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - start);
}

void check(bool sound, const char* what) {
    if (sound) return;
    std::fprintf(stderr, "replay_bench: %s\n", what);
    std::exit(1);
}

Digest hash_all(const History& history) {
    Digest last{};
    for (std::size_t i = 0; i < history.bytes.size(); ++i) {
        check(history.events[i].previous == last, "the chain is broken");
        last = history::leaf_hash(history.bytes[i]);
    }
    return last;
}

void work_out_anew(const History& history, replay::Archive& archive) {
    replay::Replayer replayer(archive);
    for (const auto& event : history.events) {
        check(!require(replayer.add(event), "replay"), "a replay differs");
    }
}

}  // namespace
}  // namespace pintu

int main(int argc, char** argv) {
    using namespace pintu;
    if (argc < 2) return std::fprintf(stderr, "usage: replay_bench STORE [EVENTS]\n"), 64;
    const std::size_t least = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000;
    const auto store = require(store::open_store(argv[1], {.read_only = true}), "open");
    const auto histories = read_histories(*store);
    auto archive = archive_of(*store);
    for (const auto& history : histories) work_out_anew(history, archive);  // loads definitions
    std::size_t events = 0;
    std::size_t bytes = 0;
    for (const auto& history : histories) {
        events += history.events.size();
        for (const auto& stored : history.bytes) bytes += stored.size();
    }
    check(events > 0, "the store is empty");
    const double fold = rate(histories, least,
                             [](const auto& h) { check(cases::fold(h.events).sequence > 0, ""); });
    const double decode = rate(histories, least, [](const auto& h) {
        for (const auto& stored : h.bytes) check(history::decode(stored).has_value(), "decode");
    });
    const double hash = rate(histories, least, [](const auto& h) { hash_all(h); });
    const double again = rate(histories, least, [&](const auto& h) { work_out_anew(h, archive); });
    const double all = rate(histories, least, [&](const auto& h) {
        hash_all(h);
        work_out_anew(h, archive);
    });
    std::printf("%zu cases, %zu events, %zu bytes an event; one core, from memory\n",
                histories.size(), events, bytes / events);
    std::printf("fold:                    %10.0f events/s (at least 1000000)\n", fold);
    std::printf("fold + hash + re-decide: %10.0f events/s (at least 300000)\n", all);
    std::printf("  fold + re-decide:      %10.0f events/s\n", again);
    std::printf("  hash:                  %10.0f events/s\n", hash);
    std::printf("reading from bytes:      %10.0f events/s\n", decode);
    return 0;
}
