#include "engine/runtime/held.hpp"

namespace pintu::runtime {

Held* HeldCases::find(const CaseId& id) {
    const auto found = where_.find(id.value);
    return found == where_.end() ? nullptr : &*found->second;
}

Held& HeldCases::add(const CaseId& id) {
    Held& held = order_.emplace_back();
    held.id = id;
    where_.emplace(held.id.value, std::prev(order_.end()));
    return held;
}

Held* HeldCases::take(const CaseId& id, HeldCases& from) {
    auto place = from.where_.extract(id.value);
    if (place.empty()) return nullptr;
    Held& held = *place.mapped();
    order_.splice(order_.end(), from.order_, place.mapped());
    if (auto put = where_.insert(std::move(place)); !put.inserted) {
        const auto former = put.position->second;
        where_.erase(put.position);
        where_.insert(std::move(put.node));
        order_.erase(former);
    }
    return &held;
}

void HeldCases::drop(const CaseId& id) {
    const auto found = where_.find(id.value);
    if (found == where_.end()) return;
    const auto at = found->second;
    where_.erase(found);
    order_.erase(at);
}

}  // namespace pintu::runtime
