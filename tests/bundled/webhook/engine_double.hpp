// The engine's side of the contract as the plugin's parts need it: a state that outlives them, a
// clock that is set by hand. The node itself is in webhook_test.py.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>

#include "plugins/sdk/plugin.hpp"

namespace webhook::testing {

class EngineDouble {
  public:
    std::map<std::string, std::string> state;
    std::map<std::string, std::string> secrets;
    std::int64_t now_us = 1'773'365'400'000'000;
    std::size_t most_keys = 100'000;
    bool disk_works = true;

    pintu::plugin::Engine engine(boost::json::object config = {}) {
        return pintu::plugin::Engine(&host_, std::move(config));
    }

  private:
    static EngineDouble& of(void* owner) { return *static_cast<EngineDouble*>(owner); }
    static std::string text(pintu_text text) { return std::string(text.data, text.size); }
    static std::int32_t write(pintu_sink* sink, const std::string& text) {
        return sink->write(sink->owner, {text.data(), text.size()});
    }
    static std::int32_t get(const std::map<std::string, std::string>& from, pintu_text key,
                            pintu_sink* value) {
        const auto it = from.find(text(key));
        return it == from.end() ? PINTU_UNKNOWN : write(value, it->second);
    }
    static const void* service(void* owner, pintu_text id);

    pintu_host host_{sizeof(pintu_host), PINTU_ABI, this, service};
};

inline const void* EngineDouble::service(void*, pintu_text id) {
    static const pintu_state_1 kState = {
        sizeof(pintu_state_1),
        0,
        [](void* o, pintu_text key, pintu_sink* value) { return get(of(o).state, key, value); },
        [](void* o, pintu_text key, pintu_text value) -> std::int32_t {
            auto& self = of(o);
            const bool is_new = !self.state.contains(text(key));
            if (!self.disk_works || (is_new && self.state.size() >= self.most_keys))
                return PINTU_FAILED;
            self.state[text(key)] = text(value);
            return PINTU_OK;
        },
        [](void* o, pintu_text key) -> std::int32_t {
            if (!of(o).disk_works) return PINTU_FAILED;
            of(o).state.erase(text(key));
            return PINTU_OK;
        },
        [](void* o, pintu_text prefix, pintu_sink* keys) -> std::int32_t {
            boost::json::array list;
            for (const auto& [key, value] : of(o).state)
                if (key.starts_with(text(prefix)) && list.size() < 10'000) list.emplace_back(key);
            return write(keys, boost::json::serialize(list));
        }};
    static const pintu_time_1 kTime = {sizeof(pintu_time_1), 0,
                                       [](void* o) { return of(o).now_us; }};
    static const pintu_secret_1 kSecret = {sizeof(pintu_secret_1), 0,
                                           [](void* o, pintu_text name, pintu_sink* value) {
                                               return get(of(o).secrets, name, value);
                                           }};
    const std::string name = text(id);
    if (name == PINTU_STATE_1) return &kState;
    if (name == PINTU_TIME_1) return &kTime;
    if (name == PINTU_SECRET_1) return &kSecret;
    return nullptr;
}

}  // namespace webhook::testing
