# Flags of our own code, the launcher and the linker. Third-party headers are system headers.
add_library(pintu_flags INTERFACE)
target_include_directories(pintu_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(pintu_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wno-missing-field-initializers -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 sees overlaps in std::string that are not there (its bug 105651), only where it optimises.
    target_compile_options(pintu_flags INTERFACE -Wno-restrict)
endif()
if(PINTU_FUZZ)  # clang warns of other things than the compiler of record
    target_compile_options(pintu_flags INTERFACE -Wno-error)
endif()
if(PINTU_SANITIZE)
    # vptr: SOCI hides the type information of a base class (see docs/decisions).
    add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined -fno-sanitize=vptr)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)  # lets ccache and precompiled headers work together
    endif()
endif()
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# Programs that decide many cases: a third of their time went into malloc and free, this takes half
# of that away. Sanitizers and fuzzers have their own.
add_library(pintu_allocator INTERFACE)
find_library(JEMALLOC jemalloc)
if(JEMALLOC AND NOT PINTU_SANITIZE AND NOT PINTU_FUZZ)
    target_link_libraries(pintu_allocator INTERFACE ${JEMALLOC})
endif()
