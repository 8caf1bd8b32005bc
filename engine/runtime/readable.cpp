#include "engine/runtime/readable.hpp"

namespace pintu::runtime {
namespace {

using Readable = std::vector<Result<ports::StoredCase>>;

bool is_damage(const Error& error) {
    return error.code.starts_with("HI");
}

Result<Readable> load_each(ports::EventStore& store, const std::vector<CaseId>& ids) {
    Readable found;
    for (const auto& id : ids) {
        auto one = store.load({id});
        if (!one && !is_damage(one.error())) return one.unexpected();
        if (one)
            found.emplace_back(std::move(one->front()));
        else
            found.emplace_back(one.unexpected());
    }
    return found;
}

}  // namespace

Result<Readable> load_readable(ports::EventStore& store, const std::vector<CaseId>& ids) {
    auto all = store.load(ids);
    if (!all && is_damage(all.error())) return load_each(store, ids);
    if (!all) return all.unexpected();
    Readable found;
    for (auto& one : *all) found.emplace_back(std::move(one));
    return found;
}

}  // namespace pintu::runtime
