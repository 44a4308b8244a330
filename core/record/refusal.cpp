#include "core/record/refusal.hpp"

namespace assay {
namespace {

struct WayBackFrom {
  WayBack operator()(const AlreadyDecided&) const { return WayBack::none; }
  WayBack operator()(const DeadEnd&) const { return WayBack::reopen; }
  WayBack operator()(const AttemptsSpent&) const { return WayBack::reopen; }
  WayBack operator()(const AttemptsChanged&) const { return WayBack::restore_file; }
  WayBack operator()(const AlphaRaised&) const { return WayBack::restore_file; }
  WayBack operator()(const AsksForLess&) const { return WayBack::restore_or_allow; }
  WayBack operator()(const TargetLoosened&) const { return WayBack::restore_or_relax; }
  WayBack operator()(const ChangedSinceBegun&) const { return WayBack::restore_or_close; }
  WayBack operator()(const OtherMachine&) const { return WayBack::return_or_close; }
  WayBack operator()(const NoOpenAttempt&) const { return WayBack::run_first; }
  WayBack operator()(const HostBusy&) const { return WayBack::wait; }
  WayBack operator()(const NoLab&) const { return WayBack::make_lab; }
};

struct RecordBehind {
  const QuotedRecord* operator()(const AlreadyDecided& reason) const { return &reason.by; }
  const QuotedRecord* operator()(const DeadEnd& reason) const { return &reason.by; }
  const QuotedRecord* operator()(const AttemptsSpent& reason) const { return reason.last ? &*reason.last : nullptr; }
  const QuotedRecord* operator()(const AttemptsChanged& reason) const { return &reason.first; }
  const QuotedRecord* operator()(const AlphaRaised& reason) const { return &reason.first; }
  const QuotedRecord* operator()(const AsksForLess&) const { return nullptr; }
  const QuotedRecord* operator()(const TargetLoosened&) const { return nullptr; }
  const QuotedRecord* operator()(const ChangedSinceBegun&) const { return nullptr; }
  const QuotedRecord* operator()(const OtherMachine&) const { return nullptr; }
  const QuotedRecord* operator()(const NoOpenAttempt&) const { return nullptr; }
  const QuotedRecord* operator()(const HostBusy&) const { return nullptr; }
  const QuotedRecord* operator()(const NoLab&) const { return nullptr; }
};

}  // namespace

WayBack way_back(const Refusal& refusal) {
  return std::visit(WayBackFrom{}, refusal.reason);
}

const QuotedRecord* record_behind(const Refusal& refusal) {
  return std::visit(RecordBehind{}, refusal.reason);
}

}  // namespace assay
