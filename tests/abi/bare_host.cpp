#include "tests/abi/bare_host.hpp"

#include <dlfcn.h>

namespace pintu::testing {

namespace {

pintu_text text(std::string_view given) {
    return {given.data(), given.size()};
}
std::string copied(pintu_text given) {
    return std::string(given.data, given.size);
}
World& world(void* owner) {
    return *static_cast<World*>(owner);
}
std::int32_t write(pintu_sink* sink, std::string_view words) {
    return sink->write(sink->owner, text(words));
}

std::int32_t keep(void* owner, pintu_text piece) {
    static_cast<std::string*>(owner)->append(piece.data, piece.size);
    return PINTU_OK;
}

pintu_sink into(std::string& words) {
    return {sizeof(pintu_sink), 0, &words, keep};
}

void log(void* owner, std::int32_t level, pintu_text line) {
    world(owner).log.push_back(std::to_string(level) + " " + copied(line));
}

std::int32_t config(void* owner, pintu_sink* sink) {
    return write(sink, world(owner).config);
}

std::int32_t found(const std::map<std::string, std::string>& in, pintu_text key, pintu_sink* sink) {
    const auto it = in.find(copied(key));
    return it == in.end() ? PINTU_UNKNOWN : write(sink, it->second);
}

std::int32_t get(void* owner, pintu_text key, pintu_sink* value) {
    return found(world(owner).state, key, value);
}

std::int32_t put(void* owner, pintu_text key, pintu_text value) {
    world(owner).state[copied(key)] = copied(value);
    return PINTU_OK;
}

std::int32_t erase(void* owner, pintu_text key) {
    world(owner).state.erase(copied(key));
    return PINTU_OK;
}

std::int32_t list(void* owner, pintu_text prefix, pintu_sink* keys) {
    std::string names;
    for (const auto& [key, value] : world(owner).state)
        if (key.starts_with(copied(prefix))) names += (names.empty() ? "\"" : ",\"") + key + "\"";
    return write(keys, "[" + names + "]");
}

std::int32_t secret(void* owner, pintu_text name, pintu_sink* value) {
    return found(world(owner).secrets, name, value);
}

std::int64_t now_us(void* owner) {
    return world(owner).now_us;
}

std::int32_t route(void* owner, pintu_text path) {
    world(owner).routes.push_back(copied(path));
    return PINTU_OK;
}

std::int32_t request(void* owner, pintu_text document, pintu_sink* response) {
    world(owner).requests.push_back(copied(document));
    if (world(owner).http_answer.empty()) return PINTU_REFUSED;
    return write(response, world(owner).http_answer);
}

std::int32_t connect(void* owner, pintu_text, std::uint16_t, std::int32_t, std::int32_t* socket) {
    *socket = world(owner).socket;
    return *socket < 0 ? PINTU_LATER : PINTU_OK;
}

const void* service(void*, pintu_text id) {
    static const pintu_log_1 kLog{sizeof kLog, 0, log};
    static const pintu_config_1 kConfig{sizeof kConfig, 0, config};
    static const pintu_state_1 kState{sizeof kState, 0, get, put, erase, list};
    static const pintu_secret_1 kSecret{sizeof kSecret, 0, secret};
    static const pintu_time_1 kTime{sizeof kTime, 0, now_us};
    static const pintu_http_route_1 kRoute{sizeof kRoute, 0, route};
    static const pintu_http_request_1 kRequest{sizeof kRequest, 0, request};
    static const pintu_connection_1 kConnection{sizeof kConnection, 0, connect};
    static const std::map<std::string, const void*, std::less<>> kTables = {
        {PINTU_LOG_1, &kLog},
        {PINTU_CONFIG_1, &kConfig},
        {PINTU_STATE_1, &kState},
        {PINTU_SECRET_1, &kSecret},
        {PINTU_TIME_1, &kTime},
        {PINTU_HTTP_ROUTE_1, &kRoute},
        {PINTU_HTTP_REQUEST_1, &kRequest},
        {PINTU_CONNECTION_1, &kConnection}};
    const auto it = kTables.find(copied(id));
    return it == kTables.end() ? nullptr : it->second;
}

}  // namespace

BarePlugin::BarePlugin(const std::string& file, World& world) : world_(world) {
    host_ = {sizeof(pintu_host), PINTU_ABI, &world_, service};
    file_ = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* entry = file_ ? dlsym(file_, PINTU_ENTRY_NAME) : nullptr;
    if (!entry) {
        problem_ = dlerror();
        return;
    }
    plugin_ = reinterpret_cast<pintu_entry_function>(entry)(PINTU_ABI);
    if (!plugin_) problem_ = "it cannot work with this host";
}

BarePlugin::~BarePlugin() {
    if (started_) plugin_->stop(instance_);
    if (file_) dlclose(file_);
}

Said BarePlugin::start() {
    Said said;
    pintu_sink why = into(said.document);
    said.status = plugin_->start(&host_, text(world_.config), &why, &instance_);
    started_ = said.status == PINTU_OK;
    return said;
}

bool BarePlugin::has(std::string_view extension) const {
    return plugin_->extension(instance_, text(extension)) != nullptr;
}

Said BarePlugin::call(std::string_view method, std::string_view document) {
    Said said;
    pintu_sink sink = into(said.document);
    pintu_sink copy = into(said.copy);
    const auto table = [&](std::string_view id) { return plugin_->extension(instance_, text(id)); };
    const pintu_text given = text(document);
    if (method == "channel.poll" || method == "channel.taken") {
        const auto* channel = static_cast<const pintu_channel_1*>(table(PINTU_CHANNEL_1));
        const auto call = method == "channel.poll" ? channel->poll : channel->taken;
        said.status = call(instance_, given, &sink);
    } else if (method == "connector.send") {
        said.status = static_cast<const pintu_connector_1*>(table(PINTU_CONNECTOR_1))
                          ->send(instance_, given, &sink);
    } else if (method == "fact.answer") {
        said.status =
            static_cast<const pintu_fact_1*>(table(PINTU_FACT_1))->answer(instance_, given, &sink);
    } else if (method == "http.handle") {
        said.status = static_cast<const pintu_http_handler_1*>(table(PINTU_HTTP_HANDLER_1))
                          ->handle(instance_, given, &sink);
    } else if (method == "evidence.inspect") {
        said.status = static_cast<const pintu_evidence_1*>(table(PINTU_EVIDENCE_1))
                          ->inspect(instance_, given, &sink, &copy);
    }
    return said;
}

}  // namespace pintu::testing
