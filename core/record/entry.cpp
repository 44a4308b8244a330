#include "core/record/entry.hpp"

#include "core/one_of.hpp"
#include "core/record/record.hpp"

namespace assay {
namespace {

struct KindName {
  std::string_view operator()(const Reopening&) const { return "reopening"; }
  std::string_view operator()(const Relaxation&) const { return "relaxation"; }
  std::string_view operator()(const Restoration&) const { return "restoration"; }
  std::string_view operator()(const Question&) const { return "question"; }
  std::string_view operator()(const Answer&) const { return "answer"; }
  std::string_view operator()(const Claim&) const { return "claim"; }
  std::string_view operator()(const Withdrawal&) const { return "withdrawal"; }
  std::string_view operator()(const Opening&) const { return "opening"; }
  std::string_view operator()(const Closing&) const { return "closing"; }
  std::string_view operator()(const ChallengeEntry&) const { return "challenge"; }
  std::string_view operator()(const AllowedFinding&) const { return "allowance"; }
  std::string_view operator()(const Acceptance&) const { return "acceptance"; }
  std::string_view operator()(const Baseline&) const { return "baseline"; }
  std::string_view operator()(const Adoption&) const { return "adoption"; }
  std::string_view operator()(const Reversion&) const { return "reversion"; }
  std::string_view operator()(const Gain&) const { return "gain"; }
  std::string_view operator()(const MilestoneDone&) const { return "milestone"; }
  std::string_view operator()(const Review&) const { return "review"; }
  std::string_view operator()(const GateReport&) const { return "gate"; }
};

struct SettledEntry {
  std::string operator()(const Restoration& restoration) const { return restoration.relaxation; }
  std::string operator()(const Answer& answer) const { return answer.question; }
  std::string operator()(const Withdrawal& withdrawal) const { return withdrawal.claim; }
  std::string operator()(const Closing& closing) const { return closing.opening; }
  std::string operator()(const Acceptance& acceptance) const { return acceptance.record; }
  std::string operator()(const Baseline& baseline) const { return baseline.replaces; }
  std::string operator()(const Reversion& reversion) const { return reversion.adoption; }
  template <OneOf<Reopening, Relaxation, Question, Claim, Opening, ChallengeEntry, AllowedFinding, Adoption, Gain,
                  MilestoneDone, Review, GateReport>
                Other>
  std::string operator()(const Other& /*settles nothing*/) const {
    return "";
  }
};

}  // namespace

std::string_view kind_of(const EntryContent& content) {
  return std::visit(KindName{}, content);
}

std::string entry_name(const Entry& entry) {
  return record_name(entry.number, kind_of(entry.content));
}

std::string settled_by_this(const EntryContent& content) {
  return std::visit(SettledEntry{}, content);
}

}  // namespace assay
