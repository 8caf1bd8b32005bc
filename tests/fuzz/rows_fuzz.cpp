// Any bytes as a decision's CSV table below a good header.
#include <cstdint>
#include <cstdlib>

#include "engine/rules/syntax/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pintu;
    SourceSet sources;
    Diagnostics diagnostics;
    rules::syntax::Table table;
    table.inputs = {{"kategori", {}}, {"wilayah", {}}};
    const auto& source =
        sources.add("a.csv", "kategori,wilayah,pemilik,because\n" +
                                 std::string(reinterpret_cast<const char*>(data), size));
    for (const auto& row : rules::syntax::parse_rows(source, table, {"pemilik", {}}, diagnostics))
        if (row.cells.size() != 2) std::abort();
    return 0;
}
