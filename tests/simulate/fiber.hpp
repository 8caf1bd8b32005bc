// A stack of its own for each simulated process, all in one thread: whoever runs goes on until it
// waits. Stacks are kept for the next world.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace pintu::simulate {

class Fiber {
  public:
    // `body` runs at the first resume(), and must end by itself before the fiber is destroyed.
    explicit Fiber(std::function<void()> body);
    ~Fiber();
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    // Runs until it suspends or ends. Not from within a fiber.
    void resume();
    // Back to whoever resumed. From within this fiber only.
    void suspend();
    bool ended() const { return ended_; }

  private:
    static void enter(unsigned low, unsigned high);

    std::function<void()> body_;
    ucontext_t own_{};
    ucontext_t caller_{};
    std::unique_ptr<char[]> stack_;
    void* fake_stack_ = nullptr;  // AddressSanitizer's
    void* caller_fake_stack_ = nullptr;
    const void* caller_bottom_ = nullptr;
    std::size_t caller_size_ = 0;
    bool started_ = false;
    bool ended_ = false;
};

}  // namespace pintu::simulate
