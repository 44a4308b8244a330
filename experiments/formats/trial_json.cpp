#include "experiments/formats/trial_json.hpp"

#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/named_variant.hpp"
#include "core/text/valid_text.hpp"
#include "core/trial_notes.hpp"
#include "experiments/formats/canonical_writer.hpp"

namespace assay::formats {
namespace {

/// The members of an outcome: its kind stands where its name does among the others.
struct OutcomeWriter {
  CanonicalWriter& writer;

  void operator()(const Measured& measured) const { write_kind(measured); }
  void operator()(const Exited& exited) const {
    writer.member("code", exited.code);
    write_kind(exited);
  }
  void operator()(const Killed& killed) const {
    writer.member("core_dumped", killed.core_dumped);
    write_kind(killed);
    writer.member("signal", killed.signal);
  }
  void operator()(const TimedOut& timed_out) const {
    write_kind(timed_out);
    writer.member("limit_ns", timed_out.limit.count());
  }
  void operator()(const CheckFailed& failed) const {
    writer.member("check", valid_text(failed.check));
    writer.member("detail", valid_text(failed.detail));
    write_kind(failed);
  }
  void operator()(const HookFailed& failed) const {
    writer.member("detail", valid_text(failed.detail));
    writer.member("hook", valid_text(failed.hook));
    write_kind(failed);
  }
  void operator()(const StateUnproven& unproven) const {
    writer.member("detail", valid_text(unproven.detail));
    write_kind(unproven);
  }

 private:
  template <class Ending>
  void write_kind(const Ending&) const {
    writer.member("kind", Ending::kName);
  }
};

void write_outcome(const Outcome& outcome, CanonicalWriter& writer) {
  writer.begin_object();
  std::visit(OutcomeWriter{writer}, outcome);
  writer.end_object();
}

/// Reads the outcome of each kind; a kind without an overload does not compile.
struct OutcomeReader {
  const JsonPlace& place;

  Measured operator()(std::type_identity<Measured>) const { return {}; }
  Exited operator()(std::type_identity<Exited>) const { return {place.at("code").count()}; }
  Killed operator()(std::type_identity<Killed>) const {
    return {place.at("signal").count(), place.at("core_dumped").truth()};
  }
  TimedOut operator()(std::type_identity<TimedOut>) const { return {place.at("limit_ns").duration()}; }
  CheckFailed operator()(std::type_identity<CheckFailed>) const { return {place.at("check").text(), detail()}; }
  HookFailed operator()(std::type_identity<HookFailed>) const { return {place.at("hook").text(), detail()}; }
  StateUnproven operator()(std::type_identity<StateUnproven>) const { return {detail()}; }

 private:
  [[nodiscard]] std::string detail() const { return place.at("detail").text(); }
};

Outcome outcome_at(const JsonPlace& place) {
  const JsonPlace kind = place.at("kind");
  std::optional<Outcome> outcome = make_alternative<Outcome>(kind.text(), OutcomeReader{place});
  if (!outcome) throw kind.error("\"" + kind.text() + "\" is not an outcome");
  return std::move(*outcome);
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
  write_texts("notes", notes_in_words(trial), writer);
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
  if (const auto notes = place.find("notes")) read_notes(notes->texts(), trial);
  if (const auto flaky = place.find("flaky_tests")) trial.flaky_tests = flaky->texts();
  return trial;
}

}  // namespace assay::formats
