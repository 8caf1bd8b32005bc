#include "adapters/store/postgres/address.hpp"

#include <gtest/gtest.h>

namespace pintu::postgres {
namespace {

Address parsed(const std::string& address, Role role = Role::writer) {
    const auto result = parse_address(address, role);
    EXPECT_TRUE(result) << address;
    return result ? *result : Address{};
}

TEST(PostgresAddress, names_several_servers) {
    const auto address = parsed("postgresql://pintu:rahasia@satu:5433,dua/aduan");
    EXPECT_EQ(address.settings.at("host"), "satu,dua");
    EXPECT_EQ(address.settings.at("port"), "5433,");
    EXPECT_EQ(address.settings.at("dbname"), "aduan");
    EXPECT_EQ(address.settings.at("password"), "rahasia");
    EXPECT_EQ(address.shown, "postgresql://pintu@satu:5433,dua/aduan");
}

TEST(PostgresAddress, names_a_socket) {
    for (const char* text :
         {"postgresql:///aduan?host=/run/postgresql", "postgresql://%2Frun%2Fpostgresql/aduan"}) {
        const auto address = parsed(text);
        EXPECT_EQ(address.settings.at("host"), "/run/postgresql");
        EXPECT_EQ(address.shown, "postgresql:///aduan?host=/run/postgresql");
    }
    const std::string bouncer = "postgresql://pintu@/aduan?host=/run/postgresql&port=6432";
    EXPECT_EQ(parsed(bouncer).shown, bouncer);
}

TEST(PostgresAddress, says_what_libpq_leaves_to_wait_for_hours) {
    const auto address = parsed("postgresql://satu/aduan");
    EXPECT_EQ(address.settings.at("tcp_user_timeout"), "5000");
    EXPECT_EQ(address.settings.at("connect_timeout"), "5");
    EXPECT_EQ(address.settings.at("keepalives"), "1");
    EXPECT_EQ(address.settings.at("keepalives_idle"), "5");
    EXPECT_EQ(address.settings.at("application_name"), "pintu");
    EXPECT_EQ(address.settings.at("target_session_attrs"), "read-write");
    EXPECT_EQ(parsed("postgresql://satu/aduan", Role::reader).settings.at("target_session_attrs"),
              "any");
}

TEST(PostgresAddress, keeps_what_people_say_themselves) {
    const auto address = parsed(
        "postgresql://satu/aduan?target_session_attrs=any&tcp_user_timeout=900&sslmode=require");
    EXPECT_EQ(address.settings.at("target_session_attrs"), "any");
    EXPECT_EQ(address.settings.at("tcp_user_timeout"), "900");
    EXPECT_EQ(address.settings.at("sslmode"), "require");
}

TEST(PostgresAddress, quotes_values_for_libpq) {
    const auto address = parsed("postgresql://pintu:a'b%5Cc%20d@satu/aduan");
    EXPECT_NE(address.conninfo().find("password='a\\'b\\\\c d' "), std::string::npos);
    EXPECT_EQ(address.with_database("lain").shown, "postgresql://pintu@satu/lain");
}

struct Wrong {
    const char* address;
    const char* shown;
    const char* why;
};
constexpr Wrong kWrong[] = {
    {"postgresql://u:rahasia@satu/aduan?bukan=1", "postgresql://satu/aduan?bukan=1",
     "invalid URI query parameter: \"bukan\""},
    {"postgresql://u:rahasia@satu:5432:1/aduan?x", "postgresql://satu:5432:1/aduan?x",
     "missing key/value separator \"=\" in URI query parameter: \"x\""},
    {"postgresql://u:100%rahasia@satu/aduan", "postgresql://satu/aduan", "user:password"},
    {"postgresql://u:ra@ha@sia@satu/aduan", "postgresql://satu/aduan", "user:password"},
    {"postgresql://u@satu/aduan?password=%zzrahasia&x=1",
     "postgresql://satu/aduan?password=***&x=1", "invalid URI query parameter: \"x\""},
    {"postgresql://u@satu/aduan?x&passwd=rahasia&sslPassword=rahasia",
     "postgresql://satu/aduan?x&passwd=***&sslPassword=***",
     "missing key/value separator \"=\" in URI query parameter: \"x\""},
    {"postgresql://u:rah/asia@satu/aduan", "postgresql://satu/aduan", "user:password"},
    {"postgresql://u@satu:5432,dua:x1/aduan", "postgresql://satu:5432,dua:x1/aduan",
     "invalid port number: \"x1\""},
    {"postgresql://u@satu:0/aduan", "postgresql://satu:0/aduan", "invalid port number: \"0\""},
    {"postgresql://u@satu/aduan?sslmode=foo", "postgresql://satu/aduan?sslmode=foo",
     "invalid sslmode value: \"foo\""},
};

TEST(PostgresAddress, that_is_wrong_is_refused_without_telling_the_password) {
    for (const auto& wrong : kWrong) {
        const auto result = parse_address(wrong.address, Role::writer);
        ASSERT_FALSE(result) << wrong.address;
        EXPECT_EQ(result.error().code, "ST025");
        EXPECT_EQ(result.error().args[0], wrong.shown);
        EXPECT_EQ(result.error().args[1], wrong.why);
        EXPECT_EQ(shown_address(wrong.address), wrong.shown);
    }
}

TEST(PostgresAddress, is_known_by_its_scheme) {
    EXPECT_TRUE(is_postgres("postgresql://x/y"));
    EXPECT_TRUE(is_postgres("postgres://x/y"));
    EXPECT_FALSE(is_postgres("sqlite:postgresql://"));
}

}  // namespace
}  // namespace pintu::postgres
