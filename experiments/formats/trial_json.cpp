#include "experiments/formats/trial_json.hpp"

#include <array>
#include <cstdint>

#include "core/text/valid_text.hpp"
#include "experiments/formats/canonical_writer.hpp"

namespace assay::formats {
namespace {

/// The kinds of outcome as they are written; in the order of the variant.
constexpr std::array<std::string_view, 7> kOutcomeKinds = {"measured",     "exited",      "killed",        "timed-out",
                                                           "check-failed", "hook-failed", "state-unproven"};
static_assert(kOutcomeKinds.size() == std::variant_size_v<Outcome>);

/// The members of an outcome: its kind stands where its name does among the others.
struct OutcomeWriter {
  CanonicalWriter& writer;
  std::string_view kind;

  void operator()(const Measured&) const { write_kind(); }
  void operator()(const Exited& exited) const {
    writer.member("code", exited.code);
    write_kind();
  }
  void operator()(const Killed& killed) const {
    writer.member("core_dumped", killed.core_dumped);
    write_kind();
    writer.member("signal", killed.signal);
  }
  void operator()(const TimedOut& timed_out) const {
    write_kind();
    writer.member("limit_ns", timed_out.limit.count());
  }
  void operator()(const CheckFailed& failed) const {
    writer.member("check", valid_text(failed.check));
    writer.member("detail", valid_text(failed.detail));
    write_kind();
  }
  void operator()(const HookFailed& failed) const {
    writer.member("detail", valid_text(failed.detail));
    writer.member("hook", valid_text(failed.hook));
    write_kind();
  }
  void operator()(const StateUnproven& unproven) const {
    writer.member("detail", valid_text(unproven.detail));
    write_kind();
  }

 private:
  void write_kind() const { writer.member("kind", kind); }
};

void write_outcome(const Outcome& outcome, CanonicalWriter& writer) {
  writer.begin_object();
  std::visit(OutcomeWriter{writer, kOutcomeKinds.at(outcome.index())}, outcome);
  writer.end_object();
}

Outcome outcome_at(const JsonPlace& place) {
  const JsonPlace kind = place.at("kind");
  const std::string name = kind.text();
  const auto detail = [&] { return place.at("detail").text(); };
  if (name == kOutcomeKinds[0]) return Measured{};
  if (name == kOutcomeKinds[1]) return Exited{place.at("code").count()};
  if (name == kOutcomeKinds[2]) return Killed{place.at("signal").count(), place.at("core_dumped").truth()};
  if (name == kOutcomeKinds[3]) return TimedOut{place.at("limit_ns").duration()};
  if (name == kOutcomeKinds[4]) return CheckFailed{place.at("check").text(), detail()};
  if (name == kOutcomeKinds[5]) return HookFailed{place.at("hook").text(), detail()};
  if (name == kOutcomeKinds[6]) return StateUnproven{detail()};
  throw kind.error("\"" + name + "\" is not an outcome");
}

/// Texts that came from the machine, each as JSON can hold it.
void write_texts(const char* name, const std::vector<std::string>& texts, CanonicalWriter& writer) {
  if (texts.empty()) return;
  writer.name(name);
  writer.begin_array();
  for (const std::string& text : texts) writer.value(valid_text(text));
  writer.end_array();
}

void write_usage(const Usage& usage, CanonicalWriter& writer) {
  const auto write_counter = [&](const char* name, std::int64_t count) {
    if (count != 0) writer.member(name, count);
  };
  writer.begin_object();
  write_counter("blocks_read", usage.blocks_read);
  write_counter("blocks_written", usage.blocks_written);
  write_counter("involuntary_switches", usage.involuntary_switches);
  write_counter("major_faults", usage.major_faults);
  writer.member("max_rss_bytes", usage.max_rss.count);
  if (usage.memory_peak) writer.member("memory_peak_bytes", usage.memory_peak->count);
  write_counter("minor_faults", usage.minor_faults);
  writer.member("system_ns", usage.system.count());
  writer.member("user_ns", usage.user.count());
  write_counter("voluntary_switches", usage.voluntary_switches);
  writer.member("wall_ns", usage.wall.count());
  writer.end_object();
}

Usage usage_at(const JsonPlace& place) {
  const auto count = [&](const char* name) -> std::int64_t {
    const auto value = place.find(name);
    return value ? value->integer() : 0;
  };
  Usage usage;
  usage.wall = place.at("wall_ns").duration();
  usage.user = place.at("user_ns").duration();
  usage.system = place.at("system_ns").duration();
  usage.max_rss = Bytes{place.at("max_rss_bytes").integer()};
  if (const auto peak = place.find("memory_peak_bytes")) usage.memory_peak = Bytes{peak->integer()};
  usage.minor_faults = count("minor_faults");
  usage.major_faults = count("major_faults");
  usage.blocks_read = count("blocks_read");
  usage.blocks_written = count("blocks_written");
  usage.voluntary_switches = count("voluntary_switches");
  usage.involuntary_switches = count("involuntary_switches");
  return usage;
}

void write_strain(const Strain& strain, CanonicalWriter& writer) {
  const auto write_time = [&](const char* name, std::optional<nanoseconds> time) {
    if (time) writer.member(name, time->count());
  };
  writer.begin_object();
  write_time("cpu_stalled_ns", strain.cpu_stalled);
  write_time("io_stalled_ns", strain.io_stalled);
  if (strain.load) writer.member("load", *strain.load);
  write_time("memory_stalled_ns", strain.memory_stalled);
  write_time("stolen_ns", strain.stolen);
  writer.end_object();
}

Strain strain_at(const JsonPlace& place) {
  const auto time = [&](const char* name) -> std::optional<nanoseconds> {
    const auto value = place.find(name);
    if (!value) return std::nullopt;
    return value->duration();
  };
  Strain strain;
  if (const auto load = place.find("load")) strain.load = load->number();
  strain.cpu_stalled = time("cpu_stalled_ns");
  strain.io_stalled = time("io_stalled_ns");
  strain.memory_stalled = time("memory_stalled_ns");
  strain.stolen = time("stolen_ns");
  return strain;
}

/// `from` holds the starts with their values as pairs: the key of each would take more room than both.
void write_steady(const SteadySeries& series, CanonicalWriter& writer) {
  writer.begin_object();
  writer.member("class", to_string(series.series_class));
  writer.name("from");
  writer.begin_array();
  for (const ValueFromStart& value : series.values) {
    writer.begin_array();
    writer.value(value.start);
    writer.value(value.value);
    writer.end_array();
  }
  writer.end_array();
  writer.member("iterations", series.iterations);
  writer.member("metric", series.metric);
  writer.member("steady_from", series.steady_from);
  writer.end_object();
}

SteadySeries steady_at(const JsonPlace& place) {
  SteadySeries series;
  series.metric = place.at("metric").index();
  series.series_class = place.at("class").name_of<SeriesClass>();
  series.iterations = place.at("iterations").count();
  series.steady_from = place.at("steady_from").count();
  for (const JsonPlace& pair : place.at("from").elements()) {
    const std::vector<JsonPlace> parts = pair.elements();
    if (parts.size() != 2) throw pair.error("expected a start and its value");
    series.values.push_back({parts[0].count(), parts[1].number()});
  }
  if (series.values.empty()) throw place.error("expected a value from some start on");
  return series;
}

}  // namespace

void write_trial(const Trial& trial, CanonicalWriter& writer) {
  writer.begin_object();
  writer.member("arm", trial.arm);
  if (trial.cpu) writer.member("cpu", *trial.cpu);
  write_texts("flaky_tests", trial.flaky_tests, writer);
  write_texts("notes", trial.notes, writer);
  writer.name("outcome");
  write_outcome(trial.outcome, writer);
  if (!trial.steady.empty()) {
    writer.name("steady");
    writer.begin_array();
    for (const SteadySeries& series : trial.steady) write_steady(series, writer);
    writer.end_array();
  }
  writer.name("strain");
  write_strain(trial.strain, writer);
  writer.name("usage");
  write_usage(trial.usage, writer);
  writer.name("values");
  writer.begin_array();
  for (const std::optional<double>& value : trial.values) value ? writer.value(*value) : writer.value(nullptr);
  writer.end_array();
  writer.end_object();
}

Trial trial_at(const JsonPlace& place) {
  Trial trial;
  trial.arm = place.at("arm").index();
  trial.outcome = outcome_at(place.at("outcome"));
  trial.usage = usage_at(place.at("usage"));
  trial.strain = strain_at(place.at("strain"));
  for (const JsonPlace& value : place.at("values").elements()) trial.values.push_back(value.number_or_null());
  if (const auto steady = place.find("steady")) {
    for (const JsonPlace& series : steady->elements()) trial.steady.push_back(steady_at(series));
  }
  if (const auto cpu = place.find("cpu")) trial.cpu = cpu->count();
  if (const auto notes = place.find("notes")) trial.notes = notes->texts();
  if (const auto flaky = place.find("flaky_tests")) trial.flaky_tests = flaky->texts();
  return trial;
}

}  // namespace assay::formats
