# pintu_add_plugin(NAME SOURCES file.cpp ... [LINK library ...] [FILES file ...]): a plugin as
# NAME/libNAME.so with its plugin.yaml and FILES beside it, below the current binary folder (of the
# bundled ones: build/plugins/NAME). Exports exactly one symbol; can be unloaded; no undefined symbols.
set(PINTU_PLUGIN_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
function(pintu_add_plugin name)
    cmake_parse_arguments(PLUGIN "" "" "SOURCES;LINK;FILES" ${ARGN})
    if(NOT DEFINED PINTU_PLUGIN_OUTPUT)
        set(PINTU_PLUGIN_OUTPUT ${CMAKE_CURRENT_BINARY_DIR})
    endif()
    set(folder ${PINTU_PLUGIN_OUTPUT}/${name})
    add_library(plugin_${name} MODULE ${PLUGIN_SOURCES})
    target_link_libraries(plugin_${name} PRIVATE pintu::plugin ${PLUGIN_LINK})
    set_target_properties(plugin_${name} PROPERTIES
        OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${folder}
        CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(plugin_${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
    endif()
    if(NOT PINTU_SANITIZE)
        target_link_options(plugin_${name} PRIVATE -Wl,-z,defs)
    endif()
    target_link_options(plugin_${name} PRIVATE
        -Wl,--version-script=${PINTU_PLUGIN_CMAKE_DIR}/pintu_plugin.map)
    foreach(file plugin.yaml ${PLUGIN_FILES})
        add_custom_command(OUTPUT ${folder}/${file}
            COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/${file} ${folder}/${file}
            DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file} VERBATIM)
        target_sources(plugin_${name} PRIVATE ${folder}/${file})
    endforeach()
endfunction()
