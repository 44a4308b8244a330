#include "experiments/interop/imports/google_benchmark_import.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/interop/imports/packed_table.hpp"
#include "experiments/interop/imports/quick_json.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

struct Rate {
  const char* key;
  const char* unit;
};
constexpr std::array kRates = {Rate{"items_per_second", "1/s"}, Rate{"bytes_per_second", "B/s"}};

/// How many repetitions a benchmark has.
struct Repetitions {
  int all = 0;
  int left_out = 0;
};

bool is_repetition(const Field& benchmark) {
  const std::optional<Field> type = benchmark.find("run_type");
  return type ? type->text() == "iteration" : !benchmark.find("aggregate_name");
}

bool is_true(const Field& benchmark, const char* key) {
  const std::optional<Field> said = benchmark.find(key);
  return said && said->truth();
}

void read_repetition(const Field& benchmark, const std::string& name, SampleCollector& samples) {
  const std::optional<Field> stated = benchmark.find("time_unit");
  const KeptUnit unit = stated ? kept_time_unit(*stated) : kept_unit("ns");
  const auto add = [&](const char* key, const Sample& like, double factor) {
    const std::optional<Field> value = benchmark.find(key);
    if (value) samples.sample_of(like).values.push_back(measure_of(*value) * factor);
  };
  add("real_time", {name, "wall", unit.unit, Direction::lower, {}}, unit.factor);
  add("cpu_time", {name, "cpu", unit.unit, Direction::lower, {}}, unit.factor);
  for (const Rate& rate : kRates) add(rate.key, {name, rate.key, rate.unit, Direction::higher, {}}, 1);
}

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// A column of one kind of row; kNoColumn if that has none of this name.
std::size_t table_column(const TableShape& shape, std::string_view name, TableColumn::Kind kind) {
  for (std::size_t column = 0; column < shape.size(); ++column) {
    if (shape[column].name != name) continue;
    if (shape[column].kind != kind) throw PackedListsUnusable{};
    return column;
  }
  return kNoColumn;
}

struct MeasuredColumn {
  const char* metric;
  const char* unit;  ///< empty: that of time_unit
  Direction direction;
  std::size_t column;
};

/// Where the values of one kind of row stand.
struct RepetitionColumns {
  explicit RepetitionColumns(const TableShape& shape) {
    const auto text = [&shape](const char* key) { return table_column(shape, key, TableColumn::Kind::text); };
    const auto number = [&shape](const char* key) { return table_column(shape, key, TableColumn::Kind::number); };
    name = text("run_name");
    if (name == kNoColumn) name = text("name");
    if (name == kNoColumn) throw PackedListsUnusable{};
    run_type = text("run_type");
    is_aggregate = run_type == kNoColumn && text("aggregate_name") != kNoColumn;
    time_unit = text("time_unit");
    failed = table_column(shape, "error_occurred", TableColumn::Kind::truth);
    skipped = table_column(shape, "skipped", TableColumn::Kind::truth);
    measured = {
        {{"wall", "", Direction::lower, number("real_time")}, {"cpu", "", Direction::lower, number("cpu_time")}}};
    for (const Rate& rate : kRates) measured.push_back({rate.key, rate.unit, Direction::higher, number(rate.key)});
  }
  std::size_t name = kNoColumn;
  std::size_t run_type = kNoColumn;
  bool is_aggregate = false;
  std::size_t time_unit = kNoColumn;
  std::size_t failed = kNoColumn;
  std::size_t skipped = kNoColumn;
  std::vector<MeasuredColumn> measured;
};

/// Takes the repetitions of a long file, which are no tree.
class TableReader {
 public:
  TableReader(const PackedTable& table, SampleFile& target) : table_(table), target_(target), samples_(target) {
    for (const TableShape& shape : table.shapes()) columns_.emplace_back(shape);
    places_.resize(table.texts().size());
  }

  /// \param note_of  takes the name of each row, whether the row is a repetition, and whether it is left out.
  template <class Noting>
  void read(const Noting& note_of) {
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const RepetitionColumns& columns = columns_[table_.shape_of(row)];
      const std::size_t name = text_at(row, columns.name);
      const bool is_left_out = is_true(row, columns.failed) || is_true(row, columns.skipped);
      const bool is_repetition = columns.run_type == kNoColumn
                                     ? !columns.is_aggregate
                                     : table_.texts()[text_at(row, columns.run_type)] == "iteration";
      note_of(table_.texts()[name], is_repetition, is_left_out);
      if (!is_left_out && is_repetition) take(row, name, columns);
    }
  }

 private:
  /// Where the samples of one name are in the file, by metric.
  using Places = std::array<std::size_t, 2 + kRates.size()>;

  [[nodiscard]] std::size_t text_at(std::size_t row, std::size_t column) const {
    return static_cast<std::size_t>(table_.value(row, column));
  }
  [[nodiscard]] bool is_true(std::size_t row, std::size_t column) const {
    return column != kNoColumn && table_.value(row, column) != 0;
  }

  void take(std::size_t row, std::size_t name, const RepetitionColumns& columns) {
    const KeptUnit& unit = unit_at(row, columns);
    Places& places = places_of(name);
    for (std::size_t metric = 0; metric < places.size(); ++metric) {
      const MeasuredColumn& measured = columns.measured[metric];
      if (measured.column == kNoColumn) continue;
      const double value = table_.value(row, measured.column);
      if (!(value >= 0)) throw PackedListsUnusable{};  // null or below 0
      const bool is_time = *measured.unit == '\0';
      if (places[metric] == kNoColumn) {
        const Sample like{
            table_.texts()[name], measured.metric, is_time ? unit.unit : measured.unit, measured.direction, {}};
        places[metric] = static_cast<std::size_t>(&samples_.sample_of(like) - target_.samples.data());
      }
      target_.samples[places[metric]].values.push_back(value * (is_time ? unit.factor : 1));
    }
  }

  Places& places_of(std::size_t name) {
    std::optional<Places>& places = places_[name];
    if (!places) places.emplace().fill(kNoColumn);
    return *places;
  }

  const KeptUnit& unit_at(std::size_t row, const RepetitionColumns& columns) {
    const std::string text = columns.time_unit == kNoColumn ? "ns" : table_.texts()[text_at(row, columns.time_unit)];
    if (text != unit_text_) {
      const nlohmann::json stated = text;
      unit_ = kept_time_unit(Field(stated));
      unit_text_ = text;
    }
    return unit_;
  }

  const PackedTable& table_;
  SampleFile& target_;
  SampleCollector samples_;
  std::vector<RepetitionColumns> columns_;
  std::vector<std::optional<Places>> places_;  ///< by the place of the name among the texts
  std::optional<std::string> unit_text_;
  KeptUnit unit_;
};

bool has_benchmarks(const nlohmann::json& table) {
  const std::vector<TableShape> shapes = PackedTable(table).shapes();
  return std::any_of(shapes.begin(), shapes.end(), [](const TableShape& shape) {
    return std::any_of(shape.begin(), shape.end(), [](const TableColumn& column) {
      return column.name == "real_time" || column.name == "error_occurred";
    });
  });
}

/// How many repetitions each benchmark has, in the order of the file.
class RepetitionCounts {
 public:
  void note(const std::string& name, bool is_repetition, bool is_left_out) {
    const auto [place, is_new] = places_.emplace(name, all_.size());
    if (is_new) all_.emplace_back(name, Repetitions{});
    Repetitions& those = all_[place->second].second;
    if (is_repetition || is_left_out) ++those.all;
    if (is_left_out) ++those.left_out;
  }
  void add_notes(SampleFile& target) const {
    for (const auto& [name, those] : all_) {
      if (those.left_out == 0) continue;
      target.notes.push_back(fmt::format("{}: {} of {} repetition{} failed or {} skipped, and {} left out", name,
                                         those.left_out, those.all, those.all == 1 ? "" : "s",
                                         those.left_out == 1 ? "was" : "were", those.left_out == 1 ? "is" : "are"));
    }
  }

 private:
  std::vector<std::pair<std::string, Repetitions>> all_;
  std::unordered_map<std::string, std::size_t> places_;
};

void read_tree(const Field& benchmarks, SampleFile& target, RepetitionCounts& counts) {
  SampleCollector samples(target);
  for (const Field& benchmark : benchmarks.elements()) {
    const std::optional<Field> run_name = benchmark.find("run_name");
    const std::string name = run_name ? run_name->text() : benchmark.at("name").text();
    const bool is_left_out = is_true(benchmark, "error_occurred") || is_true(benchmark, "skipped");
    const bool is_one = !is_left_out && is_repetition(benchmark);
    counts.note(name, is_one, is_left_out);
    if (is_one) read_repetition(benchmark, name, samples);
  }
}

}  // namespace

bool is_google_benchmark(const ToolText& file) {
  if (file.tree == nullptr || !file.tree->is_object()) return false;
  const auto benchmarks = file.tree->find("benchmarks");
  if (benchmarks == file.tree->end() || !file.tree->contains("context")) return false;
  if (is_packed_table(*benchmarks)) return has_benchmarks(*benchmarks);
  if (!benchmarks->is_array()) return false;
  return std::any_of(benchmarks->begin(), benchmarks->end(), [](const nlohmann::json& one) {
    return one.is_object() && (one.contains("real_time") || one.contains("error_occurred"));
  });
}

SampleFile read_google_benchmark(const ToolText& file) {
  SampleFile target;
  RepetitionCounts counts;
  const Field benchmarks = Field(*file.tree).at("benchmarks");
  if (is_packed_table(benchmarks.value())) {
    const PackedTable table(benchmarks.value());
    TableReader(table, target).read([&counts](const std::string& name, bool is_repetition, bool is_left_out) {
      counts.note(name, is_repetition && !is_left_out, is_left_out);
    });
  } else {
    read_tree(benchmarks, target, counts);
  }
  counts.add_notes(target);
  std::stable_partition(target.samples.begin(), target.samples.end(),
                        [](const Sample& sample) { return sample.metric == "wall"; });
  if (target.samples.empty() && !target.notes.empty()) {
    throw Error(fmt::format("no repetition is left: {}", fmt::join(target.notes, "; ")));
  }
  if (target.samples.empty()) {
    throw Error("only aggregates and no repetition: run without --benchmark_report_aggregates_only");
  }
  return target;
}

}  // namespace assay::interop
