#include "adapters/http/routes.hpp"

namespace pintu::http {

void Routes::put(Route route) {
    auto shared = std::make_shared<const Route>(std::move(route));
    const std::lock_guard lock(mutex_);
    by_path_[shared->path] = shared;
}

std::shared_ptr<const Route> Routes::find(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    for (std::string at = path;;) {
        if (const auto it = by_path_.find(at); it != by_path_.end()) return it->second;
        const auto slash = at.rfind('/');
        if (slash == std::string::npos || at == "/") return nullptr;
        at = slash == 0 ? "/" : at.substr(0, slash);
    }
}

}  // namespace pintu::http
