#include "engine/history/sealed_fields.hpp"

#include <type_traits>
#include <variant>

namespace pintu::history {
namespace {

using cases::Attachment;
using cases::Sealed;
using Found = std::vector<std::pair<std::string, Sealed>>;

// Walks a payload's fields; whatever is not a commitment, or does not hold one, is passed over.
struct Collector {
    Found& found;
    std::string prefix;

    void operator()(const char* name, const Sealed& sealed) { add(prefix + name, sealed); }
    void operator()(const char* name, const Attachment& attachment) {
        Collector inner{found, prefix + name + "."};
        Attachment::fields(inner, attachment);
    }
    void operator()(const char* name, const std::vector<Attachment>& attachments) {
        for (std::size_t i = 0; i < attachments.size(); ++i) {
            Collector inner{found, prefix + name + "." + std::to_string(i) + "."};
            Attachment::fields(inner, attachments[i]);
        }
    }
    void operator()(const char* name, const std::vector<std::pair<std::string, Sealed>>& texts) {
        for (const auto& [key, sealed] : texts) add(prefix + name + "." + key, sealed);
    }
    template <class T>
    void operator()(const char*, const T&) {}

    void add(std::string path, const Sealed& sealed) {
        if (sealed.given()) found.emplace_back(std::move(path), sealed);
    }
};

}  // namespace

Found sealed_fields(const cases::Payload& payload) {
    Found found;
    Collector collector{found, ""};
    std::visit([&](const auto& p) { std::decay_t<decltype(p)>::fields(collector, p); }, payload);
    return found;
}

}  // namespace pintu::history
