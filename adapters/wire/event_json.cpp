#include "adapters/wire/event_json.hpp"

namespace pintu::wire {
namespace {

using Personal = std::map<std::string, std::string>;

// Writes whatever a payload's `fields` lists.
class FieldWriter {
  public:
    FieldWriter(JsonWriter& json, const Personal& personal, std::string path)
        : json_(json), personal_(personal), path_(std::move(path)) {}

    template <class T>
    void operator()(const char* name, const T& value) {
        json_.key(name);
        put(path_ + name, value);
    }

  private:
    void put(const std::string&, const std::string& value) { json_.value(value); }
    void put(const std::string&, bool value) { json_.value(value); }
    void put(const std::string&, std::int32_t value) { number(value); }
    void put(const std::string&, std::uint32_t value) { number(value); }
    void put(const std::string&, std::int64_t value) { number(value); }
    void put(const std::string&, Instant value) { json_.value(to_string(value)); }
    void put(const std::string&, const Digest& value) { json_.value(to_hex(bytes_of(value))); }
    void put(const std::string&, const BundleHash& value) { json_.value(value.text()); }
    template <class Tag>
    void put(const std::string&, const Id<Tag>& value) {
        json_.value(value.value);
    }
    void put(const std::string& path, const cases::Sealed& value) {
        const auto known = personal_.find(path);
        if (!value.given())
            json_.null();
        else if (known != personal_.end())
            json_.value(known->second);
        else
            json_.begin_object().field("sealed", to_hex(bytes_of(value.commitment))).end_object();
    }
    void put(const std::string&, const cases::Values& values) {
        json_.begin_object();
        for (const auto& [name, value] : values) json_.field(name, value);
        json_.end_object();
    }
    void put(const std::string& path,
             const std::vector<std::pair<std::string, cases::Sealed>>& texts) {
        json_.begin_object();
        for (const auto& [name, value] : texts) {
            json_.key(name);
            put(path + "." + name, value);
        }
        json_.end_object();
    }
    template <class T>
    void put(const std::string& path, const std::optional<T>& value) {
        if (value)
            put(path, *value);
        else
            json_.null();
    }
    template <class T>
    void put(const std::string& path, const std::vector<T>& values) {
        json_.begin_array();
        for (std::size_t i = 0; i < values.size(); ++i)
            put(path + "." + std::to_string(i), values[i]);
        json_.end_array();
    }
    template <class T>
    auto put(const std::string& path, const T& value)
        -> decltype(T::fields(std::declval<FieldWriter&>(), value)) {
        json_.begin_object();
        FieldWriter inner(json_, personal_, path + ".");
        T::fields(inner, value);
        json_.end_object();
    }
    void number(std::int64_t value) { json_.value(value); }

    JsonWriter& json_;
    const Personal& personal_;
    std::string path_;
};

std::string_view kind_name(cases::Actor::Kind kind) {
    constexpr std::string_view kNames[] = {"engine", "person", "reporter", "channel"};
    return kNames[static_cast<int>(kind)];
}

void write_clocks(JsonWriter& json, const cases::CaseRow& row) {
    json.key("clocks").begin_array();
    for (const auto& clock : row.clocks) {
        json.begin_object().field("clock", clock.clock);
        json.field("run", static_cast<std::int64_t>(clock.run)).field("status", clock.status);
        json.key("due");
        if (clock.due)
            json.value(to_string(*clock.due));
        else
            json.null();
        json.field("late", clock.late).field("fired", static_cast<std::int64_t>(clock.fired));
        json.end_object();
    }
    json.end_array();
}

}  // namespace

std::string type_name(const cases::Payload& payload) {
    return std::visit([](const auto& p) { return std::string(p.kType); }, payload);
}

void write_event(JsonWriter& json, const cases::Event& event, const Personal& personal) {
    json.begin_object();
    json.field("case", event.case_id.value).field("agency", event.agency.value);
    json.field("sequence", static_cast<std::int64_t>(event.sequence));
    json.field("type", type_name(event.payload));
    json.field("version", static_cast<std::int64_t>(event.version));
    json.field("at", to_string(event.at));
    json.key("actor").begin_object();
    json.field("kind", kind_name(event.actor.kind)).field("id", event.actor.id).end_object();
    json.field("command", event.command.value);
    json.field("pinned", event.pinned.text()).field("current", event.current.text());
    json.field("previous", to_hex(bytes_of(event.previous)));
    json.key("payload").begin_object();
    FieldWriter writer(json, personal, "");
    std::visit([&](const auto& p) { std::decay_t<decltype(p)>::fields(writer, p); }, event.payload);
    json.end_object().end_object();
}

void write_case(JsonWriter& json, const cases::CaseRow& row) {
    json.begin_object();
    json.field("id", row.id.value).field("tracking_id", row.tracking_id.value);
    json.field("agency", row.agency.value).field("workflow", row.workflow);
    json.field("state", row.state).field("closed", row.closed).field("owner", row.owner.value);
    json.field("channel", row.channel).field("external_id", row.external_id);
    json.field("received_at", to_string(row.received_at));
    json.field("changed_at", to_string(row.changed_at)).field("region", row.region);
    json.field("anonim", row.anonim).field("rahasia", row.rahasia);
    json.field("supporters", static_cast<std::int64_t>(row.supporters));
    json.field("escalations", static_cast<std::int64_t>(row.escalations));
    json.field("hops", static_cast<std::int64_t>(row.hops));
    json.field("waits_for_approval", row.waits_for_approval);
    json.key("values").begin_object();
    for (const auto& [name, value] : row.values) json.field(name, value);
    json.end_object();
    write_clocks(json, row);
    json.end_object();
}

}  // namespace pintu::wire
