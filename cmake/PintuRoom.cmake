# pintu_room(NAME FOLDER [LINK ...]): a static library of all .cpp files below FOLDER. New files are
# found by themselves.
function(pintu_room name folder)
    cmake_parse_arguments(ROOM "" "" "LINK;PRIVATE_LINK" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    if(sources)
        add_library(${name} STATIC ${sources})
        target_link_libraries(${name} PUBLIC ${ROOM_LINK} PRIVATE pintu_flags ${ROOM_PRIVATE_LINK})
        target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE ${ROOM_LINK})
        target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    endif()
endfunction()

# pintu_test(NAME FOLDER LINK ...): one GoogleTest program of all *_test.cpp files below FOLDER. What
# links pintu_test_cluster has a PostgreSQL for its run of ctest, one test at a time: a transaction of
# one database holds up the order of the log in all of them.
function(pintu_test name folder)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*_test.cpp)
    if(NOT sources)
        return()
    endif()
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE ${ARGN} pintu_test_golden pintu_flags)
    if(CMAKE_CURRENT_SOURCE_DIR STREQUAL "${CMAKE_SOURCE_DIR}/tests")  # CMake cannot from below
        target_precompile_headers(${name} REUSE_FROM pintu_test_pch)
    endif()
    target_compile_definitions(${name} PRIVATE PINTU_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    set(fixtures)
    if("pintu_test_cluster" IN_LIST ARGN)
        set(fixtures FIXTURES_REQUIRED postgres RESOURCE_LOCK postgres)
    endif()
    gtest_discover_tests(${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} DISCOVERY_TIMEOUT 60
        PROPERTIES TIMEOUT 300 ${fixtures})
endfunction()
