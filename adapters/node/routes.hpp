// Which worker a job goes to.
//
// A report goes to the worker with the fewest jobs that are not answered: so batches are of one
// size, and whoever was just answered joins those who were answered with him instead of waiting for
// the batch of another worker. A report that may be the same as one that is not answered yet goes
// where that one is, so that the two do not race. Commands go by case, where it is cached.
#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace pintu::node {

class Routes {
  public:
    explicit Routes(std::size_t workers) : unanswered_(workers) {}

    // Of one job, until it is answered: end(), at the latest when it goes out of scope. `Routes`
    // outlives it.
    class Way {
      public:
        Way() = default;
        Way(Way&& other) noexcept { *this = std::move(other); }
        Way& operator=(Way&& other) noexcept;
        ~Way() { end(); }

        std::size_t worker() const { return worker_; }
        void end();

      private:
        friend class Routes;
        Routes* routes_ = nullptr;
        std::size_t worker_ = 0;
        std::size_t report_ = 0;
        bool is_report_ = false;
    };

    // Keys are hashes: two that are equal by chance only meet. From any thread.
    Way of_report(std::size_t key);
    Way of_case(std::size_t key);

  private:
    struct Open {
        std::size_t worker = 0;
        std::size_t count = 0;
    };
    Way begin(std::size_t worker);
    void end(const Way& way);

    std::mutex mutex_;
    std::vector<std::size_t> unanswered_;            // of each worker
    std::unordered_map<std::size_t, Open> reports_;  // that are not answered, by key
};

}  // namespace pintu::node
