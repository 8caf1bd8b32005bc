# pintu_templates(OUT): a .cpp with the text of every file below plugins/template, made anew when one
# of them changes; its path goes to OUT.
function(pintu_templates out)
    set(root ${CMAKE_SOURCE_DIR}/plugins/template)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*)
    set(entries)
    foreach(file ${files})
        file(READ ${root}/${file} text)
        string(APPEND entries "    {\"${file}\", R\"template(${text})template\"},\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${root}/${file})
    endforeach()
    set(made ${CMAKE_CURRENT_BINARY_DIR}/template_files.cpp)
    file(CONFIGURE OUTPUT ${made} @ONLY CONTENT [[#include "adapters/cli/plugin_templates.hpp"

namespace pintu::cli {

std::span<const TemplateFile> template_files() {
    static constexpr TemplateFile kFiles[] = {
@entries@    };
    return kFiles;
}

}  // namespace pintu::cli
]])
    set(${out} ${made} PARENT_SCOPE)
endfunction()
