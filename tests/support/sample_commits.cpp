#include "tests/support/sample_commits.hpp"

#include "engine/cases/event/seal.hpp"
#include "engine/history/codec.hpp"
#include "tests/support/sample_events.hpp"

namespace pintu::testing {

void SampleCases::receive(ports::Commit& commit, const std::string& name, Instant at,
                          const std::string& command) {
    if (!command.empty()) command_ = this->command(name, command);
    Case& made = cases_[name];
    made.key = std::string(bytes_of(sha256("key of " + name)));
    auto& row = made.row;
    row.id = id(name);
    row.agency = agency_;
    row.tracking_id = TrackingId("L-" + row.id.value.substr(agency_.value.size() + 1, 8));
    row.workflow = "pengaduan";
    row.state = "diterima";
    row.owner = UnitId(agency_.value + "/diskominfo");
    row.channel = "sms";
    row.external_id = name;
    row.received_at = row.recorded_at = at;
    row.region = "64.09.01";
    row.lat_udeg = -1'290'000;
    row.lon_udeg = 116'700'000;
    row.values = {{"kategori", "pekerjaan_umum/jalan_berlubang"}, {"pemilik", "64.09/dpupr"}};
    row.clocks = {{"tindak_lanjut", 1, "running", plus_seconds(at, 14 * kSecondsPerDay), false, 0}};

    cases::Received received;
    received.tracking_id = row.tracking_id;
    received.agency = agency_;
    received.workflow = row.workflow;
    received.channel = row.channel;
    received.external_id = name;
    received.received_at = at;
    received.region = row.region;
    received.lat_udeg = row.lat_udeg;
    received.lon_udeg = row.lon_udeg;
    received.fields_known = {{"wilayah", "64.09.01"}};
    received.probes = {{"isi mentions jalan_rusak", "yes"}};
    received.isi = keep(commit, made, "isi", "Jalan berlubang depan SD " + name);
    received.reporter_name = keep(commit, made, "reporter_name", "Pelapor " + name);
    add_event(commit, made, received, at);
    cases::Decided decided;
    decided.decision = "kategori";
    decided.status = "decided";
    decided.value = row.values[0].second;
    decided.layer = "64.09";
    decided.rules = {{"jalan", "rules/64.09-penajam-paser-utara/disposisi.rules:12", ""}};
    decided.read = {{"isi mentions jalan_rusak", "yes"}};
    decided.path = {"isi mentions jalan_rusak"};
    add_event(commit, made, decided, at);
    cases::ClockStarted started;
    started.clock = "tindak_lanjut";
    started.started_at = at;
    started.lasts = "14 working days";
    started.calendar = agency_;
    started.due = *row.clocks[0].due;
    add_event(commit, made, started, at);
    cases::Transitioned entered;
    entered.name = "first";
    entered.to = row.state;
    add_event(commit, made, entered, at);

    commit.keys.push_back({row.id, made.key});
    commit.intake.push_back({intake_key(name), row.id, row.tracking_id, sha256(name)});
    add_effect(commit, made, "acknowledge", at);
    add_update(commit, made, at);
    add_outcome(commit, made, at);
}

void SampleCases::move(ports::Commit& commit, const std::string& name, const std::string& state,
                       Instant at) {
    Case& of = cases_.at(name);
    cases::Transitioned moved;
    moved.name = "lanjut";
    moved.from = of.row.state;
    moved.to = state;
    moved.answers = {{"kelas", "tidak_berkadar_pengawasan"}};
    moved.texts = {{"alasan", keep(commit, of, "texts.alasan", "Sudah diperiksa di tempat")}};
    of.row.state = state;
    of.row.closed = state == "selesai";
    if (of.row.closed) of.row.closed_at = at;
    add_event(commit, of, moved, at);
    cases::Assigned assigned;
    assigned.owner = UnitId("64.09/dpupr");
    assigned.previous = of.row.owner;
    assigned.why = "decided";
    of.row.owner = assigned.owner;
    add_event(commit, of, assigned, at);
    add_effect(commit, of, "notify", at);
    add_update(commit, of, at);
}

void SampleCases::act(ports::Commit& commit, const std::string& name, const std::string& state,
                      Instant at, const std::string& command) {
    command_ = this->command(name, command);
    move(commit, name, state, at);
    add_outcome(commit, cases_.at(name), at);
}

void SampleCases::add_outcome(ports::Commit& commit, const Case& of, Instant at) {
    if (command_.empty()) return;
    commit.outcomes.push_back({command_, of.row.id, true, "", {}, {}, of.row.sequence, at});
    command_ = CommandId();
}

CommandId SampleCases::command(const std::string& name, const std::string& command) const {
    return CommandId(id(name).value + "-" + command);
}

CaseId SampleCases::id(const std::string& name) const {
    return CaseId(agency_.value + "-" + sample_case(agency_.value + "/" + name).value);
}

ports::IntakeKey SampleCases::intake_key(const std::string& name) const {
    return {agency_, to_hex(bytes_of(sha256("intake " + name)))};
}

void SampleCases::add_event(ports::Commit& commit, Case& of, cases::Payload payload, Instant at) {
    ports::NewEvent added;
    auto event = sample_event(of.row.id, ++of.row.sequence, std::move(payload), at, of.last);
    event.agency = agency_;
    if (!command_.empty()) event.command = command_;
    added.event = event;
    added.bytes = history::encode(event);
    added.leaf = of.last = history::leaf_hash(added.bytes);
    commit.events.push_back(std::move(added));
}

// For the event that comes next.
cases::Sealed SampleCases::keep(ports::Commit& commit, const Case& of, const std::string& path,
                                const std::string& value) {
    const std::uint32_t sequence = of.row.sequence + 1;
    commit.personal.push_back({of.row.id, sequence, path, value});
    return cases::seal(of.key, of.row.id, sequence, path, value);
}

void SampleCases::add_effect(ports::Commit& commit, const Case& of, const std::string& kind,
                             Instant at) {
    const std::string key = of.row.id.value + "-" + std::to_string(of.row.sequence);
    commit.outbox.push_back({EffectKey(key),
                             of.row.id,
                             agency_,
                             of.row.tracking_id,
                             at,
                             kind,
                             of.row.channel,
                             "terima_kasih",
                             "reporter",
                             UnitId(),
                             {PersonId("p-014")}});
}

void SampleCases::add_update(ports::Commit& commit, Case& of, Instant at) {
    of.row.changed_at = at;
    ports::CaseUpdate update;
    update.row = of.row;
    if (!of.row.closed) {
        update.timer = {plus_seconds(at, 10 * kSecondsPerDay), "tindak_lanjut 80%"};
    }
    update.lookups = {{"kategori", of.row.values[0].second}};
    std::erase_if(commit.cases, [&](const auto& other) { return other.row.id == of.row.id; });
    commit.cases.push_back(std::move(update));
}

}  // namespace pintu::testing
