#include <boost/json.hpp>
#include <ostream>

#include "adapters/cli/outside.hpp"
#include "adapters/cli/plugin_trial.hpp"
#include "adapters/files/whole_file.hpp"

namespace pintu::cli {
namespace {

struct Example {
    std::string method;
    std::string document;
};

// {"method": "fact.answer", "document": {...}}
std::optional<Example> example_in(const std::string& text) {
    boost::system::error_code failed;
    const auto value = boost::json::parse(text, failed);
    const auto* object = failed ? nullptr : value.if_object();
    const auto* method = object ? object->if_contains("method") : nullptr;
    const auto* document = object ? object->if_contains("document") : nullptr;
    if (!method || !method->is_string() || !document || !document->is_object()) return std::nullopt;
    return Example{std::string(method->get_string()), boost::json::serialize(*document)};
}

const char* name_of(plugins::Status status) {
    switch (status) {
        case plugins::Status::ok: return "ok";
        case plugins::Status::refused: return "refused";
        case plugins::Status::later: return "later";
        case plugins::Status::unknown: return "unknown";
        case plugins::Status::too_large: return "too_large";
        default: return "failed";
    }
}

}  // namespace

int plugin_run(const Options& options, const PluginTryArgs& args, Io& io) {
    const auto text = files::read_file(args.input, 16U << 20U);
    if (!text) return say(io, options, text.error()), kFailed;
    const auto example = example_in(*text);
    if (!example || !kind_of(example->method))
        return say(io, options, "CL635", {args.input}), kFailed;
    Settings settings;
    NodeOutside outside(settings, options.language);
    const auto trial = Trial::open(options, args, &outside.world(), io);
    if (!trial) return kFailed;
    const auto answer = trial->call(example->method, example->document);
    if (!answer) return say(io, options, answer.error()), kFailed;
    const bool ok = answer->status == plugins::Status::ok;
    if (ok) io.out << answer->document << '\n';
    say(io, options, "CL531",
        {example->method, name_of(answer->status), std::to_string(trial->took().count()),
         ok ? "" : answer->document});
    return ok ? kDone : kFailed;
}

}  // namespace pintu::cli
