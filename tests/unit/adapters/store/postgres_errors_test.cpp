#include "adapters/store/postgres/errors.hpp"

#include <gtest/gtest.h>

#include "engine/messages/messages.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {
namespace {

struct Case {
    const char* sqlstate;
    const char* expected;
    bool may_pass;
};

constexpr Case kCases[] = {
    {"", "ST020", true},       {"08006", "ST020", true},  {"08P01", "ST020", true},
    {"57P01", "ST020", true},  {"57P02", "ST020", true},  {"57P03", "ST020", true},
    {"25006", "ST022", true},  {"40001", "ST023", true},  {"40P01", "ST023", true},
    {"57014", "ST024", true},  {"55P03", "ST024", true},  {"25P03", "ST024", true},
    {"53100", "ST002", true},  {"28P01", "ST026", false}, {"28000", "ST026", false},
    {"3D000", "ST027", false}, {"42501", "ST028", false}, {"53300", "ST029", true},
    {"58030", "ST010", false}, {"XX001", "ST006", false}, {"XX002", "ST006", false},
    {"23505", "ST012", false}, {"42P01", "ST012", false}, {"22P02", "ST012", false},
};

TEST(PostgresErrors, have_words_of_their_own) {
    for (const auto& c : kCases) {
        const auto error = classify(c.sqlstate, "postgresql://satu/aduan", "as the server says it");
        EXPECT_EQ(error.code, c.expected) << c.sqlstate;
        EXPECT_EQ(ports::may_pass(error), c.may_pass) << c.sqlstate;
        const auto text = messages::render(error, messages::Language::indonesian);
        EXPECT_NE(text.message.find("postgresql://satu/aduan"), std::string::npos) << text.message;
        EXPECT_FALSE(text.hint.empty());
    }
}

TEST(PostgresErrors, quote_the_server_but_where_it_may_quote_a_value) {
    EXPECT_EQ(classify("42P01", "s", "relation \"x\" does not exist").args[1],
              "relation \"x\" does not exist [42P01]");
    EXPECT_EQ(classify("22P02", "s", "invalid input syntax: \"rahasia\"").args[1], "[22P02]");
}

TEST(PostgresErrors, are_one_line) {
    EXPECT_EQ(classify("08006", "s", "refused\n\tIs the server running?\n").args[1],
              "refused; Is the server running? [08006]");
}

struct Refused {
    const char* words;
    const char* expected;
};
constexpr Refused kRefused[] = {
    {"connection to server at \"satu\" (::1), port 5432 failed: Connection refused\n", "ST020"},
    {"connection to server at \"satu\", port 5432 failed: timeout expired\n", "ST020"},
    {"could not translate host name \"satu\" to address: Name or service not known\n", "ST020"},
    {"FATAL:  password authentication failed for user \"u\"\n", "ST026"},
    {"fe_sendauth: no password supplied\n", "ST026"},
    {"FATAL:  no pg_hba.conf entry for host \"1.2.3.4\", user \"u\", database \"d\"\n", "ST026"},
    {"FATAL:  role \"u\" does not exist\n", "ST026"},
    {"FATAL:  database \"d\" does not exist\n", "ST027"},
    {"connection to server at \"satu\", port 5432 failed: server does not support SSL, but SSL was "
     "required\n",
     "ST040"},
    {"FATAL:  permission denied for database \"d\"\n", "ST028"},
    {"FATAL:  sorry, too many clients already\n", "ST029"},
    {"FATAL:  too many connections for database \"d\"\n", "ST029"},
    {"FATAL:  remaining connection slots are reserved for superusers\n", "ST029"},
    {"connection to server at \"dua\", port 5432 failed: session is read-only\n", "ST022"},
    {"connection to server at \"satu\", port 5432 failed: Connection refused\n"
     "connection to server at \"dua\", port 5432 failed: session is read-only\n",
     "ST022"},
    {"FATAL:  the database system is starting up\n", "ST020"},
};

TEST(PostgresErrors, of_connections_that_are_not_made_are_known_by_their_words) {
    for (const auto& c : kRefused) {
        const auto error = classify_refusal("postgresql://satu/d", c.words);
        EXPECT_EQ(error.code, c.expected) << c.words;
        EXPECT_EQ(error.args[1].find('\n'), std::string::npos);
    }
}

}  // namespace
}  // namespace pintu::postgres
