#include "engine/history/verify.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/cases/event/seal.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"
#include "engine/history/sealed_fields.hpp"

namespace pintu::history {
namespace {

// What is known of a case from its rows so far.
struct Chain {
    std::uint32_t sequence = 0;
    Digest leaf{};
    Instant at;
};

std::string text(std::uint64_t number) {
    return std::to_string(number);
}

}  // namespace

void Findings::add(Finding finding) {
    ++count_;
    if (!finding.case_id.empty()) cases_.insert(finding.case_id);
    if (items_.size() < kMost) items_.push_back(std::move(finding));
}

void Findings::add(const Findings& others) {
    for (const auto& finding : others.items_) add(finding);
    count_ += others.count_ - others.items_.size();
    cases_.insert(others.cases_.begin(), others.cases_.end());
}

// A root that the log must have had at a size: the store's own, or an auditor's.
struct Expected {
    std::uint64_t size;
    Digest root;
    bool saved;  // a checkpoint
};

struct Verifier::State {
    AgencyCode agency;
    std::vector<Expected> expected;  // by size
    std::size_t next = 0;            // the first of `expected` that is not compared yet
    std::uint64_t sound = 0;         // the greatest size at which the store's root was right
    std::uint64_t saved_sound = 0;   // and a checkpoint's: a forger writes the store's anew
    std::uint64_t recorded = 0;      // the greatest size that the store wrote a root of
    bool split = false;              // a root differed; every later one will
    Frontier frontier;
    std::uint64_t position = 0;  // expected next
    std::unordered_map<std::string, Chain> chains;
    cases::Event event;
    Findings findings;

    void report(std::string code, const StoredEvent& row, std::vector<std::string> args) {
        findings.add({std::move(code), row.position, CaseId(std::string(row.case_id)), row.sequence,
                      std::move(args)});
    }
    void check_position(const StoredEvent& row);
    void check_columns(const StoredEvent& row);
    void check_chain(const StoredEvent& row, const Digest& leaf);
    void compare_roots();
    void compare(const Expected& expected);
};

Verifier::Verifier(AgencyCode agency, std::vector<StoredRoot> roots,
                   std::vector<Checkpoint> checkpoints)
    : state_(std::make_unique<State>()) {
    for (const auto& root : roots) {
        state_->expected.push_back({root.size, root.root, false});
        state_->recorded = std::max(state_->recorded, root.size);
    }
    for (const auto& saved : checkpoints) {
        if (saved.agency != agency) {
            state_->findings.add(
                {"HI033", std::nullopt, {}, 0, {saved.agency.value, agency.value}});
        } else {
            state_->expected.push_back({saved.size, saved.root, true});
        }
    }
    std::stable_sort(state_->expected.begin(), state_->expected.end(),
                     [](const auto& a, const auto& b) { return a.size < b.size; });
    state_->agency = std::move(agency);
    state_->compare_roots();
}

Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

const Findings& Verifier::findings() const {
    return state_->findings;
}
std::uint64_t Verifier::size() const {
    return state_->frontier.size();
}
Digest Verifier::root() const {
    return state_->frontier.root();
}

const cases::Event* Verifier::add(const StoredEvent& row) {
    State& s = *state_;
    s.check_position(row);
    const Digest leaf = leaf_hash(row.bytes);
    if (leaf != row.leaf) s.report("HI021", row, {});
    s.frontier.append(leaf);
    auto event = decode(row.bytes);
    if (event) {
        s.event = std::move(*event);
        s.check_columns(row);
        s.check_chain(row, leaf);
    } else {
        s.report("HI020", row, {event.error().code});
    }
    s.compare_roots();
    return event ? &s.event : nullptr;
}

void Verifier::State::check_position(const StoredEvent& row) {
    if (row.position > position) {
        report("HI023", row, {text(position), text(row.position - 1)});
    } else if (row.position < position) {
        report("HI024", row, {text(row.position)});
    }
    position = row.position + 1;
}

void Verifier::State::check_columns(const StoredEvent& row) {
    if (event.case_id.value != row.case_id || event.sequence != row.sequence) {
        report("HI022", row, {event.case_id.value, text(event.sequence)});
    }
    if (event.agency != agency) report("HI026", row, {event.agency.value, agency.value});
}

// The chain follows what the bytes say; the row's columns were compared with them already. After a
// break it goes on from what is there, so that one break is one finding.
void Verifier::State::check_chain(const StoredEvent& row, const Digest& leaf) {
    Chain& chain = chains[event.case_id.value];
    if (event.sequence != chain.sequence + 1) {
        report("HI025", row, {text(chain.sequence + 1), text(event.sequence)});
    } else if (event.previous != chain.leaf) {
        report("HI027", row, {text(chain.sequence)});
    } else if (event.at < chain.at && chain.sequence > 0) {
        report("HI029", row, {to_string(event.at), to_string(chain.at)});
    }
    chain = {event.sequence, leaf, event.at};
}

void Verifier::State::compare_roots() {
    for (; next < expected.size() && expected[next].size == frontier.size(); ++next) {
        compare(expected[next]);
    }
}

void Verifier::State::compare(const Expected& e) {
    if (e.root == frontier.root()) {
        auto& greatest = e.saved ? saved_sound : sound;
        if (!split) greatest = e.size;
        return;
    }
    // Of the store's own roots only the first says where; each checkpoint is answered.
    if (e.saved || !split) {
        const auto from = e.saved ? saved_sound : std::max(sound, saved_sound);
        findings.add({e.saved ? "HI032" : "HI028",
                      std::nullopt,
                      {},
                      0,
                      {text(e.size), text(from), text(e.size == 0 ? 0 : e.size - 1)}});
    }
    split = true;
}

void Verifier::finish() {
    State& s = *state_;
    const auto is_short = [&](const char* code, std::uint64_t size) {
        s.findings.add({code, std::nullopt, {}, 0, {text(size), text(s.frontier.size())}});
    };
    bool told = false;
    for (; s.next < s.expected.size(); ++s.next) {
        const Expected& e = s.expected[s.next];
        if (e.saved) is_short("HI031", e.size);
        if (!e.saved && !told) is_short("HI030", s.recorded);
        told = told || !e.saved;
    }
    if (s.recorded < s.frontier.size()) {
        s.findings.add({"HI034", std::nullopt, {}, 0, {text(s.recorded), text(s.frontier.size())}});
    }
}

void verify_values(const cases::Event& event, std::string_view key,
                   const std::vector<StoredValue>& values, bool erased, Findings& findings) {
    const auto report = [&](const char* code, std::string path) {
        findings.add({code, std::nullopt, event.case_id, event.sequence, {std::move(path)}});
    };
    const auto sealed = sealed_fields(event.payload);
    for (const auto& value : values) {
        const auto field = std::find_if(sealed.begin(), sealed.end(),
                                        [&](const auto& f) { return f.first == value.path; });
        if (erased) {
            report("HI044", value.path);
        } else if (field == sealed.end()) {
            report("HI042", value.path);
        } else if (!key.empty() && !cases::opens(field->second, key, event.case_id, event.sequence,
                                                 value.path, value.value)) {
            report("HI040", value.path);
        }
    }
    if (erased || sealed.empty()) return;
    if (key.empty()) return report("HI043", sealed.front().first);
    for (const auto& [path, commitment] : sealed) {
        const bool there = std::any_of(values.begin(), values.end(),
                                       [&, p = &path](const auto& v) { return v.path == *p; });
        if (!there) report("HI041", path);
    }
}

}  // namespace pintu::history
