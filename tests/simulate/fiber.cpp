#include "tests/simulate/fiber.hpp"

#include <cstdint>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#define PINTU_START_SWITCH(save, bottom, size) __sanitizer_start_switch_fiber(save, bottom, size)
#define PINTU_FINISH_SWITCH(saved, bottom, size) \
    __sanitizer_finish_switch_fiber(saved, bottom, size)
#else
#define PINTU_START_SWITCH(save, bottom, size) static_cast<void>(0)
#define PINTU_FINISH_SWITCH(saved, bottom, size) static_cast<void>(0)
#endif

namespace pintu::simulate {
namespace {

constexpr std::size_t kStackBytes = 1U << 20U;

std::vector<std::unique_ptr<char[]>>& spare() {
    static std::vector<std::unique_ptr<char[]>> stacks;
    return stacks;
}

std::unique_ptr<char[]> stack() {
    if (spare().empty()) return std::unique_ptr<char[]>(new char[kStackBytes]);
    auto last = std::move(spare().back());
    spare().pop_back();
    return last;
}

}  // namespace

Fiber::Fiber(std::function<void()> body) : body_(std::move(body)), stack_(stack()) {
    getcontext(&own_);
    own_.uc_stack.ss_sp = stack_.get();
    own_.uc_stack.ss_size = kStackBytes;
    own_.uc_link = nullptr;
    // makecontext passes ints only.
    const auto self = reinterpret_cast<std::uintptr_t>(this);
    makecontext(&own_, reinterpret_cast<void (*)()>(&Fiber::enter), 2,
                static_cast<unsigned>(self & 0xffffffffU), static_cast<unsigned>(self >> 32U));
}

Fiber::~Fiber() {
    spare().push_back(std::move(stack_));
}

void Fiber::enter(unsigned low, unsigned high) {
    auto* self = reinterpret_cast<Fiber*>(static_cast<std::uintptr_t>(low) |
                                          static_cast<std::uintptr_t>(high) << 32U);
    PINTU_FINISH_SWITCH(nullptr, &self->caller_bottom_, &self->caller_size_);
    self->body_();
    self->ended_ = true;
    PINTU_START_SWITCH(nullptr, self->caller_bottom_, self->caller_size_);
    setcontext(&self->caller_);
}

void Fiber::resume() {
    started_ = true;
    PINTU_START_SWITCH(&caller_fake_stack_, stack_.get(), kStackBytes);
    swapcontext(&caller_, &own_);
    PINTU_FINISH_SWITCH(caller_fake_stack_, nullptr, nullptr);
}

void Fiber::suspend() {
    PINTU_START_SWITCH(&fake_stack_, caller_bottom_, caller_size_);
    swapcontext(&own_, &caller_);
    PINTU_FINISH_SWITCH(fake_stack_, &caller_bottom_, &caller_size_);
}

}  // namespace pintu::simulate
