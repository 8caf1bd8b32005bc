#!/bin/sh
# Installs what was built to a prefix of its own and builds plugins outside of the tree with what is
# there: with find_package(pintu), and with pkg-config.
#   installed.sh BUILD_FOLDER SOURCE_FOLDER TRY_PROGRAM
set -eu
build=$1 source=$2 try=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/prefix" > "$work/install.log"

# Whatever is written with it sees the installed files alone: the source is a copy, elsewhere.
for name in kata kotak gerbang; do
    cp -r "$source/examples/plugins/$name" "$work/$name"
    cmake -S "$work/$name" -B "$work/$name/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_PREFIX_PATH="$work/prefix" > "$work/$name.log"
    cmake --build "$work/$name/build" >> "$work/$name.log" || { cat "$work/$name.log"; exit 1; }
    if grep -rq "$source" "$work/$name/build/build.ninja"; then
        echo "$name was built with files of the source tree"; exit 1
    fi
    test -f "$work/$name/build/$name/plugin.yaml"
done
"$try" "$work/kata/build/kata/libkata.so"

export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig"
mkdir "$work/by-hand"
${CXX:-c++} $(pkg-config --cflags pintu-plugin) -shared -o "$work/by-hand/libkata.so" "$work/kata/kata.cpp" \
    $(pkg-config --libs pintu-plugin) \
    "-Wl,--version-script=$(pkg-config --variable=version_script pintu-plugin)"
"$try" "$work/by-hand/libkata.so"
test "$(nm -D --defined-only "$work/by-hand/libkata.so" | wc -l)" = 1

# The programs run from there, and the shipped plugins stand where they are looked for.
"$work/prefix/bin/pintu" version > /dev/null
for folder in "$source"/plugins/bundled/*/; do
    name=$(basename "$folder")
    test -f "$work/prefix/lib/pintu/plugins/$name/plugin.yaml" || { echo "$name is not installed"; exit 1; }
done
echo "installed, found and built"
