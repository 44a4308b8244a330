#include "experiments/report/parity/parity_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

/// An effect, or a difference of effects, as people read it: a change in percent, or an amount.
std::string amount_of(double value, const Metric& metric) {
  if (!std::isfinite(value)) return "unbounded";
  if (metric.kind == MetricKind::positive) return change_text(percent_of_log_ratio(value));
  return signed_quantity_text(value, scale_for(value, metric.unit));
}

std::string interval_of(const Interval& interval, const Metric& metric) {
  return fmt::format("{} to {}", amount_of(interval.low, metric), amount_of(interval.high, metric));
}

std::string effect_of(const ParitySide& side, const Metric& metric) {
  if (!side.effect) return "nothing was measured";
  return fmt::format("{} ({} interval {})", amount_of(side.effect->estimate, metric),
                     share_text(side.effect->confidence), interval_of(side.effect->interval, metric));
}

const ParitySide& side_named(const ParityCell& cell, const std::string& name) {
  return *std::find_if(cell.sides.begin(), cell.sides.end(),
                       [&name](const ParitySide& side) { return side.environment_name == name; });
}

/// "improved in local, regressed in ci".
std::string opposite_text(const ParityCell& cell, const ParityPair& pair) {
  const Effect& first = *side_named(cell, pair.first).effect;
  const bool first_is_better = (cell.metric.direction == Direction::lower) == (first.estimate < 0);
  return fmt::format("better in {}, worse in {}", first_is_better ? pair.first : pair.second,
                     first_is_better ? pair.second : pair.first);
}

std::string missing_text(const ParityPair& pair) {
  std::vector<std::string> parts;
  for (const MissingBlocks& missing : pair.missing) {
    parts.push_back(fmt::format("about {} more {} in {}", rounded_up(missing.blocks),
                                missing.blocks == 1 ? "block" : "blocks", missing.environment_name));
  }
  return parts.empty() ? "" : fmt::format("; it takes {}", fmt::join(parts, " and "));
}

std::string pair_sentence(const ParityCell& cell, const ParityPair& pair) {
  const std::string both = fmt::format("{} and {}", pair.first, pair.second);
  const std::string figures =
      fmt::format("{} against control, {} compared with {}: {} ({} interval {}, p {:.2g})", cell.treatment.label,
                  pair.second, pair.first, amount_of(pair.estimate, cell.metric), share_text(pair.confidence),
                  interval_of(pair.interval, cell.metric), pair.p);
  switch (pair.verdict) {
    case ParityVerdict::agrees:
      return fmt::format("{}: agrees within the margin; {}", both, figures);
    case ParityVerdict::differs:
      return fmt::format("{}: differs by environment; {}{}", both, figures,
                         pair.opposite ? "; " + opposite_text(cell, pair) : "");
    case ParityVerdict::cannot_be_told:
      return fmt::format("{}: cannot be told; {}{}", both, figures, missing_text(pair));
    case ParityVerdict::not_comparable:
      return fmt::format("{}: not comparable: a side has fewer than 6 valid blocks, and single figures show nothing",
                         both);
  }
  return both;
}

std::string cell_title_of(const ParityCell& cell) {
  const std::string place = cell.cell.title.empty() ? cell.cell.workload : cell.cell.title;
  return fmt::format("{}, {} of {}", place, cell.metric.name, cell.treatment.label);
}

std::string parity_cell_text(const ParityCell& cell) {
  std::size_t name_width = 0;
  std::size_t record_width = 0;
  for (const ParitySide& side : cell.sides) {
    name_width = std::max(name_width, side.environment_name.size());
    record_width = std::max(record_width, side.record_name.size());
  }
  constexpr int kVerdictWidth = 12;
  std::string text = printable(cell_title_of(cell)) + '\n';
  for (const ParitySide& side : cell.sides) {
    text += fmt::format("  {}  {}  {} {}, {}\n", pad_right(side.environment_name, static_cast<int>(name_width)),
                        pad_right(side.record_name, static_cast<int>(record_width)),
                        pad_right(to_string(side.verdict), kVerdictWidth), effect_of(side, cell.metric),
                        count_text(side.blocks, "block"));
  }
  for (const ParityPair& pair : cell.pairs) text += fmt::format("  {}\n", printable(pair_sentence(cell, pair)));
  return text;
}

json finite_or_null(double value) {
  return std::isfinite(value) ? json(value) : json(nullptr);
}

/// In percent for a positive metric, else in the metric's unit.
double in_shown_unit(double value, const Metric& metric) {
  return metric.kind == MetricKind::positive ? percent_of_log_ratio(value) : value;
}

json pair_json(const ParityCell& cell, const ParityPair& pair) {
  json object = {{"first", pair.first}, {"second", pair.second}, {"verdict", to_string(pair.verdict)}};
  if (pair.verdict == ParityVerdict::not_comparable) return object;
  json missing = json::array();
  for (const MissingBlocks& one : pair.missing) {
    missing.push_back({{"environment", one.environment_name}, {"blocks", one.blocks}});
  }
  object.update({{"opposite", pair.opposite},
                 {"difference",
                  {{"unit", cell.metric.kind == MetricKind::positive ? "%" : cell.metric.unit},
                   {"estimate", finite_or_null(in_shown_unit(pair.estimate, cell.metric))},
                   {"low", finite_or_null(in_shown_unit(pair.interval.low, cell.metric))},
                   {"high", finite_or_null(in_shown_unit(pair.interval.high, cell.metric))},
                   {"confidence", pair.confidence},
                   {"estimator", "two-sample-hodges-lehmann"},
                   {"p", pair.p}}},
                 {"missing_blocks", std::move(missing)}});
  return object;
}

json side_json(const ParityCell& cell, const ParitySide& side) {
  json object = {{"environment", side.environment_name},
                 {"record_name", side.record_name},
                 {"verdict", to_string(side.verdict)},
                 {"blocks", side.blocks},
                 {"control", {{"median", side.control.median}, {"n", side.control.count}}},
                 {"treatment", {{"median", side.treatment.median}, {"n", side.treatment.count}}}};
  if (side.effect) {
    object["effect"] = {{"estimate", finite_or_null(in_shown_unit(side.effect->estimate, cell.metric))},
                        {"low", finite_or_null(in_shown_unit(side.effect->interval.low, cell.metric))},
                        {"high", finite_or_null(in_shown_unit(side.effect->interval.high, cell.metric))},
                        {"confidence", side.effect->confidence}};
  }
  return object;
}

}  // namespace

std::string parity_sentences(const Parity& parity) {
  std::string text;
  for (const ParityCell& cell : parity.cells) {
    const std::string place = parity.cells.size() > 1 ? cell_title_of(cell) + ": " : "";
    for (const ParityPair& pair : cell.pairs) text += printable(place + pair_sentence(cell, pair)) + '\n';
  }
  for (const std::string& note : parity.notes) text += fmt::format("note: {}\n", printable(note));
  return text;
}

std::string parity_text(const Parity& parity) {
  std::string text = fmt::format("{}: {}\n\n", printable(parity.experiment), printable(parity.hypothesis));
  for (const ParityCell& cell : parity.cells) text += parity_cell_text(cell);
  for (const std::string& note : parity.notes) text += fmt::format("note: {}\n", printable(note));
  return text + "A verdict holds in its own environment. It is not carried to another.\n";
}

json parity_json(const Parity& parity) {
  json cells = json::array();
  for (const ParityCell& cell : parity.cells) {
    json environments = json::array();
    for (const ParitySide& side : cell.sides) environments.push_back(side_json(cell, side));
    json pairs = json::array();
    for (const ParityPair& pair : cell.pairs) pairs.push_back(pair_json(cell, pair));
    cells.push_back({{"workload", cell.cell.workload},
                     {"state", cell.cell.state},
                     {"treatment", cell.treatment.label},
                     {"metric", cell.metric.name},
                     {"environments", std::move(environments)},
                     {"pairs", std::move(pairs)}});
  }
  return {{"schema_version", 1},   {"command", "show"},
          {"kind", "parity"},      {"experiment", parity.experiment},
          {"alpha", parity.alpha}, {"workloads", std::move(cells)},
          {"notes", parity.notes}};
}

}  // namespace assay::report
