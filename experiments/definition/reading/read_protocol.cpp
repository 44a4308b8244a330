#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/definition/reading/block_numbers.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/block_limits.hpp"

namespace assay::definition {
namespace {

/// The bounds of an error rate: 0 is not allowed.
Shape error_rate() {
  return {.type = Shape::Type::number,
          .title = "a number above 0 and at most 0.4",
          .examples = {"0.05"},
          .above = 0,
          .to = 0.4};
}

Shape power() {
  return {.type = Shape::Type::number,
          .title = "a number from 0.5 to 0.999",
          .examples = {"0.9"},
          .from = 0.5,
          .to = 0.999};
}

Shape block_count(std::string_view example) {
  Shape count = shape::whole_number({formats::kFewestCostly, formats::kMostBlocks},
                                    "a whole number from 6 to 10000; from 2 to 10 where trials are costly");
  count.written = "6 to 10000; 2 to 10 in a costly design";
  return count.such_as(example);
}

Shape confirmation() {
  Shape count = shape::whole_number({0, formats::kMostBlocks}, "a whole number: 0, or from 6 to 10000");
  count.written = "0, or 6 to 10000 (8 at an alpha of 1 %)";
  return count.such_as("12");
}

Shape seed() {
  return {.type = Shape::Type::text_or_whole_number,
          .title = R"("auto", or a number from 0 to 2^64-1, decimal or 0x and hexadecimal digits)",
          .written = R"(`"auto"`, or 0 to 2^64-1)",
          .examples = {R"("auto")"}};
}

/// `anytime` looks after every block; `blocks` is exactly that many and one analysis; min_blocks and max_blocks are a
/// first look and a cap.
void read_blocks(Protocol& protocol, const Field& table) {
  const auto fixed = table.find("blocks");
  const auto first_look = table.find("min_blocks");
  const auto cap = table.find("max_blocks");
  const auto anytime = table.find("anytime");
  if (anytime && anytime->truth()) protocol.looks = LookMode::anytime;
  if (fixed && looks_anytime(protocol)) anytime->fail(kFixedAndAnytime);
  if (fixed && (first_look || cap))
    fixed->fail("exactly so many blocks leave no room for min_blocks and max_blocks: leave either out");
  for (const std::optional<Field>& field : {fixed, first_look, cap}) {
    if (!field || is_costly(protocol.design) || field->count() >= formats::kFewestBlocks) continue;
    field->fail(fmt::format("{} blocks: expected {} to 10000; only a costly design takes fewer", field->count(),
                            formats::kFewestBlocks));
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

/// `claim` is how `cells` was called at first. Plans keep that name.
void read_claim(const Field& field, Protocol& protocol) {
  FileValue<ClaimRule>::read(field, protocol.claim);
}

void finish_protocol(Protocol& protocol, const Field& table) {
  if (const auto old = table.find("claim"); old && table.find("cells")) {
    old->fail("claim is the old spelling of cells, which is there too: leave claim out");
  }
  read_blocks(protocol, table);
  if (protocol.max_time && *protocol.max_time <= nanoseconds::zero())
    table.at("max_time").fail("no block ends in no time: expected more than 0 s");
}

/// Error rates, and what a claim needs.
void add_error_keys(Table<Protocol>& table) {
  table
      .key<&Protocol::alpha>(
          {"alpha", error_rate(), "error rate of a claimed difference, two-sided, over all attempts together"})
      .key<&Protocol::alpha_equivalence>(
          {"alpha_eq", error_rate(), "error rate of each of the two tests that show equivalence"})
      .key<&Protocol::power>({"power", power(), "for plans and advice only"})
      .key<&Protocol::kappa>(
          {"kappa", shape::share().such_as("0.5"), "`improved` needs an interval beyond kappa times the margin"});
}

/// How many blocks there are, and when they are looked at.
void add_stopping_keys(Table<Protocol>& table) {
  table
      .key_read_later({.name = "min_blocks",
                       .shape = block_count("6"),
                       .meaning = "complete blocks before the first look",
                       .default_json = std::to_string(Protocol{}.min_blocks)})
      .key_read_later({.name = "max_blocks",
                       .shape = block_count("60"),
                       .meaning = "the cap, and the last look",
                       .default_json = std::to_string(Protocol{}.max_blocks)})
      .key_read_later({"blocks", block_count("20"),
                       "exactly this many blocks and one analysis at the end; excludes `min_blocks` and "
                       "`max_blocks`"})
      .key<&Protocol::look_every_block>(
          {"look_every_block", shape::truth(),
           "look after every block from the first look on, so that the trial ends as soon as it can "
           "([looks](../methods/sequential-test.md#looks))",
           "`true` if trials take a minute or more, as the blocks of the first look show"})
      .key<&Protocol::max_time>({"max_time", shape::duration(),
                                 "no block starts after this time, which is above 0; one last look is taken", "none"})
      .key<&Protocol::attempts>({"attempts", shape::whole_number({1, 20}, "a whole number from 1 to 20").such_as("3"),
                                 "how often the hypothesis may be tried; the attempts share alpha"})
      .key_read_later({.name = "anytime",
                       .shape = shape::truth(),
                       .meaning =
                           "evidence that may be looked at after every block "
                           "([anytime](../methods/anytime.md)); then there is no cap unless `max_blocks` is given",
                       .default_json = "false"});
}

/// How the trials lie in time, and what each arm gives.
void add_design_keys(Table<Protocol>& table) {
  table
      .key<&Protocol::design>(
          {"design", shape::name_of<Design>("how the trials lie in time"),
           "how the trials lie in time ([designs](../methods/designs.md)). `\"blocks\"`: one trial of each arm, in "
           "random order. `\"abba\"`: quads, in which `min_blocks`, `max_blocks`, `blocks` and `confirm` count. "
           "`\"duet\"`: both arms at once, each on a CPU of its own. `\"costly\"` and `\"costly-quads\"`: trials "
           "of "
           "each arm, 2 to 10, default 6, completely randomised, with one look unless `min_blocks` is given "
           "([costly](../methods/costly.md))"})
      .key<&Protocol::inner>({"inner", shape::whole_number({1, 1000}, "a whole number from 1 to 1000").such_as("3"),
                              "trials of each arm in a block, interleaved and reduced to one value; for trials of "
                              "milliseconds"})
      .key<&Protocol::inner_statistic>(
          {"inner_stat", shape::name_of<InnerStatistic>("what the inner trials of an arm are reduced to"),
           "what those trials are reduced to; `\"min\"` asks for the best case instead of the typical one"})
      .key<&Protocol::confirm>(
          {"confirm", confirmation(),
           "after an early stop that claims a difference, fresh blocks: a first look at this many, and more until "
           "they decide; the effect is quoted only from them ([confirmation](../methods/confirmation.md)); 12 is a "
           "good number. If levels race: fresh blocks of the best level against the first, 6 or more, 12 by default",
           "0: none"});
}

/// What several cells claim, and in which direction.
void add_claim_keys(Table<Protocol>& table) {
  table
      .key<&Protocol::claim>({"cells", shape::name_of<ClaimRule>("what several cells claim together"),
                              "with several cells: better somewhere and not worse elsewhere; better in each; or "
                              "better on the average"})
      .key_read_by<read_claim>({"claim", shape::name_of<ClaimRule>("what several cells claim together"),
                                "the old spelling of `cells`; excludes it", "as `cells` says"})
      .key<&Protocol::sidedness>({"direction", shape::name_of<Sidedness>("which effect is expected"),
                                  "the effect that is expected; a declared one gets 0.9 of alpha, the other 0.1"});
}

/// What runs at once, and where chance comes from.
void add_order_keys(Table<Protocol>& table) {
  table
      .key<&Protocol::side_by_side>(
          {"side_by_side", shape::truth(),
           "run several workloads at once, as many as fit into the budget and this machine by their `weight`, the "
           "same ones beside each trial of both arms ([side by side](../methods/side-by-side.md))"})
      .key_read_later({.name = "seed",
                       .shape = seed(),
                       .meaning = "all random choices follow from it; `\"auto\"` is drawn before the first trial and "
                                  "recorded. Beyond 2^63-1, where TOML's integers end, write it as text: "
                                  "`\"0x...\"` or decimal",
                       .default_json = R"("auto")"});
}

}  // namespace

template <>
const TableDescription& table_of<Protocol>() {
  static const TableDescription description = [] {
    Table<Protocol> table({.definition = "protocol",
                           .title = "a table [protocol]",
                           .meaning = "The constants of the inference; every one has a default."});
    add_error_keys(table);
    add_stopping_keys(table);
    add_design_keys(table);
    add_claim_keys(table);
    add_order_keys(table);
    return TableDescription(table.then<finish_protocol>());
  }();
  return description;
}

std::optional<Seed> read_seed(const std::optional<Field>& protocol) {
  const std::optional<Field> seed = protocol ? protocol->find("seed") : std::nullopt;
  if (!seed) return std::nullopt;
  const std::string text = seed->is_text() ? seed->text() : formats::canonical_json(seed->value());
  if (text == "auto") return std::nullopt;
  try {
    return Seed::parse(text);
  } catch (const Error& error) {
    seed->fail(error.what());
  }
}

}  // namespace assay::definition
