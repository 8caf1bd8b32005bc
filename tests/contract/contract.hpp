// What all contract tests of stores begin with: an empty store of each kind.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/ports/store.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu::testing {

using ports::Commit;
using ports::EventStore;
using ports::Work;

struct Kind {
    const char* name;
    std::unique_ptr<EventStore> (*make)();  // empty; nullptr fails the test
};

// Every store there is.
std::vector<Kind> kinds();

inline std::string name_of(const ::testing::TestParamInfo<Kind>& kind) {
    return kind.param.name;
}

constexpr Instant kStart{1'773'365'400'000'000};

inline Instant later(std::int64_t seconds) {
    return plus_seconds(kStart, seconds);
}

class StoreContract : public ::testing::TestWithParam<Kind> {
  protected:
    void SetUp() override { ASSERT_NE(store_, nullptr); }

    // Commits, and expects no conflict.
    void keep(const Commit& commit) {
        const auto answer = store_->commit(commit);
        ASSERT_TRUE(answer) << answer.error().code;
        EXPECT_TRUE(answer->kept());
        EXPECT_TRUE(store_->sequence(1'000'000));
    }
    void receive(const std::string& name, Instant at = kStart) {
        Commit commit;
        cases_.receive(commit, name, at);
        keep(commit);
    }
    void move(const std::string& name, const std::string& state, Instant at) {
        Commit commit;
        cases_.move(commit, name, state, at);
        keep(commit);
    }
    template <class T>
    T got(Result<T> result) {
        EXPECT_TRUE(result) << (result ? "" : result.error().code);
        return result ? std::move(*result) : T{};
    }

    std::unique_ptr<EventStore> store_ = GetParam().make();
    SampleCases cases_;
};

}  // namespace pintu::testing
