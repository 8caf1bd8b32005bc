#include "tests/bench/durable/agencies.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/messages/messages.hpp"

namespace pintu::bench {
namespace {

constexpr std::size_t kRegenciesOfProvince = 16;
constexpr std::size_t kFirstProvince = 11;
constexpr const char* kZone = "Asia/Makassar";

constexpr const char* kSchema = R"(schema: laporan
fields:
  isi: {type: text}
  wilayah: {type: region, from: place.region}
end: laporan
)";

constexpr const char* kCalendar = R"(calendar: nasional
zone: Asia/Makassar
opens: "07:30"
closed: [saturday, sunday]
holidays: {}
provisional: [2024, 2025, 2026, 2027, 2028]
end: nasional
)";

constexpr const char* kRules = R"(ruleset dasar from 2020-01-01
schema laporan

decide pemilik : unit  first
  otherwise even if unknown -> kantor
)";

constexpr const char* kWorkflow = R"(workflow: pengaduan
title: Alur
intake:
  key: [channel, external_id]
first: received
clocks:
  sla: {start: received, stop: [closed], lasts: 3 days, at: {100%: {escalate: petugas of agency}}}
states:
  received:
    do: [ACKNOWLEDGE]
    task: {by: petugas of agency}
    on: {verify: {to: verified}}
  verified:
    task: {by: petugas of agency}
    on: {disposition: {to: dispositioned}}
  dispositioned:
    task: {by: petugas of agency}
    on: {start: {to: in_progress}}
  in_progress:
    task: {by: petugas of agency}
    on: {answer: {to: answered}}
  answered:
    task: {by: petugas of agency}
    on: {close: {to: closed}}
  closed:
    final: true
end: pengaduan
)";

std::string two_digits(std::size_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string workflow(bool effects) {
    std::string text = kWorkflow;
    const std::string line = "    do: [ACKNOWLEDGE]\n";
    return text.replace(text.find(line), line.size(), effects ? "    do: [acknowledge]\n" : "");
}

std::string zone_bytes() {
    std::ifstream in(std::string("/usr/share/zoneinfo/") + kZone, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bundle::Definitions definitions(std::size_t count, bool effects) {
    std::string regions = "code,name\n";
    std::set<std::string> provinces;
    bundle::Definitions made;
    const auto add = [&](std::string path, std::string bytes) {
        made.files.push_back({std::move(path), std::move(bytes)});
    };
    for (const auto& agency : agency_codes(count)) {
        const std::string& code = agency.value;
        if (const auto province = code.substr(0, 2); provinces.insert(province).second)
            regions += province + ",Provinsi " + province + "\n";
        regions += code + ",Kabupaten " + code + "\n";
        const std::string folder = "workflows/" + code + "/";
        add(folder + "registry.yaml",
            "registry: " + code + "\nname: Kabupaten " + code +
                "\nunits:\n  kantor: {name: Kantor, receives: all, staffed: {from: 2020-01-01}}\n"
                "end: " +
                code + "\n");
        add(folder + "people.yaml",
            "people:\n  p-001: {unit: kantor, roles: [petugas], from: 2020-01-01}\nend: people\n");
    }
    add("rules/nasional/dasar.rules", kRules);
    add("workflows/nasional/calendar.yaml", kCalendar);
    add("workflows/nasional/categories.csv", "code,name\nlainnya,Lainnya\n");
    add("workflows/nasional/pengaduan.yaml", workflow(effects));
    add("workflows/nasional/regions.csv", regions);
    add("workflows/nasional/schema.yaml", kSchema);
    add(std::string("zoneinfo/") + kZone, zone_bytes());
    std::sort(made.files.begin(), made.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return made;
}

}  // namespace

std::vector<AgencyCode> agency_codes(std::size_t count) {
    std::vector<AgencyCode> codes;
    for (std::size_t i = 0; i < count; ++i)
        codes.emplace_back(std::to_string(kFirstProvince + i / kRegenciesOfProvince) + "." +
                           two_digits(1 + i % kRegenciesOfProvince));
    return codes;
}

runtime::Loadout load_agencies(std::size_t count, Date today, bool effects) {
    auto files = definitions(count, effects);
    Diagnostics diagnostics;
    auto sources = std::make_shared<SourceSet>();
    bundle::LoadOptions options;
    options.today = today;
    auto library = bundle::load(files, options, sources, diagnostics);
    if (library)
        return {std::move(files), std::make_shared<const bundle::Library>(std::move(*library)),
                today};
    for (const auto& one : diagnostics.sorted())
        std::fprintf(stderr, "%s: %s\n", sources->place(one.span).c_str(),
                     messages::render(one, messages::Language::english).message.c_str());
    std::exit(1);
}

const std::vector<std::string>& steps() {
    static const std::vector<std::string> kSteps = {"verify", "disposition", "start", "answer",
                                                    "close"};
    return kSteps;
}

cases::Actor officer() {
    return {cases::Actor::Kind::person, "p-001"};
}

}  // namespace pintu::bench
