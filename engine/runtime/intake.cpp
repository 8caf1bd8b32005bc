#include <map>

#include "engine/base/planted.hpp"
#include "engine/cases/decide/check_report.hpp"
#include "engine/runtime/identity.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {
namespace {

const workflow::Workflow* workflow_of(const bundle::Bundle& bundle, const std::string& name) {
    const auto found = name.empty() ? bundle.workflows.begin() : bundle.workflows.find(name);
    return found == bundle.workflows.end() ? nullptr : &found->second;
}

}  // namespace

// One batch of reports on the way in.
struct Runtime::IntakeBatch {
    struct Way {
        const bundle::Bundle* bundle = nullptr;
        const workflow::Workflow* workflow = nullptr;
        std::optional<ports::IntakeKey> key;
        std::optional<ports::IntakeRow> known;
    };
    std::vector<Way> ways;
    std::map<ports::IntakeKey, ports::IntakeRow> taken;  // in this batch
    Instant now;
};

Result<std::vector<IntakeAnswer>> Runtime::intake(const std::vector<cases::Report>& reports,
                                                  const IntakeOptions& options, Instant now) {
    std::vector<IntakeAnswer> answers(reports.size());
    int races = 0;
    facts_.forget();
    for (std::size_t from = 0; from < reports.size();) {
        std::size_t end = std::min(from + settings_.batch, reports.size());
        auto written = intake_batch(reports, from, end, options, now, answers);
        if (!written) return written.unexpected();
        if (*written != Written::kept) {
            if (++races > kMostRaces) return fail("RT025");
            continue;
        }
        from = end;
        facts_.forget();
    }
    return answers;
}

Result<Written> Runtime::intake_batch(const std::vector<cases::Report>& reports, std::size_t from,
                                      std::size_t& end, const IntakeOptions& options, Instant now,
                                      std::vector<IntakeAnswer>& answers) {
    IntakeBatch work;
    work.now = now;
    const AgencyCode taken_in_by = options.agency.empty() ? settings_.province : options.agency;
    std::vector<ports::IntakeKey> keys;
    for (std::size_t i = from; i < end; ++i) {
        IntakeBatch::Way way;
        way.bundle = agency_of(reports[i], library(), taken_in_by, settings_.province);
        if (way.bundle != nullptr) way.workflow = workflow_of(*way.bundle, options.workflow);
        if (way.workflow != nullptr)
            way.key = intake_key(reports[i], way.workflow->intake, taken_in_by);
        if (way.key && planted(Bug::intake_key_of_attempt))
            way.key->key += to_hex(bytes_of(ports_.entropy.draw()));
        if (way.key) keys.push_back(*way.key);
        work.ways.push_back(std::move(way));
    }
    auto rows = ports_.store.find_intake(keys);
    if (!rows) return rows.unexpected();
    std::size_t next = 0;
    for (auto& way : work.ways)
        if (way.key) way.known = (*rows)[next++];
    Batch batch(bench(), now);
    for (std::size_t i = from; i < end; ++i) {
        answers[i] = {};
        if (auto taken = take_in(batch, work, reports[i], i - from, answers[i]); !taken)
            return taken.unexpected();
        if (has_waited(batch)) end = i + 1;
    }
    return batch.write();
}

Result<void> Runtime::take_in(Batch& batch, IntakeBatch& work, const cases::Report& report,
                              std::size_t index, IntakeAnswer& answer) {
    const auto& way = work.ways[index];
    answer.errors = cases::check_report(report, work.now);
    if (way.workflow == nullptr) answer.errors.push_back({"RT030", {report.region}});
    if (!answer.errors.empty()) return {};
    if (way.known) return answer_known(batch, *way.known, report, answer);
    if (way.key)
        if (const auto taken = work.taken.find(*way.key); taken != work.taken.end())
            return answer_known(batch, taken->second, report, answer);
    const Digest id = ports_.entropy.draw();
    const std::string agency = way.bundle->agency.value;
    auto verdict = batch.decide({CommandId(agency + "-" + to_hex(bytes_of(id).substr(0, 16))),
                                 CaseId(),
                                 {cases::Actor::Kind::channel, report.channel},
                                 cases::ReceiveReport{report, way.workflow->name}},
                                way.bundle);
    if (!verdict) return verdict.unexpected();
    answer.notes = verdict->notes;
    if (!verdict->accepted) {
        answer.errors.push_back({verdict->rejected.code, verdict->rejected.args});
        return {};
    }
    answer.status = IntakeAnswer::Status::accepted;
    answer.case_id = verdict->case_id;
    answer.tracking_id = verdict->tracking_id;
    if (!way.key) return {};
    auto loaded = batch.find(verdict->case_id);
    if (!loaded) return loaded.unexpected();
    ports::IntakeRow row{*way.key, verdict->case_id, verdict->tracking_id,
                         content_digest(report, (*loaded)->key)};
    work.taken[*way.key] = row;
    batch.commit().intake.push_back(std::move(row));
    return {};
}

// Of an erased case nobody can tell what it said: the same key is the same report then. It may have
// been erased by another node.
Result<void> Runtime::answer_known(Batch& batch, const ports::IntakeRow& known,
                                   const cases::Report& report, IntakeAnswer& answer) {
    const auto is_same = [&](const Loaded* loaded) {
        return loaded == nullptr || loaded->key.empty() ||
               content_digest(report, loaded->key) == known.content;
    };
    auto loaded = batch.find(known.case_id);
    if (loaded && !is_same(*loaded)) loaded = batch.find_anew(known.case_id);
    if (!loaded) return loaded.unexpected();
    const bool same = is_same(*loaded);
    answer.status = same ? IntakeAnswer::Status::repeated : IntakeAnswer::Status::conflict;
    answer.case_id = known.case_id;
    answer.tracking_id = known.tracking_id;
    if (!same) answer.errors.push_back({"RT031", {report.external_id, known.tracking_id.value}});
    return {};
}

}  // namespace pintu::runtime
