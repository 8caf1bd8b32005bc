// The files of plugins/template, which are compiled in: `pintu plugin new` needs nothing beside it.
#pragma once

#include <span>
#include <string_view>

namespace pintu::cli {

// "python/fact/main.py": the language or "all", the kind or "common", the file. In its text stand
// @NAME@, @CLASS@, @RUN@, @BUILD@ and @PLUGIN@.
struct TemplateFile {
    std::string_view path;
    std::string_view text;
};
std::span<const TemplateFile> template_files();

}  // namespace pintu::cli
