#include "tests/simulate/outside.hpp"

#include "engine/cases/command/codec.hpp"

namespace pintu::simulate {
namespace {

constexpr int kMostTries = 6;  // while faults go on; people give up

cases::Actor person(const std::string& id) {
    return {cases::Actor::Kind::person, id};
}

// Who holds a role (definitions.cpp, people).
std::string holder_of(const workflow::Who& who, const UnitId& owner) {
    if (who.role == "admin") return "p-001";
    if (who.role == "koordinator") return "p-002";
    if (owner.value.ends_with("dpupr")) return who.role == "pejabat" ? "p-011" : "p-012";
    if (owner.value.ends_with("inspektorat")) return "p-021";
    return who.role == "pejabat" ? "p-005" : "p-004";
}

}  // namespace

Outside::Outside(World& world) : world_(world), chance_(world.chance.split()) {}

Outside::Client& Outside::client() {
    clients_.push_back(std::make_unique<Client>());
    clients_.back()->condition.owner = -1;
    clients_.back()->connection =
        std::make_unique<Connection>(world_.network, clients_.back()->condition);
    return *clients_.back();
}

void Outside::begin(Micros length) {
    const std::size_t reports = 2 + chance_.below(9);
    for (std::size_t i = 0; i < reports; ++i) make_report(i);
    for (auto& report : reports_) {
        const Micros when = chance_.between(kSecond, length * 6 / 10);
        world_.scheduler.after(when, [this, &report] { send(report, false); });
        // In a hurry, by two ways at once.
        if (chance_.percent(15))
            world_.scheduler.after(when + chance_.between(0, kMillisecond), [this, &report] {
                world_.points.reach(Point::same_report_to_two_nodes);
                send(report, false);
            });
        if (chance_.percent(20))
            world_.scheduler.after(chance_.between(when, length),
                                   [this, &report] { send(report, chance_.percent(30)); });
    }
    for (std::size_t i = reports * (2 + chance_.below(4)); i > 0; --i)
        world_.scheduler.after(chance_.between(2 * kSecond, length), [this] { act_somewhere(); });
    for (std::size_t i = chance_.below(3); i > 0; --i)
        world_.scheduler.after(chance_.between(length / 4, length), [this] { retry_incidents(); });
    if (!chance_.percent(60)) return;
    const Micros when = chance_.between(length / 8, length * 7 / 8);
    world_.scheduler.after(when, [this] { publish(world_.definitions->second); });
    // Second thoughts: at once, or days later.
    if (chance_.percent(40))
        world_.scheduler.after(when + (chance_.percent(70) ? chance_.between(0, kSecond)
                                                           : chance_.between(0, 5 * kDay)),
                               [this] { publish(world_.definitions->first); });
}

void Outside::make_report(std::size_t number) {
    cases::Report report;
    report.channel = chance_.percent(70) ? "sms" : "web";
    report.external_id = "r" + std::to_string(number);
    report.judul = "Laporan " + std::to_string(number);
    report.isi =
        chance_.any_of(std::vector<std::string>{"Jalan berlubang depan SD 012", "Lampu jalan mati",
                                                "Oknum meminta uang", "Sampah menumpuk di pasar"});
    const auto& agencies = world_.definitions->agencies;
    report.region = chance_.any_of(agencies).value;
    if (report.region != "64" && chance_.percent(60)) report.region += ".01";
    if (chance_.percent(10)) report.region = "";
    if (chance_.percent(70)) {
        report.lat_udeg = static_cast<std::int32_t>(-1'290'000 + chance_.between(0, 2'000));
        report.lon_udeg = 116'700'000;
    }
    if (chance_.percent(40))
        report.kategori_pelapor = chance_.percent(50) ? "pengawasan" : "jalan/berlubang";
    if (chance_.percent(50)) report.fields["kelas"] = chance_.percent(50) ? "ringan" : "berat";
    if (chance_.percent(30)) report.fields["rentan"] = "yes";
    if (chance_.percent(50)) report.reporter_name = "Budi";
    if (chance_.percent(20))
        report.received_at =
            Instant{world_.scheduler.now() - chance_.between(-3 * kDay, 30 * kDay)};
    const std::string name = report.channel + " " + report.external_id;
    reports_.push_back({std::move(report), chance_.any_of(agencies), name});
}

void Outside::send(Report& report, bool changed) {
    ++report.tries;
    cases::Report sent = report.report;
    if (changed) sent.isi += " sudah lama sekali";
    const auto answer = [this, &report](const Result<runtime::IntakeAnswer>& given) {
        if (!given || lost()) return;
        world_.scheduler.after(travel(), [this, &report, told = *given] {
            world_.trace.step("answered", -1, report.name.size(), [&] {
                return report.name + " " + std::to_string(static_cast<int>(told.status)) + " " +
                       told.case_id.value;
            });
            world_.ledger.intake_answered(report.name, told);
            report.done = true;
        });
    };
    const int copies = !world_.calm && chance_.permille(50) ? 2 : 1;
    for (int i = 0; i < copies; ++i)
        if (!lost())
            world_.scheduler.after(travel(), [this, sent, &report, answer, node = &some_node()] {
                node->receive(ReportRequest{sent, report.intake, answer});
            });
    world_.scheduler.after(chance_.between(5 * kSecond, 10 * 60 * kSecond),
                           [this, &report] { ask_again(report); });
}

void Outside::ask_again(Report& report) {
    if (!report.done && (world_.calm || report.tries < kMostTries)) send(report, false);
}

bool Outside::all_answered() const {
    for (const auto& report : reports_)
        if (report.tries > 0 && !report.done) return false;
    for (const auto& asked : asked_)
        if (!asked.done) return false;
    return true;
}

void Outside::finish() {
    for (auto& report : reports_) ask_again(report);
    for (auto& asked : asked_)
        if (!asked.done) give(asked);
    retry_incidents();
    for (const auto& [id, rows] : world_.server.tables().cases)
        if (!rows.row.closed && !rows.events.empty()) act_on(id, rows, true);
}

void Outside::act_somewhere() {
    const auto& tables = world_.server.tables();
    if (tables.order.empty()) return;
    const CaseId& id = tables.order[chance_.below(tables.order.size())];
    act_on(id, tables.cases.at(id), chance_.percent(80));
}

const workflow::State* Outside::state_of(const StoredRows& rows) const {
    const auto& pinned = rows.events.back().pinned;
    for (const auto* loadout : {&world_.definitions->first, &world_.definitions->second}) {
        const auto bundle = loadout->library->bundles.find(rows.row.agency);
        if (bundle == loadout->library->bundles.end() || bundle->second->pinned != pinned) continue;
        return bundle->second->workflows.at(rows.row.workflow).find_state(rows.row.state);
    }
    return nullptr;
}

void Outside::act_on(const CaseId& id, const StoredRows& rows, bool sensibly) {
    cases::Actor actor;
    cases::Body body = something(id, rows, sensibly, actor);
    asked_.push_back({{CommandId(id.value + "-act-" + std::to_string(++acts_[id])), id,
                       std::move(actor), std::move(body)}});
    Asked& asked = asked_.back();
    world_.ledger.command_sent(asked.command.id, id);
    give(asked);
}

cases::Body Outside::something(const CaseId& id, const StoredRows& rows, bool sensibly,
                               cases::Actor& actor) {
    actor = person("p-001");
    if (rows.row.waits_for_approval && chance_.percent(70)) {
        actor = person("p-002");
        if (chance_.percent(world_.calm ? 100 : 60)) return cases::Approve{};
        return cases::Refuse{"kurang jelas"};
    }
    const auto* state = state_of(rows);
    if (state != nullptr && !state->on.empty() && chance_.percent(world_.calm ? 100 : 75))
        return some_event(*state, rows, sensibly, actor);
    switch (chance_.below(9)) {
        case 0: return cases::AddEvidence{"foto", {"a.jpg", "foto", {}, 10}};
        case 1: return cases::ChangePrivacy{true, std::nullopt, "diminta"};
        case 2: return cases::Correct{"kelas", chance_.percent(50) ? "ringan" : "berat", "salah"};
        case 3: return cases::Redecide{chance_.percent(50) ? "tenggat" : "pemilik", false};
        case 4: return cases::Correct{"pemilik", "dpupr", "tahu lebih baik"};
        case 5: return cases::NoteReading{"pemeriksaan"};
        case 6: return cases::Link{chance_.any_of(world_.server.tables().order), "similar"};
        case 7:
            if (rows.row.closed) return cases::Erase{"diminta pelapor"};
            return cases::Rate{static_cast<std::int32_t>(chance_.between(1, 5)), "terima kasih"};
        default: return cases::Comment{"catatan atas " + id.value};
    }
}

cases::Body Outside::some_event(const workflow::State& state, const StoredRows& rows, bool sensibly,
                                cases::Actor& actor) {
    const auto& event = chance_.any_of(state.on);
    const auto who = workflow::actor(state, event);
    actor = who.of == workflow::Who::Of::reporter
                ? cases::Actor{cases::Actor::Kind::reporter, ""}
                : person(holder_of(who,
                                   who.of == workflow::Who::Of::owner ? rows.row.owner : UnitId()));
    if (!sensibly && chance_.percent(50)) actor = person("p-011");
    if (!sensibly && chance_.percent(50)) return cases::Act{"tidak_ada", {}};
    return cases::Act{event.name, answers_of(event, rows)};
}

cases::Answers Outside::answers_of(const workflow::EventSpec& event, const StoredRows& rows) {
    cases::Answers answers;
    for (const auto& ask : event.ask) {
        if (ask.kind == workflow::Ask::Kind::decision) {
            if (chance_.percent(50)) answers["foto"] = "foto.jpg";
        } else if (ask.name == "kelas") {
            answers[ask.name] = chance_.percent(50) ? "ringan" : "berat";
        } else if (ask.name == "penilaian") {
            answers[ask.name] = std::to_string(chance_.between(1, 5));
        } else if (ask.name == "tujuan") {
            answers[ask.name] = chance_.any_of(world_.definitions->agencies).value;
        } else if (ask.name == "kasus_induk") {
            answers[ask.name] = chance_.any_of(world_.server.tables().order).value;
        } else {
            answers[ask.name] = "teks untuk " + rows.row.state;
        }
    }
    return answers;
}

// Half through a node's interface, half as another process through the store.
void Outside::give(Asked& asked) {
    if (++asked.tries > 1) world_.points.reach(Point::command_submitted_again);
    world_.trace.step("act", -1, asked.command.body.index(), [&] {
        const auto* act = std::get_if<cases::Act>(&asked.command.body);
        return asked.command.id.value + " " + (act != nullptr ? act->event : "") + " by " +
               asked.command.actor.id;
    });
    if (chance_.percent(50)) return submit(asked);
    const auto answer = [this, &asked](const Result<ports::CommandOutcome>& outcome) {
        if (lost()) return;
        world_.scheduler.after(travel(), [this, &asked, told = outcome] { answered(asked, told); });
    };
    if (!lost())
        world_.scheduler.after(travel(), [&asked, answer, node = &some_node()] {
            node->receive(CommandRequest{asked.command, answer});
        });
    world_.scheduler.after(chance_.between(10 * kSecond, 10 * 60 * kSecond), [this, &asked] {
        if (!asked.done && (world_.calm || asked.tries < kMostTries)) give(asked);
    });
}

void Outside::answered(Asked& asked, const Result<ports::CommandOutcome>& outcome) {
    if (!outcome) return;
    world_.trace.step("decided", -1, outcome->sequence, [&] {
        std::string words = outcome->id.value + (outcome->accepted ? " done" : " " + outcome->code);
        for (const auto& arg : outcome->args) words += " " + arg;
        for (const auto& event : outcome->allowed) words += " | " + event;
        return words;
    });
    world_.ledger.command_answered(*outcome);
    asked.done = true;
}

void Outside::submit(Asked& asked) {
    Client& by = client();
    world_.scheduler.spawn([this, &asked, &by] {
        const auto& command = asked.command;
        const ports::PendingCommand pending{command.id, agency_of(command.id), command.case_id,
                                            Instant{world_.scheduler.now()},
                                            cases::encode(command)};
        for (int tries = 0; !by.connection->submit(pending); ++tries) {
            if (tries == kMostTries && !world_.calm) return;
            world_.points.reach(Point::command_submitted_again);
            world_.scheduler.sleep(chance_.between(kMillisecond, 10 * kSecond));
        }
        world_.ledger.command_taken(command.id);
        for (int tries = 0; tries < kMostTries || world_.calm; ++tries) {
            world_.scheduler.sleep(
                chance_.between(100 * kMillisecond, (1 << (2 * std::min(tries, 8))) * kSecond));
            const auto outcome = by.connection->outcome(command.id);
            if (!outcome || !*outcome) continue;
            return answered(asked, **outcome);
        }
    });
}

// And what was given up: the trouble is over, a person says.
void Outside::retry_incidents() {
    if (world_.server.tables().incidents.empty()) return;
    Client& by = client();
    world_.scheduler.spawn([this, &by] {
        ports::OutboxFilter given_up;
        given_up.dead = true;
        const auto letters = by.connection->outbox(given_up);
        if (letters)
            for (const auto& letter : *letters)
                static_cast<void>(by.connection->retry_effect(letter.outgoing.effect.key,
                                                              Instant{world_.scheduler.now()}));
        ports::IncidentFilter filter;
        filter.open = true;
        const auto open = by.connection->incidents(filter);
        if (!open) return;
        for (const auto& incident : *open)
            static_cast<void>(
                by.connection->retry_incident(incident.id, Instant{world_.scheduler.now()}));
    });
}

void Outside::publish(const runtime::Loadout& loadout) {
    world_.newest = &loadout;
    Client& by = client();
    world_.scheduler.spawn([this, &loadout, &by] {
        SimulatedEntropy entropy(chance_.split());
        FarSide far_side(world_, by.condition);
        NodeLog log(world_, -1);
        runtime::Runtime runtime({*by.connection, entropy, far_side, log});
        world_.trace.step("publish", -1, 0, [] { return ""; });
        while (!runtime.publish(loadout))
            world_.scheduler.sleep(chance_.between(kMillisecond, 5 * kSecond));
    });
}

}  // namespace pintu::simulate
