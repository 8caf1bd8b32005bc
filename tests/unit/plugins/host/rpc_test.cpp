#include "plugins/host/rpc.hpp"

#include <gtest/gtest.h>

namespace pintu::plugins::rpc {
namespace {

std::string why_not(std::string_view line) {
    std::string why;
    EXPECT_FALSE(read(line, why)) << line;
    return why;
}

TEST(Rpc, a_request_is_one_line_whatever_its_document) {
    EXPECT_EQ(
        request(7, "fact.answer", "{\"fact\":\r\n\"a\"}"),
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"fact.answer\",\"params\":{\"fact\":  \"a\"}}");
}

TEST(Rpc, a_response_carries_a_status_as_an_error) {
    EXPECT_EQ(response("\"a\"", {}), R"({"jsonrpc":"2.0","id":"a","result":{}})");
    EXPECT_EQ(response("1", {Status::unknown, "tidak \"ada\"", ""}),
              R"({"jsonrpc":"2.0","id":1,"error":{"code":-32003,"message":"tidak \"ada\""}})");
}

TEST(Rpc, an_error_that_comes_is_a_status_again) {
    const std::pair<const char*, Status> known[] = {{"-32001", Status::refused},
                                                    {"-32002", Status::later},
                                                    {"-32003", Status::unknown},
                                                    {"-32004", Status::failed},
                                                    {"-32005", Status::too_large},
                                                    {"-32601", Status::unknown},
                                                    {"-32000", Status::failed},
                                                    {"-32006", Status::failed},
                                                    {"0", Status::failed},
                                                    {"\"x\"", Status::failed},
                                                    {"-9223372036854775808", Status::failed}};
    for (const auto& [code, status] : known) {
        std::string why;
        const auto message = read(
            R"({"id":1,"error":{"code":)" + std::string(code) + R"(,"message":"karena\u001b"}})",
            why);
        ASSERT_TRUE(message) << code;
        EXPECT_EQ(message->answer.status, status) << code;
        EXPECT_EQ(message->answer.document, "karena ");
    }
}

TEST(Rpc, a_copy_comes_as_base64_beside_its_document) {
    std::string why;
    const auto message =
        read(R"({"id":1,"result":{"type":"image/png","copy_base64":"AP8="}})", why);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->answer.document, R"({"type":"image/png"})");
    EXPECT_EQ(message->answer.copy, std::string("\0\xff", 2));
}

TEST(Rpc, a_question_has_a_method_and_a_notification_no_id) {
    std::string why;
    const auto asked = read(R"({"id":"p1","method":"time.now"})", why);
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->method, "time.now");
    EXPECT_EQ(asked->params, "{}");
    EXPECT_EQ(asked->id, "\"p1\"");
    EXPECT_EQ(read(R"({"method":"log.write","params":{"line":"a"}})", why)->id, "");
}

TEST(Rpc, anything_else_is_told_apart) {
    EXPECT_NE(why_not("").find("not JSON"), std::string::npos);
    EXPECT_NE(why_not("{\"id\":1,\"result\":{\"a\":\"\xff\"}}").find("not JSON"),
              std::string::npos);
    EXPECT_EQ(why_not("[]"), "not a JSON object");
    EXPECT_EQ(why_not(R"([{"id":1,"result":{}}])"), "not a JSON object");
    EXPECT_EQ(why_not("{}"), "\"result\" is no object");
    EXPECT_EQ(why_not(R"({"id":1,"result":7})"), "\"result\" is no object");
    EXPECT_EQ(why_not(R"({"id":1,"result":{"copy_base64":"%"}})"), "\"copy_base64\" is no Base64");
    EXPECT_EQ(why_not(R"({"id":[],"result":{}})"), "\"id\" is neither a number nor a short text");
    EXPECT_EQ(why_not(R"({"id":1,"method":7})"), "\"method\" is no text or \"params\" no object");
    EXPECT_EQ(why_not(R"({"id":1,"method":"a","params":[]})"),
              "\"method\" is no text or \"params\" no object");
    EXPECT_NE(why_not(std::string(1'000'000, '[')).find("not JSON"), std::string::npos);
}

}  // namespace
}  // namespace pintu::plugins::rpc
