#include <algorithm>
#include <unordered_map>
#include <utility>

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
        std::optional<std::size_t> key;  // which of the keys
    };
    std::vector<Way> ways;
    std::vector<ports::IntakeKey> keys;
    std::vector<std::optional<ports::IntakeRow>> known;       // of each key; empty: not asked for
    std::unordered_map<std::string_view, std::size_t> taken;  // in this batch: row of the commit
    bool in_doubt = false;                                    // a report with a key was refused
    Instant now;

    const ports::IntakeRow* known_by(std::size_t key) const {
        return known.empty() || !known[key] ? nullptr : &*known[key];
    }
    bool has_known() const {
        return std::any_of(known.begin(), known.end(),
                           [](const auto& row) { return row.has_value(); });
    }
    void find_way(const cases::Report& report, const bundle::Bundle* bundle,
                  const std::string& workflow, const AgencyCode& taken_in_by) {
        Way& way = ways.emplace_back();
        way.bundle = bundle;
        if (bundle != nullptr) way.workflow = workflow_of(*bundle, workflow);
        if (way.workflow == nullptr) return;
        auto key = intake_key(report, way.workflow->intake, taken_in_by);
        if (!key) return;
        way.key = keys.size();
        keys.push_back(std::move(*key));
    }
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
        races = 0;
        from = end;
        facts_.forget();
    }
    return answers;
}

// Where the last batch had no repeats the store is not asked for those of the next one: the commit
// refuses a key that was taken, and then, as where a report is refused that may be a repeat of one
// that was not, all is decided again with what the store knows.
Result<Written> Runtime::intake_batch(const std::vector<cases::Report>& reports, std::size_t from,
                                      std::size_t& end, const IntakeOptions& options, Instant now,
                                      std::vector<IntakeAnswer>& answers) {
    IntakeBatch work;
    work.now = now;
    const AgencyCode taken_in_by = options.agency.empty() ? settings_.province : options.agency;
    for (std::size_t i = from; i < end; ++i) {
        const auto* bundle = agency_of(reports[i], library(), taken_in_by, settings_.province);
        work.find_way(reports[i], bundle, options.workflow, taken_in_by);
        if (work.ways.back().key && planted(Bug::intake_key_of_attempt))
            work.keys.back().key += to_hex(bytes_of(ports_.entropy.draw()));
    }
    const bool asked = std::exchange(expects_repeats_, true);
    if (asked) {
        auto known = ports_.store.find_intake(work.keys);
        if (!known) return known.unexpected();
        work.known = std::move(*known);
    }
    Batch batch(bench(), now);
    batch.expect(end - from);
    for (std::size_t i = from; i < end; ++i) {
        answers[i] = {};
        if (auto taken = take_in(batch, work, reports[i], i - from, answers[i]); !taken)
            return taken.unexpected();
        if (!asked && work.in_doubt) return Written::lost;
        if (has_waited(batch)) end = i + 1;
    }
    auto written = batch.write();
    const bool kept = written && *written == Written::kept;
    expects_repeats_ = !kept || work.in_doubt || work.has_known();
    return written;
}

Result<void> Runtime::take_in(Batch& batch, IntakeBatch& work, const cases::Report& report,
                              std::size_t index, IntakeAnswer& answer) {
    const auto& way = work.ways[index];
    answer.errors = cases::check_report(report, work.now);
    if (way.workflow == nullptr) answer.errors.push_back({"RT030", {report.region}});
    if (!answer.errors.empty()) return {};
    auto& rows = batch.commit().intake;
    if (way.key) {
        if (const auto* known = work.known_by(*way.key))
            return answer_known(batch, *known, report, answer);
        const auto taken = work.taken.find(work.keys[*way.key].key);
        if (taken != work.taken.end())
            return answer_known(batch, rows[taken->second], report, answer);
    }
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
        work.in_doubt = work.in_doubt || way.key;
        answer.errors.push_back({verdict->rejected.code, verdict->rejected.args});
        return {};
    }
    answer.status = IntakeAnswer::Status::accepted;
    answer.case_id = verdict->case_id;
    answer.tracking_id = verdict->tracking_id;
    if (!way.key) return {};
    auto loaded = batch.find(verdict->case_id);
    if (!loaded) return loaded.unexpected();
    const ports::IntakeKey& key = work.keys[*way.key];
    work.taken.emplace(key.key, rows.size());
    rows.push_back(
        {key, verdict->case_id, verdict->tracking_id, content_digest(report, (*loaded)->key)});
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
