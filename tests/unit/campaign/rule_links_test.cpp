#include "experiments/campaign/gate/rule_links.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace assay::campaign {
namespace rule_links_tests {

CommitTree tree(std::vector<std::string> files, const std::map<std::string, std::string>& links) {
  for (const auto& [link, target] : links) files.push_back(link);
  std::sort(files.begin(), files.end());
  return {std::move(files), links};
}

std::string link_to(const RuleLinks& links, const std::string& path) {
  const std::optional<ReachedRule> rule = links.reaching(path);
  return rule ? rule->link : "";
}

TEST(CommitTree, FollowsLinksAsTheKernelDoes) {
  const CommitTree commit = tree({"real/sub/file"}, {{"bench", "real"},
                                                     {"real/up", "../real/./sub/"},
                                                     {"out", "../elsewhere"},
                                                     {"absolute", "/etc"},
                                                     {"circle", "circle"},
                                                     {"top", "."}});
  EXPECT_EQ(commit.followed("bench/up/file").path, "real/sub/file");
  EXPECT_EQ(commit.followed("bench/up/file").links, (std::vector<std::string>{"bench", "real/up"}));
  EXPECT_EQ(commit.followed("top/bench/../real").path, "real");
  EXPECT_EQ(commit.followed("top").path, "");
  EXPECT_EQ(commit.followed("circle/x").path, "circle/x");
  EXPECT_TRUE(commit.followed("out/x").is_outside);
  EXPECT_TRUE(commit.followed("absolute/x").is_outside);
  EXPECT_TRUE(commit.followed("real/../../x").is_outside);
  EXPECT_TRUE(commit.has_folder("real/sub"));
  EXPECT_FALSE(commit.has_folder("rea"));
  EXPECT_FALSE(commit.has_file("real"));
}

TEST(PathPattern, MatchesAsGitDoes) {
  EXPECT_TRUE(PathPattern("a/*.toml").matches("a/b.toml"));
  EXPECT_FALSE(PathPattern("a/*.toml").matches("a/b/c.toml"));
  EXPECT_TRUE(PathPattern("**/c.sh").matches("c.sh"));
  EXPECT_TRUE(PathPattern("a/**/c.sh").matches("a/x/y/c.sh"));
  EXPECT_TRUE(PathPattern("a/**/c.sh").matches("a/c.sh"));
  EXPECT_TRUE(PathPattern("a/**").matches("a/b/c"));
  EXPECT_FALSE(PathPattern("a/**").matches("a"));
  EXPECT_FALSE(PathPattern("**/x/**").matches("a/b/x")) << "nothing is left below x";
  EXPECT_TRUE(PathPattern::of_path("a[1]*").matches("a[1]*"));
  EXPECT_FALSE(PathPattern::of_path("a[1]*").matches("a1x"));
  EXPECT_TRUE(PathPattern::below("a").leads_through("a"));
  EXPECT_FALSE(PathPattern::of_path("a/b").leads_through("a/b"));
}

TEST(RuleLinks, ReachFilesFoldersAndLinksOnTheWay) {
  const CommitTree commit = tree({"pol.toml", "real/check.sh", "lib/deep/x.sh", "other/y.sh", "free"},
                                 {{".assay/gate.toml", "../hop"},
                                  {"hop", "pol.toml"},
                                  {"bench/check.sh", "../real/check.sh"},
                                  {"bench/lib", "../lib"},
                                  {"lib/more", "../other"}});
  const RuleLinks links(commit, {{GateRuleKind::policy, {".assay/gate.toml"}}, {GateRuleKind::judge, {"bench/**"}}});
  EXPECT_EQ(links.reaching("pol.toml"), (ReachedRule{GateRuleKind::policy, ".assay/gate.toml"}));
  EXPECT_EQ(link_to(links, "hop"), ".assay/gate.toml") << "it may be made to lead elsewhere";
  EXPECT_EQ(links.reaching("real/check.sh"), (ReachedRule{GateRuleKind::judge, "bench/check.sh"}));
  EXPECT_EQ(link_to(links, "lib/deep/x.sh"), "bench/lib");
  EXPECT_EQ(link_to(links, "lib/new"), "bench/lib") << "what the change adds there";
  EXPECT_EQ(link_to(links, "other/y.sh"), "bench/lib") << "a link behind a link";
  EXPECT_FALSE(links.reaching("free"));
  EXPECT_FALSE(links.reaching("real/other.sh"));
  EXPECT_TRUE(links.reaching_through("real"));
  EXPECT_FALSE(links.reaching_through("free"));
  EXPECT_TRUE(links.blind_spots().empty());
}

TEST(RuleLinks, ReachThroughALinkInPlaceOfAFolder) {
  const CommitTree commit = tree({"real/a.toml", "real/a.sh"}, {{"bench", "real"}});
  const RuleLinks links(commit, {{GateRuleKind::experiment, {"bench/*.toml"}}});
  EXPECT_EQ(link_to(links, "real/a.toml"), "bench");
  EXPECT_FALSE(links.reaching("real/a.sh"));
  const RuleLinks named(commit, {{GateRuleKind::judge, {"bench"}}});
  EXPECT_EQ(link_to(named, "real/a.sh"), "bench") << "a path stands for everything in a folder";
}

TEST(RuleLinks, NameWhatIsNotLookedAt) {
  const CommitTree commit =
      tree({"x"}, {{"bench/top", ".."}, {"bench/etc", "/etc/x.sh"}, {"bench/circle", "circle"}, {"free", "/etc"}});
  const RuleLinks links(commit, {{GateRuleKind::judge, {"bench/*", "bench/**"}}});
  EXPECT_EQ(links.blind_spots(),
            (std::vector<GateBlindSpot>{{"bench/etc", "/etc/x.sh", true}, {"bench/top", "..", false}}));
  EXPECT_FALSE(links.reaching("x"));
}

}  // namespace rule_links_tests
}  // namespace assay::campaign
