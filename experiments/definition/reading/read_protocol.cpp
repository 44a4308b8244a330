#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/definition/reading/block_numbers.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

constexpr int kFewestBlocks = 6;

/// `blocks` is exactly that many and one analysis; min_blocks and max_blocks are a first look and a cap.
void read_blocks(const Field& table, Protocol& protocol) {
  const auto fixed = table.find("blocks");
  const auto first_look = table.find("min_blocks");
  const auto cap = table.find("max_blocks");
  if (fixed && (first_look || cap))
    fixed->fail("exactly so many blocks leave no room for min_blocks and max_blocks: leave either out");
  for (const std::optional<Field>& field : {fixed, first_look, cap}) {
    if (!field || is_costly(protocol.design) || field->count() >= kFewestBlocks) continue;
    field->fail(fmt::format("{} blocks: expected {} to 10000; only a costly design takes fewer", field->count(),
                            kFewestBlocks));
  }
  const auto number = [](const std::optional<Field>& field) {
    return field ? std::optional(field->count()) : std::nullopt;
  };
  protocol =
      with_block_numbers(protocol, {.fixed = number(fixed), .first_look = number(first_look), .cap = number(cap)});
  if (protocol.min_blocks > protocol.max_blocks) {
    (first_look ? *first_look : *cap)
        .fail(fmt::format("the first look (min_blocks = {}) lies beyond the cap (max_blocks = {})", protocol.min_blocks,
                          protocol.max_blocks));
  }
}

}  // namespace

Protocol read_protocol(const std::optional<Field>& table) {
  Protocol protocol;
  if (!table) return protocol;
  if (const auto alpha = table->find("alpha")) protocol.alpha = alpha->number();
  if (const auto alpha = table->find("alpha_eq")) protocol.alpha_equivalence = alpha->number();
  if (const auto power = table->find("power")) protocol.power = power->number();
  if (const auto kappa = table->find("kappa")) protocol.kappa = kappa->number();
  if (const auto anytime = table->find("anytime")) protocol.anytime = anytime->truth();
  if (const auto design = table->find("design")) protocol.design = design->name_of<Design>();
  read_blocks(*table, protocol);
  if (const auto every = table->find("look_every_block")) protocol.look_every_block = every->truth();
  if (const auto max_time = table->find("max_time")) {
    protocol.max_time = max_time->duration();
    if (*protocol.max_time <= nanoseconds::zero()) max_time->fail("no block ends in no time: expected more than 0 s");
  }
  if (const auto attempts = table->find("attempts")) protocol.attempts = attempts->count();
  if (const auto inner = table->find("inner")) protocol.inner = inner->count();
  if (const auto statistic = table->find("inner_stat")) protocol.inner_statistic = statistic->name_of<InnerStatistic>();
  if (const auto confirm = table->find("confirm")) protocol.confirm = confirm->count();
  if (const auto claim = table->find("claim")) protocol.claim = claim->name_of<ClaimRule>();
  if (const auto direction = table->find("direction")) protocol.sidedness = direction->name_of<Sidedness>();
  return protocol;
}

std::optional<Seed> read_seed(const std::optional<Field>& protocol) {
  const std::optional<Field> seed = protocol ? protocol->find("seed") : std::nullopt;
  if (!seed) return std::nullopt;
  const std::string text = seed->value().is_string() ? seed->text() : formats::canonical_json(seed->value());
  if (text == "auto") return std::nullopt;
  try {
    return Seed::parse(text);
  } catch (const Error& error) {
    seed->fail(error.what());
  }
}

Simulation read_simulation(const Field& table) {
  Simulation simulation;
  if (const auto baseline = table.find("baseline")) {
    simulation.baseline_seconds = std::chrono::duration<double>(baseline->duration()).count();
    if (simulation.baseline_seconds <= 0) baseline->fail("expected a time above 0 s");
  }
  if (const auto shift = table.find("shift")) {
    simulation.shift = shift->percent();
    if (simulation.shift.value <= -100) shift->fail("a change of -100% or below leaves no time: expected more");
  }
  if (const auto shifts = table.find("shifts")) {
    if (const auto shift = table.find("shift")) shift->fail("shift is of all levels, shifts of each: leave either out");
    for (const Field& shift : shifts->elements()) {
      simulation.shifts.push_back(shift.percent());
      if (shift.percent().value <= -100) shift.fail("a change of -100% or below leaves no time: expected more");
    }
  }
  if (const auto noise = table.find("noise")) {
    simulation.noise = noise->percent();
    if (simulation.noise.value < 0) noise->fail("a standard deviation cannot be negative");
  }
  if (const auto pace = table.find("pace")) simulation.pace = pace->duration();
  if (const auto rate = table.find("failure_rate")) simulation.failure_rate = rate->number();
  return simulation;
}

}  // namespace assay::definition
