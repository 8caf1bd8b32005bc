// What was answered with 202 and is not in the engine's store yet, and the ids of what is: both in
// the plugin's state, so that neither a crash nor a power cut makes it forget or take twice.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/sdk/plugin.hpp"

namespace webhook {

class Queue {
  public:
    static constexpr std::size_t kMostWaiting = 5'000;
    static constexpr std::size_t kMostPollBytes = 8U << 20;

    // Reads what was waiting. Throws where the state cannot be read.
    Queue(const pintu::plugin::Engine& engine, std::int64_t remember_days);

    enum class Put { queued, again, another_body, full, failed };
    // On disk when it says `queued`. `again`: this id came before with this very body.
    Put put(const std::string& id, std::string_view body, const boost::json::object& report);

    // The oldest first; each comes again until settle() names it.
    pintu::plugin::Reports poll(std::size_t most);
    // Remembers what became of each and takes it out of the queue. A failure: some are still in it.
    pintu::plugin::Done settle(const std::vector<pintu::plugin::Taken>& answers);

    // {"id","status":"menunggu"}, or with what became of it; nothing: no such id, or forgotten.
    std::optional<boost::json::object> what_became_of(const std::string& id);

  private:
    struct Waiting {
        std::string key;  // of the state: "antre-TIME-ID-BODY"
        std::string body_hash;
    };
    std::string today() const;
    std::optional<std::string> remembered(const std::string& id_hash) const;
    pintu::plugin::Done settle(const std::string& key, const pintu::plugin::Taken& taken);
    bool forget(std::int64_t before_day, std::size_t most);

    const pintu::plugin::Engine& engine_;
    const std::int64_t remember_days_;
    std::map<std::string, Waiting> by_id_;            // hash of the id
    std::map<std::string, std::string> by_key_;       // key -> hash of the id; oldest first
    std::multimap<std::string, std::string> polled_;  // external_id -> key
    std::int64_t forgotten_before_ = 0;
};

}  // namespace webhook
