#include "experiments/trial/metrics/phase_times.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/text/valid_text.hpp"
#include "experiments/trial/metrics/span_origin.hpp"

namespace assay::trial {
namespace {

constexpr std::size_t kMostObjections = 3;

/// What is made of a span that lies within another one in time, if nothing says whether it is a part of it.
enum class Undecided {
  part,              ///< a part
  part_unless_twin,  ///< something beside it if they start together like two threads, else a part
  beside,            ///< something beside it
};

/// One span while the trial's time is swept.
struct SweptSpan {
  std::size_t phase;
  const std::string* name;
  nanoseconds start;
  nanoseconds end;
  const SpanOrigin* origin;
  std::optional<std::size_t> parent = {};  ///< the span that it lies within
  int open_children = 0;
  bool is_open = false;
  double since = 0;                             ///< what the clock of shares showed when it became the innermost
  std::vector<std::size_t> phases_around = {};  ///< while it is open: its own and those that it lies within, each once
};

/// Moves through the trial's time from one start or end of a span to the next.
///
/// A clock of shares advances by the elapsed time divided by the number of innermost spans. The difference between two
/// of its readings is what each span that was innermost meanwhile gets, so that a step costs the same however many are
/// open.
class Sweep {
 public:
  Sweep(const std::vector<SweptSpan>& spans, std::size_t phases, nanoseconds wall, Undecided undecided)
      : undecided_(undecided),
        spans_(spans),
        self_(phases),
        open_in_(phases),
        opened_at_(phases),
        total_(phases),
        alone_(phases),
        innermost_in_(phases),
        left_(wall) {}

  void run() {
    std::vector<Step> steps;
    for (std::size_t index = 0; index < spans_.size(); ++index) {
      steps.push_back({spans_[index].start, Kind::start, index});
      steps.push_back({spans_[index].end, Kind::end, index});
    }
    // Ends come before starts at the same time. Spans are in the order in which the outer one starts first.
    std::sort(steps.begin(), steps.end(), [](const Step& left, const Step& right) {
      return std::tie(left.time, left.kind, left.span) < std::tie(right.time, right.kind, right.span);
    });
    for (const Step& step : steps) {
      advance(step.time);
      step.kind == Kind::start ? start(step.span) : end(step.span);
    }
  }

  [[nodiscard]] double self(std::size_t phase) const { return self_[phase]; }
  [[nodiscard]] nanoseconds total(std::size_t phase) const { return total_[phase]; }
  [[nodiscard]] nanoseconds alone(std::size_t phase) const { return alone_[phase]; }
  /// Whether some spans do not say whether they are parts of each other.
  [[nodiscard]] bool has_undecided() const { return has_undecided_; }
  /// Whether some of them start together like two threads.
  [[nodiscard]] bool has_twins() const { return has_twins_; }
  /// The wall time that no span took.
  [[nodiscard]] nanoseconds left() const { return left_; }

 private:
  enum class Kind { end, start };
  struct Step {
    nanoseconds time;
    Kind kind;
    std::size_t span;
  };

  void advance(nanoseconds time) {
    if (!innermost_.empty()) {
      const nanoseconds spent = std::min(time - now_, left_);
      left_ -= spent;
      shares_ += static_cast<double>(spent.count()) / static_cast<double>(innermost_.size());
      used_ += spent;
      for (const std::size_t phase : spans_[*innermost_.begin()].phases_around) {
        if (innermost_in_[phase] == innermost_.size()) alone_[phase] += spent;
      }
    }
    now_ = time;
  }

  void begin_innermost(std::size_t index) {
    SweptSpan& span = spans_[index];
    span.since = shares_;
    innermost_.insert(index);
    for (const std::size_t phase : span.phases_around) ++innermost_in_[phase];
  }
  void end_innermost(std::size_t index) {
    const SweptSpan& span = spans_[index];
    self_[span.phase] += shares_ - span.since;
    innermost_.erase(index);
    for (const std::size_t phase : span.phases_around) --innermost_in_[phase];
  }

  void note_phases_around(SweptSpan& span) {
    if (span.parent) span.phases_around = spans_[*span.parent].phases_around;
    const auto& around = span.phases_around;
    if (std::find(around.begin(), around.end(), span.phase) == around.end()) span.phases_around.push_back(span.phase);
  }

  /// The open span that ends first among those that end no earlier and that it may be a part of.
  std::optional<std::size_t> parent_of(const SweptSpan& span) {
    if (span.origin != nullptr && span.origin->parent && span.origin->parent->empty()) return std::nullopt;
    const auto first = by_end_.lower_bound({span.end, -1 - static_cast<std::ptrdiff_t>(spans_.size())});
    for (auto enclosing = first; enclosing != by_end_.end(); ++enclosing) {
      const auto index = static_cast<std::size_t>(-enclosing->second);
      const SweptSpan& outer = spans_[index];
      const Nesting how = nesting(span.origin, outer.origin, *outer.name);
      if (how == Nesting::parallel) continue;
      if (how == Nesting::unknown && is_taken_for_beside(span, outer)) continue;
      return index;
    }
    return std::nullopt;
  }

  /// If nothing says whether the inner one is a part of the outer one.
  bool is_taken_for_beside(const SweptSpan& inner, const SweptSpan& outer) {
    has_undecided_ = true;
    if (undecided_ == Undecided::part) return false;
    if (undecided_ == Undecided::beside) return true;
    const bool are_twins = may_run_beside(inner, outer);
    has_twins_ = has_twins_ || are_twins;
    return are_twins;
  }

  /// Threads that start together look like a span and its first part. Taken for threads if nothing but that one span
  /// fills most of the other: a sequence of parts would go on.
  [[nodiscard]] bool may_run_beside(const SweptSpan& inner, const SweptSpan& outer) const {
    constexpr int kTogether = 20;  // within a twentieth of the outer one's length
    const nanoseconds length = outer.end - outer.start;
    if ((inner.start - outer.start) * kTogether > length || (inner.end - inner.start) * 2 < length) return false;
    const auto later = std::partition_point(spans_.begin(), spans_.end(),
                                            [&inner](const SweptSpan& one) { return one.start < inner.end; });
    return later == spans_.end() || later->end > outer.end;
  }

  void start(std::size_t index) {
    SweptSpan& span = spans_[index];
    span.is_open = true;
    if (open_in_[span.phase]++ == 0) opened_at_[span.phase] = used_;
    span.parent = parent_of(span);
    if (span.parent && spans_[*span.parent].open_children++ == 0) end_innermost(*span.parent);
    note_phases_around(span);
    by_end_.insert({span.end, -static_cast<std::ptrdiff_t>(index)});
    begin_innermost(index);
  }

  void end(std::size_t index) {
    SweptSpan& span = spans_[index];
    by_end_.erase({span.end, -static_cast<std::ptrdiff_t>(index)});
    if (span.open_children == 0) end_innermost(index);
    span.is_open = false;
    span.phases_around = {};
    if (--open_in_[span.phase] == 0) total_[span.phase] += used_ - opened_at_[span.phase];
    if (!span.parent) return;
    SweptSpan& parent = spans_[*span.parent];
    if (--parent.open_children == 0 && parent.is_open) begin_innermost(*span.parent);
  }

  Undecided undecided_;
  bool has_undecided_ = false;
  bool has_twins_ = false;
  std::vector<SweptSpan> spans_;
  std::vector<double> self_;               ///< by phase, in nanoseconds
  std::vector<int> open_in_;               ///< by phase: spans that are open
  std::vector<nanoseconds> opened_at_;     ///< by phase: `used_` when the first of them was opened
  std::vector<nanoseconds> total_;         ///< by phase
  std::vector<nanoseconds> alone_;         ///< by phase
  std::vector<std::size_t> innermost_in_;  ///< by phase: innermost spans that lie within one of it, or are one
  /// Open spans by their end; of those that end together, the one that started last comes first.
  std::set<std::pair<nanoseconds, std::ptrdiff_t>> by_end_;
  nanoseconds now_{};
  nanoseconds left_;    ///< of the trial's wall time
  nanoseconds used_{};  ///< time in which a span was open
  double shares_ = 0;
  std::set<std::size_t> innermost_;  ///< open spans within which no span is open
};

/// The spans that have a length, the earliest first; of those that start together, the longest.
std::vector<SweptSpan> spans_to_sweep(const SpanLog& log) {
  std::vector<SweptSpan> all;
  std::size_t phase = 0;
  for (const auto& [name, spans] : log) {
    for (const Span& span : spans) {
      if (span.start < span.end) all.push_back({phase, &name, span.start, span.end, span.origin.get()});
    }
    ++phase;
  }
  std::stable_sort(all.begin(), all.end(), [](const SweptSpan& left, const SweptSpan& right) {
    return std::pair(left.start, -left.end) < std::pair(right.start, -right.end);
  });
  return all;
}

void add_if_both(std::optional<nanoseconds>& sum, const std::optional<nanoseconds>& more) {
  sum = sum && more ? std::optional(*sum + *more) : std::nullopt;
}

/// What the kernel counted while its spans were open; std::nullopt if some of them do not report it.
std::optional<PhaseUse> use_of(const std::vector<Span>& spans) {
  PhaseUse use{.io = nanoseconds{}, .memory = nanoseconds{}};
  for (const Span& span : spans) {
    if (!span.kernel) return std::nullopt;
    use.open += span.end - span.start;
    use.cpu += span.kernel->cpu;
    add_if_both(use.io, span.kernel->io);
    add_if_both(use.memory, span.kernel->memory);
  }
  return use;
}

/// Shares of a nanosecond are rounded, so the sum may be off by some; the largest phase makes up for it.
void make_exact(PhaseTimes& times, nanoseconds attributed) {
  if (times.phases.empty()) return;
  nanoseconds sum{};
  for (const PhaseTime& phase : times.phases) sum += phase.self;
  const auto largest = std::max_element(times.phases.begin(), times.phases.end(),
                                        [](const auto& left, const auto& right) { return left.self < right.self; });
  largest->self += attributed - sum;
}

}  // namespace

PhaseTimes phase_times(const SpanLog& log, const TrialTime& trial) {
  const std::vector<SweptSpan> spans = spans_to_sweep(log);
  const auto swept = [&](Undecided undecided) {
    Sweep one(spans, log.size(), trial.wall, undecided);
    one.run();
    return one;
  };
  const Sweep sweep = swept(Undecided::part_unless_twin);
  // How much faster a run gets depends on what nothing decides: both ends are kept.
  std::optional<Sweep> as_parts;
  std::optional<Sweep> beside;
  if (sweep.has_twins()) as_parts = swept(Undecided::part);
  if (sweep.has_undecided()) beside = swept(Undecided::beside);
  PhaseTimes times;
  for (const auto& [name, own] : log) {
    const std::size_t index = times.phases.size();
    times.phases.push_back({.name = name,
                            .spans = static_cast<std::int64_t>(own.size()),
                            .self = nanoseconds(std::llround(sweep.self(index))),
                            .total = sweep.total(index),
                            .alone = (as_parts ? *as_parts : sweep).alone(index),
                            .use = use_of(own)});
    PhaseTime& phase = times.phases.back();
    if (beside && beside->alone(index) < phase.alone) phase.alone_beside = beside->alone(index);
  }
  times.rest = sweep.left();
  make_exact(times, trial.wall - times.rest);
  return times;
}

PhaseTimes read_phase_times(const SpanFiles& files, const TrialTime& trial) {
  std::int64_t refused = 0;
  std::vector<std::string> objections;
  const SpanRejection on_rejected = [&](const Error& error) {
    if (++refused <= static_cast<std::int64_t>(kMostObjections)) objections.push_back(valid_text(error.what()));
  };
  SpanLog log = read_span_log(files.offered, on_rejected);
  add_own_spans(log, files.results, trial, unix_time_ahead(), on_rejected);
  keep_within(log, trial, on_rejected);
  PhaseTimes times = phase_times(log, trial);
  times.refused = refused;
  times.objections = std::move(objections);
  return times;
}

}  // namespace assay::trial
