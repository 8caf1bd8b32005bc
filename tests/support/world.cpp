#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

void sort_files(bundle::Definitions& definitions) {
    std::sort(definitions.files.begin(), definitions.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
}

std::string told(const Diagnostics& diagnostics, const SourceSet& sources) {
    std::string out;
    for (const auto& item : diagnostics.sorted())
        out += sources.place(item.span) + " " + item.code + " " +
               messages::render(item, messages::Language::english).message + "\n";
    return out;
}

const char* yes(bool value) {
    return value ? "yes" : "no";
}

struct Line {
    std::string operator()(const cases::Received& e) const {
        return e.agency.value + " " + e.channel + " " + e.external_id;
    }
    std::string operator()(const cases::FactRecorded& e) const { return e.name + "=" + e.value; }
    std::string operator()(const cases::Decided& e) const { return e.decision + "=" + e.value; }
    std::string operator()(const cases::Transitioned& e) const {
        return e.from + " -" + e.name + "-> " + e.to;
    }
    std::string operator()(const cases::ApprovalAsked& e) const { return e.name; }
    std::string operator()(const cases::ApprovalRefused& e) const { return e.name; }
    std::string operator()(const cases::Assigned& e) const { return e.owner.value + " " + e.why; }
    std::string operator()(const cases::ClockStarted& e) const {
        return e.clock + " " + e.lasts + " due " + to_string(e.due, 8 * 3600);
    }
    std::string operator()(const cases::ClockPaused& e) const { return e.clock; }
    std::string operator()(const cases::ClockResumed& e) const {
        return e.clock + " due " + to_string(e.due, 8 * 3600);
    }
    std::string operator()(const cases::ClockRecomputed& e) const {
        return e.clock + " " + e.why + " due " + to_string(e.due, 8 * 3600);
    }
    std::string operator()(const cases::ClockFired& e) const {
        std::string line = e.clock + " " + std::to_string(e.percent) + "%";
        if (e.repeat > 0) line += " again " + std::to_string(e.repeat);
        line += " " + e.action + " " + e.whom + ":";
        for (const auto& id : e.persons) line += " " + id.value;
        return line;
    }
    std::string operator()(const cases::ClockStopped& e) const {
        return e.clock + " on time: " + yes(e.on_time);
    }
    std::string operator()(const cases::EvidenceAdded& e) const { return e.kind; }
    std::string operator()(const cases::Linked& e) const { return e.relation; }
    std::string operator()(const cases::PrivacyChanged& e) const {
        return std::string("anonim: ") + yes(e.anonim) + " rahasia: " + yes(e.rahasia);
    }
    std::string operator()(const cases::Corrected& e) const {
        return e.name + " " + e.old_value + " -> " + e.value;
    }
    std::string operator()(const cases::Transferred& e) const {
        return e.to.value + " hops " + std::to_string(e.hops);
    }
    std::string operator()(const cases::EffectRequested& e) const { return e.kind + " " + e.whom; }
    std::string operator()(const cases::EffectFailed& e) const { return e.why; }
    std::string operator()(const cases::Rated& e) const { return std::to_string(e.stars); }
    std::string operator()(const cases::Migrated& e) const {
        return e.from_state + " -> " + e.to_state;
    }
    template <class T>
    std::string operator()(const T&) const {
        return "";
    }
};

}  // namespace

bundle::Definitions read_fixture(const std::string& fixture) {
    const fs::path root = fs::path(PINTU_SOURCE_DIR) / fixture;
    bundle::Definitions definitions;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            definitions.files.push_back({fs::relative(entry.path(), root).generic_string(),
                                         read_file(entry.path().string())});
    sort_files(definitions);
    for (const auto& zone : bundle::zones_named(definitions))
        definitions.files.push_back({"zoneinfo/" + zone, read_file("/usr/share/zoneinfo/" + zone)});
    sort_files(definitions);
    return definitions;
}

bundle::Definitions with_files(bundle::Definitions definitions,
                               const std::map<std::string, std::string>& files) {
    for (const auto& [path, bytes] : files) {
        std::erase_if(definitions.files, [&](const auto& file) { return file.path == path; });
        if (!bytes.empty()) definitions.files.push_back({path, bytes});
    }
    sort_files(definitions);
    return definitions;
}

runtime::Loadout loadout_of(const bundle::Definitions& definitions, Date today) {
    Diagnostics diagnostics;
    auto sources = std::make_shared<SourceSet>();
    bundle::LoadOptions options;
    options.today = today;
    auto library = bundle::load(definitions, options, sources, diagnostics);
    EXPECT_TRUE(library.has_value()) << told(diagnostics, *sources);
    if (!library) std::abort();
    return {definitions, std::make_shared<const bundle::Library>(std::move(*library)), today};
}

const runtime::Loadout& kasus() {
    static const runtime::Loadout kLoadout =
        loadout_of(read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1));
    return kLoadout;
}

Instant at(const std::string& rfc3339) {
    const auto instant = parse_instant(
        rfc3339.find('T') == std::string::npos ? rfc3339 + "T09:00:00+08:00" : rfc3339 + "+08:00");
    EXPECT_TRUE(instant.has_value()) << rfc3339;
    return instant.value_or(Instant{});
}

World::World(const runtime::Loadout& loadout, runtime::Settings settings,
             std::shared_ptr<ports::EventStore> where, ports::FactSource* facts)
    : store(std::move(where)),
      runtime({*store, entropy, connector, log, facts}, std::move(settings)) {
    const auto published = runtime.publish(loadout);
    EXPECT_TRUE(published.has_value());
}

runtime::IntakeAnswer World::answer(const cases::Report& report, const std::string& now) {
    auto answers = runtime.intake({report}, {}, at(now));
    EXPECT_TRUE(answers.has_value());
    return answers ? answers->front() : runtime::IntakeAnswer{};
}

CaseId World::report(const cases::Report& report, const std::string& now) {
    const auto given = answer(report, now);
    EXPECT_EQ(given.status, runtime::IntakeAnswer::Status::accepted)
        << (given.errors.empty() ? "" : given.errors.front().code);
    return given.case_id;
}

void World::play(const std::string& until) {
    const Instant end = at(until);
    for (;;) {
        const auto due = runtime.next_due();
        ASSERT_TRUE(due.has_value());
        if (!*due || **due > end) break;
        ASSERT_TRUE(runtime.run_until_idle(**due).has_value());
    }
    ASSERT_TRUE(runtime.run_until_idle(end).has_value());
}

ports::CommandOutcome World::perform(const CaseId& id, cases::Actor actor, cases::Body body,
                                     const std::string& now) {
    static int commands = 0;  // worlds may share a store
    const CommandId command(id.value + "-test-" + std::to_string(++commands));
    auto outcome = runtime.perform({command, id, std::move(actor), std::move(body)}, at(now));
    EXPECT_TRUE(outcome.has_value());
    return outcome ? *outcome : ports::CommandOutcome{};
}

ports::CommandOutcome World::act(const CaseId& id, const std::string& who, const std::string& event,
                                 cases::Answers answers, const std::string& now) {
    return perform(id, who == "pelapor" ? reporter() : person(who),
                   cases::Act{event, std::move(answers)}, now);
}

cases::State World::state(const CaseId& id) {
    auto found = runtime.find(id);
    EXPECT_TRUE(found.has_value() && found->has_value());
    return found && *found ? **found : cases::State{};
}

std::string World::story(const CaseId& id) {
    auto stored = store->load({id});
    if (!stored) return "?";
    std::string out;
    for (const auto& event : stored->front().events) out += line_of(event) + "\n";
    return out;
}

cases::Actor person(const std::string& id) {
    return {cases::Actor::Kind::person, id};
}

cases::Actor reporter() {
    return {cases::Actor::Kind::reporter, ""};
}

cases::Report road_hole(const std::string& external_id) {
    cases::Report report;
    report.channel = "sms";
    report.external_id = external_id;
    report.judul = "Jalan berlubang";
    report.isi = "Jalan berlubang depan SD 012, sudah dua minggu.";
    report.region = "64.09.01";
    report.lat_udeg = -1'290'000;
    report.lon_udeg = 116'700'000;
    report.reporter_name = "Budi";
    report.reporter_phone = "0812";
    report.fields = {{"status_jalan", "kabupaten"}};
    return report;
}

std::string line_of(const cases::Event& event) {
    const std::string type =
        std::visit([](const auto& payload) { return std::string(payload.kType); }, event.payload);
    const std::string words = std::visit(Line{}, event.payload);
    return std::to_string(event.sequence) + " " + type + (words.empty() ? "" : " " + words);
}

}  // namespace pintu::testing
