#include "plugins/host/opened.hpp"

#define BOOST_DLL_USE_STD_FS
#include <array>
#include <boost/dll/shared_library.hpp>
#include <exception>

namespace pintu::plugins {
namespace {

constexpr std::size_t kMostName = 200;  // bytes of a name or a version

pintu_text text(std::string_view view) {
    return {view.data(), view.size()};
}

std::string_view view(pintu_text text) {
    return {text.data, static_cast<std::size_t>(text.size)};
}

bool plausible(pintu_text text) {
    return text.data != nullptr && text.size > 0 && text.size <= kMostName;
}

// What a plugin gave is a table that begins with its size.
template <class Table>
bool whole(const Table* table) {
    return table != nullptr && table->size >= sizeof(Table);
}

struct Tables {
    const pintu_channel_1* channel = nullptr;
    const pintu_connector_1* connector = nullptr;
    const pintu_fact_1* fact = nullptr;
    const pintu_http_handler_1* http = nullptr;
    const pintu_evidence_1* evidence = nullptr;
};

bool complete(const pintu_channel_1& table) {
    return table.poll && table.taken;
}
bool complete(const pintu_connector_1& table) {
    return table.send;
}
bool complete(const pintu_fact_1& table) {
    return table.answer;
}
bool complete(const pintu_http_handler_1& table) {
    return table.handle;
}
bool complete(const pintu_evidence_1& table) {
    return table.inspect;
}

// False: it is there, and not what its id says.
template <class Table>
bool take(const pintu_plugin& plugin, void* instance, const char* id, const Table*& table,
          std::vector<std::string>& ids) {
    table = static_cast<const Table*>(plugin.extension(instance, text(id)));
    if (table == nullptr) return true;
    ids.emplace_back(id);
    return whole(table) && complete(*table);
}

using Call = std::int32_t (*)(void*, pintu_text, pintu_sink*);

Call function_of(const Tables& tables, std::string_view method) {
    if (method == "fact.answer") return tables.fact ? tables.fact->answer : nullptr;
    if (method == "channel.poll") return tables.channel ? tables.channel->poll : nullptr;
    if (method == "channel.taken") return tables.channel ? tables.channel->taken : nullptr;
    if (method == "connector.send") return tables.connector ? tables.connector->send : nullptr;
    if (method == "http.handle") return tables.http ? tables.http->handle : nullptr;
    return nullptr;
}

// Where our own call to the plugin stands under a last catch.
template <class Body>
Result<std::int32_t> guarded(Body body) {
    try {
        return body();
    } catch (const std::exception& thrown) {
        return fail("PL003", "", std::string("exception: ") + thrown.what());
    } catch (...) {
        return fail("PL003", "", "exception");
    }
}

}  // namespace

BoundedSink::BoundedSink(std::size_t most) : sink_{sizeof sink_, 0, this, write}, most_(most) {}

std::int32_t BoundedSink::write(void* owner, pintu_text piece) noexcept {
    auto& self = *static_cast<BoundedSink*>(owner);
    if (piece.size == 0 && !self.overflowed_) return PINTU_OK;
    try {
        if (!self.overflowed_ && piece.data != nullptr &&
            piece.size <= self.most_ - self.bytes_.size()) {
            self.bytes_.append(view(piece));
            return PINTU_OK;
        }
    } catch (const std::exception&) {  // no memory: as if there were no room
    }
    self.overflowed_ = true;
    self.bytes_.clear();
    return PINTU_TOO_LARGE;
}

struct Opened::Inside {
    boost::dll::shared_library library;
    const pintu_plugin* plugin = nullptr;
    void* instance = nullptr;
    bool started = false;
    Tables tables;
};

Opened::Opened() : inside_(std::make_unique<Inside>()) {}

Opened::~Opened() {
    stop();
}

namespace {

Result<void> load(boost::dll::shared_library& library, const std::string& file) {
    try {
        library.load(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        return {};
    } catch (const std::exception& thrown) {  // the loader's, or a constructor's
        return fail("PL022", file, thrown.what());
    } catch (...) {
        return fail("PL022", file, "exception");
    }
}

Result<const pintu_plugin*> enter(boost::dll::shared_library& library, const std::string& file) {
    if (!library.has(PINTU_ENTRY_NAME)) return fail("PL023", file);
    const pintu_plugin* plugin = nullptr;
    const auto entered = guarded([&] {
        plugin = library.get<const pintu_plugin*(std::uint32_t)>(PINTU_ENTRY_NAME)(PINTU_ABI);
        return 0;
    });
    if (!entered) return entered.unexpected();
    if (plugin == nullptr || plugin->abi != PINTU_ABI)
        return fail("PL024", file, plugin == nullptr ? "-" : std::to_string(plugin->abi));
    if (!whole(plugin)) return fail("PL025", file, "pintu_plugin.size");
    if (!plausible(plugin->name)) return fail("PL025", file, "pintu_plugin.name");
    if (!plausible(plugin->version)) return fail("PL025", file, "pintu_plugin.version");
    if (!plugin->start || !plugin->stop || !plugin->extension)
        return fail("PL025", file, "pintu_plugin.start, stop, extension");
    return plugin;
}

}  // namespace

Result<std::unique_ptr<Opened>> Opened::open(const std::string& file) {
    std::unique_ptr<Opened> opened(new Opened);
    if (const auto loaded = load(opened->inside_->library, file); !loaded)
        return Unexpected<Error>{loaded.error()};
    auto plugin = enter(opened->inside_->library, file);
    if (!plugin) return plugin.unexpected();
    opened->inside_->plugin = *plugin;
    return opened;
}

Result<Introduced> Opened::start(const pintu_host& host, std::string_view config) {
    Inside& in = *inside_;
    const std::string name(view(in.plugin->name));
    BoundedSink why;
    Introduced introduced{name, std::string(view(in.plugin->version)), {}};
    const auto status =
        guarded([&] { return in.plugin->start(&host, text(config), why.get(), &in.instance); });
    if (!status) return status.unexpected();
    if (*status != PINTU_OK) return fail("PL016", name, why.take());
    in.started = true;
    bool honest = true;
    const auto asked = guarded([&] {
        auto& ids = introduced.extensions;
        honest = take(*in.plugin, in.instance, PINTU_CHANNEL_1, in.tables.channel, ids) &&
                 take(*in.plugin, in.instance, PINTU_CONNECTOR_1, in.tables.connector, ids) &&
                 take(*in.plugin, in.instance, PINTU_FACT_1, in.tables.fact, ids) &&
                 take(*in.plugin, in.instance, PINTU_HTTP_HANDLER_1, in.tables.http, ids) &&
                 take(*in.plugin, in.instance, PINTU_EVIDENCE_1, in.tables.evidence, ids);
        return 0;
    });
    if (!asked) return asked.unexpected();
    if (!honest) return fail("PL025", name, introduced.extensions.back());
    if (introduced.extensions.empty()) return fail("PL025", name, "no extension");
    return introduced;
}

Result<Answer> Opened::call(std::string_view method, std::string_view document) {
    const Inside& in = *inside_;
    BoundedSink answer;
    BoundedSink copy;
    const bool evidence = method == "evidence.inspect" && in.tables.evidence;
    const Call function = function_of(in.tables, method);
    if (!evidence && function == nullptr) return Answer{Status::unknown, std::string(method), ""};
    const auto status = guarded([&] {
        return evidence ? in.tables.evidence->inspect(in.instance, text(document), answer.get(),
                                                      copy.get())
                        : function(in.instance, text(document), answer.get());
    });
    if (!status) return status.unexpected();
    if (*status < 0 || *status > kLastStatus)
        return fail("PL003", "", "status " + std::to_string(*status));
    if (answer.overflowed() || copy.overflowed()) return Answer{Status::too_large, "", ""};
    return Answer{static_cast<Status>(*status), answer.take(), copy.take()};
}

void Opened::stop() {
    Inside& in = *inside_;
    if (!in.started) return;
    in.started = false;
    (void)guarded([&] {
        in.plugin->stop(in.instance);
        return 0;
    });
}

}  // namespace pintu::plugins
