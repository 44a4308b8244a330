#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {
namespace {

/// A plan without the key has no cap.
const int* cap(const Protocol& protocol) {
  return protocol.max_blocks == kNoCap ? nullptr : &protocol.max_blocks;
}
int& cap_of(Protocol& protocol) {
  return protocol.max_blocks;
}

/// A key that was left out means no cap, not the default cap of experiment files.
void set_cap(Protocol& protocol, const Field& field) {
  if (!field.find("max_blocks")) protocol.max_blocks = kNoCap;
}

/// One of the two truths that say when an attempt is looked at; at most one of them is true.
template <LookMode mode>
struct LookModeCodec {
  static void write(const Protocol& protocol, CanonicalWriter& writer) { writer.value(protocol.looks == mode); }
  static void read(const Field& field, Protocol& protocol) {
    if (!field.truth()) return;
    if (protocol.looks != LookMode::planned) field.fail("fixed and anytime exclude each other");
    protocol.looks = mode;
  }
  static Form form() { return Codec<bool>::form(); }
};
using FixedCodec = LookModeCodec<LookMode::once>;
using AnytimeCodec = LookModeCodec<LookMode::anytime>;

}  // namespace

template <>
const Description& description_of<Protocol>() {
  static const Description description =
      Object<Protocol>("protocol")
          .always<&Protocol::alpha>("alpha", "two-sided error rate of a claimed difference, over all attempts")
          .always<&Protocol::alpha_equivalence>("alpha_equivalence", "error rate of each of the two equivalence tests")
          .always<&Protocol::power>("power", "for plans and advice only")
          .always<&Protocol::kappa>("kappa", "`improved` needs an interval beyond kappa times the margin")
          .always<&Protocol::min_blocks>("min_blocks", "complete blocks before the first look")
          .found_by<cap, cap_of>("max_blocks", "the cap, where the last look is; left out: no cap (anytime only)")
          .from_whole<FixedCodec>("fixed", "true: one look, at max_blocks")
          .if_set<&Protocol::look_every_block>("look_every_block",
                                               "if stated: whether every block from the first look "
                                               "on has a look")
          .from_whole_if<AnytimeCodec, looks_anytime>("anytime",
                                                      "true: evidence that may be looked at after every block")
          .unless_default<&Protocol::design>("design", "how the trials lie in time")
          .unless_default<&Protocol::inner>("inner", "trials of each arm in a block, reduced to one value")
          .unless_default<&Protocol::inner_statistic>("inner_stat", "what those trials are reduced to")
          .if_set<&Protocol::max_time>("max_time_ns", "no block starts after this time")
          .if_set<&Protocol::confirm>("confirm", "fresh blocks after an early stop, if stated")
          .always<&Protocol::attempts>("attempts", "how often the hypothesis may be tried; attempts share alpha")
          .always<&Protocol::claim>("claim", "what several cells claim together")
          .always<&Protocol::goal>("goal", "what is to be shown")
          .always<&Protocol::sidedness>("sidedness", "which effect is expected; it gets 0.9 of alpha")
          .unless_default<&Protocol::side_by_side>("side_by_side",
                                                   "true: workloads run at once as far as their weights fit, as the "
                                                   "plan's `groups` say")
          .adjusted<set_cap>();
  return description;
}

template <>
const Description& description_of<Simulation>() {
  static const Description description =
      Object<Simulation>("simulation")
          .always<&Simulation::baseline_seconds>("baseline_seconds", "wall time of a control trial")
          .always<&Simulation::shift>("shift_percent", "change of treatment against control")
          .always<&Simulation::noise>("noise_percent", "standard deviation of a trial on the log scale")
          .always<&Simulation::pace>("pace_ns", "real time that each trial takes")
          .always<&Simulation::failure_rate>("failure_rate", "share of treatment trials that exit 1")
          .unless_default<&Simulation::shifts>("shifts_percent",
                                               "one change for each level but the first, in place of "
                                               "shift_percent");
  return description;
}

}  // namespace assay::formats
