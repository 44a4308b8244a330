#include "experiments/formats/form.hpp"

#include <array>

#include <gtest/gtest.h>

namespace assay::formats {
namespace form_tests {

constexpr std::array<std::string_view, 3> kNames = {"low", "middle", "high"};

TEST(WordsOfAForm, SayWhatAValueIs) {
  EXPECT_EQ(words_of(Form::text()), "text");
  EXPECT_EQ(words_of(Form::number()), "number");
  EXPECT_EQ(words_of(Form::truth()), "true or false");
  EXPECT_EQ(words_of(Form::integer()), "integer");
  EXPECT_EQ(words_of(Form::integer_from(0)), "integer from 0");
  EXPECT_EQ(words_of(Form::fixed(1)), "1");
}

TEST(WordsOfAForm, ListTheAcceptedNames) {
  EXPECT_EQ(words_of(Form::one_of(kNames)), "`low`, `middle` or `high`");
  EXPECT_EQ(words_of(Form::one_of({kNames.data(), 1})), "`low`");
}

TEST(WordsOfAForm, SayWhatItsPartsAre) {
  EXPECT_EQ(words_of(Form::list_of(Form::text().or_null())), "list of text or null");
  EXPECT_EQ(words_of(Form::by_name(Form::one_of(kNames))), "`low`, `middle` or `high` by name");
  EXPECT_EQ(words_of(Form::pair_of(Form::integer(), Form::number())), "pair of integer and number");
  EXPECT_EQ(words_of(Form::object_of({{"control", Form::integer()}, {"treatment", Form::integer()}})),
            "object: `control`, `treatment`");
  EXPECT_EQ(words_of(Form::object_of({})), "object");
}

TEST(WordsOfAForm, MayBeOthersThanThoseThatFollowFromIt) {
  EXPECT_EQ(words_of(Form::text("^0x[0-9a-f]{16}$").in_words("text: 0x and digits").or_null()),
            "text: 0x and digits or null");
}

}  // namespace form_tests
}  // namespace assay::formats
