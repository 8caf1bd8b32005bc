#include "engine/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace pintu {
namespace {

Span at(std::uint32_t file, std::uint32_t begin) {
    return {static_cast<FileId>(file), begin, begin + 1};
}

TEST(Diagnostics, come_out_in_order_of_place_each_once) {
    Diagnostics all;
    all.warning("B", at(1, 5), "x");
    all.error("A", at(2, 0));
    all.error("C", at(1, 5));
    all.error("C", at(1, 5));
    all.note("D", at(1, 2));
    std::string order;
    for (const auto& d : all.sorted()) order += d.code;
    EXPECT_EQ(order, "DCBA");
    EXPECT_EQ(all.count(Severity::error), 3U);
    EXPECT_EQ(all.count(Severity::warning), 1U);
    EXPECT_TRUE(all.has_errors());
}

TEST(Diagnostics, keep_a_bounded_number_and_count_the_rest) {
    Diagnostics all;
    for (std::uint32_t i = 0; i < 2'000; ++i) all.error("A", at(1, i));
    all.warning("B", at(1, 0));
    EXPECT_EQ(all.count(Severity::error), 2'000U);
    EXPECT_EQ(all.items().size(), Diagnostics::kMost + 1);
}

TEST(Diagnostics, of_two_join) {
    Diagnostics one;
    Diagnostics two;
    two.error("A", at(1, 0));
    two.note("B", at(1, 0));
    one.append(two);
    EXPECT_EQ(one.items(), two.items());
    EXPECT_TRUE(one.has_errors());
}

TEST(Source, counts_lines_and_characters_from_one) {
    SourceSet sources;
    const Source& source = sources.add("a.rules", "satu\r\ndé dua\n\nakhir");
    EXPECT_EQ(source.position(0), (Position{1, 1}));
    EXPECT_EQ(source.position(10), (Position{2, 4}));  // the accent is two bytes
    EXPECT_EQ(source.position(1'000), (Position{4, 6}));
    EXPECT_EQ(source.line(1), "satu");
    EXPECT_EQ(source.line(3), "");
    EXPECT_EQ(source.line(4), "akhir");
    EXPECT_EQ(source.line(5), "");
    EXPECT_EQ(source.line(0), "");
    EXPECT_EQ(sources.place(source.span(7, 8)), "a.rules:2");
    EXPECT_EQ(sources.place(Span{}), "");
    EXPECT_EQ(sources.find(FileId{9}), nullptr);
}

TEST(Source, stays_where_it_is_while_others_come) {
    SourceSet sources;
    const Source& first = sources.add("0", "x");
    for (int i = 1; i < 1'000; ++i) sources.add(std::to_string(i), "");
    EXPECT_EQ(sources.find(first.id()), &first);
}

TEST(Span, of_two_covers_both) {
    EXPECT_EQ(join(at(1, 2), at(1, 7)), (Span{FileId{1}, 2, 8}));
    EXPECT_EQ(join(Span{}, at(1, 7)), at(1, 7));
    EXPECT_EQ(join(at(1, 7), Span{}), at(1, 7));
}

}  // namespace
}  // namespace pintu
