#include "experiments/report/entries/entry_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/entries/review_text.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/gate/gate_text.hpp"
#include "experiments/report/gate/gate_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/markdown.hpp"

namespace assay::report {
namespace {

/// One thing that an entry says: "why", "the node was replaced".
struct Fact {
  std::string name;
  std::string text;
};
using Facts = std::vector<Fact>;

std::string limit_or_none(const Target& target, const std::optional<double>& limit) {
  return limit ? limit_text(target, *limit) : "no limit";
}

struct Headline {
  std::string operator()(const Reopening& reopening) const {
    return fmt::format("{} may be tried again in {}: \"{}\" holds no more", reopening.experiment,
                       reopening.environment_name, reopening.assumption);
  }
  std::string operator()(const Relaxation& relaxation) const {
    const std::string& environment = relaxation.environment_name;
    return fmt::format("{}{}: {} until {}, was {}", target_name(relaxation.target),
                       environment.empty() ? "" : " in " + environment, limit_or_none(relaxation.target, relaxation.to),
                       relaxation.until, limit_text(relaxation.target, relaxation.target.limit));
  }
  std::string operator()(const Restoration& restoration) const {
    return fmt::format("{}: {} again", target_name(restoration.target),
                       limit_text(restoration.target, restoration.target.limit));
  }
  std::string operator()(const Question& question) const { return question.text; }
  std::string operator()(const Answer& answer) const { return fmt::format("{} {}", answer.text, answer.chosen); }
  std::string operator()(const Claim& claim) const { return claim_headline(claim); }
  std::string operator()(const Withdrawal& withdrawal) const { return fmt::format("not upheld: {}", withdrawal.text); }
  std::string operator()(const Opening& opening) const {
    return fmt::format("attempt {} at {} begins in {}", opening.plan.attempt, opening.plan.id,
                       opening.plan.environment_name);
  }
  std::string operator()(const Closing& closing) const {
    return fmt::format("{} in {}: the attempt ended before its first block, and is not spent", closing.experiment,
                       closing.environment_name);
  }
  std::string operator()(const Acceptance& acceptance) const {
    return fmt::format("{} is kept in {} although it was held back: {}", acceptance.experiment,
                       acceptance.environment_name, to_string(acceptance.finding));
  }
  std::string operator()(const ChallengeEntry& challenge) const { return challenge_headline(challenge); }
  std::string operator()(const AllowedFinding& allowed) const { return "accepted: " + allowed.text; }
  std::string operator()(const Baseline& baseline) const { return baseline_headline(baseline); }
  std::string operator()(const Adoption& adoption) const { return adoption_headline(adoption); }
  std::string operator()(const Reversion& reversion) const { return reversion_headline(reversion); }
  std::string operator()(const Gain& gain) const { return gain_headline(gain); }
  std::string operator()(const MilestoneDone& done) const { return milestone_headline(done); }
  std::string operator()(const Review& review) const { return review_headline(review); }
  std::string operator()(const GateReport& gate) const {
    return fmt::format("{} against {} in {}: {}", gate_revision_text(gate.change), gate_revision_text(gate.base),
                       gate.environment_name, gate_sentence(gate));
  }
};

struct ContentFacts {
  const EntryStanding& place;

  [[nodiscard]] std::string standing(std::string_view open, std::string_view settled) const {
    return place.settled_by.empty() ? std::string(open) : fmt::format("{} in {}", settled, place.settled_by);
  }
  /// "upheld; confirmed in 0003-challenge".
  [[nodiscard]] std::string claim_standing() const {
    return fmt::format("{}{}{}", standing("upheld", "withdrawn"), place.challenged.empty() ? ", " : "; ",
                       place.challenged.empty() ? "not challenged yet" : place.challenged);
  }
  [[nodiscard]] std::string adopted_text() const {
    return place.faulted_by.empty()
               ? "adopted"
               : fmt::format("MUST BE REVERTED: {} showed that it is not correct", place.faulted_by);
  }

  Facts operator()(const Reopening& reopening) const {
    return {{"experiment", reopening.experiment},
            {"environment", reopening.environment_name},
            {"assumption that changed", reopening.assumption},
            {"why", reopening.reason},
            {"had ended with", "record SHA-256 " + reopening.ended_by}};
  }
  Facts operator()(const Relaxation& relaxation) const {
    return {{"target", target_name(relaxation.target)},
            {"was", limit_text(relaxation.target, relaxation.target.limit)},
            {"is", limit_or_none(relaxation.target, relaxation.to)},
            {"until", relaxation.until},
            {"environment", relaxation.environment_name},
            {"why", relaxation.reason},
            {"standing", standing("relaxed", "restored")}};
  }
  Facts operator()(const Restoration& restoration) const {
    return {{"target", target_name(restoration.target)},
            {"is", limit_text(restoration.target, restoration.target.limit)},
            {"why", restoration.reason}};
  }
  Facts operator()(const Question& question) const {
    return {{"options", fmt::format("{}", fmt::join(question.options, "; "))},
            {"owner", question.owner},
            {"due", question.due},
            {"standing", standing("open", "answered")}};
  }
  Facts operator()(const Answer& answer) const {
    return {{"question", answer.text},
            {"chosen", answer.chosen},
            {"why", answer.reason},
            {"evidence",
             answer.evidence.empty() ? "" : fmt::format("record SHA-256 {}", fmt::join(answer.evidence, ", "))}};
  }
  Facts operator()(const Claim& claim) const {
    return {{"environment", claim.environment_name},
            {"as stated", claim.said},
            {"revision", claim.revision},
            {"to be confirmed by", claim.deadline},
            {"rests on", claim.record.empty() ? "no measurement" : "record SHA-256 " + claim.record},
            {"standing", claim_standing()}};
  }
  Facts operator()(const Withdrawal& withdrawal) const { return {{"why", withdrawal.reason}}; }
  Facts operator()(const Opening& opening) const {
    return {{"variable", describe(opening.plan.variable)},
            {"plan", "SHA-256 " + opening.plan_sha256},
            {"standing", standing("open, or its record is elsewhere", "ended before its first block")}};
  }
  Facts operator()(const Closing& closing) const { return {{"opening", "record SHA-256 " + closing.opening}}; }
  Facts operator()(const Acceptance& acceptance) const {
    return {{"attempt", "record SHA-256 " + acceptance.record}, {"why", acceptance.reason}};
  }
  Facts operator()(const AllowedFinding& allowed) const {
    return {{"challenge", "record SHA-256 " + allowed.challenge}, {"why", allowed.reason}};
  }
  Facts operator()(const ChallengeEntry& challenge) const {
    const std::string failed = failed_text(challenge);
    const GradedClaim graded{challenge.metric, challenge.effect, challenge.result, failed};
    return {{"claim", "record SHA-256 " + challenge.claim},
            {"claimant", challenge.claimant},
            {"measured", measured_text(graded)},
            {"grade", grade_text(graded)},
            {"counts as", challenge.independence == Independence::other_actor ? "" : "a self-check by the claimant"},
            {"environment", challenge.environment_name},
            {"samples", "record SHA-256 " + challenge.record}};
  }
  Facts operator()(const Baseline& baseline) const {
    return {{"environment", baseline.plan.environment_name},
            {"revision", baseline.revision},
            {"machine", machine_text(baseline.machine)},
            {"trials", std::to_string(baseline.trials.size())},
            {"changed while measured", fmt::format("{}", fmt::join(baseline.changes, "; "))},
            {"figures", "docs/perf/baseline.md"},
            {"standing", standing("in force", "replaced")}};
  }
  Facts operator()(const Adoption& adoption) const {
    return {{"environment", adoption.of.environment_name},
            {"attempt", "record SHA-256 " + adoption.of.record},
            {"revision", adoption.of.commit},
            {"shown by", proof_text(adoption)},
            {"standing", standing(adopted_text(), "reverted")}};
  }
  Facts operator()(const Reversion& reversion) const {
    return {{"environment", reversion.of.environment_name},
            {"attempt", "record SHA-256 " + reversion.of.record},
            {"revision", reversion.of.commit},
            {"shown by", proof_text(reversion)},
            {"undoes", reversion.adoption.empty() ? "" : "record SHA-256 " + reversion.adoption}};
  }
  Facts operator()(const Gain& gain) const {
    Facts facts = {{"baseline", "record SHA-256 " + gain.baseline}, {"from", gain.from}, {"to", gain.to}};
    for (const GainOfCell& cell : gain.cells) {
      facts.push_back({gain.metric + " of " + gain_cell_title(cell), gain_cell_text(cell)});
    }
    for (const GainOfCell& cell : gain.cells) facts.push_back({"note", parts_warning(cell)});
    facts.push_back({"note", left_out_text(gain)});
    facts.push_back({"samples", "record SHA-256 " + gain.record});
    return facts;
  }
  Facts operator()(const MilestoneDone& done) const {
    Facts facts;
    for (const Criterion& criterion : done.milestone.criteria) {
      facts.push_back({criterion.name, criterion_text(criterion)});
    }
    for (const CriterionEvidence& evidence : done.evidence) {
      facts.push_back(
          {evidence.criterion + " is shown by", fmt::format("record SHA-256 {}", fmt::join(evidence.records, ", "))});
      facts.push_back({evidence.criterion + " is confirmed by",
                       fmt::format("record SHA-256 {}", fmt::join(evidence.confirmed_by, ", "))});
    }
    return facts;
  }
  Facts operator()(const Review& review) const {
    return {{"about", "record SHA-256 " + review.record},
            {"document", review.document},
            {"claimant", review.claimant},
            {"grade", review_grade_text(review)},
            {"counts as", review.independence == Independence::other_actor ? "" : "a self-check by the claimant"},
            {"environment", review.environment_name}};
  }
  Facts operator()(const GateReport& gate) const {
    Facts facts = {{"environment", gate.environment_name}, {"machine", machine_text(gate.machine)}};
    for (const GateFinding& finding : gate.findings) facts.push_back({finding.file, gate_finding_words(gate, finding)});
    for (const GateRuleChange& change : gate.rule_changes) {
      facts.push_back({"the base's version judged", rule_change_text(change)});
    }
    facts.push_back({"judged", policy_text(gate)});
    facts.push_back({"compared with", gate_control_text(gate)});
    return facts;
  }
};

Facts facts_of(const Entry& entry, const EntryStanding& standing) {
  Facts facts = std::visit(ContentFacts{standing}, entry.content);
  facts.push_back({"date", utc_text(entry.created_ns)});
  facts.push_back({"actor", entry.actor});
  facts.push_back({"record", fmt::format("{}, SHA-256 {}", entry_name(entry), standing.sha256)});
  return facts;
}

}  // namespace

std::string entry_headline(const Entry& entry) {
  return std::visit(Headline{}, entry.content);
}

std::string decision_entry(const Entry& entry, const EntryStanding& standing) {
  std::string text = fmt::format("## {:04} {}: {}\n\n", entry.number, to_string(kind_of(entry.content)),
                                 markdown_text(entry_headline(entry)));
  for (const Fact& fact : facts_of(entry, standing)) {
    if (!fact.text.empty()) text += fmt::format("- {}: {}\n", markdown_text(fact.name), markdown_text(fact.text));
  }
  return text;
}

std::string entry_text(const Entry& entry, const EntryStanding& standing) {
  constexpr int kNameWidth = 25;
  std::string text = fmt::format("{}: {}\n\n", entry_name(entry), printable(entry_headline(entry)));
  for (const Fact& fact : facts_of(entry, standing)) {
    if (fact.text.empty()) continue;
    text += pad_right(printable(fact.name), kNameWidth) + printable(fact.text) + '\n';
  }
  return text;
}

}  // namespace assay::report
