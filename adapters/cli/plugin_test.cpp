#include <ostream>

#include "adapters/cli/plugin_checks.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/wire/json_writer.hpp"

namespace pintu::cli {
namespace {

using Result = Verdict::Result;

const char* name_of(Result result) {
    switch (result) {
        case Result::passed: return "passed";
        case Result::failed: return "failed";
        default: return "not_applicable";
    }
}

const char* code_of(Result result) {
    switch (result) {
        case Result::passed: return "CL546";
        case Result::failed: return "CL547";
        default: return "CL548";
    }
}

std::string why(const Options& options, const Verdict& verdict) {
    if (!verdict.why) return "";
    auto args = verdict.why->args;
    for (auto& arg : args) arg = shown_argument(options, arg);
    return words(options, verdict.why->code, std::move(args));
}

struct Tally {
    int passed = 0;
    int failed = 0;
};

void write(wire::JsonWriter& json, const Options& options, const PluginCheck& check,
           const Verdict& verdict) {
    json.begin_object().field("check", check.name).field("result", name_of(verdict.result));
    json.field("why", why(options, verdict)).end_object();
}

}  // namespace

int plugin_test(const Options& options, const PluginTryArgs& args, Io& io) {
    const bool as_json = options.output == Output::json;
    const auto trial = Trial::open(options, args, nullptr, io);
    if (!trial) return kFailed;
    wire::JsonWriter json;
    json.begin_object().field("plugin", trial->manifest().name);
    json.field("version", trial->manifest().version).key("checks").begin_array();
    Table table({words(options, "CL638"), words(options, "CL639"), words(options, "CL640")});
    Tally tally;
    for (const auto& check : plugin_checks()) {
        trial->let_time_pass();  // whatever the last one broke
        trial->renew_folders();
        (void)trial->begin_again();
        const Verdict verdict = check.run(*trial);
        tally.passed += verdict.result == Result::passed;
        tally.failed += verdict.result == Result::failed;
        write(json, options, check, verdict);
        table.add({words(options, check.code), words(options, code_of(verdict.result)),
                   why(options, verdict)});
    }
    json.end_array().field("failed", static_cast<std::int64_t>(tally.failed)).end_object();
    if (as_json)
        io.out << json.text() << '\n';
    else
        table.print(io.out, options.output);
    say(io, options, tally.failed == 0 ? "CL532" : "CL549",
        {trial->manifest().name, trial->manifest().version, std::to_string(tally.passed),
         std::to_string(tally.failed)});
    return tally.failed == 0 ? kDone : kFailed;
}

}  // namespace pintu::cli
