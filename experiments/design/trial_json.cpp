#include "experiments/design/trial_json.hpp"

#include <array>

#include <nlohmann/json.hpp>

#include "experiments/design/valid_text.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// The kinds of outcome as they are written; in the order of the variant.
constexpr std::array<std::string_view, 7> kOutcomeKinds = {"measured",     "exited",      "killed",        "timed-out",
                                                           "check-failed", "hook-failed", "state-unproven"};
static_assert(kOutcomeKinds.size() == std::variant_size_v<Outcome>);

struct OutcomeDetails {
  json& target;

  void operator()(const Measured&) const {}
  void operator()(const Exited& exited) const { target["code"] = exited.code; }
  void operator()(const Killed& killed) const {
    target["signal"] = killed.signal;
    target["core_dumped"] = killed.core_dumped;
  }
  void operator()(const TimedOut& timed_out) const { target["limit_ns"] = timed_out.limit.count(); }
  void operator()(const CheckFailed& failed) const {
    target["check"] = valid_text(failed.check);
    target["detail"] = valid_text(failed.detail);
  }
  void operator()(const HookFailed& failed) const {
    target["hook"] = valid_text(failed.hook);
    target["detail"] = valid_text(failed.detail);
  }
  void operator()(const StateUnproven& unproven) const { target["detail"] = valid_text(unproven.detail); }
};

json outcome_json(const Outcome& outcome) {
  json target;
  target["kind"] = kOutcomeKinds.at(outcome.index());
  std::visit(OutcomeDetails{target}, outcome);
  return target;
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

/// One counter of Usage and its key.
struct Counter {
  const char* key;
  std::int64_t Usage::*member;
};
constexpr std::array kCounters = {Counter{"minor_faults", &Usage::minor_faults},
                                  Counter{"major_faults", &Usage::major_faults},
                                  Counter{"blocks_read", &Usage::blocks_read},
                                  Counter{"blocks_written", &Usage::blocks_written},
                                  Counter{"voluntary_switches", &Usage::voluntary_switches},
                                  Counter{"involuntary_switches", &Usage::involuntary_switches}};

/// Texts that came from the machine, each as JSON can hold it.
json texts_json(const std::vector<std::string>& texts) {
  json target = json::array();
  for (const std::string& text : texts) target.push_back(valid_text(text));
  return target;
}

json usage_json(const Usage& usage) {
  json target;  // filled key by key: a braced list would be copied, and this is done for every trial
  target["wall_ns"] = usage.wall.count();
  target["user_ns"] = usage.user.count();
  target["system_ns"] = usage.system.count();
  target["max_rss_bytes"] = usage.max_rss.count;
  if (usage.memory_peak) target["memory_peak_bytes"] = usage.memory_peak->count;
  for (const Counter& counter : kCounters) {
    if (usage.*counter.member != 0) target[counter.key] = usage.*counter.member;
  }
  return target;
}

Usage usage_at(const JsonPlace& place) {
  Usage usage;
  usage.wall = place.at("wall_ns").duration();
  usage.user = place.at("user_ns").duration();
  usage.system = place.at("system_ns").duration();
  usage.max_rss = Bytes{place.at("max_rss_bytes").integer()};
  if (const auto peak = place.find("memory_peak_bytes")) usage.memory_peak = Bytes{peak->integer()};
  for (const Counter& counter : kCounters) {
    if (const auto value = place.find(counter.key)) usage.*counter.member = value->integer();
  }
  return usage;
}

/// One time of Strain and its key.
struct StalledTime {
  const char* key;
  std::optional<nanoseconds> Strain::*member;
};
constexpr std::array kStalledTimes = {
    StalledTime{"cpu_stalled_ns", &Strain::cpu_stalled}, StalledTime{"io_stalled_ns", &Strain::io_stalled},
    StalledTime{"memory_stalled_ns", &Strain::memory_stalled}, StalledTime{"stolen_ns", &Strain::stolen}};

json strain_json(const Strain& strain) {
  json target = json::object();
  if (strain.load) target["load"] = *strain.load;
  for (const StalledTime& time : kStalledTimes) {
    if (strain.*time.member) target[time.key] = (strain.*time.member)->count();
  }
  return target;
}

Strain strain_at(const JsonPlace& place) {
  Strain strain;
  if (const auto load = place.find("load")) strain.load = load->number();
  for (const StalledTime& time : kStalledTimes) {
    if (const auto value = place.find(time.key)) strain.*time.member = value->duration();
  }
  return strain;
}

/// `from` holds the starts with their values as pairs: the key of each would take more room than both.
json steady_json(const SteadySeries& series) {
  json from = json::array();
  for (const ValueFromStart& value : series.values) from.push_back({value.start, value.value});
  return {{"metric", series.metric},
          {"class", to_string(series.series_class)},
          {"iterations", series.iterations},
          {"steady_from", series.steady_from},
          {"from", std::move(from)}};
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

json trial_json(const Trial& trial) {
  json values = json::array();
  for (const std::optional<double>& value : trial.values) values.push_back(value ? json(*value) : json());
  json target;
  target["arm"] = trial.arm;
  target["outcome"] = outcome_json(trial.outcome);
  target["usage"] = usage_json(trial.usage);
  target["strain"] = strain_json(trial.strain);
  target["values"] = std::move(values);
  for (const SteadySeries& series : trial.steady) target["steady"].push_back(steady_json(series));
  if (trial.cpu) target["cpu"] = *trial.cpu;
  if (!trial.notes.empty()) target["notes"] = texts_json(trial.notes);
  if (!trial.flaky_tests.empty()) target["flaky_tests"] = texts_json(trial.flaky_tests);
  return target;
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

}  // namespace assay::experiments
