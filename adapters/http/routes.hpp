// The paths that a listener answers.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/http/listener.hpp"

namespace pintu::http {

// Any thread. A route that was found stays alive while somebody holds it.
class Routes {
  public:
    void put(Route route);
    // The longest path that `path` is or stands below; nullptr: none.
    std::shared_ptr<const Route> find(const std::string& path) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Route>> by_path_;
};

}  // namespace pintu::http
