#include "tests/simulate/scheduler.hpp"

#include <algorithm>

namespace pintu::simulate {

Task::Task(std::function<void()> body)
    : fiber_([this, run = std::move(body)] {
          if (killed_) return;
          try {
              run();
          } catch (const Killed&) {  // its memory is gone, what it did elsewhere stays
          }
      }) {}

void Scheduler::shut_down() {
    for (std::size_t i = 0; i < tasks_.size(); ++i) kill(tasks_[i].get());
}

void Scheduler::push(Due due) {
    due.order = ++order_;
    due_.push_back(std::move(due));
    std::push_heap(due_.begin(), due_.end(), Later());
}

void Scheduler::at(Micros when, std::function<void()> what) {
    push({std::max(when, now_), 0, nullptr, 0, std::move(what)});
}

Task* Scheduler::spawn(std::function<void()> body) {
    tasks_.push_back(std::make_unique<Task>(std::move(body)));
    Task* task = tasks_.back().get();
    task->wait_ = ++waits_;
    wake(task, task->wait_);
    return task;
}

std::uint64_t Scheduler::prepare() {
    current_->wait_ = ++waits_;
    return waits_;
}

void Scheduler::block() {
    Task* task = current_;
    task->fiber_.suspend();
    if (task->killed_) throw Killed{};
}

void Scheduler::sleep(Micros delay) {
    wake(current_, prepare(), delay);
    block();
}

void Scheduler::wake(Task* task, std::uint64_t wait, Micros delay) {
    push({now_ + delay, 0, task, wait, {}});
}

void Scheduler::resume(Task* task) {
    task->wait_ = 0;
    current_ = task;
    task->fiber_.resume();
    current_ = nullptr;
}

void Scheduler::kill(Task* task) {
    if (task->ended()) return;
    task->killed_ = true;
    resume(task);
}

bool Scheduler::step() {
    if (due_.empty()) return false;
    std::pop_heap(due_.begin(), due_.end(), Later());
    Due due = std::move(due_.back());
    due_.pop_back();
    now_ = due.when;
    ++steps_;
    if (due.task == nullptr) {
        due.what();
        return true;
    }
    Task* task = due.task;
    if (task->wait_ != due.wait || task->ended()) return true;
    if (task->stopped_until_ > now_)
        wake(task, due.wait, task->stopped_until_ - now_);
    else
        resume(task);
    return true;
}

}  // namespace pintu::simulate
