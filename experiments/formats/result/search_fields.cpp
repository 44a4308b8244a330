#include "experiments/formats/object.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {
namespace {

/// The label of a level that may not be there; it is read with the level's index.
template <auto level>
struct LabelCodec {
  template <class Struct>
  static void write(const Struct& object, CanonicalWriter& writer) {
    const std::optional<NamedArm>& named = object.*level;
    named ? writer.value(named->label) : writer.value(nullptr);
  }
  template <class Struct>
  static void read(const Field&, Struct&) {}
  static Form form() { return Form::text().or_null(); }
};

template <auto level>
struct IndexCodec {
  template <class Struct>
  static void write(const Struct& object, CanonicalWriter& writer) {
    const std::optional<NamedArm>& named = object.*level;
    named ? writer.value(named->index) : writer.value(nullptr);
  }
  template <class Struct>
  static void read(const Field& field, Struct& object) {
    if (!field.is_null()) (object.*level).emplace().index = field.index();
  }
  static Form form() { return Form::integer().or_null(); }
};

bool is_beaten(const LevelStanding& standing) {
  return standing.beaten_by.has_value();
}

bool has_knee(const LevelSearch& search) {
  return search.knee.has_value();
}
bool has_largest_within(const LevelSearch& search) {
  return search.largest_within.has_value();
}

/// All figures of a race served to choose.
const bool* always_true(const LevelStanding&) {
  static constexpr bool kTrue = true;
  return &kTrue;
}

struct SurvivingCodec {
  static void write(const LevelSearch& search, CanonicalWriter& writer) {
    writer.begin_array();
    for (const LevelStanding& standing : search.levels) {
      if (standing.fate == LevelFate::surviving) writer.value(standing.level.label);
    }
    writer.end_array();
  }
  static void read(const Field&, LevelSearch&) {}
  static Form form() { return Codec<std::vector<std::string>>::form(); }
};

}  // namespace

template <>
const Description& description_of<LevelStanding>() {
  static const Description description =
      Object<LevelStanding>("standing")
          .always_in<&LevelStanding::level, &NamedArm::label>("level", "its label")
          .always_in<&LevelStanding::level, &NamedArm::index>("arm", "its index")
          .always<&LevelStanding::fate>("fate", "what became of it")
          .from_whole_if<LabelCodec<&LevelStanding::beaten_by>, is_beaten>("beaten_by", "label of the better level")
          .from_whole_if<IndexCodec<&LevelStanding::beaten_by>, is_beaten>("beaten_by_arm", "its index")
          .always<&LevelStanding::blocks>("blocks", "in which it ran", kFromZero)
          .always<&LevelStanding::values>("values", "of the primary metric in all of them")
          .always<&LevelStanding::compared_blocks>(
              "compared_blocks", "in which the first level ran too; `metrics` is about those", kFromZero)
          .always<&LevelStanding::metrics>("metrics", "against the first level; empty for the first")
          .unless_default<&LevelStanding::budget>("budget", "what it took of the node's budget")
          .unless_default<&LevelStanding::pressed_trials>(
              "pressed_trials", "in which memory ran out, was swapped, or everything waited for it")
          .written_by<always_true>("exploratory", "true: its figures served to choose");
  return description;
}

template <>
const Description& description_of<LevelSearch>() {
  static const Description description =
      Object<LevelSearch>("search")
          .always_in<&LevelSearch::cell, &NamedCell::index>("cell", "its index")
          .always_in<&LevelSearch::cell, &NamedCell::workload>("name", "of the workload")
          .always_in<&LevelSearch::cell, &NamedCell::state>("state", "its state")
          .always<&LevelSearch::verdict>("verdict", "of the best level against the first, from fresh blocks")
          .always<&LevelSearch::reason>("verdict_reason", "why, where that is not plain")
          .always<&LevelSearch::decision>("decision", "what follows")
          .always<&LevelSearch::decision_reason>("reason", "why")
          .always<&LevelSearch::not_worse>("not_worse", "one-sided, by the margin")
          .always<&LevelSearch::stop>("stop", "what ended the race; its confirmation has a stop of its own")
          .always<&LevelSearch::blocks>("blocks", "of the race", kFromZero)
          .always<&LevelSearch::confidence>("confidence", "of each interval in it", kShare)
          .from_whole<LabelCodec<&LevelSearch::best>>("best", "label of the best level; null if several are left")
          .from_whole<IndexCodec<&LevelSearch::best>>("best_arm", "its index")
          .from_whole<SurvivingCodec>("surviving", "labels of the levels that may be the best")
          .from_whole_if<LabelCodec<&LevelSearch::knee>, has_knee>(
              "knee", "label of the first level from which on nothing more is gained by the margin")
          .from_whole_if<IndexCodec<&LevelSearch::knee>, has_knee>("knee_arm", "its index")
          .from_whole_if<LabelCodec<&LevelSearch::largest_within>, has_largest_within>(
              "largest_within", "label of the largest level inside the budget, without memory pressure")
          .from_whole_if<IndexCodec<&LevelSearch::largest_within>, has_largest_within>("largest_within_arm",
                                                                                       "its index")
          .always<&LevelSearch::levels>("levels", "how each level ended", kAtLeastTwoElements);
  return description;
}

}  // namespace assay::formats
