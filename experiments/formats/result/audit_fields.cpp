#include "experiments/formats/object.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<Build>() {
  static const Description description =
      Object<Build>("build")
          .always<&Build::arm>("arm", "index of the arm")
          .always<&Build::number>("number", "counts this arm's builds", kFromOne)
          .always<&Build::commit>("commit", "what was built")
          .always<&Build::tree>("tree", "git's hash of the files that were built")
          .always<&Build::log>("log", "its file below `.assay/`; empty if it was not kept in a lab")
          .always<&Build::log_sha256>("log_sha256", "of all that the build printed", kSha256)
          .always<&Build::wall>("wall_ns", "wall time", kFromZero)
          .unless_default<&Build::cpu>("cpu_ns", "CPU time of all its processes", kFromZero);
  return description;
}

template <>
const Description& description_of<HookRun>() {
  static const Description description =
      Object<HookRun>("hook run")
          .always<&HookRun::arm>("arm", "index of the arm")
          .always<&HookRun::workload>("workload", "whose hook it is")
          .always<&HookRun::hook>("hook", "`setup` or `cleanup`")
          .always<&HookRun::wall>("wall_ns", "wall time", kFromZero)
          .always<&HookRun::cpu>("cpu_ns", "CPU time of all its processes", kFromZero);
  return description;
}

template <>
const Description& description_of<IsolationChallenge>() {
  static const Description description =
      Object<IsolationChallenge>("isolation challenge")
          .always_in<&IsolationChallenge::cell, &NamedCell::workload>("workload", "of the cell")
          .always_in<&IsolationChallenge::cell, &NamedCell::state>("state", "of the cell")
          .always<&IsolationChallenge::arm>("arm", "index of the arm")
          .always<&IsolationChallenge::check>("check", "its name")
          .always<&IsolationChallenge::failure>("failure", "empty if the arm kept to itself")
          .always<&IsolationChallenge::unproven>("unproven",
                                                 "why the check was not shown able to fail; empty if it was");
  return description;
}

template <>
const Description& description_of<DifferingContent>() {
  static const Description description =
      Object<DifferingContent>("differing content")
          .always<&DifferingContent::treatment>("treatment", "index of the arm")
          .always<&DifferingContent::of_control>("of_control", "digests of files that only control runs or reads")
          .always<&DifferingContent::of_treatment>("of_treatment",
                                                   "digests of files that only treatment runs or reads");
  return description;
}

template <>
const Description& description_of<Neighbour>() {
  static const Description description =
      Object<Neighbour>("neighbour")
          .always<&Neighbour::record>("record_name", "name of the record")
          .always<&Neighbour::sha256>("record_sha256", "of its file", kSha256)
          .always<&Neighbour::nearness>("nearness", "what the two questions have in common");
  return description;
}

template <>
const Description& description_of<WarmUps>() {
  static const Description description = Object<WarmUps>("warm-ups")
                                             .always_in<&WarmUps::cell, &NamedCell::workload>("workload", "of the cell")
                                             .always_in<&WarmUps::cell, &NamedCell::state>("state", "of the cell")
                                             .always<&WarmUps::arm>("arm", "index of the arm")
                                             .always<&WarmUps::walls>("wall_ns", "wall time of each, in their order");
  return description;
}

template <>
const Description& description_of<UnannouncedTrials>() {
  static const Description description =
      Object<UnannouncedTrials>("unannounced trials")
          .always_in<&UnannouncedTrials::cell, &NamedCell::workload>("workload", "of the cell")
          .always_in<&UnannouncedTrials::cell, &NamedCell::state>("state", "of the cell")
          .always<&UnannouncedTrials::arm>("arm", "index of the arm")
          .always<&UnannouncedTrials::values>("values", "of the primary metric, in its unit")
          .unless_default<&UnannouncedTrials::not_tried>("not_tried", "why there are none");
  return description;
}

template <>
const Description& description_of<ClusterNode>() {
  static const Description description =
      Object<ClusterNode>("cluster node")
          .always<&ClusterNode::name>("name", "as the cluster calls it, or its host name")
          .always<&ClusterNode::hostname>("hostname", "as the node calls itself")
          .always<&ClusterNode::boot_id>("boot_id", "of the kernel, drawn at each boot")
          .always<&ClusterNode::cpu_model>("cpu_model", "the processor's name")
          .always<&ClusterNode::kernel>("kernel", "its release")
          .unless_default<&ClusterNode::governor>("governor", "frequency governor of the first CPU")
          .always<&ClusterNode::cpu_count>("cpu_count", "CPUs that a task could use", kFromZero)
          .always<&ClusterNode::memory_bytes>("memory_bytes", "all of its memory", kFromZero);
  return description;
}

template <>
const Description& description_of<TriedPlant>() {
  static const Description description =
      Object<TriedPlant>("tried plant")
          .always<&TriedPlant::plant>("plant", "name of the fault, or what was tried as one")
          .always<&TriedPlant::patch>("patch",
                                      "the patch file; empty for an arm that was broken on purpose, and for treatment "
                                      "itself, judged by control's checks")
          .unless_default<&TriedPlant::control>("control", "how control failed with it; left out if it passed")
          .unless_default<&TriedPlant::treatment>("treatment", "how treatment failed with it; left out if it passed")
          .unless_default<&TriedPlant::not_tried>("not_tried", "why it was not tried, or shows nothing");
  return description;
}

template <>
const Description& description_of<AuditResult>() {
  static const Description description =
      Object<AuditResult>("audit")
          .always<&AuditResult::passed>("passed", "whether the arms differ only in what the variable declares")
          .always<&AuditResult::differs>("differs", "what differs as the variable declares")
          .always<&AuditResult::intruders>("intruders", "what differs and was not declared")
          .always<&AuditResult::notes>("notes", "what else a reader should know of the arms")
          .unless_default<&AuditResult::builds>("builds", "if arms are built: each build, in their order")
          .unless_default<&AuditResult::hooks>("hooks", "setups and cleanups of the last session")
          .unless_default<&AuditResult::challenges>("challenges",
                                                    "if the variable shares something and a check of isolation was run "
                                                    "([checks.md](../methods/checks.md))")
          .unless_default<&AuditResult::contents>("contents",
                                                  "for each treatment, what it runs or reads and control "
                                                  "does not")
          .unless_default<&AuditResult::programs>("programs", "digests of the programs of all arms, without wrappers")
          .unless_default<&AuditResult::neighbours>("neighbours",
                                                    "records of other questions that hold back a keep "
                                                    "([neighbours.md](../methods/neighbours.md))")
          .unless_default<&AuditResult::changed_harness>("changed_harness",
                                                         "files of the change that checks or hooks read")
          .unless_default<&AuditResult::warm_ups>("warm_ups", "the times of the first session's warm-ups")
          .unless_default<&AuditResult::unannounced>("unannounced",
                                                     "if the plan is vigilant: trials that nothing announced "
                                                     "([vigilance.md](../methods/vigilance.md))")
          .unless_default<&AuditResult::fresh_starts>("fresh_starts",
                                                      "if the plan is vigilant and treatment's first warm-up was slow: "
                                                      "first runs in a place of their own")
          .unless_default<&AuditResult::nodes>(
              "nodes", "the nodes of a cluster, or the machines if there were several, that blocks ran on, by name")
          .unless_default<&AuditResult::plants>("plants",
                                                "of a challenge: what the checks said of faults that were planted into "
                                                "both arms ([claims.md](../methods/claims.md))");
  return description;
}

}  // namespace assay::formats
