#include "experiments/engine/slurm/generation_run.hpp"

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/engine/slurm/open_tasks.hpp"

namespace assay::engine {
namespace {

/// Generations of one block that may be lost before a trial of it starts, in one session.
constexpr int kMostUnstarted = 4;
/// Tasks that may say that they cannot run one block, on whatever node.
constexpr int kMostFailures = 2;
/// Refusals of sbatch in a row after which what it says is believed.
constexpr int kMostRefusals = 2;
/// A task that handed in its block has ended by then, unless the controller is mistaken.
constexpr int kGhostPolls = 5;
/// A task writes its first file when it starts.
constexpr nanoseconds kStartAllowance = std::chrono::seconds(60);
constexpr nanoseconds kTick = std::chrono::milliseconds(100);

std::string row_text(const std::optional<QueueRow>& row) {
  if (!row) return "the queue no longer has it";
  return fmt::format("{}{}{}", row->state_name, row->reason.empty() ? "" : ", ", row->reason);
}

}  // namespace

GenerationRun::GenerationRun(SlurmSession& session, std::span<const BlockOrder> orders) : session_(session) {
  tasks_.reserve(orders.size());
  for (const BlockOrder& order : orders) {
    tasks_.push_back({.order = order, .key = key_of(order), .file = file_name_of(key_of(order))});
  }
  for (Task& task : tasks_) by_file_.emplace(task.file, &task);
  take_over();
}

void GenerationRun::take_over() {
  for (Task& task : tasks_) {
    for (const Generation& generation : session_.generations) {
      const auto place = std::find_if(generation.orders.begin(), generation.orders.end(),
                                      [&task](const BlockOrder& order) { return key_of(order) == task.key; });
      if (place == generation.orders.end()) continue;
      const std::optional<Claim> claim = session_.spool.claimed(task.key, generation.number);
      if (claim && claim->claimant != Claimant::task) continue;
      task.begin(generation.number, static_cast<std::size_t>(place - generation.orders.begin()));
    }
  }
}

void GenerationRun::run(const BlockSink& sink, const StopSignal& stop) {
  for (;;) {
    take_in_if_changed();
    hand_on(sink);
    if (all_handed_on()) return leave_queue();
    const StopRequest asked = stop();
    if (asked == StopRequest::at_once) return leave_running();
    if (asked == StopRequest::after_block && !starts_no_more_) stop_starting();
    submit_missing();
    if (host::monotonic_time() - asked_ >= session_.options.poll) ask_queue();
    if (!all_handed_on()) std::this_thread::sleep_for(std::min(kTick, session_.options.poll));
  }
}

void GenerationRun::submit_missing() {
  if (starts_no_more_ || host::monotonic_time() < submit_after_) return;
  std::vector<Task*> missing;
  for (Task& task : tasks_) {
    if (task.is_open() && task.generation == 0) missing.push_back(&task);
  }
  for (std::span<Task* const> left = std::span(missing).first(admitted(missing)); !left.empty();) {
    const std::size_t count = std::min(left.size(), session_.largest_array - 1);
    submit(left.first(count));
    left = left.subspan(count);
  }
}

/// How many of these may be submitted now. If none ever may, they are dropped.
std::size_t GenerationRun::admitted(std::span<Task* const> missing) {
  if (session_.member == nullptr || missing.empty()) return missing.size();
  const Admission admission =
      session_.member->queue.admit(session_.member->number, blocks_in_flight(tasks_, host::monotonic_time()));
  if (const auto* const now = std::get_if<Admitted>(&admission)) return now->blocks;
  if (std::holds_alternative<NodeTimeIsSpent>(admission)) {
    is_out_of_node_time_ = true;
    for (Task* const task : missing) task->end = TaskDropped{};
  }
  return 0;
}

/// Nothing of these blocks waits or runs any more.
void GenerationRun::leave_queue() {
  if (session_.member == nullptr) return;
  session_.member->queue.see(session_.member->number, {});
  if (is_out_of_node_time_) session_.member->queue.stop(session_.member->number);
}

void GenerationRun::count_lost(const Task& task) {
  if (session_.member == nullptr || !task.running_since) return;
  session_.member->queue.task_lost(session_.member->number, host::monotonic_time() - *task.running_since);
}

void GenerationRun::submit(std::span<Task* const> tasks) {
  Generation generation{.number = session_.next_generation(),
                        .job_name = {},
                        .orders = {},
                        .mixed_cpus = session_.options.mixed_cpus == MixedCpus::allowed};
  constexpr std::size_t kDigits = 12;
  generation.job_name = fmt::format("assay-{}-g{}", session_.spool.plan_sha256().substr(0, kDigits), generation.number);
  for (const Task* const task : tasks) generation.orders.push_back(task->order);
  session_.spool.keep_generation(generation);  // the intent: whatever happens from here on is found again by its name
  session_.generations.push_back(generation);
  session_.live.insert(generation.number);
  for (std::size_t place = 0; place < tasks.size(); ++place) tasks[place]->begin(generation.number, place);
  session_.step(
      fmt::format("{} {} submitted as {}", tasks.size(), tasks.size() == 1 ? "block" : "blocks", generation.job_name));
  const Spool& spool = session_.spool;
  const SubmissionEnd end =
      session_.client.submit(sbatch_words({.options = session_.options,
                                           .generation = generation,
                                           .log_folder = spool.log_folder(),
                                           .excluded = session_.bad_nodes(),
                                           .script = {spool.script(), spool.program(), spool.folder(),
                                                      spool.plan_sha256(), std::to_string(generation.number)}}));
  const auto* const failed = std::get_if<NotSubmitted>(&end);
  if (failed == nullptr) {
    refusals_ = 0;
    return;
  }
  // The controller may be down, or the reply was lost. Only a queue that can be read and lacks the name shows that the
  // array was refused; otherwise its tasks are waited for like any others.
  const std::optional<std::vector<QueueRow>> rows = session_.client.queue({generation.job_name});
  if (rows && rows->empty()) take_refusal(generation, tasks, failed->message);
}

void GenerationRun::take_refusal(const Generation& generation, std::span<Task* const> tasks,
                                 const std::string& message) {
  for (Task* const task : tasks) {
    if (session_.spool.claim(task->key, generation.number, {.claimant = Claimant::missing})) task->generation = 0;
  }
  if (++refusals_ >= kMostRefusals) {
    throw Error(
        fmt::format("sbatch refused the blocks: {}; the attempt stays open: change what the cluster is asked "
                    "for (--partition, --time, --slurm-arg, ...), and run the same command again",
                    message));
  }
  session_.losses_by_node.clear();  // perhaps no node was left
  submit_after_ = host::monotonic_time() + session_.options.poll;
}

void GenerationRun::ask_queue() {
  std::vector<std::string> names;
  for (const int number : session_.live) {
    if (const Generation* const generation = session_.generation(number)) names.push_back(generation->job_name);
  }
  const std::optional<std::vector<QueueRow>> rows = session_.read_queue(names);
  asked_ = host::monotonic_time();
  if (!rows) return;  // unknown is not lost
  see(*rows);
  take_in();  // what was handed in before the queue was read counts
  take_failures();
  judge_open();
  cancel_superfluous(*rows);
  if (session_.member == nullptr) return;
  session_.member->queue.see(session_.member->number, blocks_in_flight(tasks_, host::monotonic_time()));
}

Task* GenerationRun::task_at(const QueueRow& row) {
  const auto found = std::find_if(session_.generations.begin(), session_.generations.end(),
                                  [&row](const Generation& one) { return one.job_name == row.job_name; });
  if (found == session_.generations.end() || row.task >= found->orders.size()) return nullptr;
  const auto task = by_place_.find({found->number, row.task});
  return task == by_place_.end() || task->second->generation != found->number ? nullptr : task->second;
}

void GenerationRun::see(const std::vector<QueueRow>& rows) {
  by_place_.clear();
  for (Task& task : tasks_) {
    task.row.reset();
    if (task.generation != 0) by_place_.emplace(std::pair(task.generation, task.index), &task);
  }
  for (const QueueRow& row : rows) {
    Task* const task = task_at(row);
    if (task == nullptr) continue;
    // After a controller was restored an array may be there twice; a task that lives counts.
    if (!task->row || task->row->state == QueueState::ended) task->row = row;
  }
  for (Task& task : tasks_) {
    if (!task.is_open() || task.generation == 0) continue;
    const bool is_seen = task.row && task.row->state != QueueState::ended;
    if (is_seen) task.polls_unseen = 0;
    if (is_seen && task.row->state == QueueState::running && !task.running_since) task.running_since = asked_;
    if (!is_seen && task.polls_unseen++ == 0) task.unseen_since = asked_;
  }
  tell_why_none_runs();
}

void GenerationRun::tell_why_none_runs() {
  std::string why = why_none_runs(tasks_);
  if (!why.empty() && why != told_why_) session_.step(fmt::format("no block runs yet: Slurm says {}", why));
  told_why_ = std::move(why);
}

/// Ends what nobody waits for: tasks of blocks that were dropped or submitted again, and ghosts.
void GenerationRun::cancel_superfluous(const std::vector<QueueRow>& rows) {
  std::set<int> live;
  std::set<int> still_waiting;  // generations of which a task waits that is wanted
  for (const Task& task : tasks_) {
    if (!task.is_open() || task.generation == 0) continue;
    live.insert(task.generation);
    if (task.row && task.row->state == QueueState::waiting) still_waiting.insert(task.generation);
  }
  for (const QueueRow& row : rows) {
    if (row.state == QueueState::ended || row.state == QueueState::ending) continue;
    const auto found = std::find_if(session_.generations.begin(), session_.generations.end(),
                                    [&row](const Generation& one) { return one.job_name == row.job_name; });
    if (found != session_.generations.end()) live.insert(found->number);
    const Task* const task = task_at(row);
    if (task != nullptr && task->is_open()) continue;
    const bool takes_others = row.state == QueueState::waiting && found != session_.generations.end() &&
                              still_waiting.contains(found->number);
    if (takes_others) continue;  // when it starts it finds that nobody wants it, and ends
    const bool may_be_ending = task != nullptr && std::holds_alternative<TaskDone>(*task->end);
    const int seen = ++finished_rows_seen_[fmt::format("{}_{}", row.job_name, row.task)];
    if (!may_be_ending || seen > kGhostPolls) session_.client.cancel(row);
  }
  session_.live = std::move(live);
}

/// Listing a folder of thousands of results ten times a second would keep a CPU busy: so only if it has changed, and
/// the longer it takes, the more seldom.
void GenerationRun::take_in_if_changed() {
  if (host::monotonic_time() < list_after_) return;
  std::string mark = session_.spool.results_mark();
  if (mark == results_mark_) return;
  results_mark_ = std::move(mark);
  take_in();
}

void GenerationRun::take_in() {
  constexpr int kShareOfACpu = 50;
  const nanoseconds begun = host::monotonic_time();
  Spool::HandedInByBlock results = session_.spool.results([this](std::string_view block) {
    const auto found = by_file_.find(block);
    return found != by_file_.end() && found->second->is_open();
  });
  const nanoseconds listed = host::monotonic_time();
  list_after_ = listed + kShareOfACpu * (listed - begun);
  for (auto& [block, files] : results) {
    Task& task = *by_file_.at(block);
    while (const std::optional<HandedIn> first = accepted_of(files)) {
      if (std::optional<TaskResult> result = session_.spool.result(task.key, *first)) {
        session_.accepted[task.file] = first->generation;
        count_ended(task, result->held);
        task.end = TaskDone{*std::move(result)};
        break;
      }
      std::erase(files, *first);  // damaged, or of another plan
    }
  }
}

/// \param held  as the task measured it; 0 if it was started by an assay that did not
void GenerationRun::count_ended(const Task& task, nanoseconds held) {
  if (session_.member == nullptr) return;
  if (held == nanoseconds{} && task.running_since) held = host::monotonic_time() - *task.running_since;
  session_.member->queue.block_ended(session_.member->number, held);
}

void GenerationRun::take_failures() {
  const Spool::HandedInByBlock failures = session_.spool.failures();
  for (Task& task : tasks_) {
    const auto found = failures.find(task.file);
    if (!task.is_open() || found == failures.end()) continue;
    for (const HandedIn& file : found->second) {
      if (file.generation != task.generation) continue;
      if (const std::optional<TaskFailure> failure = session_.spool.failure(file)) {
        take_failure(task, *failure);
        break;
      }
    }
  }
}

void GenerationRun::take_failure(Task& task, const TaskFailure& failure) {
  const std::string what = fmt::format("{} on {}: {}", session_.name_of(task.key), failure.node, failure.message);
  if (!session_.spool.claim(task.key, task.generation, {.claimant = Claimant::missing})) {
    lose(task, what);  // a trial of it had started
    session_.notes.push_back(what);
    return;
  }
  count_lost(task);
  task.generation = 0;
  if (failure.is_final || ++task.failures >= kMostFailures) throw Error(what, failure.kind);
  session_.notes.push_back(what + "; it is started again");
}

TaskSight GenerationRun::sight_of(Task& task, const std::set<std::string>& begun) const {
  const nanoseconds now = host::monotonic_time();
  TaskSight sight{.row = task.row, .polls_unseen = task.polls_unseen};
  if (task.polls_unseen > 0) sight.unseen_for = now - task.unseen_since;
  // Only this clock is asked: those of the nodes may differ.
  const bool has_begun = begun.contains(task_file_name(task.key, task.generation));
  const std::string mark = has_begun ? session_.spool.progress_mark(task.key, task.generation) : "";
  const bool is_waiting = task.row && task.row->state == QueueState::waiting;
  const bool has_come_further = mark != task.progress_mark || task.progress_since == nanoseconds{};
  if (has_come_further || (mark.empty() && is_waiting)) {
    task.progress_mark = mark;
    task.progress_since = now;
  }
  if (is_waiting && !mark.empty()) task.was_repeated = true;
  const std::optional<TaskProgress> progress =
      mark.empty() ? std::nullopt : session_.spool.progress(task.key, task.generation);
  sight.silent_for = now - task.progress_since;
  sight.may_be_silent = session_.loss_rule.settling + (progress ? progress->allowed : kStartAllowance);
  if (progress && progress->block) sight.trials = TrialsBegun::yes;
  sight.was_repeated = task.was_repeated;
  return sight;
}

void GenerationRun::judge_open() {
  // One listing: to ask for each of a thousand files that are not there costs more than all else.
  const std::set<std::string> begun = session_.spool.begun();
  for (Task& task : tasks_) {
    if (!task.is_open() || task.generation == 0) continue;
    const TaskSight sight = sight_of(task, begun);
    const TaskJudgement judgement = judge(sight, session_.loss_rule);
    if (judgement == TaskJudgement::wait) continue;
    if (judgement == TaskJudgement::cancel_as_lost) session_.client.cancel(*task.row);
    const bool is_silent = task.row && task.row->state != QueueState::ended && task.row->state != QueueState::held;
    lose(task, is_silent ? "nothing was heard of it for too long" : row_text(task.row));
  }
}

void GenerationRun::lose(Task& task, std::string_view cause) {
  if (session_.spool.claim(task.key, task.generation, {.claimant = Claimant::missing})) {
    return lose_unstarted(task, cause);
  }
  const std::optional<Claim> claim = session_.spool.claimed(task.key, task.generation);
  if (!claim) return;  // it cannot be read now
  if (claim->claimant != Claimant::task || !claim->block) {
    task.generation = 0;
    return;
  }
  take_in();
  if (!task.is_open()) return;  // it handed in its block at the last moment
  const std::optional<TaskProgress> progress = session_.spool.progress(task.key, task.generation);
  Block left = progress && progress->block ? *progress->block : *claim->block;
  left.node = claim->node;
  count_lost(task);
  session_.lost.insert(task.file);
  session_.notes.push_back(fmt::format("{} was lost on {}: {}", session_.name_of(task.key), claim->node, cause));
  task.end = TaskLost{std::move(left)};
}

/// Nobody has seen anything of its values, so it is started again as if nothing had happened.
void GenerationRun::lose_unstarted(Task& task, std::string_view cause) {
  const std::optional<TaskProgress> progress = session_.spool.progress(task.key, task.generation);
  const std::string node = progress ? progress->node : task.row ? task.row->node : "";
  if (!node.empty()) ++session_.losses_by_node[node];
  const Generation* const generation = session_.generation(task.generation);
  const std::string log = fmt::format("{}/{}_{}.log", session_.spool.log_folder(), generation->job_name, task.index);
  count_lost(task);
  task.generation = 0;
  if (++task.unstarted >= kMostUnstarted) {
    throw Error(
        fmt::format("the cluster lost {} {} times before a trial of it started, the last time{}: {}; the attempt "
                    "stays open: look at {}, then run the same command again",
                    session_.name_of(task.key), task.unstarted, node.empty() ? "" : " on " + node, cause, log));
  }
}

void GenerationRun::hand_on(const BlockSink& sink) {
  while (!all_handed_on() && !tasks_[handed_on_].is_open()) {
    Task& task = tasks_[handed_on_++];
    if (auto* const lost = std::get_if<TaskLost>(&*task.end)) sink({std::move(lost->block)});
    auto* const done = std::get_if<TaskDone>(&*task.end);
    if (done == nullptr) continue;
    TaskResult& result = done->result;
    for (const std::string& note : result.notes) {
      if (session_.told.insert(note).second) session_.notes.push_back(note);
    }
    for (const std::string& intruder : result.intruders) session_.intruders.insert(result.node + ": " + intruder);
    Block block = std::move(result.block);
    block.node = result.node;
    result = {};  // from here on the session keeps the block
    sink({std::move(block)});
  }
}

void GenerationRun::stop_starting() {
  starts_no_more_ = true;
  for (Task& task : tasks_) {
    if (!task.is_open()) continue;
    const bool is_dropped =
        task.generation == 0 || session_.spool.claim(task.key, task.generation, {.claimant = Claimant::stopped});
    if (is_dropped) task.end = TaskDropped{};
  }
  ask_queue();
}

void GenerationRun::leave_running() {
  const auto open = std::count_if(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.is_open(); });
  session_.leaves_tasks = true;
  session_.notes.push_back(
      fmt::format("{} of its blocks go on in the cluster: the same command takes their results in; scancel --name={} "
                  "ends them",
                  open, session_.generations.empty() ? "" : session_.generations.back().job_name));
}

}  // namespace assay::engine
