#include "adapters/cli/setup.hpp"

#include <ostream>

#include "adapters/cli/facts.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/files/definitions.hpp"
#include "adapters/store/store.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/cases/tracking.hpp"

namespace pintu::cli {

std::string store_address(const Options& options) {
    if (!options.store.empty()) return options.store;
    SourceSet sources;
    Diagnostics ignored;  // `check` and `run` report them
    const std::string configured = read_settings(options.directory, sources, ignored).store;
    return configured.empty() ? "sqlite:var/pintu.db" : configured;
}

std::string shown_store(const Options& options) {
    return store::shown_address(store_address(options));
}

int store_failed(const Options& options, const Error& error, const Io& io) {
    say(io, options, error);
    if (error.code.starts_with("HI")) return kBroken;
    return ports::may_pass(error) ? kTryLater : kFailed;
}

Result<std::unique_ptr<ports::EventStore>> open_store(const Options& options, Access access) {
    const std::string address = store_address(options);
    store::OpenOptions open;
    open.create = access != Access::read && (access != Access::write || store::is_file(address));
    open.durable = access != Access::play;
    open.read_only = access == Access::read;
    return store::open_store(address, open);
}

std::unique_ptr<ports::EventStore> open_store(const Options& options, Access access, const Io& io,
                                              int& exit) {
    auto store = open_store(options, access);
    if (store) return std::move(*store);
    exit = store_failed(options, store.error(), io);
    return nullptr;
}

std::optional<Definitions> load_definitions(const Options& options, Instant now, const Io& io) {
    auto files = files::read_definitions(options.directory);
    if (!files) {
        say(io, options, files.error());
        return std::nullopt;
    }
    std::erase_if(files->files, [](const auto& file) { return file.path == kSettingsFile; });
    bundle::LoadOptions load;
    if (!options.agency.empty()) load.only = AgencyCode(options.agency);
    load.today = local_date(now);
    load.plugins = add_plugins(options.directory, *files);
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    auto library = bundle::load(*files, load, sources, diagnostics);
    if (library) return Definitions{std::move(*library), std::move(*files)};
    print_diagnostics(io.err, diagnostics, *sources, options, Output::pretty, io.color);
    say(io, options, "CL011", {options.directory});
    return std::nullopt;
}

std::optional<Definitions> load_definitions(const Options& options, const Io& io) {
    return load_definitions(options, moment(options), io);
}

std::optional<cases::CaseRow> find_case(const Options& options, ports::EventStore& store,
                                        const std::string& id, const Io& io, int& exit) {
    CaseId case_id(id);
    if (const auto tracking = cases::parse_tracking_id(id)) {
        const auto found = store.find(*tracking);
        if (!found) return exit = store_failed(options, found.error(), io), std::nullopt;
        if (!found->empty()) case_id = found->back();
    }
    const auto stored = store.load({case_id});
    if (!stored) return exit = store_failed(options, stored.error(), io), std::nullopt;
    if (stored->front().events.empty()) {
        say(io, options, "CL012", {id});
        return exit = kFailed, std::nullopt;
    }
    cases::State state;
    for (const auto& event : stored->front().events) cases::apply(state, event);
    return cases::project(state);
}

std::optional<Instant> parse_moment(const std::string& text, std::int32_t offset_s) {
    if (const auto instant = parse_instant(text)) return instant;
    const auto date = parse_date(text);
    if (!date) return std::nullopt;
    return Instant{(date->days * kSecondsPerDay - offset_s) * kMicrosPerSecond};
}

Instant moment(const Options& options) {
    return options.as_of ? *options.as_of : clock::SystemClock().now();
}

Date local_date(Instant at) {
    return Date{
        static_cast<std::int32_t>((at.micros / kMicrosPerSecond + kLocalOffset) / kSecondsPerDay)};
}

std::string local(Instant at) {
    std::string text = to_string(at, kLocalOffset).substr(0, 16);
    text[10] = ' ';
    return text;
}

}  // namespace pintu::cli
