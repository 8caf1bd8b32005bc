#include "engine/history/codec.hpp"

#include "engine/history/reader.hpp"
#include "engine/history/writer.hpp"

namespace pintu::history {
namespace {

// The envelope's fields in their stored order; the payload follows.
template <class V, class E>
void envelope(V& v, E& event) {
    v("case", event.case_id);
    v("agency", event.agency);
    v("sequence", event.sequence);
    v("at", event.at);
    v("actor.kind", event.actor.kind);
    v("actor.id", event.actor.id);
    v("command", event.command);
    v("pinned", event.pinned);
    v("current", event.current);
    v("previous", event.previous);
}

template <std::size_t I = 0>
bool read_payload(Reader& reader, std::uint64_t type, cases::Payload& payload) {
    if constexpr (I == std::variant_size_v<cases::Payload>) {
        return false;
    } else {
        if (type != I) return read_payload<I + 1>(reader, type, payload);
        auto& value = payload.template emplace<I>();
        std::decay_t<decltype(value)>::fields(reader, value);
        return true;
    }
}

}  // namespace

std::string encode(const cases::Event& event) {
    Writer writer;
    writer.byte(kFormat);
    envelope(writer, event);
    writer.number(event.payload.index());
    writer.number(event.version);
    std::visit([&](const auto& p) { std::decay_t<decltype(p)>::fields(writer, p); }, event.payload);
    return writer.written();
}

Result<cases::Event> decode(std::string_view bytes) {
    if (bytes.size() > kMaxEventBytes) {
        return fail("HI006", std::to_string(bytes.size()), std::to_string(kMaxEventBytes));
    }
    Reader reader(bytes);
    const std::uint8_t format = reader.byte();
    if (!bytes.empty() && format != kFormat) return fail("HI003", std::to_string(format));
    Result<cases::Event> event{cases::Event{}};
    envelope(reader, *event);
    const std::uint64_t type = reader.number();
    const std::uint64_t version = reader.number();
    if (!reader.failed() && version != 1) {
        return fail("HI007", std::to_string(version), std::to_string(type));
    }
    const bool known = read_payload(reader, type, event->payload);
    if (reader.failed()) return fail(reader.code(), std::to_string(reader.at()));
    if (!known) return fail("HI004", std::to_string(type));
    if (!reader.at_end()) return fail("HI002", std::to_string(reader.at()));
    return event;
}

Digest leaf_hash(std::string_view bytes) {
    return sha256({std::string_view("\0", 1), bytes});
}

}  // namespace pintu::history
