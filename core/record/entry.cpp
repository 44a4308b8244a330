#include "core/record/entry.hpp"

#include "core/one_of.hpp"
#include "core/record/record.hpp"

namespace assay {
namespace {

/// Every content has a kind of its own.
struct KindOf {
  RecordKind operator()(const Reopening&) const { return RecordKind::reopening; }
  RecordKind operator()(const Relaxation&) const { return RecordKind::relaxation; }
  RecordKind operator()(const Restoration&) const { return RecordKind::restoration; }
  RecordKind operator()(const Question&) const { return RecordKind::question; }
  RecordKind operator()(const Answer&) const { return RecordKind::answer; }
  RecordKind operator()(const Claim&) const { return RecordKind::claim; }
  RecordKind operator()(const Withdrawal&) const { return RecordKind::withdrawal; }
  RecordKind operator()(const Opening&) const { return RecordKind::opening; }
  RecordKind operator()(const Closing&) const { return RecordKind::closing; }
  RecordKind operator()(const ChallengeEntry&) const { return RecordKind::challenge; }
  RecordKind operator()(const AllowedFinding&) const { return RecordKind::allowance; }
  RecordKind operator()(const Acceptance&) const { return RecordKind::acceptance; }
  RecordKind operator()(const Baseline&) const { return RecordKind::baseline; }
  RecordKind operator()(const Adoption&) const { return RecordKind::adoption; }
  RecordKind operator()(const Reversion&) const { return RecordKind::reversion; }
  RecordKind operator()(const Gain&) const { return RecordKind::gain; }
  RecordKind operator()(const MilestoneDone&) const { return RecordKind::milestone; }
  RecordKind operator()(const Review&) const { return RecordKind::review; }
  RecordKind operator()(const GateReport&) const { return RecordKind::gate; }
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

static_assert(std::variant_size_v<EntryContent> + 1 == EnumNames<RecordKind>::values.size());

}  // namespace

RecordKind kind_of(const EntryContent& content) {
  return std::visit(KindOf{}, content);
}

std::string entry_name(const Entry& entry) {
  return record_name(entry.number, to_string(kind_of(entry.content)));
}

std::string settled_by_this(const EntryContent& content) {
  return std::visit(SettledEntry{}, content);
}

}  // namespace assay
