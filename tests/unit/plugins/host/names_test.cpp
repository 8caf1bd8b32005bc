#include "plugins/host/names.hpp"

#include <gtest/gtest.h>

namespace pintu::plugins {
namespace {

TEST(Names, of_plugins_and_versions_are_short_and_plain) {
    for (const auto* good : {"a", "surel", "sms-2", "a_b"})
        EXPECT_TRUE(is_plugin_name(good)) << good;
    for (const auto* bad :
         {"", "2a", "A", "a.b", "../a", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        EXPECT_FALSE(is_plugin_name(bad)) << bad;
    for (const auto* good : {"1", "1.2", "1.2.3", "1.2.3-uji.1"})
        EXPECT_TRUE(is_version(good)) << good;
    for (const auto* bad : {"", ".", "1.", "1..2", "1.2.3.4", "v1", "1-", "1.2-A"})
        EXPECT_FALSE(is_version(bad)) << bad;
}

TEST(Names, of_hosts_come_apart_at_the_port) {
    const auto six = split_host("[::1]:25");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    EXPECT_EQ(six->port, "25");
    EXPECT_FALSE(split_host("::1:25"));
    EXPECT_FALSE(split_host("contoh.go.id"));
    EXPECT_TRUE(is_host_name("contoh.go.id"));
    for (const auto* bad : {"", "-a", ".a", "a b", "a/b", "user@a"})
        EXPECT_FALSE(is_host_name(bad)) << bad;
    for (const auto* bad : {"", "0", "65536", "25x", "-1"}) EXPECT_FALSE(is_port(bad)) << bad;
    EXPECT_TRUE(is_port("65535"));
}

}  // namespace
}  // namespace pintu::plugins
