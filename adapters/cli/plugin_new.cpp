#include <algorithm>
#include <filesystem>
#include <map>

#include "adapters/cli/plugin_commands.hpp"
#include "adapters/cli/plugin_templates.hpp"
#include "adapters/files/whole_file.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;
using Words = std::map<std::string, std::string>;

bool is_name(const std::string& name) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= 32 && letter(name[0]) &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

// "lapor-desa" -> "LaporDesa"
std::string class_of(const std::string& name) {
    std::string text;
    bool capital = true;
    for (const char c : name) {
        if (c == '-' || c == '_')
            capital = true;
        else
            text += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        if (c != '-' && c != '_') capital = false;
    }
    return text;
}

Words words_for(const PluginNewArgs& args) {
    static const std::map<std::string, std::string> kCommands = {
        {"python", "command: [python3, main.py]"},
        {"php", "command: [php, main.php]"},
        {"node", "command: [node, main.js]"}};
    const bool compiled = args.language == "cpp";
    const std::string run = compiled ? "run: lib" + args.name + ".so" : kCommands.at(args.language);
    const std::string build = compiled ? "    cmake -S . -B build && cmake --build build"
                                       : "Tidak perlu dibangun; jalankan perintah di folder ini.";
    return {{"@NAME@", args.name},
            {"@CLASS@", class_of(args.name)},
            {"@RUN@", run},
            {"@BUILD@", build},
            {"@PLUGIN@", compiled ? "build/" + args.name : "."}};
}

std::string filled(std::string_view text, const Words& words) {
    std::string result(text);
    for (const auto& [word, value] : words)
        for (auto at = result.find(word); at != std::string::npos;
             at = result.find(word, at + value.size()))
            result.replace(at, word.size(), value);
    return result;
}

// Of "all" and the language; common ones and those of the kind.
bool belongs(std::string_view path, const PluginNewArgs& args) {
    for (const std::string& language : {std::string("all"), args.language})
        for (const std::string& kind : {std::string("common"), args.kind})
            if (path.starts_with(language + "/" + kind + "/")) return true;
    return false;
}

std::string file_name(std::string_view path, const PluginNewArgs& args) {
    const std::string name(path.substr(path.rfind('/') + 1));
    return name == "plugin.cpp.in" ? args.name + ".cpp" : name;
}

}  // namespace

int plugin_new(const Options& options, const PluginNewArgs& args, Io& io) {
    if (!is_name(args.name)) return say(io, options, "CL527", {args.name}), kFailed;
    const fs::path folder = fs::path(args.directory) / args.name;
    std::error_code failed;
    if (fs::exists(folder, failed)) return say(io, options, "CL528", {folder.string()}), kFailed;
    fs::create_directories(folder, failed);
    const Words words = words_for(args);
    for (const TemplateFile& file : template_files()) {
        if (!belongs(file.path, args)) continue;
        const auto written = files::write_file((folder / file_name(file.path, args)).string(),
                                               filled(file.text, words));
        if (!written) return say(io, options, written.error()), kFailed;
    }
    say(io, options, "CL526", {args.name, folder.string()});
    return kDone;
}

}  // namespace pintu::cli
