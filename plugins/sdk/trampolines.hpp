// Between the C tables and a plugin's class. Nothing that a plugin throws gets past here.
#pragma once

#include <concepts>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/sdk/documents.hpp"
#include "plugins/sdk/engine.hpp"
#include "plugins/sdk/outcome.hpp"

namespace pintu::plugin {

template <class T>
concept IsChannel = requires(T plugin, const std::vector<Taken>& answers) {
    { plugin.poll(std::int64_t{}) } -> std::convertible_to<Outcome<Reports>>;
    { plugin.taken(answers) } -> std::convertible_to<Done>;
};
template <class T>
concept IsConnector = requires(T plugin, const Message& message) {
    { plugin.send(message) } -> std::convertible_to<Done>;
};
template <class T>
concept IsFact = requires(T plugin, const FactQuestion& question) {
    { plugin.answer(question) } -> std::convertible_to<Outcome<std::string>>;
};
template <class T>
concept IsHttpHandler = requires(T plugin, const HttpRequest& request) {
    { plugin.handle(request) } -> std::convertible_to<HttpResponse>;
};
template <class T>
concept IsEvidence = requires(T plugin, std::string_view file) {
    { plugin.inspect(file) } -> std::convertible_to<Outcome<Inspected>>;
};

namespace detail {

inline std::int32_t written(pintu_sink* sink, std::string_view text) {
    return sink && sink->write ? sink->write(sink->owner, detail::text(text)) : PINTU_FAILED;
}

// The words go to the sink; the status is what is answered, whether they fit or not.
inline std::int32_t told(pintu_sink* sink, const Failure& failure) {
    if (!failure.why.empty()) (void)written(sink, failure.why);
    return static_cast<std::int32_t>(failure.status);
}

// Runs what may throw.
template <class Body>
std::int32_t guarded(pintu_sink* sink, Body body) noexcept {
    try {
        return body();
    } catch (const std::exception& thrown) {
        return sink && sink->write ? (sink->write(sink->owner, text(thrown.what())), PINTU_FAILED)
                                   : PINTU_FAILED;
    } catch (...) {
        return PINTU_FAILED;
    }
}

// What the engine holds as an instance.
template <class T>
struct Instance {
    Instance(const pintu_host* host, boost::json::object config)
        : engine(host, std::move(config)), plugin(engine) {}
    Engine engine;
    T plugin;
};

template <class T>
T& of(void* instance) {
    return static_cast<Instance<T>*>(instance)->plugin;
}

// With the document parsed; what is no JSON object fails.
template <class Body>
std::int32_t with_document(pintu_text document, pintu_sink* sink, Body body) noexcept {
    return guarded(sink, [&]() -> std::int32_t {
        std::optional<boost::json::object> parsed = json::parsed(view(document));
        if (!parsed) return told(sink, failed("dokumen dari mesin tidak terbaca"));
        return body(std::move(*parsed));
    });
}

template <class T>
std::int32_t poll(void* instance, pintu_text request, pintu_sink* sink) noexcept {
    return with_document(request, sink, [&](boost::json::object document) {
        const Outcome<Reports> reports = of<T>(instance).poll(json::number(document, "limit", 100));
        if (!reports) return told(sink, reports.failure());
        return written(sink, boost::json::serialize(to_json(*reports)));
    });
}

template <class T>
std::int32_t taken(void* instance, pintu_text answers, pintu_sink* sink) noexcept {
    return with_document(answers, sink, [&](boost::json::object document) {
        const Done settled = of<T>(instance).taken(taken_from(document));
        return settled ? written(sink, "{}") : told(sink, settled.failure());
    });
}

template <class T>
std::int32_t send(void* instance, pintu_text message, pintu_sink* sink) noexcept {
    return with_document(message, sink, [&](boost::json::object document) {
        const Done sent = of<T>(instance).send(message_from(std::move(document)));
        return sent ? written(sink, "{}") : told(sink, sent.failure());
    });
}

template <class T>
std::int32_t answer(void* instance, pintu_text question, pintu_sink* sink) noexcept {
    return with_document(question, sink, [&](boost::json::object document) {
        const Outcome<std::string> value = of<T>(instance).answer(question_from(document));
        if (!value) return told(sink, value.failure());
        return written(sink, boost::json::serialize(boost::json::object{{"value", *value}}));
    });
}

template <class T>
std::int32_t handle(void* instance, pintu_text request, pintu_sink* sink) noexcept {
    return with_document(request, sink, [&](boost::json::object document) {
        const std::optional<HttpRequest> read = request_from(document);
        if (!read) return told(sink, failed("isi permintaan HTTP bukan base64"));
        const HttpResponse response = of<T>(instance).handle(*read);
        return written(sink, boost::json::serialize(to_json(response)));
    });
}

template <class T>
std::int32_t inspect(void* instance, pintu_text file, pintu_sink* answer,
                     pintu_sink* copy) noexcept {
    return guarded(answer, [&]() -> std::int32_t {
        const Outcome<Inspected> inspected = of<T>(instance).inspect(view(file));
        if (!inspected) return told(answer, inspected.failure());
        const std::int32_t status = written(copy, inspected->copy);
        if (status != PINTU_OK) return status;
        return written(answer, boost::json::serialize(to_json(*inspected)));
    });
}

template <class T>
std::int32_t start(const pintu_host* host, pintu_text config, pintu_sink* why,
                   void** instance) noexcept {
    return with_document(config, why, [&](boost::json::object document) -> std::int32_t {
        if (!host || host->size < sizeof(pintu_host) || !host->service || !instance) {
            return told(why, refused("mesin ini tidak dikenal"));
        }
        *instance = std::make_unique<Instance<T>>(host, std::move(document)).release();
        return PINTU_OK;
    });
}

template <class T>
void stop(void* instance) noexcept {
    guarded(nullptr, [&] {
        delete static_cast<Instance<T>*>(instance);
        return PINTU_OK;
    });
}

template <class T>
const void* extension(void*, pintu_text id) noexcept {
    const std::string_view wanted = view(id);
    if constexpr (IsChannel<T>) {
        static constexpr pintu_channel_1 kTable{sizeof(pintu_channel_1), 0, poll<T>, taken<T>};
        if (wanted == PINTU_CHANNEL_1) return &kTable;
    }
    if constexpr (IsConnector<T>) {
        static constexpr pintu_connector_1 kTable{sizeof(pintu_connector_1), 0, send<T>};
        if (wanted == PINTU_CONNECTOR_1) return &kTable;
    }
    if constexpr (IsFact<T>) {
        static constexpr pintu_fact_1 kTable{sizeof(pintu_fact_1), 0, answer<T>};
        if (wanted == PINTU_FACT_1) return &kTable;
    }
    if constexpr (IsHttpHandler<T>) {
        static constexpr pintu_http_handler_1 kTable{sizeof(pintu_http_handler_1), 0, handle<T>};
        if (wanted == PINTU_HTTP_HANDLER_1) return &kTable;
    }
    if constexpr (IsEvidence<T>) {
        static constexpr pintu_evidence_1 kTable{sizeof(pintu_evidence_1), 0, inspect<T>};
        if (wanted == PINTU_EVIDENCE_1) return &kTable;
    }
    return nullptr;
}

template <class T>
pintu_plugin described(std::string_view name, std::string_view version) noexcept {
    static_assert(std::constructible_from<T, Engine&>, "a plugin is made from an Engine&");
    static_assert(IsChannel<T> || IsConnector<T> || IsFact<T> || IsEvidence<T>,
                  "a plugin has poll and taken, or send, or answer, or inspect; see plugin.hpp");
    return {sizeof(pintu_plugin), PINTU_ABI, text(name), text(version), start<T>, stop<T>,
            extension<T>};
}

}  // namespace detail

}  // namespace pintu::plugin
