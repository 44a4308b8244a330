#include <gtest/gtest.h>

#include "experiments/console/help/bash_completion.hpp"
#include "experiments/console/help/fish_completion.hpp"
#include "experiments/console/help/man_page.hpp"
#include "experiments/console/help/shell_quotes.hpp"
#include "experiments/console/help/value_kind.hpp"
#include "experiments/console/help/zsh_completion.hpp"

namespace assay::console {
namespace help_forms_tests {

/// A command with a word, a switch, a number, a choice and an option whose value may be left out.
CommandDescription example() {
  CommandDescription command{{.name = "try", .synopsis = "FILE", .about = "Tries."}, {}, {}};
  command.words.push_back({{"FILE", "what to try"}, Occurs::at_least_once, {}});
  command.options.push_back({"quick", 'q', "Options", {"", "without [care]"}, Arity::none, "", {}});
  command.options.push_back({"blocks", 0, "Options", {"N", "how many: at most"}, Arity::one, "24", {}});
  command.options.push_back({"color", 0, "Output", {"WHEN", "when it's coloured"}, Arity::one, "", {"auto", "never"}});
  command.options.push_back({"ignore", 'i', "Output", {"CODES", "which"}, Arity::maybe, "", {}});
  return command;
}

TEST(BashCompletion, OffersOptionsValuesAndWords) {
  EXPECT_EQ(bash_case(example()), R"(    try)
      options+=(-q --quick --blocks --color -i --ignore)
      word=(file)
      case $option in
        --blocks) value=(nothing) ;;
        --color) value=(words 'auto' 'never') ;;
      esac
      ;;
)");
}

TEST(ZshCompletion, EscapesWhatItsSpecificationsGiveAMeaning) {
  const std::string text = zsh_case(example());
  EXPECT_NE(text.find(R"('(-q --quick)-q[without \[care\]]' \)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"('(--blocks)--blocks=[how many\: at most (default 24)]:N: ' \)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"('(--color)--color=[when it'\''s coloured]:WHEN:(auto never)' \)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"('(-i --ignore)--ignore=-[which]::CODES: ' \)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"('*:FILE:_files' \)"), std::string::npos) << text;
}

TEST(FishCompletion, HasALineForEachOptionAndWord) {
  EXPECT_EQ(fish_lines(example()), R"(complete -c assay -n '__assay_command_is try' -s q -l quick -d 'without [care]'
complete -c assay -n '__assay_command_is try' -l blocks -x -d 'how many: at most'
complete -c assay -n '__assay_command_is try' -l color -x -a 'auto never' -d 'when it\'s coloured'
complete -c assay -n '__assay_command_is try' -s i -l ignore -d 'which'
complete -c assay -n '__assay_command_is try' -r -F
)");
}

TEST(PlainWords, AreThoseThatNoShellSplits) {
  EXPECT_EQ(plain_words({"1,5", "1 5", "a'b", "c=", "$d"}), std::vector<std::string>({"1,5", "c="}));
}

TEST(ManPage, LettersOfRoffStandForThemselves) {
  EXPECT_EQ(roff_literal(".TH \\fB --x 'a' `b` ^~"), R"(\&.TH \efB \-\-x \(aqa\(aq \(gab\(ga \(ha\(ti)");
  EXPECT_EQ(roff_literal("'.SH"), R"(\(aq.SH)");
}

TEST(ManPage, NoLineOfATextIsTakenForARequest) {
  const std::string text = roff_text(
      "one two three four five six seven eight nine ten eleven twelve thirteen abcdefgh "
      ".SH fourteen");
  EXPECT_EQ(text.find("\n."), std::string::npos) << text;
}

TEST(ManPage, TheTitleSaysPageSectionAndDate) {
  const std::string title = man_page_title({.name = "assay-run"}, parse_date("2020-01-31"));
  EXPECT_EQ(title.substr(0, title.find(" \"")), R"(.TH ASSAY\-RUN 1 2020-01-31)");
}

TEST(ValueKind, FollowsFromThePlaceholder) {
  EXPECT_EQ(value_kind("FILE"), ValueKind::file);
  EXPECT_EQ(value_kind("REVISION"), ValueKind::revision);
  EXPECT_EQ(value_kind("PERCENT"), ValueKind::free);
}

}  // namespace help_forms_tests
}  // namespace assay::console
