# What is installed: the programs, the plugins that are shipped, and what it takes to write one
# (find_package(pintu) -> pintu::plugin and pintu_add_plugin; pkg-config pintu-plugin).
include(CMakePackageConfigHelpers)
set(package lib/cmake/pintu)

install(TARGETS pintu RUNTIME DESTINATION bin)
if(TARGET pintu-host)
    install(TARGETS pintu-host RUNTIME DESTINATION bin)
endif()

# Beside the programs, as they look for them: ../lib/pintu/plugins.
get_property(shipped GLOBAL PROPERTY PINTU_SHIPPED_PLUGINS)
foreach(plugin ${shipped})
    install(DIRECTORY ${CMAKE_BINARY_DIR}/plugins/${plugin}
        DESTINATION lib/pintu/plugins USE_SOURCE_PERMISSIONS)
endforeach()

install(FILES plugins/abi/pintu_plugin.h DESTINATION include/pintu/plugins/abi)
install(DIRECTORY plugins/sdk DESTINATION include/pintu/plugins
    FILES_MATCHING PATTERN *.hpp)

install(TARGETS pintu_plugin EXPORT pintu)
install(EXPORT pintu NAMESPACE pintu:: DESTINATION ${package} FILE pintu-targets.cmake)
install(FILES cmake/PintuPlugin.cmake cmake/pintu_plugin.map DESTINATION ${package})
configure_package_config_file(cmake/pintu-config.cmake.in ${CMAKE_BINARY_DIR}/pintu-config.cmake
    INSTALL_DESTINATION ${package} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/pintu-config-version.cmake
    COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_BINARY_DIR}/pintu-config.cmake ${CMAKE_BINARY_DIR}/pintu-config-version.cmake
    DESTINATION ${package})

configure_file(cmake/pintu-plugin.pc.in ${CMAKE_BINARY_DIR}/pintu-plugin.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/pintu-plugin.pc DESTINATION lib/pkgconfig)
