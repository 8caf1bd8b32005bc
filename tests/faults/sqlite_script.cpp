#include "tests/faults/sqlite_script.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/store/sqlite/admin.hpp"
#include "engine/cases/command/codec.hpp"
#include "tests/support/files.hpp"
#include "tests/support/old_sqlite.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIncident = "64.09-incident";
constexpr const char* kEnds[] = {"", "-wal", "-journal"};

const runtime::Loadout& first_definitions() {
    static const runtime::Loadout kLoadout =
        loadout_of(read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1));
    return kLoadout;
}

// Another holiday, so that clocks move.
const runtime::Loadout& later_definitions() {
    static const runtime::Loadout kLoadout = [] {
        auto definitions = read_fixture("tests/fixtures/kasus");
        const std::string path = "workflows/nasional/calendar-2026.yaml";
        std::string calendar;
        for (const auto& file : definitions.files)
            if (file.path == path) calendar = file.bytes;
        const std::string day = "  2026-03-17: {name: Libur, source: SKB 1/2026, kind: nasional}\n";
        calendar.insert(calendar.find("  2026-03-18"), day);
        return loadout_of(with_files(std::move(definitions), {{path, calendar}}),
                          *make_date(2026, 1, 1));
    }();
    return kLoadout;
}

cases::Report far_away(const std::string& external_id) {
    cases::Report report = road_hole(external_id);
    report.isi = "Lampu mati";
    report.lat_udeg = -1'000'000;
    return report;
}

using Answers = cases::Answers;
using Code = std::string;

Code publish_first(Process& process) {
    return process.publish(first_definitions());
}

Code take_in(Process& process) {
    return process.intake({road_hole("a"), road_hole("b"), far_away("c")}, "2026-03-02");
}

Code act(Process& process) {
    const std::string now = "2026-03-03";
    const cases::Act forward{"teruskan", Answers{{"kelas", "ringan"}}};
    const cases::Act transfer{"alihkan", Answers{{"alasan", "jauh"}, {"tujuan", "64"}}};
    const CommandId first("64.09-act-a");
    const CommandId second("64.09-act-c");
    Code code = process.submit(first, "a", "p-001", forward, now);
    if (code.empty()) code = process.submit(second, "c", "p-001", transfer, now);
    if (code.empty()) code = process.turns(&runtime::Runtime::decide_step, now);
    if (code.empty()) code = process.hear(first);
    if (code.empty()) code = process.hear(second);
    return code.empty() ? process.all_decided() : code;
}

Code send(Process& process) {
    return process.turns(&runtime::Runtime::send_step, "2026-03-03");
}

Code perform(Process& process) {
    const cases::Act answer{"jawab", Answers{{"jawaban", "beres"}, {"foto", "a.jpg"}}};
    return process.perform(CommandId("64.09-perform"), "a", "p-011", answer, "2026-03-05");
}

Code timers(Process& process) {
    return process.play("2026-03-13");
}

Code publish_later(Process& process) {
    if (auto code = process.publish(later_definitions()); !code.empty()) return code;
    return process.turns(&runtime::Runtime::follow_step, "2026-03-13");
}

Code retry(Process& process) {
    if (auto code = process.retry(kIncident, "2026-03-14"); !code.empty()) return code;
    return process.turns(&runtime::Runtime::decide_step, "2026-03-14");
}

Code erase(Process& process) {
    return process.perform(CommandId("64.09-erase"), "b", "p-001", cases::Erase{"diminta"},
                           "2026-03-15");
}

Code go_on(Process& process) {
    return process.intake({far_away("d")}, "2026-03-16");
}

// Whoever has a backup can go back to all that was acknowledged when it was made.
Code back_up(Process& process) {
    const std::string backup = process.file() + ".backup";
    if (!process.outside.ledger.backed_up) {
        fs::remove(backup);
        const auto made = store::backup_sqlite(process.file(), backup);
        if (!made && fs::exists(backup)) process.outside.broken.push_back("half a backup");
        if (!made) return made.error().code;
        process.outside.ledger.backed_up = true;
    }
    return "";
}

// What a person has to look at, with a command to try again.
void add_incident(const std::string& file, const Outside& outside) {
    ports::Incident incident;
    incident.id = kIncident;
    incident.agency = AgencyCode("64.09");
    incident.case_id = outside.ledger.accepted.at("b");
    incident.at = at("2026-03-13");
    incident.what = "command";
    incident.code = "RT029";
    incident.command =
        cases::encode({{}, incident.case_id, person("p-001"), cases::Comment{"catatan"}});
    ports::Commit commit;
    commit.incidents.push_back(incident);
    EXPECT_TRUE((*store::open_store("sqlite:" + file))->commit(commit)->kept());
}

class Writer {
  public:
    explicit Writer(const std::string& folder) : file_(folder + "/script.db") {}

    // Done after what was done before.
    void then(const std::string& name, std::function<Code(Process&)> run) {
        Deed deed{name, definitions_, false, std::move(run), Moment::of(file_, outside_), ""};
        deed.starts = deeds_.empty();
        finish(std::move(deed), outside_);
    }
    // Done from here as well; what follows does not build on it.
    void aside(const std::string& name, std::function<Code(Process&)> run,
               const std::function<void(const std::string&, Outside&)>& prepare, bool starts) {
        const Moment here = Moment::of(file_, outside_);
        Outside other = outside_;
        prepare(file_, other);
        Deed deed{name, definitions_, starts, std::move(run), Moment::of(file_, other), ""};
        finish(std::move(deed), other);
        here.put_back(file_);
    }
    void definitions(const runtime::Loadout& loadout) { definitions_ = &loadout; }
    const std::string& file() const { return file_; }
    const Outside& outside() const { return outside_; }
    std::vector<Deed> take() { return std::move(deeds_); }

  private:
    void finish(Deed deed, Outside& outside) {
        deed.before.put_back(file_);
        {
            Process process(file_, outside);
            EXPECT_EQ(process.start(*deed.definitions), "") << deed.name;
            EXPECT_EQ(deed.run(process), "") << deed.name;
        }
        EXPECT_EQ(problems(file_, outside), std::vector<std::string>{}) << deed.name;
        deed.end = ended(file_, outside);
        deeds_.push_back(std::move(deed));
    }

    std::string file_;
    Outside outside_;
    const runtime::Loadout* definitions_ = &first_definitions();
    std::vector<Deed> deeds_;
};

void make_old(const std::string& file, Outside&) {
    make_version_1(file, file + ".old");
    fs::rename(file + ".old", file);
}

// A process that was killed: what it wrote lies in the journal only.
void leave_journal(const std::string& file, Outside& outside) {
    Moment killed;
    {
        Process process(file, outside);
        EXPECT_EQ(process.start(first_definitions()), "");
        EXPECT_EQ(process.intake({far_away("e")}, "2026-03-06"), "");
        killed = Moment::of(file, outside);
    }
    EXPECT_TRUE(killed.files.contains("-wal"));
    killed.put_back(file);
}

}  // namespace

Moment Moment::of(const std::string& file, const Outside& outside) {
    Moment moment{{}, outside};
    for (const char* end : kEnds)
        if (fs::exists(file + end)) moment.files[end] = read_file(file + end);
    return moment;
}

void Moment::put_back(const std::string& file) const {
    for (const char* end : {"", "-wal", "-journal", "-shm"}) fs::remove(file + end);
    for (const auto& [end, bytes] : files) write_file(file + end, bytes);
}

std::vector<Deed> script(const std::string& folder) {
    const auto nothing = [](const std::string&, Outside&) {};
    Writer writer(folder);
    writer.then("begin", publish_first);
    writer.then("intake", take_in);
    writer.then("act", act);
    writer.then("send", send);
    writer.then("perform", perform);
    writer.aside("recover", go_on, leave_journal, true);
    writer.aside("migrate", go_on, make_old, true);
    writer.aside("back up", back_up, nothing, false);
    writer.then("timers", timers);
    writer.then("publish", publish_later);
    writer.definitions(later_definitions());
    add_incident(writer.file(), writer.outside());
    writer.then("retry", retry);
    writer.then("erase", erase);
    return writer.take();
}

}  // namespace pintu::testing
