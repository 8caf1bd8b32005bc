// The plugin's parts: what a node would take days or thousands of requests to show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_double.hpp"
#include "outgoing.hpp"
#include "queue.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "signature.hpp"

namespace webhook {
namespace {

using pintu::plugin::Taken;
using ::testing::ElementsAre;
using testing::EngineDouble;
using ::testing::HasSubstr;

constexpr std::int64_t kDayUs = 86'400'000'000;

Queue::Put put(Queue& queue, const std::string& id, const std::string& body = "{}") {
    return queue.put(id, body, {{"isi", "a"}, {"external_id", id}});
}

std::vector<std::string> polled(Queue& queue, std::size_t most = 100) {
    std::vector<std::string> ids;
    for (const auto& report : queue.poll(most).reports) ids.push_back(report.external_id);
    return ids;
}

// The example of the Standard Webhooks specification's own libraries.
TEST(WebhookSignature, is_the_one_of_the_specification) {
    EngineDouble node;
    node.secrets["receive"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const auto engine = node.engine();
    const auto keys = keys_of(engine, "receive");
    ASSERT_EQ(keys.size(), 1U);
    const std::string body = R"({"test": 2432232314})";
    EXPECT_EQ(signatures(keys, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    EXPECT_TRUE(is_signed(keys, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                          "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body));
}

TEST(WebhookSignature, keys_are_of_some_length_and_not_too_many) {
    EngineDouble node;
    const auto engine = node.engine();
    EXPECT_TRUE(keys_of(engine, "receive").empty());
    node.secrets["receive"] = "enam belas byte, atau lebih";
    EXPECT_THROW((void)keys_of(engine, "receive"), std::runtime_error);
    node.secrets["receive"] = "0123456789abcdef\n0123456789abcdeg ";
    EXPECT_THAT(keys_of(engine, "receive"), ElementsAre("0123456789abcdef", "0123456789abcdeg"));
    node.secrets["receive"] = "whsec_bukan-base64-sama-sekali!";
    EXPECT_THROW((void)keys_of(engine, "receive"), std::runtime_error);
    std::string many;
    for (int i = 0; i < 9; ++i) many += "0123456789abcdef ";
    node.secrets["receive"] = many;
    EXPECT_THROW((void)keys_of(engine, "receive"), std::runtime_error);
}

TEST(WebhookQueue, gives_the_oldest_first_and_again_until_they_are_settled) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 7);
    for (const auto* id : {"c", "a", "b"}) {
        ++node.now_us;
        EXPECT_EQ(put(queue, id), Queue::Put::queued);
    }
    EXPECT_THAT(polled(queue, 2), ElementsAre("c", "a"));
    EXPECT_TRUE(queue.poll(2).more);
    EXPECT_THAT(polled(queue), ElementsAre("c", "a", "b"));
    EXPECT_TRUE(queue.settle({{"a", "accepted", "T-1", {}}, {"tidak-ada", "accepted", "", {}}}));
    EXPECT_THAT(polled(queue), ElementsAre("c", "b"));
}

TEST(WebhookQueue, knows_after_a_restart_what_waits_and_what_was_taken) {
    EngineDouble node;
    const auto engine = node.engine();
    {
        Queue queue(engine, 7);
        put(queue, "menunggu", "satu");
        put(queue, "selesai", "dua");
        polled(queue);
        EXPECT_TRUE(queue.settle({{"selesai", "rejected", "", {{"IN005", "..."}}}}));
    }
    Queue queue(engine, 7);
    EXPECT_THAT(polled(queue), ElementsAre("menunggu"));
    EXPECT_EQ(put(queue, "menunggu", "satu"), Queue::Put::again);
    EXPECT_EQ(put(queue, "menunggu", "lain"), Queue::Put::another_body);
    EXPECT_EQ(put(queue, "selesai", "dua"), Queue::Put::again);
    EXPECT_EQ(put(queue, "selesai", "lain"), Queue::Put::another_body);
    EXPECT_EQ(boost::json::serialize(*queue.what_became_of("selesai")),
              R"({"id":"selesai","status":"rejected","tracking_id":"","errors":["IN005"]})");
    EXPECT_EQ(boost::json::serialize(*queue.what_became_of("menunggu")),
              R"({"id":"menunggu","status":"menunggu"})");
    EXPECT_FALSE(queue.what_became_of("tidak-ada").has_value());
}

TEST(WebhookQueue, a_crash_between_remembering_and_taking_out_gives_it_once_more) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 7);
    put(queue, "a");
    polled(queue);
    const auto before = node.state;
    EXPECT_TRUE(queue.settle({{"a", "accepted", "T-1", {}}}));
    node.state.insert(before.begin(), before.end());  // its place in the queue is still there
    Queue after(engine, 7);
    EXPECT_THAT(polled(after), ElementsAre("a"));
    EXPECT_TRUE(after.settle({{"a", "repeated", "T-1", {}}}));
    EXPECT_TRUE(polled(after).empty());
    EXPECT_EQ(put(after, "a"), Queue::Put::again);
}

TEST(WebhookQueue, forgets_ids_after_their_days_and_reports_never) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 2);
    put(queue, "lama");
    put(queue, "menunggu");
    polled(queue);
    EXPECT_TRUE(queue.settle({{"lama", "accepted", "T-1", {}}}));
    node.now_us += 2 * kDayUs;
    polled(queue);
    EXPECT_EQ(put(queue, "lama"), Queue::Put::again);
    node.now_us += kDayUs;
    EXPECT_THAT(polled(queue), ElementsAre("menunggu"));
    EXPECT_FALSE(queue.what_became_of("lama").has_value());
    EXPECT_EQ(node.state.size(), 1U);
}

TEST(WebhookQueue, takes_no_more_than_it_may_keep) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 7);
    for (std::size_t i = 0; i < Queue::kMostWaiting; ++i, ++node.now_us)
        ASSERT_EQ(put(queue, std::to_string(i)), Queue::Put::queued);
    EXPECT_EQ(put(queue, "satu-lagi"), Queue::Put::full);
    EXPECT_EQ(put(queue, "0"), Queue::Put::again);
    polled(queue, 1);
    EXPECT_TRUE(queue.settle({{"0", "accepted", "T-1", {}}}));
    EXPECT_EQ(put(queue, "satu-lagi"), Queue::Put::queued);
}

TEST(WebhookQueue, says_that_it_failed_where_the_disk_does) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 7);
    put(queue, "a");
    polled(queue);
    node.disk_works = false;
    EXPECT_EQ(put(queue, "b"), Queue::Put::failed);
    EXPECT_FALSE(queue.settle({{"a", "accepted", "T-1", {}}}));
    node.disk_works = true;
    EXPECT_THAT(polled(queue), ElementsAre("a"));
    EXPECT_EQ(put(queue, "b"), Queue::Put::queued);
}

TEST(WebhookQueue, forgets_the_oldest_ids_where_the_state_is_full) {
    EngineDouble node;
    const auto engine = node.engine();
    Queue queue(engine, 7);
    put(queue, "kemarin");
    polled(queue);
    EXPECT_TRUE(queue.settle({{"kemarin", "accepted", "T-1", {}}}));
    node.now_us += kDayUs;
    node.most_keys = 1;
    EXPECT_EQ(put(queue, "hari-ini"), Queue::Put::queued);
    EXPECT_EQ(node.state.size(), 1U);
}

TEST(WebhookOutgoing, the_same_message_is_the_same_event_whenever_it_is_tried) {
    pintu::plugin::Message message;
    message.key = "64.09-abc-1";
    message.agency = "64.09";
    message.kind = "acknowledge";
    message.text = "Terima kasih";
    Settings settings;
    settings.send_url = "https://portal.go.id:443/";
    settings.source = "/pintu";
    const std::vector<std::string> keys = {"0123456789abcdef", "0123456789abcdeg"};
    const auto first = call_of(message, settings, keys, 1'000);
    message.attempt = 2;
    const auto second = call_of(message, settings, keys, 2'000);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(pintu::plugin::header(first.headers, "webhook-id"), "64_09-abc-1");
    EXPECT_EQ(pintu::plugin::header(second.headers, "webhook-timestamp"), "2000");
    for (const auto& key : keys)  // whoever has one of them can check it
        EXPECT_TRUE(is_signed({key}, *pintu::plugin::header(second.headers, "webhook-signature"),
                              "64_09-abc-1", "2000", second.body));
}

TEST(WebhookOutgoing, only_what_speaks_of_the_message_is_for_good) {
    using pintu::plugin::Status;
    for (const int status : {200, 202, 204}) EXPECT_TRUE(judged(status));
    for (const int status : {301, 302, 401, 403, 404, 408, 425, 429, 500, 502, 503, 599})
        EXPECT_EQ(judged(status).failure().status, Status::later) << status;
    for (const int status : {400, 405, 409, 410, 413, 415, 422})
        EXPECT_EQ(judged(status).failure().status, Status::refused) << status;
}

}  // namespace
}  // namespace webhook
