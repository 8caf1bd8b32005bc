// What comes over the sockets, whatever it is.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "plugins/host/link/frames.hpp"
#include "plugins/host/link/orders.hpp"

namespace pintu::plugins {
namespace {

Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(5);
}

struct Both {
    FrameSocket engine;
    FrameSocket guest;
};
Both both() {
    Pair pair = make_socket_pair(SOCK_STREAM);
    return {FrameSocket(std::move(pair.ours), false), FrameSocket(std::move(pair.theirs), true)};
}

TEST(Frames, of_every_length_come_as_they_went) {
    Both ends = both();
    for (const std::size_t size : {0U, 1U, 23U, 24U, 25U, 65'535U, 65'536U, 65'537U, 16U << 20U}) {
        const std::string text(size, 'x');
        std::thread sender(
            [&] { EXPECT_FALSE(ends.engine.send(FrameKind::call, 3, size, text, "zz", soon())); });
        auto came = ends.guest.receive(soon());
        sender.join();
        const auto* frame = std::get_if<Frame>(&came);
        ASSERT_NE(frame, nullptr) << size;
        EXPECT_EQ(frame->first, text);
        EXPECT_EQ(frame->second, "zz");
        EXPECT_EQ(frame->id, size);
        EXPECT_EQ(frame->status, 3);
        EXPECT_FALSE(ends.guest.something_waits());
    }
}

TEST(Frames, longer_than_a_document_do_not_go) {
    Both ends = both();
    const std::string text(kMostPart + 1, 'x');
    EXPECT_EQ(ends.engine.send(FrameKind::call, 0, 1, "", text, soon()), Broken::too_long);
    EXPECT_FALSE(ends.guest.something_waits());
}

TEST(Frames, that_come_together_are_told_apart) {
    Both ends = both();
    for (const char* text : {"satu", "dua", "tiga"})
        EXPECT_FALSE(ends.guest.send(FrameKind::answer, 0, 1, text, "", soon()));
    for (const char* text : {"satu", "dua", "tiga"}) {
        EXPECT_TRUE(ends.engine.something_waits());
        auto came = ends.engine.receive(soon());
        EXPECT_EQ(std::get<Frame>(came).first, text);
    }
    EXPECT_FALSE(ends.engine.something_waits());
}

TEST(Frames, pass_a_descriptor_to_the_guest_and_never_to_the_engine) {
    Both ends = both();
    Pair pipe = make_pipe(true);
    EXPECT_FALSE(ends.engine.send(FrameKind::served, 0, 1, "", "", soon(), pipe.theirs.get()));
    auto came = ends.guest.receive(soon());
    EXPECT_TRUE(std::get<Frame>(came).passed.open());
    EXPECT_FALSE(ends.guest.send(FrameKind::answer, 0, 1, "", "", soon(), pipe.theirs.get()));
    auto back = ends.engine.receive(soon());
    EXPECT_FALSE(std::get<Frame>(back).passed.open());
}

TEST(Frames, do_not_wait_beyond_the_deadline) {
    Both ends = both();
    const auto begun = std::chrono::steady_clock::now();
    auto came = ends.engine.receive(begun + std::chrono::milliseconds(20));
    EXPECT_EQ(std::get<Broken>(came), Broken::late);
    const std::string text(1U << 20U, 'x');  // more than the socket holds, and nobody reads
    EXPECT_EQ(
        ends.engine.send(FrameKind::call, 0, 1, text, text, begun + std::chrono::milliseconds(40)),
        Broken::late);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
}

TEST(Frames, of_random_bytes_are_a_frame_or_an_error) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        Pair pair = make_socket_pair(SOCK_STREAM);
        std::string bytes(random() % 4'000, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : 0);
        ASSERT_EQ(::send(pair.theirs.get(), bytes.data(), bytes.size(), 0),
                  static_cast<ssize_t>(bytes.size()));
        pair.theirs.reset();
        FrameSocket engine(std::move(pair.ours), false);
        int frames = 0;
        while (std::holds_alternative<Frame>(engine.receive(soon()))) ++frames;
        EXPECT_LE(frames, 4'000 / 24);
    }
}

Order order() {
    return {"kata",       "/p/libkata.so", "/p", {"python3", "main.py"},
            {"/p/words"}, {"/v/spool"},    256,  64};
}

TEST(Orders, come_as_they_went) {
    EXPECT_EQ(decode_order(encode(order())), order());
    EXPECT_EQ(decode_order(encode(Order{})), Order{});
}

TEST(Orders, that_are_cut_off_or_longer_are_none) {
    const std::string bytes = encode(order());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decode_order(bytes.substr(0, size))) << size;
    EXPECT_FALSE(decode_order(bytes + '\0'));
}

TEST(Orders, with_forged_counts_are_none) {
    std::string bytes = encode(order());
    for (std::size_t at = 0; at + 8 <= bytes.size(); ++at) {
        std::string forged = bytes;
        forged.replace(at, 8, std::string(8, '\xff'));
        const auto read = decode_order(forged);
        EXPECT_TRUE(!read || read->command.size() < 100U);
    }
}

}  // namespace
}  // namespace pintu::plugins
