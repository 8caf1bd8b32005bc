#include <algorithm>

#include "engine/cases/decide/check_report.hpp"
#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/mint.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/registry/schema.hpp"
#include "engine/rules/evaluate/input.hpp"

namespace pintu::cases {
namespace {

constexpr const char* kPrivacyDecision = "privasi";

std::map<std::string, std::string> fields_of(const Report& report, const registry::Schema& schema) {
    std::map<std::string, std::string> values;
    for (const auto& field : schema.fields)
        if (auto value = value_at(report, field.from); value && !value->empty())
            values[field.name] = std::move(*value);
    return values;
}

Values known_fields(const bundle::Bundle& bundle, const rules::Program& program,
                    const rules::Input& input, const std::map<std::string, std::string>& given) {
    Values known;
    for (const auto& field : bundle.schema->fields) {
        if (field.type == registry::Field::Type::text) continue;
        if (const auto id = program.find(field.name); id != rules::kNone) {
            if (input.values[id] != rules::kUnknown)
                known.emplace_back(field.name,
                                   program.show(program.attributes[id].domain, input.values[id]));
        } else if (const auto value = given.find(field.name);
                   value != given.end() && is_value_of(field, bundle, value->second)) {
            known.emplace_back(field.name, value->second);
        }
    }
    std::sort(known.begin(), known.end());
    return known;
}

Values probes_of(const rules::Program& program, const rules::Input& input) {
    Values probes;
    for (rules::ProbeId probe = 0; probe < program.probes.size(); ++probe)
        probes.emplace_back(rules::probe_name(program, probe), input.probes[probe] ? "yes" : "no");
    std::sort(probes.begin(), probes.end());
    return probes;
}

// R5: texts are read once, here. False: the report is refused.
bool read_fields(Turn& turn, const Report& report, Instant received_at, Received& received) {
    const bundle::Bundle& bundle = turn.pinned();
    const auto given = fields_of(report, *bundle.schema);
    const Date date = turn.current().calendar.zone().date(received_at);
    const auto* ruleset = bundle.ruleset_on(date);
    if (ruleset == nullptr) {
        turn.reject("CS044", {turn.agency().value, to_string(date)});
        return false;
    }
    auto built = rules::make_input(*ruleset->program, *ruleset->matcher, given);
    if (!built) {
        turn.reject(built.error().code, built.error().args);
        return false;
    }
    for (auto& note : built->notes) turn.note(std::move(note));
    received.fields_known = known_fields(bundle, *ruleset->program, built->input, given);
    received.probes = probes_of(*ruleset->program, built->input);
    return true;
}

void seal_texts(Turn& turn, const Report& report, Received& received) {
    received.judul = turn.seal("judul", report.judul);
    received.isi = turn.seal("isi", report.isi);
    received.place_note = turn.seal("place_note", report.place_note);
    received.reporter_name = turn.seal("reporter_name", report.reporter_name);
    received.reporter_phone = turn.seal("reporter_phone", report.reporter_phone);
    received.reporter_email = turn.seal("reporter_email", report.reporter_email);
    received.as_sent = turn.seal("as_sent", report.as_sent);
    for (std::size_t i = 0; i < report.attachments.size(); ++i) {
        const auto& file = report.attachments[i];
        const std::string path = "attachments." + std::to_string(i) + ".name";
        received.attachments.push_back({turn.seal(path, file.name), file.content, file.size_bytes});
    }
}

void add_evidence(Turn& turn, const Report& report) {
    for (const auto& file : report.attachments)
        if (!file.kind.empty())
            turn.emit(EvidenceAdded{
                file.kind, {turn.seal("file.name", file.name), file.content, file.size_bytes}});
}

// Offered, never blocking: a link for whoever looks at the case.
void offer_similar(Turn& turn) {
    auto question = similar_question(turn);
    if (!question) return;
    for (const auto& [asked, found] : turn.context().answers) {
        if (asked != *question) continue;
        for (const auto& other : found.cases) turn.emit(Linked{other, "similar"}, true);
        return;
    }
    turn.need(std::move(*question));
}

void decide_privacy(Turn& turn) {
    const auto* ruleset = turn.ruleset();
    if (ruleset != nullptr && ruleset->program->find(kPrivacyDecision) != rules::kNone)
        ensure_decided(turn, kPrivacyDecision);
}

void open_case(Turn& turn, const Report& report, const std::string& workflow, Received received) {
    const auto flow = turn.pinned().workflows.find(workflow);
    if (flow == turn.pinned().workflows.end()) return turn.reject("CS045", {workflow});
    received.agency = turn.agency();
    received.workflow = workflow;
    received.channel = report.channel;
    received.external_id = report.external_id;
    received.received_at = report.received_at.value_or(turn.now());
    received.region = report.region;
    received.lat_udeg = report.lat_udeg;
    received.lon_udeg = report.lon_udeg;
    received.anonim = report.anonim;
    received.rahasia = report.rahasia;
    if (!read_fields(turn, report, received.received_at, received)) return;
    seal_texts(turn, report, received);
    turn.emit(std::move(received));
    add_evidence(turn, report);
    Transitioned first;
    first.name = "first";
    first.to = flow->second.first;
    enter(turn, std::move(first), true);
    if (!turn.stopped()) decide_privacy(turn);
    if (!turn.stopped()) offer_similar(turn);
}

}  // namespace

void run(Turn& turn, const ReceiveReport& receive) {
    const auto errors = check_report(receive.report, turn.now());
    if (!errors.empty()) return turn.reject(errors.front().code, errors.front().args);
    const Digest& seed = turn.context().seed;
    const AgencyCode& agency = turn.pinned().agency;
    turn.open(mint_case_id(agency, turn.now(), seed, "case"), agency, mint_key(seed));
    Received received;
    received.tracking_id = mint_tracking_id(seed);
    open_case(turn, receive.report, receive.workflow, std::move(received));
}

void run(Turn& turn, const AcceptTransfer& accept) {
    if (turn.command().actor.kind != Actor::Kind::engine) return turn.reject("CS034");
    turn.open(turn.command().case_id, turn.pinned().agency, mint_key(turn.context().seed));
    Received received;
    received.tracking_id = accept.tracking_id;
    received.hops = accept.hops;
    received.transferred_from = accept.from;
    open_case(turn, accept.report, accept.workflow, std::move(received));
}

}  // namespace pintu::cases
