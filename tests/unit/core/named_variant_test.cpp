#include "core/named_variant.hpp"

#include <gtest/gtest.h>

#include "core/check.hpp"
#include "core/trial.hpp"

namespace assay {
namespace named_variant_tests {

struct Make {
  template <class Alternative>
  Alternative operator()(std::type_identity<Alternative>) const {
    return {};
  }
};

template <class Variant, std::size_t... Index>
void expect_each_made_by_its_name(std::index_sequence<Index...>) {
  const auto expect_one = [](const Variant& variant) {
    EXPECT_EQ(make_alternative<Variant>(name_of_alternative(variant), Make{}), variant);
  };
  (expect_one(Variant(std::in_place_index<Index>)), ...);
}

TEST(NamedVariant, MakesEveryOutcomeByItsName) {
  expect_each_made_by_its_name<Outcome>(std::make_index_sequence<std::variant_size_v<Outcome>>{});
}

TEST(NamedVariant, MakesEveryKindOfCheckByItsName) {
  expect_each_made_by_its_name<CheckKind>(std::make_index_sequence<std::variant_size_v<CheckKind>>{});
}

TEST(NamedVariant, MakesNothingOfANameThatNoneHas) {
  EXPECT_EQ(make_alternative<Outcome>("vanished", Make{}), std::nullopt);
}

TEST(NamedVariant, ListsTheNamesInTheOrderOfTheVariant) {
  EXPECT_EQ(kAlternativeNames<CheckKind>[0], "command");
  EXPECT_EQ(kAlternativeNames<CheckKind>.size(), std::variant_size_v<CheckKind>);
}

TEST(NamedVariant, KeepsTheNamesThatRecordsHold) {
  EXPECT_EQ(name_of_alternative(Outcome(TimedOut{})), "timed-out");
  EXPECT_EQ(name_of_alternative(CheckKind(SameOutputCheck{})), "same-output");
}

}  // namespace named_variant_tests
}  // namespace assay
