#include "engine/runtime/evidence.hpp"

#include <algorithm>

#include "engine/history/codec.hpp"
#include "engine/runtime/whole_log.hpp"

namespace pintu::runtime {
namespace {

bool has_file(const ports::StoredCase& one, const Digest& content) {
    const auto files = files_of(one.events);
    return std::any_of(files.begin(), files.end(),
                       [&](const CaseFile& file) { return file.content == content; });
}

// Cases that a transfer opened have the files of the first one without having claimed them.
Result<void> claim_for_others(ports::EventStore& store, ports::Blobs& blobs, const CaseId& id,
                              const TrackingId& tracking_id, const Digest& content) {
    const auto same = store.find(tracking_id);
    if (!same) return same.unexpected();
    const auto cases = store.load(*same);
    if (!cases) return cases.unexpected();
    for (std::size_t i = 0; i < cases->size(); ++i) {
        if ((*same)[i] == id || (*cases)[i].key.empty() || !has_file((*cases)[i], content))
            continue;
        if (auto claimed = blobs.claim(content, (*same)[i]); !claimed) return claimed;
    }
    return {};
}

Result<void> release_case(ports::EventStore& store, ports::Blobs& blobs, const CaseId& id,
                          const std::vector<cases::Event>& events) {
    const auto files = files_of(events);
    if (files.empty()) return {};
    const auto* received = std::get_if<cases::Received>(&events.front().payload);
    for (const auto& file : files) {
        if (received != nullptr)
            if (auto claimed =
                    claim_for_others(store, blobs, id, received->tracking_id, file.content);
                !claimed && claimed.error().code != "BL001")
                return claimed;
        if (auto released = blobs.release(file.content, id); !released) return released;
    }
    return {};
}

Result<void> claim_of(ports::EventStore& store, ports::Blobs& blobs, const std::set<Digest>& files,
                      const ports::LoggedEvent& row) {
    auto event = history::decode(row.bytes);
    if (!event) return event.unexpected();
    for (const auto& file : files_of({*event})) {
        if (!files.contains(file.content)) continue;
        const auto cases = store.load({row.case_id});
        if (!cases) return cases.unexpected();
        if (cases->front().key.empty()) continue;
        if (auto claimed = blobs.claim(file.content, row.case_id); !claimed) return claimed;
    }
    return {};
}

}  // namespace

std::vector<CaseFile> files_of(const std::vector<cases::Event>& events) {
    std::vector<CaseFile> files;
    const auto add = [&](const cases::Event& event, std::string path,
                         const cases::Attachment& file) {
        const bool known = std::any_of(files.begin(), files.end(), [&](const CaseFile& other) {
            return other.content == file.content;
        });
        if (file.content != Digest{} && !known)
            files.push_back({event.sequence, std::move(path), file.content, file.size_bytes});
    };
    for (const auto& event : events) {
        if (const auto* received = std::get_if<cases::Received>(&event.payload))
            for (std::size_t i = 0; i < received->attachments.size(); ++i)
                add(event, "attachments." + std::to_string(i) + ".name", received->attachments[i]);
        if (const auto* added = std::get_if<cases::EvidenceAdded>(&event.payload))
            add(event, "file.name", added->file);
    }
    return files;
}

Result<void> release_files(ports::EventStore& store, ports::Blobs& blobs,
                           const std::vector<CaseId>& erased) {
    const auto cases = store.load(erased);
    if (!cases) return cases.unexpected();
    Result<void> first;
    for (std::size_t i = 0; i < cases->size(); ++i) {
        auto released = release_case(store, blobs, erased[i], (*cases)[i].events);
        if (!released && first) first = std::move(released);
    }
    return first;
}

Result<bool> claim_forgotten(ports::EventStore& store, ports::Blobs& blobs,
                             const std::set<Digest>& files, const std::function<bool()>& stopping) {
    const auto agencies = store.agencies();
    if (!agencies) return agencies.unexpected();
    for (const auto& agency : *agencies) {
        bool stopped = stopping();
        const auto lacking = read_log(store, agency, [&](const auto& row) -> Result<bool> {
            if (auto claimed = claim_of(store, blobs, files, row); !claimed)
                return claimed.unexpected();
            return !(stopped = stopping());
        });
        if (!lacking) return lacking.unexpected();
        if (stopped) return false;
        if (lacking->empty()) continue;
        const auto& first = lacking->items().front();
        return Unexpected<Error>{{first.code, first.args}};
    }
    return true;
}

}  // namespace pintu::runtime
